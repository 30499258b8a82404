import type { Minor } from '../../../kernel/money.js';
import type { OfficeBooks } from '../books.js';
import { type LineToMatch, matchLines, remainderOf, statusOf, valueToMatch } from '../matching.js';
import type { LineRow } from '../records.js';
import { amountText, compactDate, readAmount, readCompactDate } from '../rules/format.js';
import { MESSAGES, type Message } from '../rules/messages.js';
import { type XmlElement, child, childrenOf, el, leaf, textOf } from '../rules/xml.js';
import { type Asked, Findings, isMessage, officeOfRequest } from './outcome.js';

const CUSTOMERS = '170';
const WRITE_OFFS: readonly (string | undefined)[] = ['currency', 'writeoff', 'discount'];

/** `<match>`: sets of lines settled against each other, each set as a whole or not at all (fact sheet §7.1). */
export function match(asked: Asked, root: XmlElement): XmlElement {
  const results = childrenOf(root, 'set').map((set) => matchSet(asked, set));
  if (results.length !== 1) return el('sets', {}, results);
  return el('match', { result: results[0]?.attributes['result'] }, results);
}

function matchSet(asked: Asked, set: XmlElement): XmlElement {
  const findings = new Findings();
  const books = officeOfRequest(asked, set);
  if (isMessage(books)) {
    findings.add(child(set, 'office') ?? set, books);
    return findings.echo(set, asked.user.language);
  }
  const code = child(set, 'matchcode');
  if (code?.text.trim() !== CUSTOMERS) findings.add(code ?? set, MESSAGES.invalidValue('matchcode'));
  const day = child(set, 'matchdate');
  const date = readCompactDate(day?.text.trim() ?? '');
  if (!date) findings.add(day ?? set, MESSAGES.invalidValue('matchdate'));
  const block = child(set, 'lines');
  const elements = block ? childrenOf(block, 'line') : [];
  const lines = elements.flatMap((element) => readLine(books, element, findings));
  checkTogether(lines, elements, findings);
  const left = remainderOf(lines);
  if (!findings.isEmpty || !date) return refusedSet(set, { findings, left, books, lines }, asked);
  if (left !== 0 || lines.length === 0) return unbalancedSet(set, { left, books, lines }, asked);
  const before = lines.map((each) => ({ ...each, open: each.line.open, openBase: each.line.openBase, value: valueToMatch(each) }));
  const made = matchLines(books, { date, lines, userCode: asked.user.code }, asked.at);
  return el('set', { result: '1' }, [
    leaf('office', books.code),
    el('matchcode', { name: 'Debiteuren afletteren' }, CUSTOMERS),
    leaf('matchdate', compactDate(date)),
    el(
      'lines',
      {},
      before.map((each) => lineXml(books, each)),
    ),
    el('dimensions', {}, [el('dimension', { level: '2', matchnumber: String(made.number) }, made.customer)]),
    leaf('value', amountText(0, books.currency)),
  ]);
}

function readLine(books: OfficeBooks, element: XmlElement, findings: Findings): LineToMatch[] {
  const [code, number, id] = ['transcode', 'transnumber', 'transline'].map((name) => textOf(element, name) ?? '');
  const line = books.transaction(code ?? '', number ?? '')?.lines.find((each) => String(each.id) === id);
  if (!line) {
    findings.add(element, MESSAGES.noLine);
    return [];
  }
  if (line.dim2 === null || line.transaction.location === 'draft' || statusOf(line) !== 'available')
    findings.add(element, MESSAGES.notAvailable(code ?? '', number ?? '', line.id));
  const value = amountIn(element, 'matchvalue', line, findings);
  const writeOff = amountIn(element, 'writeoff', line, findings);
  const given = child(element, 'writeoff');
  if (given && !WRITE_OFFS.includes(given.attributes['type'])) findings.add(given, MESSAGES.invalidValue('writeoff'));
  return [{ line, ...(value !== undefined && { value }), ...(writeOff !== undefined && { writeOff }) }];
}

/** An amount with the sign of the line, and no more than is open of it. */
function amountIn(element: XmlElement, name: string, { open, transaction }: LineRow, findings: Findings): Minor | undefined {
  const given = child(element, name);
  if (!given) return undefined;
  const amount = readAmount(given.text.trim(), transaction.currency);
  const isSound = amount !== null && amount !== 0 && amount > 0 === open > 0 && Math.abs(amount) <= Math.abs(open);
  if (!isSound) findings.add(given, MESSAGES.invalidValue(name));
  return amount ?? 0;
}

/** One customer, one currency, every line once. */
function checkTogether(lines: readonly LineToMatch[], elements: readonly XmlElement[], findings: Findings): void {
  const [first] = lines;
  if (!first || lines.length !== elements.length) return;
  for (const [at, { line }] of lines.entries()) {
    const element = elements[at] as XmlElement;
    const message: Message | null =
      line.dim2 !== first.line.dim2
        ? MESSAGES.invalidValue('dim2')
        : line.transaction.currency !== first.line.transaction.currency
          ? MESSAGES.invalidValue('currency')
          : lines.findIndex((each) => each.line === line) !== at
            ? MESSAGES.notAvailable(line.transaction.code, line.transaction.number, line.id)
            : null;
    if (message) findings.add(element, message);
  }
}

interface Refused {
  readonly books: OfficeBooks;
  readonly lines: readonly LineToMatch[];
  readonly left: Minor;
}

const currencyOf = ({ books, lines }: Refused): string => lines[0]?.line.transaction.currency ?? books.currency;

/** What was wrong with its lines; the others are not given back. */
function refusedSet(set: XmlElement, refused: Refused & { readonly findings: Findings }, { user }: Asked): XmlElement {
  const { findings } = refused;
  const echoed = findings.echo(set, user.language);
  const children = echoed.children.map((each) =>
    each.name === 'lines' ? { ...each, children: each.children.flatMap(offending) } : named(each),
  );
  return { ...echoed, attributes: { ...echoed.attributes, result: '0' }, children: [...children, value(refused)] };
}

const KEY: readonly string[] = ['transcode', 'transnumber', 'transline'];

function offending(line: XmlElement): XmlElement[] {
  if (line.attributes['result'] !== '0') return [];
  const told = (each: XmlElement): boolean => KEY.includes(each.name) || each.attributes['result'] === '0';
  return [{ ...line, children: line.children.filter(told) }];
}

function unbalancedSet(set: XmlElement, refused: Refused, { user }: Asked): XmlElement {
  const text = amountText(refused.left, currencyOf(refused));
  const findings = new Findings();
  const left = value(refused);
  findings.add(left, MESSAGES.notZero(text));
  return { ...set, attributes: { result: '0' }, children: [...set.children.map(named), findings.echo(left, user.language)] };
}

const value = (refused: Refused): XmlElement => leaf('value', amountText(refused.left, currencyOf(refused)));
const named = (each: XmlElement): XmlElement =>
  each.name === 'matchcode' ? { ...each, attributes: { name: 'Debiteuren afletteren', ...each.attributes } } : each;

/** Amounts left open are those from before. */
function lineXml(
  books: OfficeBooks,
  {
    line,
    value: matched,
    open,
    openBase,
    writeOff,
  }: LineToMatch & { readonly open: Minor; readonly openBase: Minor; readonly value: Minor },
): XmlElement {
  const { code, number, currency, origin, location } = line.transaction;
  const daybook = books.daybooks.get(code);
  const own = (amount: Minor): string => amountText(amount, currency);
  return el('line', { result: '1' }, [
    el('transcode', { name: daybook?.name ?? '', shortname: daybook?.shortname ?? '' }, code),
    leaf('transnumber', number),
    leaf('transline', String(line.id)),
    leaf('matchvalue', own(matched)),
    writeOff === undefined ? null : leaf('writeoff', own(writeOff)),
    leaf('origin', origin),
    leaf('status', location),
    leaf('dim1', line.dim1),
    leaf('dim2', line.dim2 ?? ''),
    leaf('matchlevel', '2'),
    leaf('basevalueopen', amountText(openBase, books.currency)),
    leaf('repvalueopen', amountText(openBase, books.currency)),
    leaf('valueopen', own(open)),
    leaf('matchvaluerep', own(matched)),
    leaf('matchvaluecur', own(matched)),
  ]);
}
