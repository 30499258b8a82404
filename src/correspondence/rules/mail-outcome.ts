import type { EffectState } from '../../platform/outbox/rules/effect-states.js';

export const MAIL_OUTCOMES = ['went-out', 'did-not-go-out'] as const;
/** What a person says of a message of which nobody knew whether it went out. */
export type MailOutcome = (typeof MAIL_OUTCOMES)[number];

const BECOMES = { 'went-out': 'done', 'did-not-go-out': 'cancelled' } as const satisfies Readonly<Record<MailOutcome, EffectState>>;

/**
 * What a person's word does to a mail in a state. `null`: nothing, it stands so already (he said it twice, or somebody said the same before
 * him). `refused`: nobody asks, because what became of it is known, or it may still be under way.
 */
export function outcomeState(state: EffectState, said: MailOutcome): 'done' | 'cancelled' | null | 'refused' {
  if (state === 'uncertain') return BECOMES[said];
  return state === BECOMES[said] ? null : 'refused';
}
