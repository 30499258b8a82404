import { createReadStream } from 'node:fs';
import { InputError } from '../kernel/errors.js';
import type { Book } from './rules/book.js';
import { BookAssembler, isBookList } from './rules/book-json.js';
import { JsonSplitter } from './rules/json-pieces.js';

/** Bytes read at a time. */
const CHUNK_BYTES = 1 << 20;

/**
 * Reads a `tegoed.book/1` file piece by piece: a book of a million invoices takes the memory of its records and no more.
 * Throws {@link InputError}: `missing-file`, `invalid-json`, `invalid-book`.
 */
export async function readBookFile(path: string): Promise<Book> {
  const assembler = new BookAssembler(path);
  const splitter = new JsonSplitter({
    field: (name, value) => assembler.field(name, value),
    items: (name, items) => {
      if (isBookList(name)) assembler.items(name, items);
      else if (name in LIST_REFUSED) assembler.field(name, items);
    },
  });
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: CHUNK_BYTES })) splitter.write(chunk as Uint8Array);
    splitter.end();
  } catch (cause) {
    throw refused(cause, path);
  }
  return assembler.finish();
}

/** Fields that must not be lists: told to the assembler so that it can say so. */
const LIST_REFUSED = { format: true, asOf: true, administration: true, freshness: true };

function refused(cause: unknown, path: string): unknown {
  if (cause instanceof SyntaxError) {
    return new InputError('invalid-json', `${path} is no JSON: ${cause.message}`, { file: path });
  }
  const code = (cause as NodeJS.ErrnoException).code;
  if (!(cause instanceof InputError) && typeof code === 'string') {
    return new InputError('missing-file', `cannot read ${path}: ${(cause as Error).message}`, { file: path });
  }
  return cause;
}
