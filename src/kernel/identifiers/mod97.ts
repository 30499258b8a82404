/** Remainder of a text of digits and letters (A=10 … Z=35) divided by 97, in pieces that fit a number (ISO 7064). */
export function mod97(text: string): number {
  let remainder = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder;
}
