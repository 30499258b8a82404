import { InputError } from '../../../kernel/errors.js';
import type { Result } from '../../../kernel/result.js';
import { ibanShaped, identification } from '../identification.js';
import type { Account, Balance, Counterparty, Entry, MessageHeader, StatementHeader } from '../statement.js';
import { BALANCES_MAX, StatementBuilder } from '../statement-builder.js';
import type { EventSink, StatementParser } from '../statement-events.js';
import { type StatementLine, readBalance, readSequence, readStatementLine } from './fields.js';
import { readInformation } from './information.js';

const HEADER: MessageHeader = { message: 'mt940', version: null, messageId: null, createdAt: null, page: null };

/** Fields of MT940 and its dialects. What looks like another one (":12:11" of a broken time) is text. */
const FIELD = /^:(940|20|21|25|28C?|60[FM]|61|86|62[FM]|64|65|13D?|34F|90[CD]|NS):/;
/** Most lines of one field: the standard knows six of 65 characters, some dialects run to dozens. */
const FIELD_LINES_MAX = 500;
const LINE_CHARACTERS_MAX = 10_000;

interface Field {
  readonly tag: string;
  readonly line: number;
  readonly lines: string[];
}

/** The statement being read. */
class Draft {
  reference: string | null = null;
  account: Account = { iban: null, other: null, currency: null, owner: null, servicerBic: null };
  accountRead = false;
  number: string | null = null;
  page: number | null = null;
  opened = false;
  closing: Balance | null = null;
  /** The `:61:` that waits for its `:86:`. */
  line: StatementLine | null = null;
  lineAt = 0;
  information: string[] = [];
}

/**
 * Reads MT940 (camt053.md §8): Dutch and Belgian headers, ABN AMRO's without `:20:`, SWIFT blocks, old and structured `:86:`. Strict in
 * what moves money: a statement needs its opening and closing balance, a field that cannot be read is refused with its line.
 */
export class Mt940Parser implements StatementParser {
  private readonly builder: StatementBuilder;
  private rest = '';
  private lineNumber = 0;
  private field: Field | null = null;
  private draft: Draft | null = null;

  constructor(private readonly sink: EventSink) {
    this.builder = new StatementBuilder(sink);
    sink({ type: 'message', header: HEADER });
  }

  get position(): { line: number; column: number } {
    return { line: this.lineNumber + 1, column: 1 };
  }

  get entryPosition(): { line: number; column: number } {
    return { line: this.draft?.lineAt ?? this.lineNumber, column: 1 };
  }

  write(text: string): void {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    if (this.rest.length > LINE_CHARACTERS_MAX) this.refuse('too-large', 'a line is too long for MT940', this.lineNumber + 1);
    for (const line of lines) this.readLine(line);
  }

  end(): void {
    const cutShort = this.rest !== '' && FIELD.exec(this.rest)?.[1]?.startsWith('62') === true;
    if (this.rest !== '') this.readLine(this.rest);
    this.endField();
    this.endStatement(cutShort);
    if (this.builder.statementCount === 0) throw new InputError('no-statements', 'the file holds no statement: nothing to take from it');
    this.sink({ type: 'end', header: HEADER });
  }

  private refuse(code: string, message: string, line: number): never {
    throw new InputError(code, message, { line });
  }

  private value<T>(result: Result<T>, line: number): T {
    return result.ok ? result.value : this.refuse(result.error.code, result.error.message, line);
  }

  private readLine(raw: string): void {
    this.lineNumber += 1;
    const line = raw.replace(/\r$/, '').replace(/^\{1:.*\{4:/, '');
    if (line.includes('\0')) this.refuse('not-well-formed', 'the line holds NUL characters, which are no text', this.lineNumber);
    const field = FIELD.exec(line);
    if (field) {
      this.endField();
      this.field = { tag: field[1] as string, line: this.lineNumber, lines: [line.slice(field[0].length)] };
    } else if (/^-(\}.*|XXX)?$/.test(line.trimEnd())) {
      this.endField();
      this.endStatement(false);
    } else if (this.field !== null && line.trim() !== '') {
      if (this.field.lines.length >= FIELD_LINES_MAX) this.refuse('too-large', 'a field has too many lines', this.lineNumber);
      this.field.lines.push(line);
    }
  }

  private endField(): void {
    const { field } = this;
    this.field = null;
    if (field === null) return;
    const { tag, line, lines } = field;
    const text = (lines[0] ?? '').trim();
    if (tag === '20') this.startStatement(text);
    else if (tag === '25') this.readAccount(text, line);
    else if (tag === '28' || tag === '28C') this.readNumber(text);
    else if (tag === '34F' || tag === '13D')
      this.refuse('not-a-statement', 'this is an MT942 interim report; only MT940 statements are final', line);
    else if (/^6[0245]/.test(tag)) this.readBalance(tag, text, line);
    else if (tag === '61') this.readEntry(lines, line);
    else if (tag === '86') this.draft?.information.push(...lines);
  }

  private startStatement(reference: string): void {
    this.endStatement(false);
    this.draft = new Draft();
    this.draft.reference = identification(reference);
  }

  /** The statement at hand, or a new one: ABN AMRO leaves `:20:` out at times. */
  private current(): Draft {
    if (this.draft?.closing) this.endStatement(false);
    return (this.draft ??= new Draft());
  }

  private readAccount(text: string, line: number): void {
    const draft = this.current();
    if (draft.accountRead) this.refuse('invalid-field', 'a second account (:25:) in the middle of a statement', line);
    draft.accountRead = true;
    const bare = text.replace(/\s*([A-Z]{3})$/, '');
    const iban = ibanShaped(bare) ?? ibanShaped(text);
    const currency = /\d\s*([A-Z]{3})$/.exec(text)?.[1] ?? null;
    draft.account = { ...draft.account, iban, other: iban === null ? identification(currency === null ? text : bare) : null };
  }

  private readNumber(text: string): void {
    const draft = this.current();
    const { number, page } = readSequence(text);
    draft.number = number;
    draft.page = page;
  }

  private readBalance(tag: string, text: string, line: number): void {
    const balance = this.value(readBalance(tag, text), line);
    if (balance.date === null) this.refuse('invalid-field', `the date in :${tag}:${text} does not exist`, line);
    if (tag.startsWith('60')) return this.open(balance, line);
    const { draft } = this;
    if (draft?.opened !== true) return this.refuse('invalid-field', `:${tag}: comes before the opening balance (:60F:)`, line);
    this.tellEntry(draft);
    if (tag.startsWith('62')) {
      if (draft.closing !== null) this.refuse('invalid-field', 'the statement has a second closing balance', line);
      draft.closing = balance;
    }
    if (this.builder.balanceCount >= BALANCES_MAX) this.refuse('too-large', 'the statement has too many balances', line);
    this.builder.balance(balance);
  }

  private open(balance: Balance, line: number): void {
    const draft = this.current();
    if (draft.opened) this.refuse('invalid-field', 'the statement has a second opening balance', line);
    draft.opened = true;
    draft.account = { ...draft.account, currency: balance.currency };
    this.builder.begin();
    this.builder.balance(balance);
    this.builder.announce(this.header(draft));
  }

  private readEntry(lines: readonly string[], line: number): void {
    const { draft } = this;
    if (draft?.opened !== true || draft.closing !== null) {
      return this.refuse('invalid-field', ':61: stands outside a statement (between :60F: and :62F:)', line);
    }
    this.tellEntry(draft);
    draft.information = [];
    draft.line = this.value(readStatementLine(lines), line);
    draft.lineAt = line;
    if (draft.line.valueDate === null) {
      this.builder.warn('invalid-date', `the value date in :61:${lines[0]?.slice(0, 6)} does not exist`, this.builder.nextEntryIndex);
    }
  }

  private tellEntry(draft: Draft): void {
    if (draft.line === null) return;
    this.builder.entry(entryOf(draft.line, draft.information, this.builder.nextEntryIndex, draft.account.currency));
    draft.line = null;
  }

  /** `cutShort`: the file ends within the line of the closing balance, so digits of it may be missing. */
  private endStatement(cutShort: boolean): void {
    const { draft } = this;
    this.draft = null;
    if (draft === null) return;
    if (draft.closing === null) {
      this.refuse(
        'truncated',
        `the statement ${shown(draft.reference)} has no ${draft.opened ? 'closing (:62F:)' : 'opening (:60F:)'} balance; the file was cut off`,
        this.lineNumber,
      );
    }
    const { reconciles } = this.builder.finish(this.header(draft), true);
    if (cutShort && reconciles === false) {
      this.refuse('truncated', 'the file ends in the middle of the closing balance, which does not match the entries', this.lineNumber);
    }
  }

  private header({ reference, number, page, account, closing }: Draft): StatementHeader {
    return {
      id: reference,
      electronicSequence: number,
      legalSequence: null,
      account,
      period: { from: null, to: null },
      createdAt: null,
      page: page === null ? null : { number: page, last: closing?.subType !== 'INTM' },
      copyDuplicate: null,
    };
  }
}

const REFERENCE_SHOWN_MAX = 40;
const shown = (reference: string | null): string => (reference ?? '').replace(/\s+/g, ' ').slice(0, REFERENCE_SHOWN_MAX);

/** Words in the place of a reference that only say where the reference is. */
const POINTER = /^(?:EREF|PREF|MARF|KREF|MREF)\+?$/;

function entryOf(line: StatementLine, informationLines: readonly string[], index: number, currency: string | null): Entry {
  const information = readInformation(informationLines);
  const { customerReference, bankReference } = line;
  const other = sideOfLine(line);
  const isReference = customerReference !== null && !POINTER.test(customerReference) && customerReference !== other?.other;
  return {
    index,
    status: 'BOOK',
    amount: line.amount,
    currency,
    bookingDate: line.bookingDate,
    valueDate: line.valueDate,
    reversal: line.reversal,
    entryReference: null,
    servicerReference: bankReference,
    bankCode: { domain: null, family: null, subFamily: null, proprietary: information.transactionCode ?? (line.type || null) },
    batch: false,
    information: identification(
      informationLines
        .map((text) => text.trimEnd())
        .join('\n')
        .trim(),
    ),
    transactions: [
      {
        index: 0,
        amount: line.amount,
        currency,
        amountSource: 'Ntry/Amt',
        endToEndId: information.endToEndId,
        mandateId: information.mandateId,
        transactionId: null,
        servicerReference: bankReference,
        structuredReferences: information.structuredReferences,
        unstructured: information.unstructured,
        purpose: information.purpose,
        counterparty: counterpartyOf(information.counterparty, other),
        return: information.returnCode === null ? null : { code: information.returnCode, information: null },
        charges: [],
        original: null,
        paymentInformationId: information.paymentInformationId,
        instructionId: isReference ? customerReference : null,
        messageId: null,
        documentNumbers: [],
        additionalRemittance: [],
        information: null,
      },
    ],
    batchDetails: null,
    charges: [],
    directionKnown: true,
  };
}

/** Rabobank keeps the account of the other side in `:61:`; in its old form, as SNS, an account number and behind it the name. */
function sideOfLine({ customerReference, supplementary }: StatementLine): Counterparty | null {
  const nothing = { name: null, iban: null, other: null, bic: null, country: null, ultimateName: null };
  const iban = supplementary.flatMap((text) => ibanShaped(text) ?? [])[0];
  if (iban !== undefined) return { ...nothing, iban };
  const name = supplementary.find((text) => /[A-Za-z]{2}/.test(text));
  const isAccount = customerReference !== null && /^P?\d{7,10}$/.test(customerReference);
  return isAccount && name !== undefined ? { ...nothing, name, other: customerReference } : null;
}

/** What `:86:` says, and where it is silent what `:61:` says. */
const counterpartyOf = (information: Counterparty | null, line: Counterparty | null): Counterparty | null =>
  information === null || line === null
    ? (information ?? line)
    : {
        name: information.name ?? line.name,
        iban: information.iban ?? line.iban,
        other: information.other ?? line.other,
        bic: information.bic,
        country: information.country,
        ultimateName: information.ultimateName,
      };
