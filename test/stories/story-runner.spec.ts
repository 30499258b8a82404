import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../src/platform/config/config-files.js';
import { policies } from '../dunning/support/house.js';
import { run } from './story-runner.js';
import { type Story, readStory } from './story.js';

const told = readStory(`${projectRoot}fixtures/stories/dispute-on-one-of-five.yml`);
const wrongIn = (story: Story): string[] => run(story, policies.get(story.policy));
const without = (story: Story, at: number): Story => ({ ...story, diary: story.diary.filter((_, index) => index !== at) });
const firstAct = told.diary.findIndex(({ act }) => act !== null);

describe('the runner of stories', () => {
  it('finds an act that the diary does not tell', () => {
    expect(wrongIn(without(told, firstAct))).toEqual([expect.stringContaining('2026-03-06: expected nothing, got friendly-reminder')]);
  });

  it('finds a told act that does not happen', () => {
    const invented = { ...told.diary[0]!, from: told.to, to: told.to, happens: [], act: { step: 'final-notice' } };
    expect(wrongIn({ ...told, diary: [...told.diary, invented] })).toEqual([expect.stringContaining('expected final-notice')]);
  });

  it('finds another figure, another reason, and what was never to happen', () => {
    const entry = told.diary[firstAct]!;
    const changed = (part: Partial<typeof entry>): Story => ({ ...told, diary: told.diary.with(firstAct, { ...entry, ...part }) });
    expect(wrongIn(changed({ act: { ...entry.act, amount: '999.99' } }))).toEqual([expect.stringContaining('amount is "1000.00"')]);
    expect(wrongIn(changed({ nothing: { A: 'waiting' } }))).toEqual([
      expect.stringContaining('A is left alone because no open item, or in an act'),
    ]);
    expect(wrongIn({ ...told, never: ['second-reminder'] })).toEqual(['second-reminder was never to happen']);
    expect(wrongIn({ ...told, never: ['visit'] })).toEqual(['the policy has no visit: that it does not happen says nothing']);
  });
});
