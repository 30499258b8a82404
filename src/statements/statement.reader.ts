import { createHash } from 'node:crypto';
import { InputError } from '../kernel/errors.js';
import { CamtParser } from './rules/camt/camt-parser.js';
import { DETECTION_BYTES, type Decoded, type Decoder, undeclaredDecoder, xmlDecoder } from './rules/decode.js';
import { type FileKind, KIND_BYTES, fileKind } from './rules/file-kind.js';
import { Mt940Parser } from './rules/mt940/mt940-parser.js';
import type { MessageHeader } from './rules/statement.js';
import type { EventSink, StatementEvent, StatementParser } from './rules/statement-events.js';
import { type Bytes, gunzipped, unzipped } from './unpack.js';

/**
 * What is told while a file is read. `file` begins a file (an archive tells one for each statement in it), `end` closes it with
 * the SHA-256 of its bytes. A consumer that stores something must drop it unless the whole iteration ends without a throw.
 */
export type ReadEvent =
  | { readonly type: 'file'; readonly file: string }
  | Exclude<StatementEvent, { type: 'end' }>
  | { readonly type: 'end'; readonly header: MessageHeader; readonly sha256: string };

/** What banks call statements, and archives of them. */
const CALLED_STATEMENT = /\.(?:xml|sta|940|mt940|swi|zip|gz)$/i;

/** One entry of a file, as the events tell of it. */
export interface EntryAddress {
  /** The name its `file` event gave. */
  readonly file: string;
  readonly statement: number;
  readonly entry: number;
}

/** Is told of every entry at the moment it is read, when the place of it can still be asked. */
export type EntryWatch = (entry: EntryAddress, parser: Pick<StatementParser, 'entryPosition'>) => void;

const HEAD_BYTES = Math.max(DETECTION_BYTES, KIND_BYTES);

/**
 * Reads a bank statement: CAMT.052, 053, 054, MT940, or a zip or gzip of them. One pass; what is in memory is the piece of the file
 * at hand and the entry being read (of a zip: the archive as it is packed).
 *
 * Throws `InputError` (code, message, line and column; the caller adds the file) when the input cannot be used, which may be after
 * many events: an input is taken whole or not at all.
 */
export async function* readStatements(file: string, bytes: Bytes): AsyncGenerator<ReadEvent> {
  for await (const events of readStatementsInBatches(file, bytes)) for (const event of events) yield event;
}

/** As {@link readStatements}, the events of a piece of the file together: for who has much to read and little to wait for. */
export async function* readStatementsInBatches(file: string, bytes: Bytes, watch?: EntryWatch): AsyncGenerator<readonly ReadEvent[]> {
  const opened = await withHead(bytes);
  if (opened.head.length === 0) throw new InputError('empty-file', 'the file is empty');
  const kind = fileKind(opened.head);
  if (kind === 'zip') return yield* readArchive(file, opened.bytes, watch);
  if (kind === 'gzip') {
    const inner = await withHead(gunzipped(opened.bytes));
    return yield* readDocument(file, fileKind(inner.head), inner, watch);
  }
  return yield* readDocument(file, kind, opened, watch);
}

async function* readArchive(file: string, bytes: Bytes, watch?: EntryWatch): AsyncGenerator<readonly ReadEvent[]> {
  let statements = 0;
  for (const member of await unzipped(bytes)) {
    const opened = await withHead(member.bytes());
    const kind = fileKind(opened.head);
    // A letter or a picture beside the statements is no reason to refuse them; what is named as a statement and is none, or may hold some, is.
    if (kind !== 'xml' && kind !== 'mt940' && !CALLED_STATEMENT.test(member.name)) continue;
    statements += 1;
    try {
      yield* readDocument(`${file}#${member.name}`, kind, opened, watch);
    } catch (cause) {
      throw cause instanceof InputError ? new InputError(cause.code, `${member.name}: ${cause.message}`, cause.place) : cause;
    }
  }
  if (statements === 0) throw new InputError('no-statements', 'the archive holds no bank statement: nothing to take from it');
}

interface Opened {
  readonly head: Uint8Array;
  readonly bytes: Bytes;
}

async function* readDocument(
  file: string,
  kind: FileKind,
  { head, bytes }: Opened,
  watch?: EntryWatch,
): AsyncGenerator<readonly ReadEvent[]> {
  const events: ReadEvent[] = [{ type: 'file', file }];
  const hash = createHash('sha256');
  const sink = (event: StatementEvent): void => {
    events.push(event.type === 'end' ? { ...event, sha256: hash.digest('hex') } : event);
    if (watch !== undefined && event.type === 'entry') watch({ file, statement: event.statementIndex, entry: event.entry.index }, parser);
  };
  const { decoder, parser } = readerFor(kind, head, sink);
  const parse = ({ text, sound }: Decoded): void => {
    if (text !== '') parser.write(text);
    if (!sound) throw new InputError('invalid-encoding', `the file holds bytes that are no ${decoder.name} text`, parser.position);
  };

  for await (const chunk of bytes) {
    hash.update(chunk);
    parse(decoder.write(chunk));
    if (events.length > 0) yield events.splice(0);
  }
  parse(decoder.end());
  parser.end();
  yield events;
}

function readerFor(kind: FileKind, head: Uint8Array, sink: EventSink): { decoder: Decoder; parser: StatementParser } {
  if (kind === 'xml') return { decoder: xmlDecoder(head), parser: new CamtParser(sink) };
  if (kind === 'mt940') return { decoder: undeclaredDecoder(head), parser: new Mt940Parser(sink) };
  if (kind === 'unknown') throw new InputError('not-a-statement', 'this is neither XML nor MT940, so no bank statement that can be read');
  throw new InputError('nested-archive', 'the archive holds another archive; unpack it first');
}

/** Looks at the first bytes without using them up. */
async function withHead(bytes: Bytes): Promise<Opened> {
  const iterator = Symbol.asyncIterator in bytes ? bytes[Symbol.asyncIterator]() : bytes[Symbol.iterator]();
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length < HEAD_BYTES) {
    const next = await iterator.next();
    if (next.done) break;
    chunks.push(next.value);
    length += next.value.length;
  }
  const head = chunks.length === 1 ? (chunks[0] as Uint8Array) : Buffer.concat(chunks, length);
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      yield head;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  return { head, bytes: all() };
}
