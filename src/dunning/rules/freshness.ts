import type { Calendar } from '../../kernel/calendar.js';
import { type PlainDate, plainDateIn } from '../../kernel/plain-date.js';
import type { Freshness } from '../../ledger/rules/book.js';
import type { Held } from './plan.js';
import type { FreshnessLimits } from './policy.js';

/** Package and bank are of the same day here: both countries keep this time. */
const ZONE = 'Europe/Amsterdam';

/**
 * House rule 2: nothing goes out on stale data. The pull must be of the day itself or at most `pullBankingDays` banking days old, the
 * statements must reach the banking day `statementBankingDays` before. A Monday is served by a statement through Friday. Figures the
 * package itself contradicts are worth nothing, however fresh they are.
 */
export function staleness(freshness: Freshness, limits: FreshnessLimits, banking: Calendar, on: PlainDate): Held | null {
  if (freshness.controlDiffers) return { reason: 'control-difference', since: null };
  const pulledOn = freshness.pulledAt === null ? null : plainDateIn(new Date(freshness.pulledAt), ZONE);
  if (pulledOn === null || pulledOn < bankingDaysBefore(banking, on, limits.pullBankingDays))
    return { reason: 'stale-pull', since: pulledOn };
  const { statementsThrough } = freshness;
  if (statementsThrough === null || statementsThrough < bankingDaysBefore(banking, on, limits.statementBankingDays)) {
    return { reason: 'stale-statements', since: statementsThrough };
  }
  return null;
}

function bankingDaysBefore(banking: Calendar, on: PlainDate, count: number): PlainDate {
  let day = on;
  for (let left = count; left > 0; left--) day = banking.before(day);
  return day;
}
