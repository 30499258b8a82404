import type { OfficeBooks } from '../books.js';
import { matchDateOf, statusOf } from '../matching.js';
import type { Organisation } from '../organisation.js';
import type { LineRow, MatchSet, TransactionRow } from '../records.js';
import { amountText, compactDate, compactTime, currencyName, rateText, yearPeriod } from '../rules/format.js';
import { type XmlElement, el, leaf, optional } from '../rules/xml.js';

/** A whole transaction (fact sheet §6.5, §9). */
export function transactionXml(books: OfficeBooks, organisation: Organisation, transaction: TransactionRow): XmlElement {
  const { location, lines } = transaction;
  return el('transaction', { location, result: '1' }, [
    headerXml(books, organisation, transaction),
    el(
      'lines',
      {},
      lines.map((line) => lineXml(books, line)),
    ),
  ]);
}

function headerXml(books: OfficeBooks, { users }: Organisation, row: TransactionRow): XmlElement {
  const daybook = books.daybooks.get(row.code);
  return el('header', {}, [
    el('office', { name: books.profile.name, shortname: '' }, books.code),
    el('code', { name: daybook?.name ?? '', shortname: daybook?.shortname ?? '' }, row.code),
    leaf('number', row.number),
    leaf('period', yearPeriod(row.date)),
    el('currency', { name: currencyName(row.currency), shortname: currencyName(row.currency) }, row.currency),
    leaf('regime', 'Generic'),
    leaf('date', compactDate(row.date)),
    leaf('origin', row.origin),
    leaf('modificationdate', compactTime(row.modifiedAt)),
    el('user', { name: users.get(row.userCode)?.name ?? row.userCode, shortname: '' }, row.userCode),
    leaf('inputdate', compactTime(row.inputAt)),
    optional('duedate', row.dueDate && compactDate(row.dueDate)),
    daybook?.category === 'sales' ? leaf('invoicenumber', row.invoiceNumber) : null,
    optional('paymentreference', row.paymentReference),
    optional('statementnumber', row.statementNumber === null ? null : String(row.statementNumber)),
    ...row.freetexts.map((text, nth) => optional(`freetext${nth + 1}`, text)),
  ]);
}

/** Of a line that is not on a customer, what a settlement needs is left out. */
function lineXml(books: OfficeBooks, line: LineRow): XmlElement {
  const { currency, rateMicro } = line.transaction;
  const isOnCustomer = line.dim2 !== null;
  return el('line', { type: line.type, id: String(line.id) }, [
    dimension(books, 'dim1', line.dim1),
    line.dim2 === null
      ? null
      : el('dim2', { name: books.customers.get(line.dim2)?.name ?? '', shortname: '', dimensiontype: 'DEB' }, line.dim2),
    leaf('debitcredit', line.value < 0 ? 'credit' : 'debit'),
    leaf('value', amountText(Math.abs(line.value), currency)),
    leaf('basevalue', amountText(Math.abs(line.baseValue), books.currency)),
    leaf('rate', rateText(rateMicro)),
    optional('vatcode', line.vatCode),
    leaf('description', line.description),
    line.invoiceNumber === '' ? null : leaf('invoicenumber', line.invoiceNumber),
    line.comment === '' ? null : leaf('comment', line.comment),
    line.freechar === '' ? null : leaf('freechar', line.freechar),
    ...(isOnCustomer ? settlementXml(books, line) : []),
  ]);
}

const dimension = ({ accounts }: OfficeBooks, name: string, code: string): XmlElement =>
  el(name, { name: accounts.get(code)?.name ?? '', shortname: '', dimensiontype: accounts.get(code)?.type }, code);

/** What is open is left out of a line that was settled in full. */
function settlementXml(books: OfficeBooks, line: LineRow): (XmlElement | null)[] {
  const { currency } = line.transaction;
  const matchDate = matchDateOf(line);
  const [open, openBase] = books.switches.spelling === 'openvalue' ? ['openvalue', 'openbasevalue'] : ['valueopen', 'basevalueopen'];
  const status = statusOf(line);
  return [
    leaf('matchstatus', status),
    leaf('matchlevel', '2'),
    leaf('relation', '2'),
    status === 'matched' ? null : leaf(open, amountText(line.open, currency)),
    status === 'matched' ? null : leaf(openBase, amountText(line.openBase, books.currency)),
    optional('matchdate', matchDate && compactDate(matchDate)),
    line.sets.length === 0
      ? null
      : el(
          'matches',
          {},
          line.sets.map((set) => setXml(line, set)),
        ),
  ];
}

/**
 * One settlement seen from a line: the other lines of the set, and what it took off this one, both with this line's sign as in the sample of
 * a sales transaction. The sheet is not sure of the signs.
 */
function setXml(line: LineRow, { date, lines }: MatchSet): XmlElement {
  const { currency } = line.transaction;
  const own = lines.find((each) => each.line === line);
  const others = lines.filter((each) => each.line !== line);
  return el('set', { status: 'final' }, [
    leaf('matchdate', compactDate(date)),
    el(
      'lines',
      {},
      others.map(({ line: other, value }) =>
        el('line', {}, [
          leaf('code', other.transaction.code),
          leaf('number', other.transaction.number),
          leaf('line', String(other.id)),
          leaf('method', 'payment'),
          leaf('matchvalue', amountText(-value, currency)),
        ]),
      ),
    ),
    leaf('matchvalue', amountText(own?.value ?? 0, currency)),
  ]);
}
