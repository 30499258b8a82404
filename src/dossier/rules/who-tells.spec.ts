import { describe, expect, it } from '@jest/globals';
import { CONFIRMATION_KINDS } from './confirmation.js';
import { leftToPerson, presses } from './who-tells.js';

describe('who tells the customer', () => {
  it('is us for everything, while we remind', () => {
    expect(CONFIRMATION_KINDS.map((kind) => leftToPerson(kind, 'tegoed'))).toEqual(CONFIRMATION_KINDS.map(() => null));
  });

  it('is a person for what presses for payment, while the package reminds; what was agreed is still confirmed', () => {
    expect(CONFIRMATION_KINDS.filter((kind) => leftToPerson(kind, 'package') === 'package-reminds')).toEqual(['arrangement-broken']);
    expect(leftToPerson('dispute-noted', 'package')).toBeNull();
    expect(leftToPerson('arrangement-made', 'package')).toBeNull();
  });

  it('is a person too as long as nobody has said who reminds', () => {
    expect(leftToPerson('arrangement-broken', null)).toBe('package-reminds');
  });

  it('names one kind that presses', () => {
    expect(CONFIRMATION_KINDS.filter(presses)).toEqual(['arrangement-broken']);
  });
});
