import type { Entry, Statement, StatementFile, StatementWarning } from './rules/statement.js';
import { type ReadEvent, readStatementsInBatches } from './statement.reader.js';
import type { Bytes } from './unpack.js';

/**
 * Reads a statement file (or an archive of them) into memory, as contracts.md describes it: for matching, tests and files of ordinary
 * size. Throws `InputError` like the reader.
 */
export async function collectStatements(file: string, bytes: Bytes): Promise<StatementFile[]> {
  return collectEvents(readStatementsInBatches(file, bytes));
}

/** Puts the events of a reader together again. */
async function collectEvents(batches: AsyncIterable<readonly ReadEvent[]>): Promise<StatementFile[]> {
  const files: StatementFile[] = [];
  let file = '';
  let statements: Statement[] = [];
  let warnings: StatementWarning[] = [];
  let entries: Entry[] = [];
  for await (const events of batches) {
    for (const event of events) {
      if (event.type === 'file') [file, statements, warnings] = [event.file, [], []];
      else if (event.type === 'statement-start') entries = [];
      else if (event.type === 'entry') entries.push(event.entry);
      else if (event.type === 'statement-end') statements.push({ ...event.totals, entries });
      else if (event.type === 'warning') warnings.push(event.warning);
      else if (event.type === 'end') files.push({ file, sha256: event.sha256, ...event.header, statements, warnings });
    }
  }
  return files;
}
