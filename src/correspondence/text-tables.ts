import type { ConfirmationView } from './rules/confirmation-view.js';
import type { LetterView } from './rules/letter-view.js';
import { type TextColumn, type TextRow, type TextTable, textTable } from './rules/text-table.js';
import type { Labels } from './labels.js';

const left = (heading: string): TextColumn => ({ heading, align: 'left' });
const right = (heading: string): TextColumn => ({ heading, align: 'right' });

/** The tables of a letter; null where the letter has none. */
export interface LetterTables {
  readonly items: TextTable | null;
  readonly totals: TextTable;
  readonly payment: TextTable | null;
  readonly account: TextTable | null;
  readonly ageing: TextTable | null;
}

export const letterTables = (view: LetterView, labels: Labels): LetterTables => ({
  items: itemsTable(view, labels),
  totals: totalsTable(view, labels),
  payment: paymentTable(view, labels),
  account: accountTable(view, labels),
  ageing: ageingTable(view, labels),
});

/** The tables as aligned text; an empty string where the letter has none. */
export function textTables(tables: LetterTables): Readonly<Record<keyof LetterTables, string>> {
  const text = (table: TextTable | null): string => (table === null ? '' : textTable(table.columns, table.rows));
  const { items, totals, payment, account, ageing } = tables;
  return { items: text(items), totals: text(totals), payment: text(payment), account: text(account), ageing: text(ageing) };
}

function itemsTable({ items }: LetterView, labels: Labels): TextTable | null {
  if (items.length === 0) return null;
  return {
    columns: [
      left(labels.item),
      left(labels.issueDate),
      left(labels.dueDate),
      right(labels.amount),
      right(labels.paid),
      right(labels.open),
      right(labels.daysOverdue),
    ],
    rows: items.map(({ number, issueDate, dueDate, amount, paid, open, daysOverdue, description, disputed, disputedPart }) => ({
      cells: [number, issueDate, dueDate, amount, paid, open, daysOverdue],
      note: [description, disputed ? labels.disputed : null, disputedPart && `${labels.disputedPart}${labels.colon} ${disputedPart}`]
        .filter((note) => note !== null)
        .join('; '),
    })),
  };
}

function totalsTable({ kind, deductions, totals }: LetterView, labels: Labels): TextTable {
  const rows: TextRow[] = deductions.map((deduction) => ({
    cells: [`${[labels.deductions[deduction.kind], deduction.number].filter(Boolean).join(' ')}, ${deduction.date}`, deduction.amount],
  }));
  if (totals.hasExtras || deductions.length > 0) rows.push({ cells: [labels.principal, totals.amount] });
  if (totals.costs !== null) rows.push({ cells: [labels.costs, totals.costs] });
  if (totals.interest !== null) rows.push({ cells: [labels.interest, totals.interest] });
  rows.push({ cells: [kind === 'statement' ? labels.closing : labels.total, totals.total] });
  return { columns: [left(''), right('')], rows };
}

/** The instalments of an arrangement as aligned text. */
export const instalmentsTable = (instalments: ConfirmationView['instalments'], labels: Labels): string =>
  instalments.length === 0
    ? ''
    : textTable(
        [left(labels.instalmentDay), right(labels.instalmentAmount)],
        instalments.map(({ day, amount }) => ({ cells: [day, amount] })),
      );

function paymentTable({ payment, payBy }: LetterView, labels: Labels): TextTable | null {
  if (payment === null) return null;
  const rows: [string, string | null][] = [
    [labels.amountToPay, payment.amount],
    [labels.payBy, payBy],
    [labels.iban, payment.iban],
    [labels.bic, payment.bic],
    [labels.accountName, payment.name],
    [labels.reference, payment.reference],
  ];
  return {
    columns: [left(''), left('')],
    rows: rows.flatMap(([label, value]) => (value === null ? [] : [{ cells: [`${label}${labels.colon}`, value] }])),
  };
}

function accountTable({ account }: LetterView, labels: Labels): TextTable | null {
  if (account === null) return null;
  const rows: TextRow[] = [
    { cells: ['', labels.opening, '', '', account.opening] },
    ...account.lines.map(({ date, kind, number, reference, debit, credit, balance }) => ({
      cells: [date, [labels.movements[kind], number, reference].filter(Boolean).join(' '), debit ?? '', credit ?? '', balance],
    })),
    { cells: ['', labels.closing, '', '', account.closing] },
  ];
  const columns = [left(labels.issueDate), left(labels.movement), right(labels.debit), right(labels.credit), right(labels.balance)];
  return { columns, rows };
}

function ageingTable({ ageing }: LetterView, labels: Labels): TextTable | null {
  if (ageing.length === 0) return null;
  const rows = ageing.map(({ bucket, amount }) => ({ cells: [labels.buckets[bucket] ?? bucket, amount] }));
  return { columns: [left(labels.ageingDays), right(labels.open)], rows };
}
