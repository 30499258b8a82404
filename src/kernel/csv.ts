/**
 * One cell of a CSV file with semicolons (RFC 4180). What a spreadsheet would take for a formula gets an apostrophe before it, a phone
 * number too: names and descriptions come from others, and whoever opens the file must not run what they wrote (OWASP, "CSV Injection").
 */
export function csvText(text: string): string {
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return csvQuoted(safe);
}

/** A decimal string of ours as a cell, with a comma: a number, whatever its sign. */
export const csvDecimal = (decimal: string): string => decimal.replace('.', ',');

const csvQuoted = (text: string): string => (/[;"\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A file of lines of cells: UTF-8 with its mark, semicolons, CR LF. */
export const csvFile = (lines: readonly (readonly string[])[]): string =>
  `\ufeff${lines.map((cells) => `${cells.join(';')}\r\n`).join('')}`;
