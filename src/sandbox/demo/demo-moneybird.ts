import type { Books } from '../moneybird/books.js';
import { addMoneybirdCompany } from '../moneybird/moneybird-company.js';
import { MoneybirdSandbox } from '../moneybird/moneybird-sandbox.js';
import type { SettableClock } from '../running-clock.js';
import type { DemoBooks } from './demo-company.js';
import type { DemoPast } from './demo-options.js';

export const MONEYBIRD_COMPANY = 'Zandwijk Techniek B.V.';

export interface MoneybirdBooks extends DemoBooks {
  readonly sandbox: MoneybirdSandbox;
  readonly books: Books;
}

/** A Moneybird with a company whose past is booked to the end. It connects with a token made in the package. */
export function moneybirdBooks({ seed, ...past }: DemoPast, clock: SettableClock): MoneybirdBooks {
  const sandbox = new MoneybirdSandbox({ clock, seed });
  const plan = { ...past, seed, name: MONEYBIRD_COMPANY, nativeReminders: true, clock };
  const { books, world } = addMoneybirdCompany(sandbox, plan);
  const token = sandbox.tokens.issuePersonal();
  return {
    company: MONEYBIRD_COMPANY,
    package: 'moneybird',
    sandbox,
    books,
    world,
    bookkeeper: false,
    connect: async (api) => {
      const { iban } = books.profile;
      const { administrationId } = await api.post<{ administrationId: string }>('/api/v1/connections', {
        package: 'moneybird',
        token,
        administration: books.id,
        ibans: [iban],
        policy: 'default',
        sender: {
          name: MONEYBIRD_COMPANY,
          address: ['Ambachtsweg 12', '1234 AB Zandwijk'],
          email: 'administratie@zandwijk.example',
          phone: '+31 10 000 00 00',
          iban,
        },
        registry: { scheme: 'nl-kvk', id: '00000001' },
      });
      return administrationId;
    },
  };
}
