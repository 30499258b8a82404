import { describe, expect, it } from '@jest/globals';
import { EFFECT_STATES } from '../../platform/outbox/rules/effect-states.js';
import { MAIL_OUTCOMES, outcomeState } from './mail-outcome.js';

describe('what a person says of a mail nobody knows of', () => {
  it.each([
    ['uncertain', 'went-out', 'done'],
    ['uncertain', 'did-not-go-out', 'cancelled'],
    ['done', 'went-out', null],
    ['cancelled', 'did-not-go-out', null],
    // What is known is not talked away, and what may still be under way is waited for.
    ['done', 'did-not-go-out', 'refused'],
    ['cancelled', 'went-out', 'refused'],
    ['sending', 'went-out', 'refused'],
    ['sending', 'did-not-go-out', 'refused'],
    ['planned', 'did-not-go-out', 'refused'],
    ['failed', 'went-out', 'refused'],
  ] as const)('%s, "%s": %s', (state, said, expected) => {
    expect(outcomeState(state, said)).toBe(expected);
  });

  it('changes nothing that is not uncertain', () => {
    const changed = EFFECT_STATES.filter((state) =>
      MAIL_OUTCOMES.some((said) => ['done', 'cancelled'].includes(outcomeState(state, said) ?? '')),
    );
    expect(changed).toEqual(['uncertain']);
  });
});
