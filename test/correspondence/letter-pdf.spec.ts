import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { letterPdf } from '../../src/correspondence/letter-pdf.js';
import { LetterRenderer, type RenderedLetter } from '../../src/correspondence/letter-renderer.js';
import type { LetterPaper } from '../../src/correspondence/letter-paper.js';
import { sampleLetter, sampleLetters } from '../../src/correspondence/letter-samples.js';
import type { Letter } from '../../src/correspondence/rules/letter.js';
import { LANGUAGES } from '../../src/correspondence/rules/localized.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { unwrap } from '../../src/kernel/result.js';
import { type ReadPdf, readPdf } from '../support/pdf.js';

const renderer = new LetterRenderer();
const render = async (letter: Letter): Promise<Required<RenderedLetter>> => {
  const rendered = unwrap(await renderer.render(letter));
  const { paper } = rendered;
  if (!paper) throw new Error('the letter has no paper');
  return { ...rendered, paper };
};
/** Stored as JSON and read again, as it is when the mail was sent. */
const kept = (paper: LetterPaper): LetterPaper => JSON.parse(JSON.stringify(paper)) as LetterPaper;
const onPaper = async (letter: Letter): Promise<ReadPdf> => readPdf(await letterPdf(kept((await render(letter)).paper)));
const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '' && !/^-+$/.test(word));
const counted = (all: readonly string[]): Map<string, number> =>
  all.reduce((count, word) => count.set(word, (count.get(word) ?? 0) + 1), new Map<string, number>());

/** A letter about `count` invoices of 100.00 each. */
const about = (count: number): Letter => {
  const letter = sampleLetter('demand', 'nl');
  const [item] = letter.items as [Letter['items'][number]];
  const items = Array.from({ length: count }, (_each, at) => ({
    ...item,
    ...{ number: `F-${10_000 + at}`, amount: 100_00, open: 100_00, paymentReference: null },
  }));
  return { ...letter, items, totals: { amount: count * 100_00, costs: 0, interest: 0, total: count * 100_00 } };
};

describe('a letter on paper', () => {
  /** Every kind, tone and legal setting, each in one of the languages in turn. */
  const samples = LANGUAGES.flatMap((language, turn) =>
    [...sampleLetters()].filter((letter) => letter.language === language).filter((_letter, at) => (at + turn) % LANGUAGES.length === 0),
  );
  it('says every word and figure of the mail, as often as the mail does', async () => {
    for (const letter of samples) {
      const { text, paper, subject } = await render(letter);
      const { lines } = readPdf(await letterPdf(kept(paper)));
      const there = counted(words(lines.join(' ')));
      const missing = [...counted([...words(text), ...words(subject)])].filter(([word, times]) => (there.get(word) ?? 0) < times);
      expect({ kind: letter.kind, language: letter.language, missing }).toEqual({
        kind: letter.kind,
        language: letter.language,
        missing: [],
      });
    }
    expect(samples.length).toBeGreaterThan(20);
  });

  it.each([
    ['nl', '€ 1.234,56', 'Herinnering: factuur 2026-0042'],
    ['en', '€1,234.56', 'A friendly reminder: invoice 2026-0042'],
    ['fr', '1 234,56 €', 'Petit rappel : facture 2026-0042'],
  ] as const)('%s: amounts with their sign, language and title set', async (language, amount, title) => {
    const paper = await onPaper(sampleLetter('reminder', language));
    expect(paper.lines.join(' ').replaceAll('\u00a0', ' ')).toContain(amount);
    expect(paper.title.replaceAll('\u00a0', ' ')).toBe(title);
    expect(paper.raw).toContain(`/Lang (${language})`);
    expect(paper.raw).toContain('/CreationDate');
    expect(paper.raw).toContain('(D:20261121000000Z)');
  });

  it('keeps the order of the mail: sender, debtor, date, subject, opening, items, total, payment, objection, farewell', async () => {
    const { lines } = await onPaper(sampleLetter('reminder', 'en'));
    const at = [
      'Voorbeeld Installaties BV',
      'J. Voorbeeld',
      'Date: 21',
      'A friendly reminder:',
      '2026-0042',
      'To be paid',
      'How to pay',
      'IBAN:',
    ].map((start) => lines.findIndex((line) => line.startsWith(start)));
    expect(at).not.toContain(-1);
    expect(at).toEqual([...at].sort((a, b) => a - b));
    expect(lines.at(-2)).toBe('Voorbeeld Installaties BV');
    expect(lines.at(-1)).toBe('1 / 1');
  });

  it('is the same to the byte each time, and another for another letter', async () => {
    const { paper } = await render(sampleLetter('demand', 'fr'));
    const first = await letterPdf(paper);
    expect((await letterPdf(kept(paper))).equals(first)).toBe(true);
    const other = await letterPdf({ ...paper, date: plainDate('2026-11-22') });
    expect(other.equals(first)).toBe(false);
  });

  it('runs over pages with the head of the table on each, no row lost, the pages numbered', async () => {
    const { pages, lines } = await onPaper(about(120));
    expect(pages.length).toBeGreaterThan(3);
    pages.forEach((page, at) => expect(page.at(-1)).toBe(`${at + 1} / ${pages.length}`));
    const withRows = pages.filter((page) => page.some((line) => /^F-1\d{4}$/.test(line)));
    for (const page of withRows) expect(page.filter((line) => line === 'Factuur')).toHaveLength(1);
    const numbers = lines.filter((line) => /^F-1\d{4}$/.test(line));
    expect(numbers).toEqual(Array.from({ length: 120 }, (_each, at) => `F-${10_000 + at}`));
    // 120 × 100.00.
    expect(lines.join(' ').replaceAll('\u00a0', ' ')).toContain('€ 12.000,00');
  });

  it('shows the code a banking app reads, beside the data to type over', async () => {
    const { raw } = await onPaper(sampleLetter('reminder', 'nl'));
    const without = { ...sampleLetter('reminder', 'nl'), currency: 'USD' };
    const [plain] = [await onPaper({ ...without, items: without.items.map((item) => ({ ...item, currency: 'USD' })) })];
    const rectangles = (text: string): number => text.match(/ re$/gm)?.length ?? 0;
    expect(rectangles(raw)).toBeGreaterThan(200);
    expect(rectangles(plain?.raw ?? '')).toBe(0);
  });

  it('writes names of other alphabets as near as the fonts can, and stays inside the page', async () => {
    const letter = sampleLetter('reminder', 'nl');
    const name = 'Łódź Kőolaj ﬁn 日本 ' + 'W'.repeat(100);
    const paper = await onPaper({ ...letter, debtor: { ...letter.debtor, name } });
    expect(paper.lines.some((line) => line.startsWith('Lódz Koolaj fin ??'))).toBe(true);
    expect(paper.lines.join('').match(/W+/g)?.join('').length).toBeGreaterThanOrEqual(100);
    expect(paper.beyondMargin).toEqual([]);
  });

  it('property: whatever stands in a name, a number or a description, there is a PDF that keeps its figures', async () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(text, text, text, fc.constantFrom(...LANGUAGES), async (name, number, description, language) => {
        const { paper } = await render(sampleLetter('reminder', language));
        const replaced = JSON.parse(
          JSON.stringify(paper, (_key, value: unknown) =>
            value === 'J. Voorbeeld' ? name : value === '2026-0042' ? number : value === 'Onderhoud ketel' ? description : value,
          ),
        ) as LetterPaper;
        const { lines, beyondMargin } = readPdf(await letterPdf(replaced));
        expect(lines).toContain('NL91 ABNA 0417 1643 00');
        expect(beyondMargin).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});
