import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainDate } from '../../../kernel/plain-date.js';
import { claimEntry, claimsOf, entryOf, hasMarker, peopleLength, readSection, withEntry, withoutMarker, writeSection } from './comment.js';

const on = plainDate('2026-11-20');
const noted = (comment: string, marker: string, text = 'Gebeld') => withEntry(readSection(comment), entryOf(marker, on, text));

describe('our part of a comment', () => {
  it('stands behind what people wrote, newest first', () => {
    const once = writeSection(noted('Belt graag voor 10 uur', 'AAAAAAAAA1', 'Herinnering 1'), 250);
    expect(once).toBe('Belt graag voor 10 uur [Tegoed] AAAAAAAAA1 2026-11-20 Herinnering 1 [/Tegoed]');
    expect(writeSection(noted(once ?? '', 'AAAAAAAAA2', 'Herinnering 2'), 250)).toBe(
      'Belt graag voor 10 uur [Tegoed] AAAAAAAAA2 2026-11-20 Herinnering 2 | AAAAAAAAA1 2026-11-20 Herinnering 1 [/Tegoed]',
    );
  });

  it('lets the oldest go when there is no room, and clips the newest before it gives up its marker', () => {
    const section = withEntry(noted('', 'AAAAAAAAA1', 'x'.repeat(60)), entryOf('AAAAAAAAA2', on, 'y'.repeat(60)));
    // 8 + 9 characters of fence and 2 blanks leave 81 of 100: one entry of 82 is clipped by one, and there is no room for the other.
    expect(writeSection(section, 100)).toBe(`[Tegoed] AAAAAAAAA2 2026-11-20 ${'y'.repeat(58)}… [/Tegoed]`);
    expect(writeSection(section, 28)).toBeNull();
  });

  it('writes a claim whole or not at all: half of one would match twice', () => {
    const claim = claimEntry('AAAAAAAAA1', on, 'VRK/202500318/1', 'BNK/202500052/3', 81_500, 'EUR');
    expect(claim).toBe('AAAAAAAAA1 2026-11-20 VRK/202500318/1 = BNK/202500052/3 815.00');
    const section = withEntry(readSection(''), claim);
    expect(claimsOf(section)).toEqual([{ marker: 'AAAAAAAAA1', item: 'VRK/202500318/1', receipt: 'BNK/202500052/3', amount: '815.00' }]);
    // 62 characters of claim and 19 of fence.
    expect([writeSection(section, 81) === null, writeSection(section, 80) === null]).toEqual([false, true]);
  });

  it('keeps what was taken over, whatever characters are in it', () => {
    const kept = { reminders: 'email', user: 'JAN [x] %', held: ['VRK/202500318/1', 'VRK/202500319/1'] };
    const comment = writeSection({ ...noted('', 'AAAAAAAAA1'), kept }, 250) ?? '';
    expect(readSection(comment).kept).toEqual(kept);
  });

  it('takes a fence somebody broke for the words of people', () => {
    const broken = 'klant [Tegoed] AAAAAAAAA1 2026-11-20 Gebeld';
    expect(readSection(broken)).toMatchObject({ before: broken, entries: [] });
  });

  it('is gone when nothing is left in it', () => {
    const section = withoutMarker(noted('Van ons', 'AAAAAAAAA1'), 'AAAAAAAAA1');
    expect(writeSection(section, 250)).toBe('Van ons');
  });

  it('leaves the words of people as they are, finds its newest marker again and keeps within its room', () => {
    const words = fc.string({ maxLength: 60 }).filter((text) => !text.includes('Tegoed'));
    const text = fc.string({ maxLength: 300 });
    fc.assert(
      fc.property(
        words,
        words,
        fc.array(text, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 60, max: 300 }),
        (before, after, texts, room) => {
          let comment = `${before}[Tegoed] [/Tegoed]${after}`;
          texts.forEach((each, nth) => {
            const section = noted(comment, `AAAAAAAAA${nth}`, each);
            comment = writeSection(section, room) ?? '';
            const again = readSection(comment);
            expect(again.before).toBe(before.trimEnd());
            expect(again.after).toBe(after.trimStart());
            expect(hasMarker(again, `AAAAAAAAA${nth}`)).toBe(true);
            expect(comment.length - peopleLength(again)).toBeLessThanOrEqual(room);
          });
        },
      ),
    );
  });
});
