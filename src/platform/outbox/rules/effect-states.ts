/**
 * The life of an effect: anything that leaves the house (design §7). The table is the law; the outbox asks it before it writes.
 *
 * - `planned`: waits for its moment
 * - `claimed`: a worker prepares it; nothing has gone out that could not be found again by its marker
 * - `sending`: handed to a channel that cannot be asked afterwards (mail): from here on only a proof ends it
 * - `uncertain`: was being sent when the worker vanished, no proof either way: a person decides, nobody repeats it
 */
export const EFFECT_STATES = ['planned', 'claimed', 'sending', 'done', 'failed', 'uncertain', 'cancelled'] as const;
export type EffectState = (typeof EFFECT_STATES)[number];

export const EFFECT_STEPS = [
  { from: 'planned', to: 'claimed' },
  { from: 'planned', to: 'cancelled' },
  { from: 'claimed', to: 'sending' },
  { from: 'claimed', to: 'planned' },
  { from: 'claimed', to: 'done' },
  { from: 'claimed', to: 'failed' },
  { from: 'claimed', to: 'uncertain' },
  { from: 'claimed', to: 'cancelled' },
  // Back to planned only on the channel's own word that nothing was taken.
  { from: 'sending', to: 'planned' },
  { from: 'sending', to: 'done' },
  { from: 'sending', to: 'failed' },
  { from: 'sending', to: 'uncertain' },
] as const satisfies readonly { from: EffectState; to: EffectState }[];

/**
 * What an uncertain effect becomes on the word of a person, or of a proof that came late. Not in the table: no worker takes such a step
 * by itself.
 */
export type SettledState = 'done' | 'cancelled';

/** Whether the table allows the step. */
export const mayBecome = (from: EffectState, to: EffectState): boolean => EFFECT_STEPS.some((step) => step.from === from && step.to === to);

/** States nothing leads out of. */
export const END_STATES: readonly EffectState[] = EFFECT_STATES.filter((state) => !EFFECT_STEPS.some(({ from }) => from === state));

/** What becomes of an effect whose worker's lease ran out: what may have gone out is never repeated. */
export const afterLostLease = (state: 'claimed' | 'sending'): EffectState => (state === 'claimed' ? 'planned' : 'uncertain');

const FIRST_WAIT_MS = 60_000;
const LONGEST_WAIT_MS = 6 * 3_600_000;
/** After this many tries a person is asked: about two days. */
export const MAX_ATTEMPTS = 12;

/** How long to wait after a try that certainly did nothing: one minute, doubling, at most six hours. */
export const waitAfter = (attempts: number): number => Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, attempts - 1));
