import { type Minor, formatAmount, parseAmount, sum } from '../../../kernel/money.js';
import { type Result, err, ok } from '../../../kernel/result.js';
import type { StatementLineToImport, StatementToImport } from '../../accounting-package.port.js';
import { wireDate } from './dates.js';
import { ATTRIBUTES, type XmlContent, type XmlElement, at, buildXml, childrenOf, textAt, walk } from './xml.js';

/** More are not sent in one message (§4). */
const LINES_MOST = 1_000;

/** Statements cannot be changed once they are there (§7.3): what does not add up is not sent. Fails with `no-statement`. */
export function soundStatement(statement: StatementToImport): Result<StatementToImport> {
  const { iban, number, opening, closing, lines } = statement;
  const problem = (message: string) => err({ code: 'no-statement', message: `statement ${number} of ${iban}: ${message}` });
  if (!Number.isSafeInteger(number) || number < 1) return problem('it has no number');
  if (lines.length > LINES_MOST) return problem(`it has ${lines.length} lines; ${LINES_MOST} can be sent`);
  if (lines.some(({ amount }) => amount === 0)) return problem('a line is about nothing');
  if (opening + sum(lines.map(({ amount }) => amount)) !== closing) return problem('its lines do not come to what it ends with');
  return ok(statement);
}

/** The message of §7.3 and §9, for the inbox of statements; posting is done in Twinfield. One that is there already is refused by it. */
export function statementRequest(office: string, { iban, on, currency, opening, closing, number, lines }: StatementToImport): string {
  const transaction = ({ contraIban, type, reference, amount, description }: StatementLineToImport): XmlContent => ({
    contraiban: contraIban ?? undefined,
    type,
    reference,
    debitcredit: amount > 0 ? 'credit' : 'debit',
    value: formatAmount(Math.abs(amount), currency),
    description,
  });
  return buildXml('statements', {
    statement: {
      [ATTRIBUTES]: { target: 'electronicstatements' },
      iban,
      date: wireDate(on),
      currency,
      startvalue: formatAmount(opening, currency),
      closevalue: formatAmount(closing, currency),
      statementnumber: String(number),
      office,
      transactions: { transaction: lines.map(transaction) },
    },
  });
}

/** A statement that Twinfield has, as far as it tells two of them apart. */
interface ImportedStatement {
  readonly iban: string;
  readonly on: string;
  readonly number: string;
  readonly opening: string;
  readonly closing: string;
  readonly amounts: readonly string[];
}

/** The statements in an answer of their service (§6.7). */
export function importedIn(answer: XmlElement): readonly ImportedStatement[] {
  const found = [...walk(answer)].map(({ element }) => element).filter(({ name }) => name === 'BankStatement');
  const text = (element: XmlElement, name: string): string => textAt(element, name) ?? '';
  return found.map((element) => ({
    iban: text(element, 'Iban'),
    on: text(element, 'StatementDate').slice(0, 10),
    number: text(element, 'Number'),
    opening: text(element, 'OpeningBalance'),
    closing: text(element, 'ClosingBalance'),
    amounts: childrenOf(at(element, 'Lines'), 'BankStatementLine').map((line) => text(line, 'Amount')),
  }));
}

/**
 * `other`: one of that account, day and number is there and says something else, or one of another number that tells of the same days, from a
 * bank feed as it may be. Two of a day that follow each other, the one opening with what the other closes with, are none of each other's.
 */
export function isImported(imported: readonly ImportedStatement[], statement: StatementToImport): 'yes' | 'no' | 'other' {
  const { iban, from, on, number, currency, opening, closing, lines } = statement;
  // Balances may have four decimals (§7.3).
  const minor = (text: string): Minor | null => {
    const parsed = parseAmount(text.replace(/(\.\d\d)00$/, '$1'), currency);
    return parsed.ok ? parsed.value : null;
  };
  const isAlike = (each: ImportedStatement): boolean =>
    minor(each.closing) === closing &&
    each.amounts.length === lines.length &&
    lines.every(({ amount }, nth) => minor(each.amounts[nth] ?? '') === amount);
  const ofDays = imported.filter((each) => each.iban === iban && each.on >= from && each.on <= on);
  const same = ofDays.filter((each) => each.on === on && each.number === String(number));
  if (same.length > 0) return same.some(isAlike) ? 'yes' : 'other';
  const follows = (each: ImportedStatement): boolean => minor(each.closing) === opening || minor(each.opening) === closing;
  return ofDays.every(follows) ? 'no' : 'other';
}
