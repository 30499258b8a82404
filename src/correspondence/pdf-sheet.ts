import { printable } from './rules/printable.js';
import { wrap } from './rules/wrap.js';

/** Points (1/72 inch). */
export const MARGIN = 56;
/** What stands between the margins of an A4 page. */
export const WIDTH = 595.28 - 2 * MARGIN;
const BOTTOM = 841.89 - MARGIN;

/** Where the pen is. */
export interface Sheet {
  readonly document: PDFKit.PDFDocument;
  /** From the top of the page. */
  y: number;
}

export interface Face {
  readonly size: number;
  readonly bold?: boolean;
  readonly grey?: boolean;
}

/** Makes sure that `height` fits below the pen; true when that took a new page. */
export function room(sheet: Sheet, height: number): boolean {
  if (sheet.y + height <= BOTTOM) return false;
  sheet.document.addPage();
  sheet.y = MARGIN;
  return true;
}

export function use({ document }: Sheet, { size, bold = false, grey = false }: Face): void {
  document
    .font(bold ? 'Helvetica-Bold' : 'Helvetica')
    .fontSize(size)
    .fillColor(grey ? '#6b7280' : '#1f2937');
}

export const lineHeight = ({ size }: Face): number => size * 1.35;

/** Text across the sheet, filled to its width, on as many pages as it takes. */
export function write(sheet: Sheet, text: string, face: Face): void {
  use(sheet, face);
  for (const line of linesOf(sheet, text, WIDTH)) {
    // A new page may begin in another face.
    if (room(sheet, lineHeight(face))) use(sheet, face);
    put(sheet, line, MARGIN, sheet.y);
    sheet.y += lineHeight(face);
  }
}

/** The lines a text takes in the face in use. */
export const linesOf = ({ document }: Sheet, text: string, width: number): string[] =>
  wrap(printable(text), width, (part) => document.widthOfString(part));

/** One line, nothing broken. */
export function put({ document }: Sheet, line: string, x: number, y: number): void {
  if (line !== '') document.text(line, x, y, { lineBreak: false });
}
