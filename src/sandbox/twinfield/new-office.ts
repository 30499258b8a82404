import { DIFFERENCES, DIFFERENCE_ACCOUNT, type Daybook, OfficeBooks, RECEIVABLE_ACCOUNT } from './books.js';

/** An office with what every one has from the start: ledger accounts and daybooks. */
export function newOffice(...making: ConstructorParameters<typeof OfficeBooks>): OfficeBooks {
  const books = new OfficeBooks(...making);
  const account = (code: string, name: string, type: 'BAS' | 'PNL'): void => void books.accounts.set(code, { code, name, type });
  account('1000', 'Kas', 'BAS');
  account('1100', 'Bank', 'BAS');
  account(RECEIVABLE_ACCOUNT, 'Debiteuren', 'BAS');
  account('1500', 'Btw af te dragen', 'BAS');
  account(DIFFERENCE_ACCOUNT, 'Betalingsverschillen', 'PNL');
  account('8000', 'Omzet', 'PNL');
  const daybook = (row: Daybook): void => void books.daybooks.set(row.code, row);
  daybook({ code: books.salesDaybook, name: 'Verkoopfactuur', shortname: 'Verkoop', category: 'sales', account: RECEIVABLE_ACCOUNT });
  daybook({ code: books.bankDaybook, name: 'Bankboek', shortname: 'Bank', category: 'bank', account: '1100' });
  daybook({ code: 'KAS', name: 'Kasboek', shortname: 'Kas', category: 'cash', account: '1000' });
  daybook({ code: 'MEMO', name: 'Memoriaal', shortname: 'Memo', category: 'memo', account: null });
  daybook({ code: DIFFERENCES, name: 'Afletterverschillen', shortname: 'Afletteren', category: 'memo', account: null });
  return books;
}
