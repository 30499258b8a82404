import PDFDocument from 'pdfkit';
import type { PlainDate } from '../kernel/plain-date.js';
import { type Sheet, MARGIN, WIDTH } from './pdf-sheet.js';
import { printable } from './rules/printable.js';

/** What a document says of itself. */
export interface DocumentFacts {
  readonly title: string;
  readonly author: string;
  readonly language: string;
  readonly date: PlainDate;
  /** False leaves the pages readable, for tests. */
  readonly compress: boolean;
}

/**
 * An empty A4 document, with the promise of its bytes when it is ended. The same content gives the same bytes: nothing in it is of the
 * moment or random.
 */
export function openPdf({ title, author, language, date, compress }: DocumentFacts): { sheet: Sheet; bytes: Promise<Buffer> } {
  const document = new PDFDocument({
    ...{ size: 'A4', margin: 0, pdfVersion: '1.7', bufferPages: true, compress, lang: language, displayTitle: true },
    info: {
      ...{ Title: printable(title), Author: printable(author), Creator: 'Tegoed', Producer: 'Tegoed' },
      CreationDate: new Date(`${date}T00:00:00Z`),
    },
  });
  const bytes = new Promise<Buffer>((resolve, reject) => {
    const pieces: Buffer[] = [];
    document.on('data', (piece: Buffer) => pieces.push(piece));
    document.on('end', () => resolve(Buffer.concat(pieces)));
    document.on('error', reject);
  });
  return { sheet: { document, y: MARGIN }, bytes };
}

/** Numbers the pages and ends the document. */
export function closePdf({ document }: Sheet): void {
  const { count } = document.bufferedPageRange();
  for (let page = 0; page < count; page++) {
    document.switchToPage(page);
    document.font('Helvetica').fontSize(8).fillColor('#6b7280');
    const text = `${page + 1} / ${count}`;
    document.text(text, MARGIN + WIDTH - document.widthOfString(text), document.page.height - 36, { lineBreak: false });
  }
  document.end();
}
