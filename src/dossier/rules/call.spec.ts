import { describe, expect, it } from '@jest/globals';
import { CALL_OUTCOMES, isContact } from './call.js';

describe('a call', () => {
  it('was a contact whatever came of it, unless nobody answered', () => {
    expect(CALL_OUTCOMES.filter((outcome) => !isContact(outcome, 0))).toEqual(['not-reached']);
  });

  it('nobody answered counts the third time', () => {
    expect([0, 1, 2, 3].map((before) => isContact('not-reached', before))).toEqual([false, false, true, true]);
  });
});
