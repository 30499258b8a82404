/** What Windows-1252 has beyond Latin-1: the standard fonts of PDF have these and no others (ISO 32000-1, annex D.2, WinAnsiEncoding). */
const BEYOND_LATIN = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';
/** Letters that no accent can be taken off. */
const PLAIN: Readonly<Record<string, string>> = {
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ı: 'i',
  ħ: 'h',
  Ħ: 'H',
  '−': '-',
  '‑': '-',
  '\u202f': '\u00a0',
};

const isKnown = (character: string): boolean =>
  /^[\u0020-\u007e\u00a0-\u00ac\u00ae-\u00ff]$/.test(character) || BEYOND_LATIN.includes(character);

/**
 * A text as the standard fonts can write it: control characters are blanks, letters of other alphabets with an accent lose it (`ő`: `o`),
 * what is left is `?`. Lengths may change; blanks that do not break stay so.
 */
export const printable = (text: string): string =>
  [
    ...text
      .normalize('NFC')
      .replace(/[\p{Cc}\u2028\u2029]/gu, ' ')
      .replace(/\p{Cf}/gu, ''),
  ]
    .map(nearest)
    .join('');

function nearest(character: string): string {
  if (isKnown(character)) return character;
  const plain = PLAIN[character];
  if (plain !== undefined) return plain;
  const parts = [...character.normalize('NFKD')].filter((part) => !/\p{M}/u.test(part));
  return parts.length > 0 && parts.every(isKnown) ? parts.join('') : '?';
}
