import { type Minor, sum } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { DivisionBooks } from './books.js';
import { JOURNALS, numberIn } from './entries.js';
import type { BankEntryRow, BankLine } from './records.js';

export interface NewBankEntry {
  readonly date: PlainDate;
  readonly currency: string;
  readonly opening?: Minor;
  readonly lines: readonly (Pick<BankLine, 'accountId' | 'amount' | 'date' | 'description'> & Partial<BankLine>)[];
}

/** Books lines of a bank statement; they cannot be changed afterwards. */
export function bookBankEntry(books: DivisionBooks, { date, currency, opening = 0, lines }: NewBankEntry, at: Date): BankEntryRow {
  const receivables = books.find('glAccounts', 'Type', 20)?.id ?? null;
  const row = books.add(books.bankEntries, {
    ...books.stamp(at),
    journal: JOURNALS.bank,
    entryNumber: numberIn(books, JOURNALS.bank, date),
    date,
    opening,
    closing: opening + sum(lines.map(({ amount }) => amount)),
    currency,
    status: 20,
    lines: lines.map((line) => ({ glAccountId: receivables, notes: null, ourRef: null, ...line, id: books.guid() })),
  } satisfies BankEntryRow);
  books.changed('BankEntries', 'Create', 'financialtransaction/BankEntries', row.id);
  return row;
}
