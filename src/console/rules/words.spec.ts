import { describe, expect, it } from '@jest/globals';
import { fill, knownWord, wordFor } from './words.js';

const WORDS = { done: 'Done' };

describe('a sentence with arguments', () => {
  it('is filled in, also with what looks like a pattern', () => {
    expect(fill('{name} owes {amount}', { name: '$& {amount}', amount: 5 })).toBe('$& {amount} owes 5');
  });

  it('keeps a placeholder nobody fills', () => {
    expect(fill('{name} and {toString}', { name: 'a' })).toBe('a and {toString}');
  });
});

describe('the word for a code', () => {
  it('is the word, or the code where there is none', () => {
    expect(wordFor(WORDS, 'done')).toBe('Done');
    expect(wordFor(WORDS, 'new-kind')).toBe('new-kind');
    expect(wordFor(WORDS, 'constructor')).toBe('constructor');
  });

  it('says nothing for what comes from outside and is none of ours', () => {
    expect(knownWord(WORDS, 'done')).toBe('Done');
    for (const asked of ['<b>', 'constructor', '__proto__', undefined, ['done'], { done: 1 }]) expect(knownWord(WORDS, asked)).toBeNull();
  });
});
