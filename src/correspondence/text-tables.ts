import type { ConfirmationView } from './rules/confirmation-view.js';
import type { LetterView } from './rules/letter-view.js';
import { type TextColumn, type TextRow, textTable } from './rules/text-table.js';
import type { Labels } from './labels.js';

const left = (heading: string): TextColumn => ({ heading, align: 'left' });
const right = (heading: string): TextColumn => ({ heading, align: 'right' });

/** The tables of a letter as aligned text; an empty string where the letter has none. */
export interface TextTables {
  readonly items: string;
  readonly totals: string;
  readonly payment: string;
  readonly account: string;
  readonly ageing: string;
}

export function textTables(view: LetterView, labels: Labels): TextTables {
  return {
    items: itemsTable(view, labels),
    totals: totalsTable(view, labels),
    payment: paymentTable(view, labels),
    account: accountTable(view, labels),
    ageing: textTable(
      [left(labels.ageingDays), right(labels.open)],
      view.ageing.map(({ bucket, amount }) => ({ cells: [labels.buckets[bucket] ?? bucket, amount] })),
    ),
  };
}

function itemsTable({ items }: LetterView, labels: Labels): string {
  if (items.length === 0) return '';
  return textTable(
    [
      left(labels.item),
      left(labels.issueDate),
      left(labels.dueDate),
      right(labels.amount),
      right(labels.paid),
      right(labels.open),
      right(labels.daysOverdue),
    ],
    items.map(({ number, issueDate, dueDate, amount, paid, open, daysOverdue, description, disputed, disputedPart }) => ({
      cells: [number, issueDate, dueDate, amount, paid, open, daysOverdue],
      note: [description, disputed ? labels.disputed : null, disputedPart && `${labels.disputedPart}${labels.colon} ${disputedPart}`]
        .filter((note) => note !== null)
        .join('; '),
    })),
  );
}

function totalsTable({ kind, deductions, totals }: LetterView, labels: Labels): string {
  const rows: TextRow[] = deductions.map((deduction) => ({
    cells: [`${[labels.deductions[deduction.kind], deduction.number].filter(Boolean).join(' ')}, ${deduction.date}`, deduction.amount],
  }));
  if (totals.hasExtras || deductions.length > 0) rows.push({ cells: [labels.principal, totals.amount] });
  if (totals.costs !== null) rows.push({ cells: [labels.costs, totals.costs] });
  if (totals.interest !== null) rows.push({ cells: [labels.interest, totals.interest] });
  rows.push({ cells: [kind === 'statement' ? labels.closing : labels.total, totals.total] });
  return textTable([left(''), right('')], rows);
}

/** The instalments of an arrangement as aligned text. */
export const instalmentsTable = (instalments: ConfirmationView['instalments'], labels: Labels): string =>
  instalments.length === 0
    ? ''
    : textTable(
        [left(labels.instalmentDay), right(labels.instalmentAmount)],
        instalments.map(({ day, amount }) => ({ cells: [day, amount] })),
      );

function paymentTable({ payment, payBy }: LetterView, labels: Labels): string {
  if (payment === null) return '';
  const rows: [string, string | null][] = [
    [labels.amountToPay, payment.amount],
    [labels.payBy, payBy],
    [labels.iban, payment.iban],
    [labels.bic, payment.bic],
    [labels.accountName, payment.name],
    [labels.reference, payment.reference],
  ];
  return textTable(
    [left(''), left('')],
    rows.flatMap(([label, value]) => (value === null ? [] : [{ cells: [`${label}${labels.colon}`, value] }])),
  );
}

function accountTable({ account }: LetterView, labels: Labels): string {
  if (account === null) return '';
  const rows: TextRow[] = [
    { cells: ['', labels.opening, '', '', account.opening] },
    ...account.lines.map(({ date, kind, number, reference, debit, credit, balance }) => ({
      cells: [date, [labels.movements[kind], number, reference].filter(Boolean).join(' '), debit ?? '', credit ?? '', balance],
    })),
    { cells: ['', labels.closing, '', '', account.closing] },
  ];
  return textTable([left(labels.issueDate), left(labels.movement), right(labels.debit), right(labels.credit), right(labels.balance)], rows);
}
