import { InputError } from '../../../kernel/errors.js';
import type { AmountContext } from '../xml/element-rule.js';
import type { WalkState } from '../xml/walker.js';
import { readXmlAmount } from '../decimal.js';
import {
  RawAmountDetails,
  type RawAmount,
  RawBalance,
  RawCharge,
  RawCharges,
  RawEntry,
  RawHeader,
  RawPage,
  RawParty,
  RawReference,
  RawStatement,
  RawTransaction,
} from './raw.js';

export type CamtMessage = 'camt.052' | 'camt.053' | 'camt.054';

/** What is told while a message is walked through. */
export interface MessageListener {
  document(namespace: string): void;
  message(message: CamtMessage): void;
  statementStart(statement: RawStatement): void;
  accountRead(): void;
  balance(balance: RawBalance): void;
  entry(entry: RawEntry): void;
  statementEnd(): void;
}

/**
 * The elements being filled while the walker goes through a message. The fields are the innermost element of each kind; they
 * mean something only while such an element is open.
 */
export class MessageState implements WalkState {
  messageNamespace: string | null = null;

  readonly header = new RawHeader();
  statement = new RawStatement();
  entry = new RawEntry();
  transaction = new RawTransaction();
  balance = new RawBalance();
  page = new RawPage();
  ownAccount = new RawParty();
  party = new RawParty();
  institutionName: string | null = null;
  amountDetails = new RawAmountDetails();
  charges = new RawCharges();
  charge = new RawCharge();
  reference = new RawReference();

  constructor(private readonly listener: MessageListener) {}

  startDocument(namespace: string): void {
    this.messageNamespace = namespace;
    this.listener.document(namespace);
  }

  /** What follows may be in another namespace: envelopes can hold several documents. */
  endDocument(): void {
    this.messageNamespace = null;
  }

  startMessage(message: CamtMessage): void {
    this.listener.message(message);
  }

  startStatement(): void {
    this.statement = new RawStatement();
    this.listener.statementStart(this.statement);
  }

  startAccount(): void {
    this.ownAccount = this.statement.account ??= new RawParty();
  }

  endAccount(): void {
    this.listener.accountRead();
  }

  endBalance(): void {
    this.listener.balance(this.balance);
  }

  startEntry(): void {
    this.entry = new RawEntry();
  }

  endEntry(): void {
    this.listener.entry(this.entry);
  }

  endStatement(): void {
    this.listener.statementEnd();
  }

  /** Keeps the charge just read, unless it was but a holder of records. */
  keepCharge(): void {
    if (this.charge.amount !== null) this.charges.records.push(this.charge);
    this.charge = new RawCharge();
  }

  /** Throws {@link InputError} `invalid-amount` with the place of the text. */
  amount(text: string, at: AmountContext): RawAmount {
    const amount = readXmlAmount(text);
    if (!amount.ok) throw new InputError(amount.error.code, amount.error.message, at.position);
    return { amount: amount.value, currency: currencyCode(at.currency) };
  }

  /** `CRDT` or `DBIT`; a balance whose sign would have to be guessed is refused as `invalid-indicator`. */
  balanceIndicator(text: string, at: AmountContext): string {
    if (text === 'CRDT' || text === 'DBIT' || text === '') return text;
    throw new InputError('invalid-indicator', `"${text.slice(0, 40)}" is neither CRDT nor DBIT`, at.position);
  }
}

/** Three capitals, which nearly all files write; the blanks and small letters of others say the same. */
const currencyCode = (text: string | null): string | null =>
  text === null || /^[A-Z]{3}$/.test(text) ? text : text.trim().toUpperCase() || null;
