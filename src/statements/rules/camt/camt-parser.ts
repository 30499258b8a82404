import { InputError } from '../../../kernel/errors.js';
import { calendarDay, utcTimestamp } from '../dates.js';
import { signed } from '../decimal.js';
import { identification } from '../identification.js';
import type { Account, MessageHeader, Page, StatementHeader } from '../statement.js';
import { BALANCES_MAX, StatementBuilder, isChained } from '../statement-builder.js';
import type { EventSink, StatementParser } from '../statement-events.js';
import type { Position } from '../xml/tokenizer.js';
import { XmlWalker } from '../xml/walker.js';
import { root } from './elements.js';
import { accountOf, countOf, entryOf, isTrue } from './entry.js';
import { type CamtMessage, type MessageListener, MessageState } from './message-state.js';
import type { RawBalance, RawEntry, RawPage } from './raw.js';

/** Newest version published (ISO 20022 catalogue, 2025); a newer one is read with a warning. */
const NEWEST_VERSION = 14;
/** Entries kept waiting when a bank writes them before the account they belong to, which no genuine file does for long. */
const HELD_ENTRIES_MAX = 10_000;

/** Reads camt.052, camt.053 and camt.054 of all versions (camt053.md §1 to §3). */
export class CamtParser implements StatementParser, MessageListener {
  private readonly state = new MessageState(this);
  private readonly walker: XmlWalker<MessageState> = new XmlWalker(root, this.state);
  private readonly builder: StatementBuilder;
  private kind: CamtMessage | null = null;
  private version: string | null = null;
  private headerTold = false;
  private statementTold = false;
  private ownAccount: Account = accountOf(this.state.statement, null);
  /** Entries met before the account was: whose counterparty is whom depends on it. */
  private held: RawEntry[] = [];

  constructor(private readonly sink: EventSink) {
    this.builder = new StatementBuilder(sink);
  }

  get position(): Position {
    return this.walker.position;
  }

  get entryPosition(): Position {
    return this.walker.position;
  }

  write(text: string): void {
    this.walker.write(text);
  }

  end(): void {
    this.walker.end();
    if (this.kind === null) throw new InputError('not-a-statement', 'this is XML, but no camt.052, camt.053 or camt.054 bank statement');
    this.tellHeader();
    if (this.builder.statementCount === 0) {
      this.builder.warn('no-statements', 'the message holds no statement: there is nothing to take from it');
    }
    this.sink({ type: 'end', header: this.header(this.kind) });
  }

  document(namespace: string): void {
    const named = /(camt\.\d{3})\.(\d{3}\.\d{2})/.exec(namespace);
    this.version = named?.[2] ?? null;
  }

  message(message: CamtMessage): void {
    if (this.kind !== null && this.kind !== message) {
      this.walker.refuse('mixed-messages', `the file holds a ${this.kind} and a ${message} message; give them as separate files`);
    }
    this.kind = message;
    const namespace = this.state.messageNamespace ?? '';
    if (namespace.includes('camt.') && !namespace.includes(message)) {
      this.builder.warn('namespace-differs', `the message is a ${message}, its namespace says ${namespace}`);
    }
    if (this.version !== null && !isKnownVersion(this.version)) {
      this.builder.warn('unknown-version', `version ${this.version} is not known; it was read like the ones that are`);
    }
  }

  statementStart(): void {
    this.tellHeader();
    this.statementTold = false;
    this.held = [];
    this.builder.begin();
  }

  accountRead(): void {
    const waiting = this.held;
    this.held = [];
    for (const entry of waiting) this.tellEntry(entry);
  }

  balance(raw: RawBalance): void {
    if (raw.amount === null) this.walker.refuse('invalid-amount', 'a balance has no amount');
    if (this.builder.balanceCount >= BALANCES_MAX) this.walker.refuse('too-large', `a statement has more than ${BALANCES_MAX} balances`);
    this.builder.balance({
      type: identification(raw.type),
      amount: signed(raw.amount.amount, raw.indicator === 'DBIT'),
      currency: raw.amount.currency,
      date: this.day(raw.date, 'the date of a balance', null),
      subType: identification(raw.subType),
    });
  }

  entry(raw: RawEntry): void {
    if (raw.amount === null) this.walker.refuse('invalid-amount', 'an entry has no amount');
    if (this.state.statement.account !== null) return this.tellEntry(raw);
    if (this.held.length >= HELD_ENTRIES_MAX) {
      this.walker.refuse('no-account', `the statement gives no account before its first ${HELD_ENTRIES_MAX} entries`);
    }
    this.held.push(raw);
  }

  statementEnd(): void {
    this.accountRead();
    this.tellStatement();
    const { announcedEntries } = this.state.statement;
    const announced = countOf(announcedEntries);
    if (announced !== null && announced !== this.builder.nextEntryIndex) {
      this.builder.warn('entry-count-differs', `the statement announces ${announced} entries and has ${this.builder.nextEntryIndex}`);
    }
    this.builder.finish(this.statementHeader(), isChained(this.kind ?? 'camt.053'));
  }

  private tellEntry(raw: RawEntry): void {
    this.tellStatement();
    const index = this.builder.nextEntryIndex;
    const days = {
      bookingDate: this.day(raw.bookingDate, 'the booking date', index),
      valueDate: this.day(raw.valueDate, 'the value date', index),
    };
    if (!raw.indicator) {
      this.builder.warn('no-indicator', 'the entry does not say whether it is a credit or a debit; it was taken for a credit', index);
    } else if (raw.indicator !== 'CRDT' && raw.indicator !== 'DBIT') {
      const shown = raw.indicator.slice(0, 40);
      this.builder.warn(
        'invalid-indicator',
        `"${shown}" is neither CRDT nor DBIT; the entry counts for nothing until the bank explains it`,
        index,
      );
    }
    if (raw.amount !== null) this.builder.entry(entryOf(raw, raw.amount, index, days, this.ownAccount));
  }

  /** The calendar day of a text; one that does not exist is told, not guessed. */
  private day(text: string | null, what: string, entryIndex: number | null): ReturnType<typeof calendarDay> {
    if (text === null || text === '') return null;
    const day = calendarDay(text);
    if (day === null) this.builder.warn('invalid-date', `${what} is "${text.slice(0, 40)}", which is no date`, entryIndex);
    return day;
  }

  private tellHeader(): void {
    if (this.headerTold || this.kind === null) return;
    this.headerTold = true;
    this.sink({ type: 'message', header: this.header(this.kind) });
  }

  private tellStatement(): void {
    if (this.statementTold) return;
    this.statementTold = true;
    const header = this.statementHeader();
    this.ownAccount = header.account;
    this.builder.announce(header);
  }

  private header(kind: CamtMessage): MessageHeader {
    const { messageId, createdAt, page } = this.state.header;
    return {
      message: kind,
      version: this.version,
      messageId: identification(messageId),
      createdAt: createdAt === null ? null : utcTimestamp(createdAt),
      page: pageOf(page),
    };
  }

  private statementHeader(): StatementHeader {
    const { statement } = this.state;
    return {
      id: identification(statement.id),
      electronicSequence: identification(statement.electronicSequence),
      legalSequence: identification(statement.legalSequence),
      account: accountOf(statement, this.builder.balanceCurrency),
      period: {
        from: statement.from === null ? null : calendarDay(statement.from),
        to: statement.to === null ? null : calendarDay(statement.to),
      },
      createdAt: statement.createdAt === null ? null : utcTimestamp(statement.createdAt),
      page: pageOf(statement.page),
      copyDuplicate: identification(statement.copyDuplicate),
    };
  }
}

const isKnownVersion = (version: string): boolean => {
  const [, number] = /^001\.(\d\d)$/.exec(version) ?? [];
  return number !== undefined && Number(number) >= 1 && Number(number) <= NEWEST_VERSION;
};

const pageOf = (page: RawPage | null): Page | null => {
  const number = countOf(page?.number ?? null);
  return number === null ? null : { number, last: isTrue(page?.last ?? null) };
};
