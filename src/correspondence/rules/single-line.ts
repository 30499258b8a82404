/** Control characters, line and paragraph separators, and the marks that turn the direction of what follows. */
const UNSAFE = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/**
 * Text from outside (names, invoice numbers) as one line that is safe in a mail header, a subject and a table cell: no control
 * characters, no line breaks, no direction overrides (they make "gnp.exe" read as something else), blanks collapsed, at most
 * `limit` characters with an ellipsis for the rest.
 */
export function singleLine(text: string, limit = 140): string {
  const line = text.replace(UNSAFE, ' ').replace(/\s+/g, ' ').trim();
  const characters = [...line];
  return characters.length <= limit ? line : `${characters.slice(0, limit - 1).join('')}…`;
}
