import type { Minor } from '../../kernel/money.js';
import { minorOf, negated, sumOf } from '../../statements/rules/decimal.js';
import { settledAmounts } from '../../statements/rules/settled-amounts.js';
import {
  type Charge,
  type Entry,
  type StatementFile,
  type StatementHeader,
  type StatementMessage,
  type Transaction,
  counts,
  isBooked,
} from '../../statements/rules/statement.js';
import { type EntryLines, withoutDuplicates } from './duplicates.js';
import type { BankLine } from './vocabulary.js';

/** Where entries stand: the file, its kind, the statement. */
export interface StatementContext {
  readonly file: string;
  readonly message: StatementMessage;
  readonly statementIndex: number;
  readonly header: StatementHeader;
  /** Which reading of the file this is, when the same file is given more than once; 0 unless told. */
  readonly reading?: number;
}

/** The lines of whole files, copies of the same booking set aside. Order: as given. */
export function bankLinesOf(files: readonly StatementFile[]): BankLine[] {
  return withoutDuplicates(
    files.flatMap(({ file, message, statements }, at) => {
      const reading = files.slice(0, at).filter((earlier) => earlier.file === file).length;
      return statements.flatMap((header, statementIndex) =>
        header.entries.map((entry) => entryLines(entry, { file, message, statementIndex, header, reading })),
      );
    }),
  );
}

/**
 * The lines of one entry, one per transaction. Where the bank does not say how the entry divides, its first transaction stands for the whole
 * of it and the others are set aside with a zero amount, so that the sum of the lines is the amount of the entry in any case.
 */
export function entryLines(entry: Entry, context: StatementContext): EntryLines {
  const amounts = settledAmounts(entry);
  const undivided = amounts === null;
  const lines = entry.transactions.map((transaction, at): BankLine => {
    const amount = amounts?.[at] ?? (at === 0 ? entry.amount : '0');
    return lineOf(
      entry,
      undivided && at === 0 ? merged(entry.transactions) : transaction,
      transaction.index,
      amount,
      context,
      undivided && at > 0,
    );
  });
  return {
    lines,
    source: sourceOf(context),
    page: context.header.page?.number ?? null,
    references: [
      entry.servicerReference,
      entry.entryReference,
      entry.batchDetails?.messageId,
      entry.batchDetails?.paymentInformationId,
    ].filter((reference) => typeof reference === 'string'),
    amount: entry.amount,
    booked: counts(entry),
  };
}

function lineOf(
  entry: Entry,
  transaction: Transaction,
  index: number,
  amountText: string,
  context: StatementContext,
  partOfWhole: boolean,
): BankLine {
  const { file, message, statementIndex, header } = context;
  const account = header.account.iban ?? header.account.other;
  const currency = entry.currency ?? header.account.currency ?? 'EUR';
  const amount = minorOf(amountText, currency);
  const original = transaction.original;
  const originalAmount = original?.currency ? minorOf(original.amount, original.currency) : null;
  const text = transaction.unstructured;
  const information = [transaction.information, entry.information].filter((line) => line !== null);
  return {
    key: `${sourceOf(context)}#${entry.index}#${index}`,
    place: { file, statement: header.id, statementIndex, entry: entry.index, transaction: index },
    message,
    setAside: whyNot(entry, amount.ok, partOfWhole),
    account,
    amount: amount.ok ? amount.value : 0,
    currency,
    date: entry.bookingDate,
    code: entry.bankCode,
    reversal: entry.reversal,
    endToEndId: transaction.endToEndId,
    mandateId: transaction.mandateId,
    paymentInformationId: transaction.paymentInformationId ?? entry.batchDetails?.paymentInformationId ?? null,
    servicerReference: transaction.servicerReference ?? entry.servicerReference,
    references: transaction.structuredReferences,
    documentNumbers: transaction.documentNumbers,
    text: text.length > 0 ? text : information,
    name: transaction.counterparty?.name ?? null,
    ultimateName: transaction.counterparty?.ultimateName ?? null,
    iban: transaction.counterparty?.iban ?? null,
    returned: transaction.return,
    chargesTaken: Math.max(
      chargesTaken([...transaction.charges, ...(entry.transactions.length === 1 ? entry.charges : [])], currency),
      amount.ok && originalAmount?.ok && original?.currency === currency ? Math.abs(originalAmount.value) - Math.abs(amount.value) : 0,
    ),
    original:
      original?.currency && original.currency !== currency && originalAmount?.ok
        ? { amount: Math.abs(originalAmount.value), currency: original.currency }
        : null,
    batchSize: Math.max(entry.transactions.length, entry.batchDetails?.transactions ?? 1),
  };
}

const sourceOf = ({ file, statementIndex, reading = 0 }: StatementContext): string =>
  `${file}#${statementIndex}${reading === 0 ? '' : `(${reading})`}`;

function whyNot(entry: Entry, readable: boolean, partOfWhole: boolean): string | null {
  if (!isBooked(entry)) return `the entry is not booked (${entry.status}): it settles nothing until it is`;
  if (!entry.directionKnown) return 'the bank does not say whether this is a credit or a debit: it needs a person';
  if (!readable) return 'the amount has more decimals than its currency: it needs a person';
  return partOfWhole ? 'the bank does not say how the entry divides: it is weighed as a whole with its first transaction' : null;
}

/** Charges in the currency of the line, credits taken off: what the bank kept. */
function chargesTaken(charges: readonly Charge[], currency: string): Minor {
  const own = charges.filter((charge) => charge.currency === null || charge.currency === currency);
  const total = minorOf(sumOf(own.map(({ amount, credit }) => (credit ? negated(amount) : amount))), currency);
  return total.ok ? Math.max(0, total.value) : 0;
}

/** All details of an entry as if they were one: what they name, they name together. */
function merged(transactions: readonly Transaction[]): Transaction {
  const [first] = transactions as readonly [Transaction];
  return {
    ...first,
    structuredReferences: transactions.flatMap(({ structuredReferences }) => structuredReferences),
    documentNumbers: transactions.flatMap(({ documentNumbers }) => documentNumbers),
    unstructured: transactions.flatMap(({ unstructured }) => unstructured),
    counterparty: transactions.every(({ counterparty }) => counterparty?.iban === first.counterparty?.iban) ? first.counterparty : null,
    charges: transactions.flatMap(({ charges }) => charges),
    endToEndId: null,
  };
}
