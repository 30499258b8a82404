import type { PlainDate } from '../../kernel/plain-date.js';
import { addDays } from '../../kernel/plain-date.js';
import type { Capacity, HoldKind } from './book.js';
import type { DebtorOverrides } from './debtor-overrides.js';
import { withOverrides } from './debtor-overrides.js';
import type { NewInvoiceHold } from './invoice-hold.js';

/**
 * How long before a debtor goes an invoice of his may have moved for that to be a merge. Who is archived long after one invoice was booked
 * elsewhere is somebody else.
 */
export const GONE_SOON_DAYS = 31;

/** A hold of a debtor, noted here. */
export interface KnownHold {
  readonly id: string;
  readonly kind: HoldKind;
  readonly reason: string;
  readonly from: PlainDate;
  readonly until: PlainDate | null;
}

/** What of a debtor matters when invoices move to or from him. */
export interface MovingDebtor {
  readonly id: string;
  /** As the package says; with the overrides, as the house sees it. */
  readonly capacity: Capacity;
  readonly language: string | null;
  readonly emails: readonly string[];
  readonly segment: string | null;
  readonly overrides: DebtorOverrides;
  readonly holds: readonly KnownHold[];
}

/** Invoices that are another debtor's now, as they were brought by one batch of a pull (or, when their former debtor goes, by earlier ones). */
export interface Move {
  readonly from: MovingDebtor & {
    /** Archived or deleted in the package by now. */
    readonly isGone: boolean;
  };
  readonly to: MovingDebtor;
  /** Of those, the ones with something open. */
  readonly openIds: readonly string[];
  /** A person said no to a step about these invoices until a day. */
  readonly rejections: readonly { readonly act: string; readonly invoiceIds: readonly string[]; readonly notBefore: PlainDate }[];
  readonly on: PlainDate;
}

/** What follows the invoices. */
export interface Followed {
  /** Both are one customer from now on. */
  readonly isMerge: boolean;
  /** For the new debtor, with all he has. */
  readonly holds: readonly KnownHold[];
  readonly invoiceHolds: readonly NewInvoiceHold[];
  /** Those of the new debtor, with what is taken over from the former; null: as they were. */
  readonly overrides: DebtorOverrides | null;
}

/**
 * What protected invoices at the debtor they moved from protects them where they are now.
 *
 * It is a merge only when the former debtor is archived or deleted (then, or soon after): then his holds become holds of the other, and what a
 * person had set for him is taken over where nobody set or knew it better. In any other case, also when he has nothing open left, an invoice was
 * booked on another customer, about whom the holds say nothing: they stay with that invoice, until a person ends them. Promises, arrangements, disputes
 * and contacts name invoices and go with them by themselves (`moved_invoice`).
 */
export function whatFollows({ from, to, openIds, rejections, on }: Move): Followed {
  const isMerge = from.isGone;
  const running = from.holds.filter(({ until }) => until === null || until >= on);
  const rejected = rejections.flatMap(({ act, invoiceIds, notBefore }) =>
    notBefore <= on
      ? []
      : invoiceIds.filter((id) => openIds.includes(id)).map((id) => held(id, `rejected/${act}`, from, on, addDays(notBefore, -1))),
  );
  const onInvoice = (id: string, hold: KnownHold): NewInvoiceHold => ({
    ...held(id, hold.id, from, hold.from, hold.until),
    kind: hold.kind,
  });
  if (isMerge) {
    const lost = running.filter((hold) => !isThere(hold, to.holds));
    const endless = openIds.flatMap((id) => lost.filter((hold) => !canBeNoted(hold)).map((hold) => onInvoice(id, hold)));
    return { isMerge, holds: lost.filter(canBeNoted), invoiceHolds: [...endless, ...rejected], overrides: takenOver(from, to) };
  }
  const ofInvoices = openIds.flatMap((id) => [
    ...running.map((hold) => onInvoice(id, hold)),
    ...(isProtectedBySettings(from, to) ? [{ ...held(id, `settings/${from.id}`, from, on, null), reason: 'MOVED-SETTINGS' as const }] : []),
  ]);
  return { isMerge, holds: [], invoiceHolds: [...ofInvoices, ...rejected], overrides: null };
}

const held = (invoiceId: string, key: string, { id }: MovingDebtor, from: PlainDate, until: PlainDate | null): NewInvoiceHold => ({
  invoiceId,
  key,
  kind: 'manual',
  reason: 'MOVED',
  detail: { debtor: id },
  from,
  until,
});

/** Of a debtor one on request needs a last day, so that it is not forgotten; those of books that were read in may have none. */
const canBeNoted = ({ kind, until }: KnownHold): boolean => kind !== 'manual' || until !== null;

/** A hold that protects as long already. */
const isThere = (hold: KnownHold, there: readonly KnownHold[]): boolean =>
  there.some(
    ({ kind, from, until }) => kind === hold.kind && from <= hold.from && (until === null || (hold.until !== null && until >= hold.until)),
  );

const CONSUMER_LIKE: readonly Capacity[] = ['consumer', 'unknown'];
const isConsumer = (capacity: Capacity): boolean => CONSUMER_LIKE.includes(capacity);

/** What a person had said of the former debtor would be lost on an invoice that is another customer's now. */
function isProtectedBySettings({ overrides }: MovingDebtor, to: MovingDebtor): boolean {
  const { capacity, segment } = withOverrides(to);
  const wasConsumer = overrides.capacity !== undefined && isConsumer(overrides.capacity) && !isConsumer(capacity);
  return wasConsumer || (overrides.segment !== undefined && overrides.segment !== segment);
}

/**
 * Of two that became one. In doubt he is a consumer (house rule 4): when a person said so of either, whatever was said of the other. The
 * rest only where nobody set it for the one that stays and the package knows nothing else of him; e-mail addresses only where it knows none
 * of him, for what is said to him goes there. Where he is to be found only the package can tell: an agency asks for it when it is not known. A
 * limit is no protection and stays.
 */
function takenOver(from: MovingDebtor, to: MovingDebtor): DebtorOverrides | null {
  const { overrides: said } = from;
  const { capacity } = withOverrides(to);
  const doubt = said.capacity !== undefined && isConsumer(said.capacity) && !isConsumer(capacity);
  const isFree = (key: 'language' | 'segment'): boolean =>
    said[key] !== undefined && to.overrides[key] === undefined && (to[key] === null || to[key] === from[key]);
  const more: DebtorOverrides = {
    ...(doubt && said.capacity !== undefined && { capacity: said.capacity }),
    ...(isFree('language') && said.language !== undefined && { language: said.language }),
    ...(isFree('segment') && said.segment !== undefined && { segment: said.segment }),
    ...(said.emails !== undefined && to.overrides.emails === undefined && to.emails.length === 0 && { emails: said.emails }),
  };
  return Object.keys(more).length === 0 ? null : { ...to.overrides, ...more };
}
