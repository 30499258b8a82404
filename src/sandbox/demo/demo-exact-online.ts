import type { VisibleAdministration } from '../../adapters/consent/consents.service.js';
import type { OAuthClientSetting } from '../../platform/config/oauth-clients.js';
import type { DivisionBooks } from '../exact-online/books.js';
import { addExactCompany } from '../exact-online/exact-online-company.js';
import { ExactOnlineSandbox } from '../exact-online/exact-online-sandbox.js';
import type { SettableClock } from '../running-clock.js';
import type { ApiClient } from './api-client.js';
import type { DemoBooks } from './demo-company.js';
import type { DemoPast } from './demo-options.js';

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
      const consent = await giveConsent(api);
      const visible = await api.get<VisibleAdministration[]>(`/api/v1/consents/${consent}/administrations`);
      const chosen = visible.find(({ ref }) => ref === String(books.code));
      if (!chosen) throw new Error(`the consent does not see division ${books.code}`);
      const { iban } = books.profile;
      const { administrationId } = await api.post<{ administrationId: string }>('/api/v1/connections', {
        consent,
        administration: chosen.ref,
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
      return administrationId;
    },
  };
}

/** What a person does in a browser: goes where the service sends them, agrees at Exact Online, and comes back with its answer. */
async function giveConsent(api: ApiClient): Promise<string> {
  const { package: name, site } = EXACT_ONLINE_APP;
  const { url } = await api.post<{ url: string }>('/api/v1/consents', { package: name, site });
  const page = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(30_000) });
  const back = page.headers.get('location');
  if (back === null) throw new Error(`the consent page answered ${page.status}: ${await page.text()}`);
  const { consentId } = await api.post<{ consentId: string }>('/api/v1/consents/finish', Object.fromEntries(new URL(back).searchParams));
  return consentId;
}
