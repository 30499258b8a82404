import { closePdf, openPdf } from '../correspondence/pdf-document.js';
import { room, write } from '../correspondence/pdf-sheet.js';
import { drawTable } from '../correspondence/pdf-table.js';
import type { Language } from '../correspondence/rules/localized.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { figureText } from './rules/figure-text.js';
import type { Section } from './rules/management.js';

/** What stands above the tables. */
interface Head {
  readonly title: string;
  readonly administration: string;
  readonly language: Language;
  readonly on: PlainDate;
}

/** A management report as PDF: A4, a heading and a table for each section. The same report gives the same bytes. */
export function managementPdf(
  { title, administration, language, on }: Head,
  sections: readonly Section[],
  { compress = true } = {},
): Promise<Buffer> {
  const { sheet, bytes } = openPdf({ title: `${title} ${administration} ${on}`, author: administration, language, date: on, compress });
  write(sheet, title, { size: 16, bold: true });
  write(sheet, administration, { size: 11 });
  for (const { heading, columns, rows } of sections) {
    sheet.y += 16;
    // A heading stays with the first rows of its table.
    room(sheet, 80);
    write(sheet, heading, { size: 11, bold: true });
    sheet.y += 4;
    const isText = (column: number): boolean => rows.every((row) => row[column]?.kind === 'text' || row[column]?.kind === 'date');
    drawTable(
      sheet,
      {
        columns: columns.map((column, at) => ({ heading: column, align: isText(at) ? 'left' : 'right' })),
        rows: rows.map((row) => ({ cells: row.map((cell) => figureText(cell, language)) })),
      },
      { size: 8.5 },
    );
  }
  closePdf(sheet);
  return bytes;
}
