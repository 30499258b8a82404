import type { PlainDate } from '../../kernel/plain-date.js';
import type { Hold, HoldKind } from '../../ledger/rules/book.js';
import type { StateTable } from './state-table.js';

export const HOLD_STATES = ['planned', 'active', 'ended'] as const;
export type HoldState = (typeof HOLD_STATES)[number];

/** A hold that ended can be set again or lengthened. */
export const HOLD_STEPS = [
  { from: 'planned', to: 'active' },
  { from: 'planned', to: 'ended' },
  { from: 'active', to: 'ended' },
  { from: 'ended', to: 'active' },
] as const satisfies StateTable<HoldState>;

export function holdState({ from, until }: Hold, on: PlainDate): HoldState {
  if (on < from) return 'planned';
  return until !== null && on > until ? 'ended' : 'active';
}

/** Hardest first: what one hold allows another may forbid. */
const SEVERITY: readonly HoldKind[] = ['insolvency', 'guardianship', 'manual', 'credit'];

/**
 * The hold that counts on a day: the hardest one, of several the one that lasts longest; null when none is active. Every kind stops
 * dunning (house rule 1): whoever blocks deliveries is already talking to the debtor.
 */
export function activeHold(holds: readonly Hold[], on: PlainDate): Hold | null {
  let hardest: Hold | null = null;
  for (const hold of holds) {
    if (holdState(hold, on) === 'active' && (hardest === null || outweighs(hold, hardest))) hardest = hold;
  }
  return hardest;
}

function outweighs(a: Hold, b: Hold): boolean {
  if (a.kind !== b.kind) return SEVERITY.indexOf(a.kind) < SEVERITY.indexOf(b.kind);
  return b.until !== null && (a.until === null || a.until > b.until);
}

/** Nothing at all is sold to, or written to, someone insolvent or under guardianship. */
export const isHardStop = (hold: Hold | null): boolean => hold?.kind === 'insolvency' || hold?.kind === 'guardianship';
