import type { OAuthClientSetting } from '../../platform/config/oauth-clients.js';
import type { DivisionBooks } from '../exact-online/books.js';
import { addExactCompany } from '../exact-online/exact-online-company.js';
import { ExactOnlineSandbox } from '../exact-online/exact-online-sandbox.js';
import type { SettableClock } from '../running-clock.js';
import type { DemoBooks } from './demo-company.js';
import type { DemoPast } from './demo-options.js';
import { connectSeen, giveConsent } from './give-consent.js';

const COMPANY = 'Drukkerij De Trage Tor B.V.';

/** Tegoed's app, as it is registered with the simulator. */
export const EXACT_ONLINE_APP: OAuthClientSetting = {
  package: 'exact-online',
  site: 'nl',
  id: '6b1f3a52-0d7e-4c1b-9a55-2f8f0a1c7d10',
  secret: 'sandbox-secret',
};

export interface ExactOnlineBooks extends DemoBooks {
  readonly sandbox: ExactOnlineSandbox;
  readonly books: DivisionBooks;
}

/** An Exact Online with a company whose past is booked to the end, and its user, who agrees when our app asks. It connects by that consent. */
export function exactOnlineBooks({ seed, ...past }: DemoPast, clock: SettableClock, callbackUrl: string): ExactOnlineBooks {
  const sandbox = new ExactOnlineSandbox({ clock, seed });
  const user = sandbox.addUser();
  const { books, world } = addExactCompany(sandbox, { ...past, seed: `${seed} ${COMPANY}`, name: COMPANY, users: [user] });
  const { id, secret } = EXACT_ONLINE_APP;
  sandbox.oauth.register({ id, secret, redirectUris: [callbackUrl], webhookSecret: 'sandbox-webhook-secret' });
  sandbox.oauth.consent = { user };
  return {
    company: COMPANY,
    package: EXACT_ONLINE_APP.package,
    sandbox,
    books,
    world,
    bookkeeper: true,
    connect: async (api) => {
      const { iban } = books.profile;
      return connectSeen(api, await giveConsent(api, EXACT_ONLINE_APP), String(books.code), {
        ibans: [iban],
        policy: 'default',
        sender: {
          name: COMPANY,
          address: ['Letterkade 3', '4321 ZZ Zandwijk'],
          email: 'debiteuren@tragetor.example',
          phone: '+31 20 000 00 00',
          iban,
        },
        registry: { scheme: 'nl-kvk', id: '00000002' },
      });
    },
  };
}
