import type { Place } from '../kernel/errors.js';
import { type EntryAddress, readStatementsInBatches } from './statement.reader.js';
import type { Bytes } from './unpack.js';

/**
 * On which line an entry stands, found by reading the file once more up to there: to keep the line of each
 * entry while all is well would make every file slower to read.
 */
export async function placeOfEntry(file: string, bytes: Bytes, address: EntryAddress): Promise<Place> {
  let place: Place = {};
  const reading = readStatementsInBatches(file, bytes, (read, parser) => {
    const same = read.file === address.file && read.statement === address.statement && read.entry === address.entry;
    if (same) place = parser.entryPosition;
  });
  for await (const _events of reading) if (place.line !== undefined) break;
  return place;
}
