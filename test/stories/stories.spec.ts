import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../src/platform/config/config-files.js';
import { policies } from '../dunning/support/house.js';
import { run } from './story-runner.js';
import { readStory } from './story.js';

const FOLDER = `${projectRoot}fixtures/stories`;
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.yml'));

describe('stories: debtors’ years, day by day', () => {
  it('are at least the twelve that were asked for', () => {
    expect(files.length).toBeGreaterThanOrEqual(12);
  });

  it.each(files)('%s', (file) => {
    const story = readStory(`${FOLDER}/${file}`);
    expect(run(story, policies.get(story.policy))).toEqual([]);
  });
});
