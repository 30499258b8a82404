import type { Sleep } from '../../platform/outgoing/sleep.js';
import { PackageError } from '../accounting-package.port.js';
import { peopleLength, writeSection } from './rules/comment.js';
import type { CreditPlan } from './rules/credit-plan.js';
import { creditUpdate } from './rules/credit-update.js';
import type { CustomerRecord } from './rules/customer.js';
import { refusalOf } from './rules/failure.js';
import { type Judgement, judgeEach } from './rules/result.js';
import type { OfficeApi } from './twinfield.api.js';
import { TWINFIELD } from './vendor.js';

export interface WriteOptions {
  readonly sleep: Sleep;
  readonly signal?: AbortSignal | undefined;
  /** Before a write is read back: it may still be on its way inside the package. */
  readonly settleMs: number;
  /** By office the shortest comment that was refused for its length: learned, because how long it may be is not published (§12). */
  readonly commentLimits: Map<string, number>;
}

/** How often it is tried to find the customer as it was read a moment ago, and to get a write through. */
const TRIES = 4;

/**
 * Changes a customer's credit fields: read, plan, look whether it is still what was read, write the whole block, and read back when the answer
 * got lost (§7.4). `plan` gives null when there is nothing to do. Gives whether something was written. Errors: those of the client;
 * `refused` in the package's words; `uncertain` when a write may have been applied and nobody can look; `unavailable` when it did not get
 * through, or when somebody keeps changing the customer.
 */
export async function changeCredit(
  api: OfficeApi,
  code: string,
  plan: (customer: CustomerRecord) => CreditPlan | null,
  options: WriteOptions,
): Promise<boolean> {
  let why = 'somebody else is changing the customer';
  let seen = await api.customer(code);
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const wanted = plan(seen);
    if (wanted === null) return attempt > 1 && why !== CHANGED;
    const now = await api.customer(code);
    if (now.stamp !== seen.stamp) {
      [seen, why] = [now, CHANGED];
      continue;
    }
    const outcome = await write(api, seen, wanted, options);
    if (outcome === 'written') return true;
    why = outcome.why;
    seen = await readBack(api, code, why, options);
  }
  throw new PackageError('unavailable', `customer ${code} was not changed: ${why}`);
}

const CHANGED = 'somebody else is changing the customer';

async function readBack(api: OfficeApi, code: string, why: string, { sleep, signal, settleMs }: WriteOptions): Promise<CustomerRecord> {
  try {
    await sleep(settleMs, signal);
    return await api.customer(code);
  } catch (cause) {
    throw new PackageError('uncertain', `customer ${code} may have been changed (${why}), and reading back failed`, null, { cause });
  }
}

/**
 * Sends the block; shorter as often as the comment itself is what is refused. Where not even the newest entry fits into what is surely short
 * enough, it is tried with that entry alone before it is given up.
 */
async function write(
  api: OfficeApi,
  customer: CustomerRecord,
  { fields, section }: CreditPlan,
  { commentLimits }: WriteOptions,
): Promise<'written' | { readonly why: string }> {
  const { commentStart, commentShare } = TWINFIELD.lengths;
  for (;;) {
    const refusedAt = commentLimits.get(api.ref) ?? Infinity;
    const roomIn = (length: number): number => Math.min(commentStart, length - peopleLength(section));
    const newest = { ...section, entries: section.entries.slice(0, 1) };
    const comment = writeSection(section, roomIn(Math.floor(refusedAt * commentShare))) ?? writeSection(newest, roomIn(refusedAt - 1));
    if (comment === null) throw new PackageError('refused', `customer ${customer.code} has no room left in its comment`);
    const request = creditUpdate(api.office, customer, { ...customer.credit, ...fields, comment });
    const outcome = await api.change(`the credit fields of customer ${customer.code}`, request);
    if (outcome.applied === 'unknown') return { why: outcome.why };
    const judgement = judgeEach(outcome.content, 'dimension')[0]?.judgement ?? { ok: false, messages: [] };
    if (judgement.ok) return 'written';
    if (!isAboutComment(judgement)) throw refusalOf(`the credit fields of customer ${customer.code}`, judgement);
    commentLimits.set(api.ref, comment.length);
  }
}

const isAboutComment = ({ messages }: Judgement): boolean =>
  messages.length > 0 && messages.every(({ path, severity }) => severity === 'error' && path.endsWith('/creditmanagement/comment'));
