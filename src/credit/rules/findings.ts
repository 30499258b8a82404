import type { Minor } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';

export const LOOKUP_KINDS = ['vat', 'insolvency', 'trade-register', 'credit-information'] as const;
/** What is asked of a register. */
export type LookupKind = (typeof LOOKUP_KINDS)[number];

/** What a register said. Stored as it is; amounts are cents of euro. */
export type Finding = VatFinding | InsolvencyFinding | TradeRegisterFinding | CreditFinding;

export interface VatFinding {
  readonly what: 'vat';
  readonly valid: boolean;
  /** Many member states do not tell. */
  readonly name: string | null;
}

export interface InsolvencyFinding {
  readonly what: 'insolvency';
  /** Also those that ended: a register keeps them for a while. Empty: it knows of none. */
  readonly proceedings: readonly Proceeding[];
}

export interface Proceeding {
  readonly kind: 'bankruptcy' | 'moratorium' | 'debt-restructuring';
  /** The register's own: `F.01/26/123`. */
  readonly number: string;
  readonly since: PlainDate | null;
  readonly court: string | null;
  /** Whom a claim is filed with, where the register says so. */
  readonly trustee: string | null;
  readonly ended: boolean;
}

export interface TradeRegisterFinding {
  readonly what: 'trade-register';
  /** False: the register has nothing under the number. */
  readonly registered: boolean;
  /** False also when it is not registered. */
  readonly active: boolean;
  readonly name: string | null;
}

export interface CreditFinding {
  readonly what: 'credit-information';
  /** False: struck off, dissolved. */
  readonly active: boolean;
  /** The provider's own words. */
  readonly rating: string | null;
  readonly suggestedLimit: Minor | null;
  /** Year end of the last filed accounts. */
  readonly accountsOf: PlainDate | null;
}

export const LOOKUP_FAILURES = ['unavailable', 'too-many', 'refused', 'wrong-format'] as const;
/**
 * - `unavailable`: no answer, or the register behind it is down; later
 * - `too-many`: asked too often; later
 * - `refused`: our credentials or this very question; a person looks
 * - `wrong-format`: an answer that cannot be read, and so says nothing
 */
export type LookupFailureKind = (typeof LOOKUP_FAILURES)[number];

export interface LookupFailure {
  readonly kind: LookupFailureKind;
  readonly message: string;
  /** The register may have billed it; false: it certainly did nothing. */
  readonly billed: boolean;
  /** When the register wants to be asked again at the earliest; null: it did not say. */
  readonly retryAfterSeconds: number | null;
}

const HOUR = 3600_000;
/** First wait by kind; it doubles with every failure in a row, at most a week. */
const FIRST_WAIT: Readonly<Record<LookupFailureKind, number>> = {
  unavailable: HOUR,
  'too-many': HOUR,
  refused: 24 * HOUR,
  'wrong-format': 24 * HOUR,
};
const WAIT_MAX = 7 * 24 * HOUR;

/** How long to wait, in milliseconds, after the `inARow`th failure (1: the first). Never less than the register asks for. */
export const waitAfterFailure = ({ kind, retryAfterSeconds }: LookupFailure, inARow: number): number =>
  Math.max(Math.min(WAIT_MAX, FIRST_WAIT[kind] * 2 ** Math.min(20, inARow - 1)), Math.min(WAIT_MAX, (retryAfterSeconds ?? 0) * 1000));
