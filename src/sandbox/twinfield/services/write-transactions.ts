import type { OfficeBooks } from '../books.js';
import { addTransaction, deleteTransaction } from '../entries.js';
import { transactionXml } from '../render/transaction-xml.js';
import type { TransactionRow } from '../records.js';
import { MESSAGES } from '../rules/messages.js';
import { type XmlElement, child, el, textOf } from '../rules/xml.js';
import { type Asked, Findings, isMessage, officeOfRequest } from './outcome.js';
import { TooMuch } from './service.js';
import { readTransaction } from './transaction-request.js';

const MOST_LINES = 1_000;

/** `<transactions>` or a single `<transaction>`: booked, changed or deleted, each by itself (fact sheet §7.2). */
export function writeTransactions(asked: Asked, root: XmlElement): XmlElement {
  const requests = root.name === 'transaction' ? [root] : root.children;
  if (requests.some((each) => (child(each, 'lines')?.children.length ?? 0) > MOST_LINES)) throw new TooMuch();
  const results = requests.map((each) => writeOne(asked, each));
  if (root.name === 'transaction') return results[0] as XmlElement;
  const result = results.every(({ attributes }) => attributes['result'] === '1') ? '1' : '0';
  return el('transactions', { result }, results);
}

function writeOne(asked: Asked, request: XmlElement): XmlElement {
  const findings = new Findings();
  const header = child(request, 'header') ?? request;
  const books = officeOfRequest(asked, header);
  if (isMessage(books)) {
    findings.add(child(header, 'office') ?? header, books);
    return findings.echo(request, asked.user.language);
  }
  return request.attributes['action'] === 'delete' ? remove(asked, books, request) : book(asked, books, request);
}

function remove({ user, at }: Asked, books: OfficeBooks, request: XmlElement): XmlElement {
  const findings = new Findings();
  const [code, number] = [textOf(request, 'code') ?? '', textOf(request, 'number') ?? ''];
  const found = books.transaction(code, number);
  const element = child(request, 'number') ?? request;
  if (!found) findings.add(element, MESSAGES.noTransaction(code, number));
  else if (!mayChange(found, books.switches.deletesFinal)) findings.add(element, MESSAGES.cannotChange(code, number));
  const reason = request.attributes['reason'] ?? '';
  if (reason === '') findings.add(request, MESSAGES.required('reason'));
  if (!findings.isEmpty || !found) return findings.echo(request, user.language);
  deleteTransaction(books, found, { at, reason, userCode: user.code });
  return { ...request, attributes: { ...request.attributes, result: '1' } };
}

function book({ user, at }: Asked, books: OfficeBooks, request: XmlElement): XmlElement {
  const findings = new Findings();
  const plan = readTransaction(books, request, findings);
  const replaced = plan?.number === undefined ? undefined : books.transaction(plan.code, plan.number);
  if (plan && replaced && !mayChange(replaced, false))
    findings.add(child(child(request, 'header') ?? request, 'number') ?? request, MESSAGES.cannotChange(plan.code, replaced.number));
  if (!findings.isEmpty || !plan) return findings.echo(request, user.language);
  if (replaced) books.transactions.delete(`${replaced.code}/${replaced.number}`);
  const booked = addTransaction(books, { ...plan, userCode: user.code, origin: 'import' }, at);
  return transactionXml(books, user.organisation, booked);
}

/** A provisional one nothing of which is settled; the sheet is not sure of final ones. */
const mayChange = ({ location, lines }: TransactionRow, finalToo: boolean): boolean =>
  (location !== 'final' || finalToo) && lines.every(({ sets }) => sets.length === 0);
