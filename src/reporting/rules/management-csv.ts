import { csvDecimal, csvFile, csvText } from '../../kernel/csv.js';
import type { Cell, Section } from './management.js';

/** Sections below one another, each with its heading and the names of its columns; an empty line between. */
export const managementCsv = (title: string, sections: readonly Section[]): string =>
  csvFile([
    [csvText(title)],
    ...sections.flatMap(({ heading, columns, rows }) => [
      [],
      [csvText(heading)],
      ...(columns.some((column) => column !== '') ? [columns.map(csvText)] : []),
      ...rows.map((row) => row.map(csvCell)),
    ]),
  ]);

/** Figures are numbers with a comma, percentages without their sign, dates as ISO 8601 has them; what is not known is empty. */
function csvCell(cell: Cell): string {
  if (cell.value === null) return '';
  switch (cell.kind) {
    case 'text':
      return csvText(cell.value);
    case 'date':
      return cell.value;
    case 'amount':
      return csvDecimal(cell.value);
    case 'ratio':
      return csvDecimal((cell.value * 100).toFixed(2));
    default:
      return csvDecimal(String(cell.value));
  }
}
