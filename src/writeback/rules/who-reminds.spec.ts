import { describe, expect, it } from '@jest/globals';
import { isOvertaken, overtaken, reachOf, reminderPlan } from './who-reminds.js';

describe('who reminds', () => {
  it('lets nothing start the reminders of the package while we remind, and nothing stop them while it does', () => {
    expect(overtaken('tegoed')).toEqual(['givesBack']);
    expect(overtaken('package')).toEqual(['takesOver']);
    expect(overtaken(null)).toEqual(['takesOver', 'givesBack']);
  });

  it('leaves every other push alone', () => {
    expect(isOvertaken({ kind: 'hold', action: 'resume', givesBack: 'a' }, 'tegoed')).toBe(true);
    expect(isOvertaken({ kind: 'hold', action: 'resume', givesBack: 'a' }, 'package')).toBe(false);
    expect(isOvertaken({ kind: 'hold', action: 'pause', takesOver: 'a' }, 'package')).toBe(true);
    expect(isOvertaken({ kind: 'dispute' }, null)).toBe(false);
    expect(isOvertaken({ kind: 'hold', action: 'pause' }, 'package')).toBe(false);
  });

  it('lets an administration that is not live undo what it did, and no more', () => {
    expect((['tegoed', 'package', null] as const).map((by) => reachOf('live', by))).toEqual(['all', 'all', 'all']);
    for (const mode of ['off', 'shadow'] as const) {
      expect((['tegoed', 'package', null] as const).map((by) => reachOf(mode, by))).toEqual(['nothing', 'givesBack', 'nothing']);
    }
  });

  it('takes over only when it is live, and gives back whenever the package is to remind', () => {
    expect((['off', 'shadow', 'live'] as const).map((mode) => reminderPlan(mode, 'tegoed'))).toEqual([null, null, 'takesOver']);
    expect((['off', 'shadow', 'live'] as const).map((mode) => reminderPlan(mode, 'package'))).toEqual([
      'givesBack',
      'givesBack',
      'givesBack',
    ]);
    expect((['off', 'shadow', 'live'] as const).map((mode) => reminderPlan(mode, null))).toEqual([null, null, null]);
  });
});
