import { type Minor, sum } from '../../../kernel/money.js';
import { addDays } from '../../../kernel/plain-date.js';
import type { Daybook, OfficeBooks } from '../books.js';
import type { NewLine, NewTransaction } from '../entries.js';
import { amountText, labelOfDate, readAmount, readCompactDate, yearPeriod } from '../rules/format.js';
import { MESSAGES } from '../rules/messages.js';
import { type XmlElement, child, childrenOf, textOf } from '../rules/xml.js';
import type { Findings } from './outcome.js';

const ORDER = ['total', 'detail', 'vat'] as const;
const DESCRIPTION_MAX = 40;

interface Reading {
  readonly books: OfficeBooks;
  readonly currency: string;
  readonly findings: Findings;
  /** Warnings stop a transaction unless it says otherwise. */
  readonly raisesWarnings: boolean;
}

/** A transaction as it was sent; null, with findings, when it cannot be booked. */
export function readTransaction(books: OfficeBooks, request: XmlElement, findings: Findings): NewTransaction | null {
  const header = child(request, 'header');
  const block = child(request, 'lines');
  if (!header || !block) {
    findings.add(request, MESSAGES.required(header ? 'lines' : 'header'));
    return null;
  }
  const currency = textOf(header, 'currency') || books.currency;
  const reading: Reading = { books, currency, findings, raisesWarnings: request.attributes['raisewarning'] !== 'false' };
  const location = request.attributes['destiny'];
  if (location !== 'temporary' && location !== 'final') findings.add(request, MESSAGES.destiny);
  const plan = readHeader(reading, header);
  const lines = childrenOf(block, 'line').flatMap((line) => readLine(reading, line));
  checkLines(reading, block, lines);
  if (plan && findings.isEmpty) checkBalances(reading, header, plan.daybook, lines);
  if (!plan || !findings.isEmpty) return null;
  const { daybook, ...rest } = plan;
  return { ...rest, code: daybook.code, currency, location: location === 'temporary' ? 'temporary' : 'final', lines };
}

function readHeader({ books, findings, raisesWarnings }: Reading, header: XmlElement) {
  const code = child(header, 'code');
  const daybook = books.daybooks.get(code?.text.trim() ?? '');
  if (!daybook) findings.add(code ?? header, MESSAGES.noDaybook(code?.text.trim() ?? ''));
  const given = child(header, 'date');
  const date = readCompactDate(given?.text.trim() ?? '');
  if (!date) findings.add(given ?? header, MESSAGES.invalidValue('date'));
  const period = textOf(header, 'period');
  if (date && period && period !== yearPeriod(date) && raisesWarnings && given)
    findings.add(given, MESSAGES.outsidePeriod(labelOfDate(date).replaceAll('/', '-'), period));
  const due = textOf(header, 'duedate');
  if (!daybook || !date) return null;
  const number = textOf(header, 'number');
  const text = (name: string): string | null => textOf(header, name) || null;
  return {
    daybook,
    date,
    ...(number ? { number } : {}),
    dueDate: due ? readCompactDate(due) : daybook.category === 'sales' ? addDays(date, 30) : null,
    invoiceNumber: text('invoicenumber') ?? '',
    paymentReference: text('paymentreference'),
    statementNumber: Number(text('statementnumber')) || null,
    freetexts: [text('freetext1'), text('freetext2'), text('freetext3')] as const,
  };
}

function readLine({ books, currency, findings }: Reading, line: XmlElement): NewLine[] {
  const type = ORDER.find((each) => each === line.attributes['type']);
  if (!type) findings.add(line, MESSAGES.invalidValue('type'));
  const dim1 = child(line, 'dim1');
  if (dim1 && !books.accounts.has(dim1.text.trim())) findings.add(dim1, MESSAGES.notInOffice(dim1.text.trim(), books.code));
  const dim2 = child(line, 'dim2');
  const customer = dim2?.text.trim() || null;
  if (dim2 && customer !== null && !books.customers.has(customer)) findings.add(dim2, MESSAGES.notInOffice(customer, books.code));
  const given = child(line, 'value');
  const value = readAmount(given?.text.trim() ?? '', currency);
  if (value === null) findings.add(given ?? line, MESSAGES.invalidValue('value'));
  const side = textOf(line, 'debitcredit');
  if (side !== 'debit' && side !== 'credit') findings.add(child(line, 'debitcredit') ?? line, MESSAGES.invalidValue('debitcredit'));
  const description = child(line, 'description');
  if (description && description.text.length > DESCRIPTION_MAX) findings.add(description, MESSAGES.tooLong('description', DESCRIPTION_MAX));
  if (!type || value === null) return [];
  return [
    {
      type,
      dim1: dim1?.text.trim() ?? '',
      dim2: customer,
      value: side === 'credit' ? -value : value,
      description: description?.text ?? '',
      comment: textOf(line, 'comment') ?? '',
      freechar: textOf(line, 'freechar') ?? '',
      invoiceNumber: textOf(line, 'invoicenumber') ?? '',
      vatCode: textOf(line, 'vatcode') ?? null,
    },
  ];
}

/** First totals, then details, then VAT; and debit as much as credit. */
function checkLines({ findings, currency }: Reading, block: XmlElement, lines: readonly NewLine[]): void {
  if (!findings.isEmpty) return;
  const places = lines.map(({ type }) => ORDER.indexOf(type));
  if (places.some((place, at) => place < (places[at - 1] ?? 0))) findings.add(block, MESSAGES.lineOrder);
  const balance = sum(lines.map(({ value }) => value));
  if (lines.length === 0) findings.add(block, MESSAGES.required('line'));
  if (balance !== 0) findings.add(block, MESSAGES.unbalanced(amountText(Math.abs(balance), currency), balance < 0 ? 'debit' : 'credit'));
}

/** A bank statement ends where it began plus its total. */
function checkBalances({ currency, findings }: Reading, header: XmlElement, { category }: Daybook, lines: readonly NewLine[]): void {
  if (category !== 'bank') return;
  const read = (name: string): Minor | null => readAmount(textOf(header, name) ?? '', currency);
  const [start, close] = [read('startvalue'), read('closevalue')];
  const total = sum(lines.flatMap(({ type, value }) => (type === 'total' ? [value] : [])));
  const element = child(header, 'closevalue') ?? header;
  if (start === null || close === null || close - start !== total) findings.add(element, MESSAGES.invalidValue('closevalue'));
}
