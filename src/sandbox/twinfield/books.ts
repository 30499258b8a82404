import { type PlainDate, plainDateIn, yearOf } from '../../kernel/plain-date.js';
import type { Random } from '../random.js';
import type { BankStatement, CustomerRow, DeletedTransaction, LineRow, MatchEvent, MatchSet, TransactionRow } from './records.js';
import type { BrowseCode } from './rules/browse-definitions.js';

/** What an office is, as a test or the demo describes it. */
export interface OfficeProfile {
  readonly name: string;
  readonly shortname?: string;
  readonly currency?: string;
  readonly iban: string;
  /** Daybooks have the codes an office gave them: `VRK`, `SLS`, `FACT`, … */
  readonly salesDaybook?: string;
  readonly bankDaybook?: string;
  /** What the codes of new customers must look like. */
  readonly codeMask?: string;
}

/**
 * How list 164 is filled and asked is not published:
 * - `actions`: a row for each action, on whatever line, filtered by customer
 * - `open`: a row for each open line too, without an action on it, filtered by customer and match status
 * - `keyless`: as `actions`, not filtered at all, and its rows do not say which line they are
 */
export type CreditList = 'actions' | 'open' | 'keyless';

/** Ways in which offices differ, or in which the fact sheet is not sure; a test may turn them. */
export interface OfficeSwitches {
  /** Browse codes the office has. */
  readonly browseCodes: Set<BrowseCode>;
  /** What list 164 is like: which lines it has, what it can be filtered by, whether its rows say which line they are. */
  creditList: CreditList;
  /** Fields that are missing in its definitions. */
  readonly missingFields: Set<string>;
  /** How amounts left open are spelled when a transaction is read: two spellings are in the wild. */
  spelling: 'openvalue' | 'valueopen';
  /** What becomes of fields of the credit-management block that are left out of a block that is sent. */
  omittedCreditFields: 'reset' | 'kept';
  commentLengthMax: number;
  commentNewlines: 'kept' | 'blanks';
  /** Whether settling or undoing it stamps the lines anew. */
  matchMovesModified: boolean;
  /** Whether a final transaction can be deleted through the API. */
  deletesFinal: boolean;
}

export interface Daybook {
  readonly code: string;
  readonly name: string;
  readonly shortname: string;
  readonly category: 'sales' | 'bank' | 'cash' | 'memo';
  /** The ledger account of its total lines; null for a memorandum. */
  readonly account: string | null;
}

export interface LedgerAccount {
  readonly code: string;
  readonly name: string;
  readonly type: 'BAS' | 'PNL';
}

export const RECEIVABLE_ACCOUNT = '1300';
export const DIFFERENCE_ACCOUNT = '4900';
/** The technical daybook of matching differences. */
export const DIFFERENCES = 'AFLETTEREN';

const FIRST_SEQUENCE = 40_000;

/**
 * The records of one office. Behaviour lives in the modules beside it (customers, bookings, matching, …), which all take the moment they
 * happen at: the books hold no clock.
 */
export class OfficeBooks {
  readonly switches: OfficeSwitches = {
    browseCodes: new Set<BrowseCode>(['100', '130_1', '130_3', '164']),
    creditList: 'actions',
    missingFields: new Set(),
    spelling: 'openvalue',
    omittedCreditFields: 'reset',
    commentLengthMax: 255,
    commentNewlines: 'kept',
    matchMovesModified: false,
    deletesFinal: false,
  };
  readonly customers = new Map<string, CustomerRow>();
  readonly accounts = new Map<string, LedgerAccount>();
  readonly daybooks = new Map<string, Daybook>();
  readonly transactions = new Map<string, TransactionRow>();
  readonly statements: BankStatement[] = [];
  readonly deletions: DeletedTransaction[] = [];
  readonly events: MatchEvent[] = [];
  /** The user whose work in the package the modules beside this do. */
  readonly userCode = 'BOEKHOUD';

  private readonly counters = new Map<string, number>();
  private readonly setsByCustomer = new Map<string, MatchSet[]>();
  /** Customers something was booked on. */
  readonly used = new Set<string>();
  private lastSequence = FIRST_SEQUENCE;

  constructor(
    readonly code: string,
    /** The office's `companyId`. */
    readonly id: string,
    readonly profile: OfficeProfile,
    readonly random: Random,
  ) {}

  get currency(): string {
    return this.profile.currency ?? 'EUR';
  }

  get salesDaybook(): string {
    return this.profile.salesDaybook ?? 'VRK';
  }

  get bankDaybook(): string {
    return this.profile.bankDaybook ?? 'BNK';
  }

  /** The calendar day in the Netherlands. */
  day(at: Date): PlainDate {
    return plainDateIn(at, 'Europe/Amsterdam');
  }

  guid(): string {
    return makeGuid(this.random);
  }

  /** The next number of a series. */
  count(series: string, first = 1): number {
    const next = (this.counters.get(series) ?? first - 1) + 1;
    this.counters.set(series, next);
    return next;
  }

  /** Numbers start anew in each daybook and year: `202500318`. Those of matching differences just count. */
  nextNumber(daybook: string, date: PlainDate): string {
    if (daybook === DIFFERENCES) return String(this.count(daybook));
    for (;;) {
      const number = `${yearOf(date)}${String(this.count(`${daybook} ${yearOf(date)}`)).padStart(5, '0')}`;
      if (!this.transaction(daybook, number)) return number;
    }
  }

  nextSequence(): number {
    this.lastSequence += this.random.int(1, 4);
    return this.lastSequence;
  }

  customer(code: string): CustomerRow {
    const customer = this.customers.get(code);
    if (!customer) throw new Error(`office ${this.code} has no customer ${code}`);
    return customer;
  }

  transaction(daybook: string, number: string): TransactionRow | undefined {
    return this.transactions.get(`${daybook}/${number}`);
  }

  /** Lines that stand on a customer, in the order in which they were booked. */
  *receivables(): Generator<LineRow> {
    for (const { lines } of this.transactions.values()) for (const line of lines) if (isReceivable(line)) yield line;
  }

  /** Whether anything was ever booked on a customer. */
  isInUse(customer: string): boolean {
    return this.used.has(customer);
  }

  /** Sets of a customer that stand. */
  setsOf(customer: string): MatchSet[] {
    const sets = this.setsByCustomer.get(customer) ?? [];
    this.setsByCustomer.set(customer, sets);
    return sets;
  }
}

export const isReceivable = ({ dim1, dim2 }: LineRow): boolean => dim1 === RECEIVABLE_ACCOUNT && dim2 !== null;

export function makeGuid(random: Random): string {
  const hex = random.text('0123456789abcdef', 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}
