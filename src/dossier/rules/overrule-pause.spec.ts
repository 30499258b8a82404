import { describe, expect, it } from '@jest/globals';
import { overruled, respectedAgain } from './overrule-pause.js';

const said = { segment: 'key' };

describe('reminding of what was stopped in the package', () => {
  it('is for invoices, added to those before, or for the debtor', () => {
    expect(overruled(said, ['i2'])).toEqual({ segment: 'key', remindThoughPaused: ['i2'] });
    expect(overruled({ remindThoughPaused: ['i2'] }, ['i1', 'i2'])).toEqual({ remindThoughPaused: ['i1', 'i2'] });
    expect(overruled({ remindThoughPaused: ['i2'] }, true)).toEqual({ remindThoughPaused: true });
  });

  it('is said once', () => {
    expect(overruled({ remindThoughPaused: ['i2'] }, ['i2'])).toBeNull();
    expect(overruled({ remindThoughPaused: true }, ['i2'])).toBeNull();
    expect(overruled({ remindThoughPaused: true }, true)).toBeNull();
  });

  it('is taken back as it was said, and nothing else with it', () => {
    expect(respectedAgain({ ...said, remindThoughPaused: ['i1', 'i2'] }, ['i2'])).toEqual({ segment: 'key', remindThoughPaused: ['i1'] });
    expect(respectedAgain({ ...said, remindThoughPaused: ['i1'] }, ['i1'])).toEqual(said);
    expect(respectedAgain({ ...said, remindThoughPaused: true }, true)).toEqual(said);
    expect(respectedAgain({ ...said, remindThoughPaused: ['i1'] }, true)).toEqual(said);
  });

  it('cannot be taken back where it was not said', () => {
    expect(respectedAgain(said, true)).toBeNull();
    expect(respectedAgain({ remindThoughPaused: ['i1'] }, ['i2'])).toBeNull();
    expect(respectedAgain({ remindThoughPaused: true }, ['i2'])).toBeNull();
  });
});
