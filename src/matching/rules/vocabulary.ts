/**
 * The vocabulary of payment matching: what goes in (bank lines, evidence, settings) and what comes out (one outcome per line).
 * Amounts are minor units of the line's currency, dates plain dates.
 */
import type { Minor } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { BankCode, ReturnReason, StatementMessage, StructuredReference } from '../../statements/rules/statement.js';

/** Where a line stands, in the terms of `tegoed statement read`. */
export interface LinePlace {
  readonly file: string;
  /** `Stmt/Id` as the bank wrote it. */
  readonly statement: string | null;
  /** Position of the statement in its file: ids may repeat. */
  readonly statementIndex: number;
  readonly entry: number;
  readonly transaction: number;
}

/** One transaction of a statement, reduced to what matching reads. Made by `bankLinesOf` (lines.ts). */
export interface BankLine {
  /** Identity in evidence and in outcomes; unique among the lines given together. */
  readonly key: string;
  readonly place: LinePlace;
  readonly message: StatementMessage;
  /** Why this line can settle nothing (pending, a copy of another booking, an unusable amount); null: it counts. */
  readonly setAside: string | null;
  /** The own account: IBAN, else its other identification. */
  readonly account: string | null;
  /** What the transaction moved on the account, signed. */
  readonly amount: Minor;
  readonly currency: string;
  readonly date: PlainDate | null;
  readonly code: BankCode;
  readonly reversal: boolean;
  readonly endToEndId: string | null;
  readonly mandateId: string | null;
  readonly paymentInformationId: string | null;
  readonly servicerReference: string | null;
  readonly references: readonly StructuredReference[];
  readonly documentNumbers: readonly string[];
  /** The lines of the payer's text as the bank cut them. */
  readonly text: readonly string[];
  readonly name: string | null;
  readonly ultimateName: string | null;
  readonly iban: string | null;
  readonly returned: ReturnReason | null;
  /** Costs the bank took off before booking, positive, in the line's currency. */
  readonly chargesTaken: Minor;
  /** What was ordered in another currency. */
  readonly original: { readonly amount: Minor; readonly currency: string } | null;
  /** How many transactions stand in the entry, or are said to be in the batch. */
  readonly batchSize: number;
}

/** How an account came to stand for a debtor. The book's own `debtor.ibans` need no entry here. */
export interface IbanLink {
  readonly iban: string;
  readonly debtorId: string;
  /** How often a person confirmed it. Below `settings.confirmationsForIban` it supports a proposal only. */
  readonly confirmations: number;
}

/** What people confirmed or corrected before, per administration. Empty lists are a fine start. */
export interface Evidence {
  readonly ibanLinks: readonly IbanLink[];
  /** Accounts that stand for nobody: payment providers, factors, bailiffs, accountants. */
  readonly neutralIbans: readonly string[];
  /** How payers write our series: `{ written: 'VF', series: '2026-' }` makes "VF 0042" mean 2026-0042. */
  readonly prefixes: readonly { readonly written: string; readonly series: string }[];
  /** Payments the bookkeeper booked in the package by hand, which no bank line stands for yet. */
  readonly packagePayments: readonly PackagePayment[];
  /** Pairs a person undid: never proposed or booked again. `line` is {@link BankLine.key}. */
  readonly undone: readonly { readonly line: string; readonly invoiceId: string }[];
}

export const NO_EVIDENCE: Evidence = { ibanLinks: [], neutralIbans: [], prefixes: [], packagePayments: [], undone: [] };

/** What a payment in the package gave to one invoice; a payment over several invoices is one id on each of them. */
export interface PackagePayment {
  readonly id: string;
  readonly invoiceId: string;
  readonly amount: Minor;
  readonly date: PlainDate;
}

export const REMAINDER_KINDS = ['overpayment', 'underpayment', 'bank-charges', 'discount', 'currency'] as const;
export type RemainderKind = (typeof REMAINDER_KINDS)[number];

/**
 * `amount` is positive when money is left over and negative when the invoice is settled with less money than its open amount:
 * Σ allocations + remainder = amount of the line, always.
 */
export interface Remainder {
  readonly amount: Minor;
  readonly kind: RemainderKind | null;
}

/** Part of a line given to an invoice: negative for credit notes netted and for returns. */
export interface Allocation {
  readonly invoiceId: string;
  /** In the currency of the line. */
  readonly amount: Minor;
  /** For an invoice in another currency: what this settles of it, in that currency. */
  readonly settles: { readonly amount: Minor; readonly currency: string } | null;
  /** The payment in the package that this is already: there is nothing to tell it, and nothing is taken off what is open. */
  readonly packagePaymentId?: string;
}

export type OutcomeKind = 'matched' | 'proposed' | 'unmatched' | 'not-a-receipt';

export interface Alternative {
  readonly allocations: readonly Allocation[];
  readonly confidence: number;
}

export interface LineOutcome {
  readonly line: BankLine;
  readonly outcome: OutcomeKind;
  readonly allocations: readonly Allocation[];
  /** Null also when the allocations belong to several debtors. */
  readonly debtorId: string | null;
  /** 0…1: of the lines given 0.9, nine in ten are right. For `unmatched` and `not-a-receipt`: of that being so. */
  readonly confidence: number;
  readonly remainder: Remainder;
  /** The earlier line that this one undoes. */
  readonly returnOf: BankLine | null;
  /** What else was weighed, best first. */
  readonly alternatives: readonly Alternative[];
  readonly because: readonly string[];
}

export interface MatchReport {
  /** One per line, in the order given. */
  readonly outcomes: readonly LineOutcome[];
}
