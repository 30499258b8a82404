import { isNone, textOrNull } from '../rules/edm.js';
import { exponentOf, sum } from '../../../kernel/money.js';
import { type Result, err, ok } from '../../../kernel/result.js';
import type { Answer } from '../../wire/answer.js';
import { refusal } from '../answers.js';
import { bookBankEntry } from '../bank.js';
import type { DivisionBooks } from '../books.js';
import { bookEntry } from '../entries.js';
import type { BankEntryRow, BankLine } from '../records.js';
import { padAccountCode } from '../rules/codes.js';
import { dayOfWall, dayToWall, toWall } from '../rules/wall-clock.js';
import { UNBALANCED, say, sayRequired } from '../texts.js';
import { amountIn } from './receivables.js';
import {
  type AnyResource,
  type Input,
  type Resource,
  dateTime,
  double,
  empty,
  erased,
  fieldsInOrder,
  guid,
  int16,
  int32,
  keyedBy,
  text,
} from './resource.js';

/** Bank entries and their lines: made as a whole, deleted as a whole, never changed (fact sheet §4.7). */
export function bankResources(books: DivisionBooks): AnyResource[] {
  const lines = bankLines(books);
  return [erased(bankEntries(books, lines)), erased(lines)];
}

interface LineOf {
  readonly line: BankLine;
  readonly entry: BankEntryRow;
  readonly number: number;
}

const linesOf = (entry: BankEntryRow): LineOf[] => entry.lines.map((line, at) => ({ line, entry, number: at + 1 }));

function bankEntries(books: DivisionBooks, lines: Resource<LineOf>): Resource<BankEntryRow> {
  return {
    path: 'financialtransaction/BankEntries',
    type: 'Financial.BankEntry',
    scope: 'financial.accounting',
    methods: ['GET', 'POST', 'DELETE'],
    pageSize: 60,
    key: 'EntryID',
    fields: fieldsInOrder<BankEntryRow>('EntryID', {
      EntryID: guid(({ id }) => id),
      ClosingBalanceFC: double(({ closing, currency }) => amountIn(currency, closing)),
      Created: dateTime(({ createdAt }) => toWall(createdAt)),
      Currency: text(({ currency }) => currency),
      Division: int32(() => books.code),
      EntryNumber: int32(({ entryNumber }) => entryNumber),
      FinancialPeriod: int16(({ date }) => Number(date.slice(5, 7))),
      FinancialYear: int16(({ date }) => Number(date.slice(0, 4))),
      JournalCode: text(({ journal }) => journal),
      JournalDescription: text(({ journal }) => books.find('journals', 'Code', journal)?.fields['Description'] ?? null),
      Modified: dateTime(({ modifiedAt }) => toWall(modifiedAt)),
      OpeningBalanceFC: double(({ opening, currency }) => amountIn(currency, opening)),
      Status: int16(({ status }) => status),
      StatusDescription: text(({ status }) => (status === 20 ? 'Open' : 'Processed')),
      ...empty('Guid', 'BankStatementDocument'),
      ...empty('Int32', 'BankStatementDocumentNumber'),
      ...empty('String', 'BankStatementDocumentSubject'),
    }),
    expansions: { BankEntryLines: { of: erased(lines), rows: linesOf } },
    ...keyedBy(books.bankEntries),
    createBy: (input, at) => createBankEntry(books, input, at),
    removeBy: (entry, at, language) => {
      const booked = books.entries.where('transactionEntryId', (row) => row.transactionEntryId, entry.id);
      const terms = booked.flatMap((row) => [...books.termsOf(row)]);
      if (entry.status !== 20 || terms.some(({ status }) => status !== 20)) {
        return refusal(500, say(language, 'processed', String(entry.entryNumber)));
      }
      for (const term of terms) books.removeTerm(term, at);
      for (const row of booked) books.remove(books.entries, row.id, at);
      books.remove(books.bankEntries, entry.id, at);
      return null;
    },
  };
}

function bankLines(books: DivisionBooks): Resource<LineOf> {
  const account = ({ line }: LineOf) => (line.accountId === null ? undefined : books.accounts.get(line.accountId));
  const ledger = ({ line }: LineOf) => (line.glAccountId === null ? undefined : books.glAccounts.get(line.glAccountId));
  return {
    path: 'financialtransaction/BankEntryLines',
    type: 'Financial.BankEntryLine',
    scope: 'financial.accounting',
    methods: ['GET'],
    pageSize: 60,
    key: 'ID',
    fields: fieldsInOrder<LineOf>('ID', {
      ID: guid(({ line }) => line.id),
      Account: guid(({ line }) => line.accountId),
      AccountCode: text((row) => {
        const code = account(row)?.fields['Code'];
        return code === undefined ? null : padAccountCode(String(code));
      }),
      AccountName: text((row) => account(row)?.fields['Name'] ?? null),
      AmountDC: double(({ line, entry }) => amountIn(entry.currency, line.amount)),
      AmountFC: double(({ line, entry }) => amountIn(entry.currency, line.amount)),
      Created: dateTime(({ entry }) => toWall(entry.createdAt)),
      Date: dateTime(({ line }) => dayToWall(line.date)),
      Description: text(({ line }) => line.description),
      Division: int32(() => books.code),
      EntryID: guid(({ entry }) => entry.id),
      EntryNumber: int32(({ entry }) => entry.entryNumber),
      GLAccount: guid(({ line }) => line.glAccountId),
      GLAccountCode: text((row) => ledger(row)?.fields['Code'] ?? null),
      LineNumber: int32(({ number }) => number),
      Modified: dateTime(({ entry }) => toWall(entry.modifiedAt)),
      Notes: text(({ line }) => line.notes),
      // Always a line of the same entry: of no use to tell what is matched.
      OffsetID: guid(({ line }) => line.id),
      OurRef: int32(({ line }) => line.ourRef),
      ...empty('Guid', 'Document'),
      ...empty('Double', 'AmountVATFC ExchangeRate Quantity VATPercentage'),
      ...empty('String', 'CostCenter CostUnit VATCode VATType'),
    }),
    rows: () =>
      books.bankEntries
        .inKeyOrder()
        .flatMap(linesOf)
        .sort((a, b) => (a.line.id < b.line.id ? -1 : 1)),
  };
}

/** `POST`: a journal and lines; opening balance and lines must come to the closing balance. */
function createBankEntry(books: DivisionBooks, { fields, lists, language }: Input, at: Date): Result<BankEntryRow, Answer> {
  const given = (lists['BankEntryLines'] ?? []) as readonly Readonly<Record<string, unknown>>[];
  const missing = isNone(fields['JournalCode']) ? ['JournalCode'] : [];
  if (given.length === 0) missing.push('BankEntryLines');
  missing.push(...given.flatMap((line) => ['AmountFC', 'GLAccount'].filter((name) => isNone(line[name]))));
  if (missing.length > 0) return err(refusal(500, sayRequired(language, missing)));
  const currency = String(fields['Currency'] ?? books.profile.currency);
  const minor = (amount: unknown): number => Math.round(Number(amount ?? 0) * 10 ** exponentOf(currency));
  const date = books.day(at);
  const lines = given.map((line) => ({
    accountId: books.accounts.get(String(line['Account']))?.id ?? null,
    glAccountId: String(line['GLAccount']),
    amount: minor(line['AmountFC']),
    date: typeof line['Date'] === 'string' ? dayOfWall(Date.parse(`${line['Date'].slice(0, 10)}Z`)) : date,
    description: textOrNull(line['Description']),
    ourRef: isNone(line['OurRef']) ? null : Number(line['OurRef']),
  }));
  const opening = minor(fields['OpeningBalanceFC']);
  const closing = 'ClosingBalanceFC' in fields ? minor(fields['ClosingBalanceFC']) : opening + sum(lines.map(({ amount }) => amount));
  if (opening + sum(lines.map(({ amount }) => amount)) !== closing) return err(refusal(500, UNBALANCED));
  const entry = bookBankEntry(books, { date, currency, opening, lines }, at);
  for (const line of lines) {
    const isReceivable = line.accountId !== null && books.glAccounts.get(line.glAccountId)?.fields['Type'] === 20;
    if (line.accountId === null || !isReceivable) continue;
    const { accountId, description } = line;
    bookEntry(books, { type: 40, accountId, date: line.date, amount: -line.amount, currency, description, of: entry }, at);
  }
  return ok(entry);
}
