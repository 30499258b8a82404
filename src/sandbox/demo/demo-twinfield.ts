import type { OAuthClientSetting } from '../../platform/config/oauth-clients.js';
import type { SettableClock } from '../running-clock.js';
import type { OfficeBooks } from '../twinfield/books.js';
import { addTwinfieldCompany } from '../twinfield/twinfield-company.js';
import { TwinfieldSandbox } from '../twinfield/twinfield-sandbox.js';
import type { DemoBooks } from './demo-company.js';
import type { DemoPast } from './demo-options.js';
import { connectSeen, giveConsent } from './give-consent.js';

const COMPANY = 'Korenaar Molenbouw B.V.';
/** The accountant's other client is not connected, and stays as it is. */
const NEIGHBOUR = { name: 'Fietsenmakerij De Losse Spaak', debtors: 12, invoices: 40 };

/** Tegoed's app, as it is registered with the simulator. */
export const TWINFIELD_APP: OAuthClientSetting = { package: 'twinfield', site: 'main', id: 'tegoed-sandbox', secret: 'sandbox-secret' };

export interface TwinfieldBooks extends DemoBooks {
  readonly sandbox: TwinfieldSandbox;
  readonly books: OfficeBooks;
  /** An office of the same accountant that nobody connects. */
  readonly neighbour: OfficeBooks;
}

/**
 * A Twinfield with an accountant, whose user agrees when our app asks and sees all its offices. One of them is the company, its past booked to
 * the end; it connects by that consent.
 */
export function twinfieldBooks({ seed, ...past }: DemoPast, clock: SettableClock, callbackUrl: string): TwinfieldBooks {
  const sandbox = new TwinfieldSandbox({ clock, seed });
  const organisation = sandbox.addOrganisation('KORENAAR');
  const plan = { ...past, organisation };
  const { books, world } = addTwinfieldCompany(sandbox, { ...plan, seed: `${seed} ${COMPANY}`, name: COMPANY, code: 'KD01' });
  const { books: neighbour } = addTwinfieldCompany(sandbox, { ...plan, ...NEIGHBOUR, seed: `${seed} ${NEIGHBOUR.name}`, code: 'KD02' });
  const { id, secret } = TWINFIELD_APP;
  sandbox.oidc.register({ id, secret, redirectUris: [callbackUrl] });
  sandbox.oidc.consent = { user: sandbox.addUser(organisation) };
  return {
    company: COMPANY,
    package: TWINFIELD_APP.package,
    sandbox,
    books,
    neighbour,
    world,
    bookkeeper: true,
    connect: async (api) => {
      const { iban } = books.profile;
      return connectSeen(api, await giveConsent(api, TWINFIELD_APP), `${organisation.code}/${books.code}`, {
        ibans: [iban],
        policy: 'default',
        sender: {
          name: COMPANY,
          address: ['Wiekslag 8', '5678 CD Zandwijk'],
          email: 'debiteuren@korenaar.example',
          phone: '+31 30 000 00 00',
          iban,
        },
        registry: { scheme: 'nl-kvk', id: '00000003' },
      });
    },
  };
}
