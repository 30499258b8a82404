import { describe, expect, it } from '@jest/globals';
import { english } from '../texts.js';
import { followDay } from './follow-day.js';

const { notices } = english.today;
const after = (done: unknown, lastDay: Parameters<typeof followDay>[1]): ReturnType<typeof followDay> => followDay(done, lastDay, english);

describe('a page that follows a day', () => {
  it('goes on while the day is not finished, also before it has left a trace', () => {
    for (const day of [null, { isFinished: false, hasFailed: false }]) {
      expect(after('running', day)).toEqual({ notice: notices.running, follows: true });
    }
  });

  it('says how the day ended, and stops', () => {
    expect(after('running', { isFinished: true, hasFailed: false })).toEqual({ notice: notices.finished, follows: false });
    expect(after('running', { isFinished: true, hasFailed: true })).toEqual({ notice: notices.failed, follows: false });
  });

  it('does not follow a day nobody asked it to', () => {
    for (const done of [undefined, 'finished', 'mode-changed', '<b>', ['running']]) {
      expect(after(done, { isFinished: false, hasFailed: false }).follows).toBe(false);
    }
    expect(after('taken', null).notice).toBe(notices.taken);
    expect(after('<b>', null).notice).toBeNull();
  });
});
