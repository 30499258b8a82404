import { type Minor, sum } from '../../../kernel/money.js';
import type { OfficeBooks } from '../books.js';
import type { BankStatement, BankStatementLine } from '../records.js';
import { readAmount, readCompactDate } from '../rules/format.js';
import { MESSAGES } from '../rules/messages.js';
import { type XmlElement, child, childrenOf, el, textOf } from '../rules/xml.js';
import { type Asked, Findings, isMessage, officeOfRequest } from './outcome.js';

/** `<statements>`: electronic statements for the inbox; they cannot be changed afterwards (fact sheet §7.3). */
export function writeStatements(asked: Asked, root: XmlElement): XmlElement {
  const requests = root.name === 'statement' ? [root] : root.children;
  const results = requests.map((each) => writeOne(asked, each));
  if (root.name === 'statement') return results[0] as XmlElement;
  const result = results.every(({ attributes }) => attributes['result'] === '1') ? '1' : '0';
  return el('statements', { result }, results);
}

function writeOne(asked: Asked, request: XmlElement): XmlElement {
  const findings = new Findings();
  const books = officeOfRequest(asked, request);
  const refused = (): XmlElement => {
    const echoed = findings.echo(request, asked.user.language);
    return { ...echoed, attributes: { ...echoed.attributes, status: 'fail' } };
  };
  if (isMessage(books)) {
    findings.add(child(request, 'office') ?? request, books);
    return refused();
  }
  const statement = readStatement(asked, books, request, findings);
  if (!statement || !findings.isEmpty) return refused();
  books.statements.push(statement);
  return {
    ...request,
    attributes: { ...request.attributes, result: '1' },
    children: request.children.map((each) =>
      each.name === 'transactions' ? { ...each, attributes: { ...each.attributes, count: String(each.children.length) } } : each,
    ),
  };
}

function readStatement({ at }: Asked, books: OfficeBooks, request: XmlElement, findings: Findings): BankStatement | null {
  if (request.attributes['target'] !== 'electronicstatements') findings.add(request, MESSAGES.invalidValue('target'));
  const iban = textOf(request, 'iban');
  const code = textOf(request, 'code');
  if (iban !== books.profile.iban && code !== books.bankDaybook)
    findings.add(child(request, 'iban') ?? child(request, 'code') ?? request, MESSAGES.invalidValue(iban === undefined ? 'code' : 'iban'));
  const day = child(request, 'date');
  const date = readCompactDate(day?.text.trim() ?? '');
  if (!date) findings.add(day ?? request, MESSAGES.invalidValue('date'));
  const currency = textOf(request, 'currency') || books.currency;
  const lines = readLines(request, currency, findings);
  const last = books.statements.at(-1);
  const amount = (name: string): Minor | null => readAmount(textOf(request, name) ?? '', currency);
  const opening = amount('startvalue') ?? last?.closing ?? 0;
  const closing = amount('closevalue') ?? opening + sum(lines.map((line) => line.amount));
  if (closing - opening !== sum(lines.map((line) => line.amount)))
    findings.add(child(request, 'closevalue') ?? request, MESSAGES.invalidValue('closevalue'));
  const number = Number(textOf(request, 'statementnumber')) || (last?.number ?? 0) + 1;
  const same = books.statements.filter((each) => each.number === number && each.date === date);
  if (same.length > 0 && request.attributes['importduplicate'] !== '1')
    findings.add(request, MESSAGES.duplicateStatement(books.bankDaybook, String(number), same.length, books.code));
  if (!date) return null;
  const place = { code: books.bankDaybook, number, subId: same.length + 1, iban: books.profile.iban };
  return { ...place, date, currency, opening, closing, createdAt: at, transactionNumber: null, lines };
}

function readLines(request: XmlElement, currency: string, findings: Findings): BankStatementLine[] {
  const block = child(request, 'transactions');
  return (block ? childrenOf(block, 'transaction') : []).map((line) => {
    const amount = readAmount(textOf(line, 'value') ?? '', currency);
    const side = textOf(line, 'debitcredit');
    if (amount === null) findings.add(child(line, 'value') ?? line, MESSAGES.invalidValue('value'));
    if (side !== 'debit' && side !== 'credit') findings.add(child(line, 'debitcredit') ?? line, MESSAGES.invalidValue('debitcredit'));
    return {
      contraIban: textOf(line, 'contraiban') ?? '',
      contraName: '',
      type: textOf(line, 'type') ?? '',
      reference: textOf(line, 'reference') ?? '',
      endToEndId: '',
      returnReason: '',
      amount: side === 'credit' ? (amount ?? 0) : -(amount ?? 0),
      description: textOf(line, 'description') ?? '',
    };
  });
}
