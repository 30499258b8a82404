/** Letters that no decomposition turns into A-Z. */
const SPECIAL: Readonly<Record<string, string>> = { ß: 'SS', ẞ: 'SS', Ø: 'O', Æ: 'AE', Œ: 'OE', Ł: 'L', Đ: 'D', Þ: 'TH', Ĳ: 'IJ' };

const isAscii = (text: string): boolean => {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false;
  return true;
};

/** Upper case without diacritics, so that "Müller" and "MULLER", "Ærø" and "AERO" are the same. Length may change. */
export function fold(text: string): string {
  const upper = text.toUpperCase();
  if (isAscii(upper)) return upper;
  return upper
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßẞØÆŒŁĐÞĲ]/g, (letter) => SPECIAL[letter] ?? letter);
}

/** Only A-Z and 0-9 of a folded text. */
export const alphanumeric = (folded: string): string => folded.replace(/[^A-Z0-9]/g, '');

/** "00042" → "42"; all zeros → "0". */
export function stripZeros(digits: string): string {
  let at = 0;
  while (at < digits.length - 1 && digits.charCodeAt(at) === 48) at++;
  return at === 0 ? digits : digits.slice(at);
}
