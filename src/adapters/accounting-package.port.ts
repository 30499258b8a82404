import type { Minor } from '../kernel/money.js';
import type { PlainDate } from '../kernel/plain-date.js';
import type { ControlTotal } from '../ledger/rules/control-total.js';

/**
 * What the rest of the house knows of a bookkeeping package. One implementation per vendor; one contract suite
 * (test/contract) says what each of them owes. Adapters know nothing of policy.
 *
 * Every method may throw a {@link PackageError}; its `kind` tells what the caller can do. Vendor ids are opaque texts.
 */
export interface AccountingPackage {
  /** `moneybird`, `exact-online`, `twinfield`. */
  readonly name: string;

  /** The administrations this consent can see. */
  administrations(): Promise<readonly PackageAdministration[]>;

  /** What works and what does not under this consent, and native reminder settings that would double ours. Writes nothing. */
  probe(administrationRef: string): Promise<Probe>;

  /**
   * Brings everything that changed since `cursor` (null: everything), in batches. A batch and its cursor belong together: the sink
   * stores both in one transaction, and a pull that is broken off goes on from the last stored cursor. Bringing a record twice is
   * allowed, leaving one out is not. Records are whole: a pulled item carries all its settlements. `memory` is what the sink stored,
   * up to its last batch; only packages that tell of parts of a record need it.
   */
  pull(administrationRef: string, cursor: Cursor | null, sink: PullSink, memory?: PullMemory): Promise<PullResult>;

  /**
   * Writes one entry into the package. Idempotent through `entry.marker`: it is looked for before anything is written, so pushing the
   * same entry again, also after a crash, gives `already-there`. Throws `uncertain` when a write may or may not have been applied and
   * reading back could not tell.
   */
  push(administrationRef: string, entry: PushEntry): Promise<PushResult>;

  /**
   * Has the package tell us when something changes, so that it can be pulled sooner; done again it begins anew what was ended. Gives what
   * it tells of, nothing when there is no address of ours it can reach. Absent: it does not tell.
   */
  subscribe?(administrationRef: string): Promise<readonly string[]>;

  /** The copy of an invoice as the package keeps it; null: it keeps none. Absent: none can be had of it. */
  invoiceCopy?(administrationRef: string, itemRef: string): Promise<Attachment | null>;

  /** It ends by itself what failed too often: whether it still tells us is looked at each night. Absent: once a week is enough. */
  readonly endsSubscriptions?: boolean;

  /**
   * Asks in a call at most whether something changed since that cursor, as far as the package keeps account of changes. It only hastens a pull
   * and carries no truth. Absent: it cannot be asked.
   */
  changedSince?(administrationRef: string, cursor: Cursor): Promise<boolean>;

  /** Whether bank statements can be put into it: {@link importStatement}. Absent: they cannot. */
  readonly takesStatements?: boolean;

  /**
   * Puts a bank statement into the package's own inbox of statements, once: looked for before it is sent and after an answer that did not
   * come. Errors as {@link push}: `not-possible` when nobody opened its account for that, `refused` when it does not add up, when the package
   * has another one of those days, or in the package's words.
   */
  importStatement?(administrationRef: string, statement: StatementToImport): Promise<PushResult>;

  /** Whether a letter is to go along with `reminder-sent`: it is kept there with the invoice. Absent: it is not. */
  readonly keepsLetters?: boolean;

  /**
   * What a `hold` is about, where the package reminds by itself and can be stopped: each item, or a debtor with all his items. Absent:
   * nothing of it can be stopped through its interface, and a `hold` is not possible.
   */
  readonly remindsPer?: RemindsPer;

  /** For each kind of entry whether the package has a place for it. Honest: `native` and `emulated` must work, `not-possible` must refuse. */
  capabilities(): Readonly<Record<PushKind, Capability>>;
}

export type RemindsPer = 'item' | 'debtor';

export interface PackageAdministration {
  readonly ref: string;
  readonly name: string;
  readonly country: string;
  readonly currency: string;
  readonly language: string | null;
  readonly timeZone: string | null;
  /** False when the package itself has suspended it. */
  readonly active: boolean;
}

export interface Probe {
  readonly rights: readonly { readonly what: string; readonly granted: boolean; readonly message: string | null }[];
  /** Reminder schedules of the package that send by themselves. */
  readonly nativeReminders: readonly { readonly ref: string; readonly name: string; readonly isDefault: boolean }[];
  readonly warnings: readonly string[];
}

/** The adapter's own bookmark: JSON, opaque to everybody else. */
export type Cursor = { readonly [key: string]: unknown };

export type PullSink = (batch: PullBatch) => Promise<void>;

export interface PullBatch {
  readonly debtors: readonly PulledDebtor[];
  readonly items: readonly PulledItem[];
  readonly deletedDebtorRefs: readonly string[];
  readonly deletedItemRefs: readonly string[];
  /** Where to go on after this batch is stored. */
  readonly cursor: Cursor;
}

/**
 * What the sink stored of this administration, for packages that tell of parts of a record and not of the whole. Gives the `raw` of
 * records as the adapter brought them; what was deleted is not in it.
 */
export interface PullMemory {
  /** By ref; unknown ones are left out. */
  recall(what: PulledKind, refs: readonly string[]): Promise<ReadonlyMap<string, unknown>>;
  /** The records whose `raw.parts`, a list of texts, names one of these. By ref. */
  recallByPart(what: PulledKind, parts: readonly string[]): Promise<ReadonlyMap<string, unknown>>;
  /** The refs of all there is. */
  known(what: PulledKind): Promise<readonly string[]>;
}

export type PulledKind = 'debtors' | 'items';

export interface PullResult {
  /** Requests it cost. */
  readonly calls: number;
  readonly cursor: Cursor;
  /** Absent: the package has no figure of its own to hold the pulled items against. */
  readonly control?: ControlTotal;
}

export interface PulledDebtor {
  readonly ref: string;
  readonly number: string | null;
  readonly name: string;
  /** What the package knows of it; null: it does not say. Never guessed. */
  readonly isBusiness: boolean | null;
  readonly country: string | null;
  readonly language: string | null;
  /** Address for invoices and reminders; several are possible. */
  readonly emails: readonly string[];
  readonly phone: string | null;
  readonly ibans: readonly string[];
  readonly vatId: string | null;
  readonly registryId: string | null;
  readonly creditLimit: Minor | null;
  readonly paymentTermDays: number | null;
  readonly archived: boolean;
  /** When the package first knew it. */
  readonly createdOn: PlainDate | null;
  /** The vendor's record as it came. */
  readonly raw: unknown;
}

export interface PulledItem {
  readonly ref: string;
  readonly number: string;
  readonly debtorRef: string | null;
  readonly kind: 'invoice' | 'credit-note';
  readonly issueDate: PlainDate;
  readonly dueDate: PlainDate;
  /** Gross, in minor units of `currency`; negative for a credit note. */
  readonly amount: Minor;
  /** What the package says is left, same sign. */
  readonly open: Minor;
  readonly currency: string;
  readonly paymentReference: string | null;
  readonly description: string | null;
  /** Native reminders are stopped for it. */
  readonly paused: boolean;
  /** Nothing in the package ever reminds of it: that it is `paused` is nobody's doing. Absent: something may. */
  readonly isNeverReminded?: true;
  /** The days on which the package, or a person in it, sent the debtor a reminder of it; oldest first. Absent: it does not tell. */
  readonly remindedOn?: readonly PlainDate[];
  /** A direct debit or online payment is under way: nothing may be asked. */
  readonly collecting: boolean;
  /** Written off in the package. */
  readonly writtenOff: boolean;
  /** A dispute the bookkeeper noted in the package: nothing is asked of it until it is gone there. Absent or null: none, or the package knows of none. */
  readonly dispute?: PackageDispute | null;
  readonly settlements: readonly PulledSettlement[];
  readonly raw: unknown;
}

/** A dispute as the package tells of it. */
export interface PackageDispute {
  /** In the package's words: code, name, what was written with it; for people. Never empty. */
  readonly text: string;
  /** The day it was noted or is to be looked at again, as the package says; null: it does not. */
  readonly on: PlainDate | null;
}

/** What took something off an item: money, or another document. */
export interface PulledSettlement {
  readonly ref: string;
  readonly date: PlainDate;
  readonly amount: Minor;
  readonly kind: 'payment' | 'credit-note' | 'other';
  /** The marker of our own `payment-match` push, when this came from us. */
  readonly marker: string | null;
}

export const PUSH_KINDS = [
  'note',
  'reminder-sent',
  'dispute',
  'promise',
  'hold',
  'limit',
  'handover',
  'handover-status',
  'payment-match',
  'payment-undo',
  'credit-hold',
] as const;
export type PushKind = (typeof PUSH_KINDS)[number];

export type Capability = 'native' | 'emulated' | 'not-possible';

interface PushBase {
  /** Short, unique for the effect, `[A-Z0-9]{10}`: written with the entry and read back before any retry. */
  readonly marker: string;
  readonly on: PlainDate;
}

/** One thing to write, about one item or one debtor. `text` is for people, in the language of the administration. */
export type PushEntry =
  | (PushBase & {
      readonly kind: 'note';
      readonly about: About;
      readonly text: string;
      /** A person has to do something about it: in the package's list of things to do, where it has one. */
      readonly isToDo?: boolean;
    })
  | (PushBase & {
      readonly kind: 'reminder-sent';
      readonly about: ItemRef;
      readonly text: string;
      /** The letter itself, where the package can keep it. */
      readonly attachments?: readonly Attachment[];
    })
  | (PushBase & {
      readonly kind: 'dispute' | 'promise' | 'handover' | 'handover-status';
      readonly about: About;
      readonly text: string;
      /** The day it is to be looked at again: the promised day, the day by which a dispute is answered. */
      readonly dueOn?: PlainDate;
      readonly attachments?: readonly Attachment[];
    })
  /** The package's own reminders; about what `remindsPer` says. */
  | (PushBase & {
      readonly kind: 'hold';
      readonly about: About;
      readonly action: 'pause' | 'resume';
      readonly text: string;
      /** Not (`not-yet`) before the item is due when the package is to collect it: the pause would stop that too. */
      readonly sparesCollection?: boolean;
    })
  | (PushBase & { readonly kind: 'limit'; readonly about: DebtorRef; readonly limit: Minor | null; readonly text: string })
  | (PushBase & {
      readonly kind: 'payment-match';
      readonly about: ItemRef;
      readonly amount: Minor;
      readonly currency: string;
      readonly paidOn: PlainDate;
      /** What nobody pays of the item any more, when it is known why. Only a package that is told to books it; otherwise it stays open. */
      readonly difference?: Difference;
    })
  /**
   * Takes back a `payment-match` of ours: it was undone here, or the bank took the money back. Where the package no longer lets us undo it,
   * the adapter writes `text` as a note on the item instead, so that a person does.
   */
  | (PushBase & {
      readonly kind: 'payment-undo';
      readonly about: ItemRef;
      readonly amount: Minor;
      readonly currency: string;
      readonly paidOn: PlainDate;
      /** The marker of the `payment-match`. */
      readonly undoes: string;
      /** The settlement the package is known to have made of it, by its ref; absent: only the marker can tell. */
      readonly settlement?: string;
      readonly text: string;
    })
  /** Deliveries on credit to the debtor are stopped, or no longer are. Not about reminders: those go on. */
  | (PushBase & { readonly kind: 'credit-hold'; readonly about: DebtorRef; readonly action: 'hold' | 'release'; readonly text: string });

/** By how much a payment is less than what it settles (positive), and why. */
export interface Difference {
  readonly amount: Minor;
  readonly kind: 'discount' | 'bank-charges' | 'currency' | 'underpayment';
}

/** A bank statement as the bank told it, for the package's own bank book. Amounts in minor units of `currency`. */
export interface StatementToImport {
  readonly iban: string;
  /** The first day it speaks of, and the last: that of its closing balance. */
  readonly from: PlainDate;
  readonly on: PlainDate;
  readonly currency: string;
  readonly opening: Minor;
  readonly closing: Minor;
  /** Of the bank; whoever imports it again has to give the same. 0: it has none. */
  readonly number: number;
  readonly lines: readonly StatementLineToImport[];
}

export interface StatementLineToImport {
  readonly contraIban: string | null;
  /** The bank's code for what it is: `N100`. */
  readonly type: string;
  readonly reference: string;
  /** Positive: money in. */
  readonly amount: Minor;
  readonly description: string;
}

/** A document that goes along with an entry. */
export interface Attachment {
  /** `herinnering-26700123.pdf` */
  readonly fileName: string;
  readonly base64: string;
}

export interface ItemRef {
  readonly item: string;
}
export interface DebtorRef {
  readonly debtor: string;
}
export type About = ItemRef | DebtorRef;

export interface PushResult {
  readonly outcome: 'written' | 'already-there';
  /** The vendor's id of what was written, when it gives one. */
  readonly ref: string | null;
  readonly calls: number;
  /** Of a `hold`, and of whatever else stops the package's reminders of an item: it stood so before this push. A person's doing, unless an earlier try of the same push was broken off. */
  readonly stoodSo?: boolean;
}

/**
 * - `consent-lost`: the user has to connect again; nothing else helps
 * - `no-right`: the consent lacks a right; the message names it
 * - `rate-limited`: nothing was done; try after `retryAt`
 * - `unavailable`: nothing was done (outage, maintenance, time-out of a read); try later
 * - `refused`: the package refuses this very request; trying again unchanged is useless
 * - `not-possible`: the package has no place for it (see capabilities)
 * - `not-yet`: nothing was done; the package does not hold what the entry needs yet (a receipt that is still to be booked). Try later
 * - `uncertain`: a write may have been applied; a person or a later read-back decides
 */
export type PackageErrorKind =
  'consent-lost' | 'no-right' | 'rate-limited' | 'unavailable' | 'refused' | 'not-possible' | 'not-yet' | 'uncertain';

/**
 * What a push that failed knows of the reminders it was to stop: it stopped them or may have, it found them stopped, or it certainly
 * stopped nothing.
 */
export type StoppedSoFar = 'by-us' | 'found-so' | 'not';

export class PackageError extends Error {
  override readonly name = 'PackageError';
  /** Null: no such push, or the adapter does not tell. */
  stopped: StoppedSoFar | null = null;

  constructor(
    readonly kind: PackageErrorKind,
    message: string,
    /** Earliest moment to try again; only with `rate-limited`, sometimes with `unavailable`. */
    readonly retryAt: Date | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
