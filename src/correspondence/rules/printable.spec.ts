import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { letterFileName } from './letter-file-name.js';
import { printable } from './printable.js';

describe('what the standard fonts can write', () => {
  it.each([
    ['Café “Ñandú” € 1,00 – œuvre…', 'Café “Ñandú” € 1,00 – œuvre…'],
    ['e\u0301', 'é'],
    ['Łódź Győr đ ﬁ', 'Lódz Gyor d fi'],
    ['1\u202f234\u00a0€', '1\u00a0234\u00a0€'],
    ['a\u0000b\tc\u2028d', 'a b c d'],
    ['\u202egnp.exe\u00ad', 'gnp.exe'],
    ['日本 👋', '?? ?'],
    ['\ud800', '?'],
  ])('%j: %j', (text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  it('property: nothing that Windows-1252 does not have, and again the same', () => {
    const decoder = new TextDecoder('windows-1252');
    const known = new Set([...Array(256).keys()].map((byte) => decoder.decode(Uint8Array.of(byte))));
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const written = printable(text);
        for (const character of written) expect(known.has(character)).toBe(true);
        expect(written).not.toMatch(/\p{Cc}/u);
        expect(printable(written)).toBe(written);
      }),
    );
  });
});

describe('the name of the file', () => {
  it.each([
    ['Herinnering: factuur 26700123', 'herinnering-factuur-26700123.pdf'],
    ['Petit rappel\u00a0: facture n° 7/é', 'petit-rappel-facture-n-7-e.pdf'],
    ['../../etc/passwd\r\nX: "1"', 'etc-passwd-x-1.pdf'],
    ['日本', 'letter.pdf'],
    ['a'.repeat(300), `${'a'.repeat(80)}.pdf`],
  ])('%j: %s', (subject, expected) => {
    expect(letterFileName(subject)).toBe(expected);
  });
});
