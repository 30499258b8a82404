import { type Face, type Sheet, MARGIN, WIDTH, lineHeight, linesOf, put, room, use } from './pdf-sheet.js';
import { columnWidths } from './rules/column-widths.js';
import { printable } from './rules/printable.js';
import type { TextTable } from './rules/text-table.js';

export interface Cell {
  readonly row: number;
  readonly column: number;
}

export interface TableStyle {
  readonly size: number;
  readonly bold?: (cell: Cell) => boolean;
  /** Default: the width of the sheet. */
  readonly width?: number;
  /** Columns no wider than they need; else the first one takes what is left. */
  readonly snug?: boolean;
}

const GAP = 10;
const PADDING = 1.5;

/** A table; its head is repeated on every page it runs to, and no row is broken over two. */
export function drawTable(sheet: Sheet, table: TextTable, style: TableStyle): void {
  const { columns, rows } = table;
  const widths = widthsOf(sheet, table, style);
  const xs = widths.map((_width, at) => MARGIN + widths.slice(0, at).reduce((sum, width) => sum + width + GAP, 0));
  const headed = columns.some(({ heading }) => heading !== '');
  const plain: Face = { size: style.size };

  const setRow = (cells: readonly string[], note: string | null, faceOf: (column: number) => Face, beforeRow: () => void): void => {
    const set = columns.map((_column, at) => {
      use(sheet, faceOf(at));
      return linesOf(sheet, cells[at] ?? '', widths[at] ?? 0);
    });
    use(sheet, { ...plain, grey: true });
    const remark = note === null ? [] : linesOf(sheet, note, (style.width ?? WIDTH) - GAP);
    const height = lineHeight(plain);
    const tallest = Math.max(...set.map((lines) => lines.length));
    if (room(sheet, (tallest + remark.length) * height + 2 * PADDING)) beforeRow();
    sheet.y += PADDING;
    set.forEach((lines, at) => {
      use(sheet, faceOf(at));
      lines.forEach((line, down) => {
        const slack = columns[at]?.align === 'right' ? (widths[at] ?? 0) - sheet.document.widthOfString(line) : 0;
        put(sheet, line, (xs[at] ?? 0) + slack, sheet.y + down * height);
      });
    });
    sheet.y += tallest * height;
    use(sheet, { ...plain, grey: true });
    for (const line of remark) {
      put(sheet, line, MARGIN + GAP, sheet.y);
      sheet.y += height;
    }
    sheet.y += PADDING;
  };
  const head = (): void => {
    if (!headed) return;
    const headings = columns.map(({ heading }) => heading);
    setRow(headings, null, () => ({ ...plain, bold: true }), noHead);
    rule(sheet);
    sheet.y += PADDING;
  };

  // The head never stands alone at the foot of a page.
  if (headed) room(sheet, 5 * lineHeight(plain));
  head();
  rows.forEach(({ cells, note }, row) =>
    setRow(cells, note ? note : null, (column) => ({ ...plain, bold: style.bold?.({ row, column }) ?? false }), head),
  );
}

const noHead = (): void => undefined;

function widthsOf(sheet: Sheet, { columns, rows }: TextTable, { size, bold, width = WIDTH, snug = false }: TableStyle): number[] {
  const measure = (text: string, face: Face): number => {
    use(sheet, face);
    return sheet.document.widthOfString(printable(text));
  };
  const wanted = columns.map(({ heading }, column) => {
    // Headings may be broken between their words, cells are not unless they must.
    const words = heading.split(' ').map((word) => measure(word, { size, bold: true }));
    const cells = rows.map(({ cells }, row) => measure(cells[column] ?? '', { size, bold: bold?.({ row, column }) ?? false }));
    return [...words, ...cells].reduce((most, each) => Math.max(most, each), 0) + 0.5;
  });
  return columnWidths(wanted, width - GAP * (columns.length - 1), snug);
}

function rule({ document, y }: Sheet): void {
  document
    .moveTo(MARGIN, y)
    .lineTo(MARGIN + WIDTH, y)
    .lineWidth(0.5)
    .stroke('#9ca3af');
}
