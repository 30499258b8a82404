import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { english } from '../texts.js';
import { type DayFacts, showDay } from './day-view.js';
import { formatFor } from './format.js';

const NOTHING: DayFacts['figures'] = {
  debtorsPulled: 0,
  itemsPulled: 0,
  linesMatched: 0,
  linesProposed: 0,
  linesOpen: 0,
  acts: {},
  mailsSent: 0,
  pushed: {},
  apiCalls: 0,
};

const show = (given: Partial<DayFacts> = {}): ReturnType<typeof showDay> =>
  showDay(
    {
      day: plainDate('2026-11-20'),
      stage: 'done',
      finishedAt: '2026-11-20T05:31:00.000Z',
      held: null,
      error: null,
      figures: NOTHING,
      ...given,
    },
    english,
    formatFor(english.locale),
  );

describe('a day that was run', () => {
  it('adds up acts and what was written into the books, whatever their kinds', () => {
    const { cells, summary, badge, remark } = show({
      figures: {
        ...NOTHING,
        itemsPulled: 1365,
        linesMatched: 1,
        acts: { reminder: 11, call: 2 },
        mailsSent: 11,
        pushed: { 'reminder-sent': 14, hold: 14, 'payment-match': 1 },
      },
    });
    expect(cells).toMatchObject({ pulled: '1,365', acts: '13', pushed: '29', mails: '11' });
    expect(summary).toBe('1 bank line matched, 13 acts, 11 mails');
    expect(badge).toEqual({ tone: 'good', words: 'Finished' });
    expect(remark).toBeNull();
  });

  it('says so when there was nothing to do', () => {
    expect(show().summary).toBe('nothing to do');
  });

  it.each([
    [
      'stale-pull',
      plainDate('2026-11-13'),
      'Nothing was decided: the bookkeeping had not been pulled recently enough (last: Fri 13 Nov 2026).',
    ],
    ['stale-pull', null, 'Nothing was decided: the bookkeeping had not been pulled recently enough (never yet).'],
    [
      'stale-statements',
      plainDate('2026-11-18'),
      'Nothing was decided: the bank statements did not reach far enough (last: Wed 18 Nov 2026).',
    ],
    ['control-difference', null, 'Nothing was decided: the package says another total is open than is open here.'],
    ['something-new', null, 'Nothing was decided: something-new.'],
  ])('held because of %s since %s: says it in words', (reason, since, words) => {
    const { badge, remark } = show({ held: { reason, since } });
    expect(badge).toEqual({ tone: 'attention', words: 'Held' });
    expect(remark).toBe(words);
  });

  it('says what stopped it, before that it was held', () => {
    const { badge, remark, isFinished, hasFailed } = show({
      error: 'Moneybird does not answer',
      held: { reason: 'stale-pull', since: null },
    });
    expect(badge).toEqual({ tone: 'bad', words: 'Stopped' });
    expect(remark).toBe('It stopped: Moneybird does not answer');
    expect([isFinished, hasFailed]).toEqual([true, true]);
  });

  it('says where it is while it is not finished', () => {
    const { badge, remark, isFinished } = show({ finishedAt: null, stage: 'match' });
    expect(badge.words).toBe('Not finished');
    expect(remark).toMatch(/^It is matching bank lines, or was broken off there/);
    expect(isFinished).toBe(false);
  });
});
