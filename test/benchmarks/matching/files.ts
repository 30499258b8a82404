import { closeSync, openSync, writeSync } from 'node:fs';
import type { Book } from '../../../src/ledger/rules/book.js';
import { bookToJson } from '../../../src/ledger/rules/book-json.js';

const RECORDS_AT_A_TIME = 5_000;

/** Writes a book piece by piece: as one text a million invoices would be too long. */
export function writeBook(book: Book, path: string): void {
  const { debtors: _, invoices: __, ...rest } = bookToJson({ ...book, debtors: [], invoices: [] });
  const file = openSync(path, 'w');
  writeSync(file, `${JSON.stringify(rest).slice(0, -1)},"debtors":[`);
  for (let at = 0; at < book.debtors.length; at += RECORDS_AT_A_TIME) {
    const some = bookToJson({ ...book, debtors: book.debtors.slice(at, at + RECORDS_AT_A_TIME), invoices: [] });
    writeSync(file, (at === 0 ? '' : ',') + JSON.stringify(some['debtors']).slice(1, -1));
  }
  writeSync(file, '],"invoices":[');
  for (let at = 0; at < book.invoices.length; at += RECORDS_AT_A_TIME) {
    const some = bookToJson({ ...book, debtors: [], invoices: book.invoices.slice(at, at + RECORDS_AT_A_TIME) });
    writeSync(file, (at === 0 ? '' : ',') + JSON.stringify(some['invoices']).slice(1, -1));
  }
  writeSync(file, ']}');
  closeSync(file);
}

export function writePieces(pieces: Iterable<string>, path: string): void {
  const file = openSync(path, 'w');
  for (const piece of pieces) writeSync(file, piece);
  closeSync(file);
}
