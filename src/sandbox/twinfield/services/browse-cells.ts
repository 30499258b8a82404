import { type PlainDate, yearOf } from '../../../kernel/plain-date.js';
import type { OfficeBooks } from '../books.js';
import { matchDateOf, statusOf } from '../matching.js';
import type { Organisation } from '../organisation.js';
import type { CreditAction, LineRow, Location, MatchStatus } from '../records.js';
import { amountText, compactDate, compactTime, labelOfDate, labelOfTime, yearPeriod } from '../rules/format.js';
import type { Language } from '../rules/messages.js';

/** A row of an answer: a line on a customer, in browse 164 once for each action on it. */
export interface BrowseRow {
  readonly books: OfficeBooks;
  readonly organisation: Organisation;
  readonly line: LineRow;
  readonly action: CreditAction | null;
  /** It does not say which line it is. */
  readonly isKeyless?: boolean;
}

/** What stands in a cell. `label` is for people, in their language; `text` is what it is compared by. */
export interface Cell {
  readonly text: string;
  readonly label?: string;
}

const STATUS: Readonly<Record<Location, Readonly<Record<Language, string>>>> = {
  draft: { nl: 'Klad', en: 'Draft' },
  temporary: { nl: 'Concept', en: 'Provisional' },
  final: { nl: 'Definitief', en: 'Final' },
};
const MATCH_STATUS: Readonly<Record<MatchStatus, Readonly<Record<Language, string>>>> = {
  available: { nl: 'Beschikbaar', en: 'Available' },
  proposed: { nl: 'Voorgesteld', en: 'Proposed' },
  matched: { nl: 'Afgeletterd', en: 'Matched' },
  notmatchable: { nl: 'Niet afletterbaar', en: 'Not matchable' },
};

const EMPTY: Cell = { text: '' };
const text = (value: string): Cell => ({ text: value });
const date = (day: PlainDate | null): Cell => (day === null ? EMPTY : { text: compactDate(day), label: labelOfDate(day) });
const time = (at: Date): Cell => ({ text: compactTime(at), label: labelOfTime(at) });

type Reader = (row: BrowseRow, language: Language) => Cell;

const own =
  (pick: (line: LineRow) => number): Reader =>
  ({ line }) =>
    text(amountText(pick(line), line.transaction.currency));
const base =
  (pick: (line: LineRow) => number): Reader =>
  ({ line, books }) =>
    text(amountText(pick(line), books.currency));
const customer =
  (pick: (row: NonNullable<ReturnType<OfficeBooks['customers']['get']>>, row_: BrowseRow) => string): Reader =>
  (row) =>
    text(pick(row.books.customer(row.line.dim2 ?? ''), row));
const ofAction =
  (pick: (action: CreditAction, row: BrowseRow) => Cell): Reader =>
  (row) =>
    row.action ? pick(row.action, row) : EMPTY;
const nothing: Reader = () => EMPTY;

const freetext =
  (at: 0 | 1 | 2): Reader =>
  ({ line }) =>
    text(line.transaction.freetexts[at] ?? '');

/** Every field of the definitions, by what stands behind `fin.trs.`. */
const READERS: Readonly<Record<string, Reader>> = {
  'head.office': ({ books }) => text(books.code),
  'head.officename': ({ books }) => text(books.profile.name),
  'head.year': ({ line }) => text(String(yearOf(line.transaction.date))),
  'head.period': ({ line }) => text(String(Number(line.transaction.date.slice(5, 7)))),
  'head.yearperiod': ({ line }) => text(yearPeriod(line.transaction.date)),
  'head.code': ({ line }) => text(line.transaction.code),
  'head.shortname': ({ line, books }) => text(books.daybooks.get(line.transaction.code)?.shortname ?? ''),
  'head.number': ({ line }) => text(line.transaction.number),
  'head.status': ({ line }, language) => ({ text: line.transaction.location, label: STATUS[line.transaction.location][language] }),
  'head.date': ({ line }) => date(line.transaction.date),
  'head.curcode': ({ line }) => text(line.transaction.currency),
  'head.customer.respuser': customer(({ credit }) => credit.responsibleUser),
  'head.customer.respusername': customer(({ credit }, { organisation }) => organisation.users.get(credit.responsibleUser)?.name ?? ''),
  'head.customer.creditlimit': customer(({ credit }, { books }) =>
    credit.creditLimit === null ? '' : amountText(credit.creditLimit, books.currency),
  ),
  'head.modified': ({ line }) => time(line.transaction.modifiedAt),
  'line.dim1': ({ line }) => text(line.dim1),
  'line.dim1name': ({ line, books }) => text(books.accounts.get(line.dim1)?.name ?? ''),
  'line.dim2': ({ line }) => text(line.dim2 ?? ''),
  'line.dim2name': customer(({ name }) => name),
  'line.datedue': ({ line }) => date(line.transaction.dueDate),
  'line.invnumber': ({ line }) => text(line.invoiceNumber || line.transaction.invoiceNumber),
  'line.valuesigned': own(({ value }) => value),
  'line.basevaluesigned': base(({ baseValue }) => baseValue),
  'line.repvaluesigned': base(({ baseValue }) => baseValue),
  'line.openvaluesigned': own(({ open }) => open),
  'line.openbasevaluesigned': base(({ openBase }) => openBase),
  'line.matchstatus': ({ line }, language) => ({ text: statusOf(line), label: MATCH_STATUS[statusOf(line)][language] }),
  'line.matchdate': ({ line }) => date(matchDateOf(line)),
  'line.matchnumber': ({ line }) => text(line.sets.map(({ number }) => number).join(', ')),
  'line.payrun': ({ line }) => text(line.payRun === null ? '' : String(line.payRun)),
  'line.availableforpayruns': ({ line }) => text(String(line.freechar !== 'N')),
  'line.modified': ({ line }) => time(line.modifiedAt),
  'line.freetext1': freetext(0),
  'line.freetext2': freetext(1),
  'line.freetext3': freetext(2),
  'line.costcenter': nothing,
  'line.costcentername': nothing,
  'line.actioncode': ofAction(({ code }) => text(code)),
  'line.actionname': ofAction(({ name }) => text(name)),
  'line.actiondate': ofAction((action) => date(action.date)),
  'line.actionvalue': ofAction(({ value }, { line }) => text(amountText(value, line.transaction.currency))),
  'line.actiondescription': ofAction(({ description }) => text(description)),
  'line.actioncreated': ofAction(({ createdAt }) => time(createdAt)),
  'line.actionuser': ofAction(({ userCode }) => text(userCode)),
  'line.actionusername': ofAction(({ userCode }, { organisation }) => text(organisation.users.get(userCode)?.name ?? userCode)),
};

export function cellOf(row: BrowseRow, field: string, language: Language): Cell {
  const reader = READERS[field.slice('fin.trs.'.length)];
  if (!reader) throw new Error(`the definitions name ${field}, which nothing reads`);
  return reader(row, language);
}
