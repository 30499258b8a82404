import type { PlainDate } from '../../kernel/plain-date.js';
import { type Result, err, ok } from '../../kernel/result.js';
import type { HoldKind } from '../../ledger/rules/book.js';

/**
 * Why everything is stopped for a debtor, and as what it counts (collection-rules.md §3.4). `insolvency`: file the claim;
 * `guardianship`: all mail goes to whoever administers; `manual`: on request, with an end.
 */
const KIND_OF_REASON = {
  REQUEST: 'manual',
  LEGAL_HOLD: 'manual',
  BANKRUPTCY: 'insolvency',
  SUSPENSION: 'insolvency',
  WHOA: 'insolvency',
  WSNP: 'guardianship',
  MSNP: 'guardianship',
  GUARDIANSHIP: 'guardianship',
  DECEASED: 'guardianship',
} as const satisfies Readonly<Record<string, HoldKind>>;

export type HoldReason = keyof typeof KIND_OF_REASON;
export const HOLD_REASONS = Object.keys(KIND_OF_REASON) as HoldReason[];

/** Holds under which nothing at all is written to the debtor himself. */
export const isHardStop = (kind: HoldKind): boolean => kind === 'insolvency' || kind === 'guardianship';

/**
 * As what a hold counts. Refuses: `no-end` for one on request without a last day, `ends-before-it-begins`, `in-the-past` when it would
 * have ended already.
 */
export function acceptHold(reason: HoldReason, from: PlainDate, until: PlainDate | null, on: PlainDate): Result<HoldKind> {
  const kind = KIND_OF_REASON[reason];
  if (kind === 'manual' && until === null) return err({ code: 'no-end', message: 'a hold on request needs a last day (until)' });
  if (until !== null && until < from) return err({ code: 'ends-before-it-begins', message: `${until} is before ${from}` });
  if (until !== null && until < on) return err({ code: 'in-the-past', message: `${until} has passed` });
  return ok(kind);
}

export interface NewHold {
  readonly kind: HoldKind;
  readonly reason: string;
  readonly from: PlainDate;
  readonly until: PlainDate | null;
}

/** Whether a hold is noted already: one as it is in `there`, not ended, that begins no later. Noted once more it would be told once more. */
export const isNoted = ({ kind, reason, from, until }: NewHold, there: readonly NewHold[], on: PlainDate): boolean =>
  there.some(
    (hold) =>
      hold.kind === kind &&
      hold.reason === reason &&
      hold.until === until &&
      hold.from <= from &&
      (hold.until === null || hold.until >= on),
  );
