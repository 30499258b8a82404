import type { LetterPaper, PaperBlock } from './letter-paper.js';
import { closePdf, openPdf } from './pdf-document.js';
import { type Cell, drawTable } from './pdf-table.js';
import { type Sheet, MARGIN, WIDTH, room, write } from './pdf-sheet.js';
import { qrModules } from './qr.js';
import { printable } from './rules/printable.js';

const QR_SIZE = 96;
const BODY = 10;

/**
 * A letter as PDF: A4, in the standard fonts every reader has (what they cannot write is written as near as they can, see `printable`).
 * The same letter gives the same bytes: its date is the letter's, and nothing in it is of the moment or random.
 * `compress: false` leaves the pages readable, for tests.
 */
export function letterPdf(paper: LetterPaper, { compress = true } = {}): Promise<Buffer> {
  const title = printable(paper.subject);
  const { sheet, bytes } = openPdf({
    title: paper.subject,
    author: paper.sender[0] ?? '',
    language: paper.language,
    date: paper.date,
    compress,
  });
  writeHead(sheet, paper, title);
  for (const block of paper.blocks) writeBlock(sheet, block);
  closePdf(sheet);
  return bytes;
}

function writeHead(sheet: Sheet, { sender, debtor, marks }: LetterPaper, title: string): void {
  const [name = '', ...lines] = sender;
  write(sheet, name, { size: 14, bold: true });
  for (const line of lines) write(sheet, line, { size: 8, grey: true });
  sheet.y += 22;
  write(sheet, debtor, { size: BODY });
  sheet.y += 14;
  for (const mark of marks) write(sheet, mark, { size: BODY });
  sheet.y += 12;
  write(sheet, title, { size: 12, bold: true });
  sheet.y += 8;
}

function writeBlock(sheet: Sheet, block: PaperBlock): void {
  switch (block.kind) {
    case 'paragraph':
      write(sheet, block.text, { size: BODY });
      sheet.y += 8;
      return;
    case 'heading':
      // Not alone at the foot of a page: a table below it takes the head and a row with its remark.
      room(sheet, 90);
      write(sheet, block.text, { size: BODY, bold: true });
      sheet.y += 4;
      return;
    case 'table':
      drawTable(sheet, block.table, { size: 8.5 });
      sheet.y += 8;
      return;
    case 'totals': {
      const last = block.table.rows.length - 1;
      drawTable(sheet, block.table, { size: 9.5, bold: ({ row }) => row === last });
      sheet.y += 10;
      return;
    }
    case 'payment':
      writePayment(sheet, block);
  }
}

/** How to pay, with the code beside it; kept together on one page. */
function writePayment(sheet: Sheet, { heading, table, qr }: Extract<PaperBlock, { kind: 'payment' }>): void {
  room(sheet, QR_SIZE + 60);
  const { document } = sheet;
  const page = document.page;
  const top = sheet.y;
  if (qr) drawCode(document, qr.payload, MARGIN + WIDTH - QR_SIZE, top);
  write(sheet, heading, { size: BODY, bold: true });
  sheet.y += 4;
  const aside = qr ? QR_SIZE + 24 : 0;
  drawTable(sheet, table, { size: BODY, width: WIDTH - aside, snug: true, bold: (cell: Cell) => cell.column === 1 && cell.row === 0 });
  if (qr && document.page === page) sheet.y = Math.max(sheet.y, top + QR_SIZE + 4);
  if (qr) write(sheet, qr.caption, { size: 8, grey: true });
  sheet.y += 12;
}

/** The code as rectangles, one for each run of dark modules in a row: sharp at any size, and no seams. */
function drawCode(document: PDFKit.PDFDocument, payload: string, left: number, top: number): void {
  const { size, dark } = qrModules(payload);
  const step = QR_SIZE / size;
  for (let row = 0; row < size; row++) {
    for (let from = 0; from < size; from++) {
      let to = from;
      while (to < size && dark(row, to)) to++;
      if (to > from) document.rect(left + from * step, top + row * step, (to - from) * step, step);
      from = to;
    }
  }
  document.fill('#000000');
}
