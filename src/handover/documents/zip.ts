import { Zip, ZipDeflate } from 'fflate';
import type { PlainDate } from '../../kernel/plain-date.js';

export interface ZipEntry {
  readonly name: string;
  readonly content: Uint8Array;
}

const STEP_BYTES = 1024 ** 2;

/**
 * Files as one zip, given on as they come: never more than one of them is held. Nothing is compressed (PDFs and pictures do not shrink),
 * so the same files give the same bytes; all carry noon of `on`, which reads the same wherever it is written.
 */
export async function* zipped(entries: AsyncIterable<ZipEntry>, on: PlainDate): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, piece) => {
    failure ??= error;
    if (piece) ready.push(piece);
  });
  const [year = 0, month = 0, day = 0] = on.split('-').map(Number);
  const mtime = new Date(year, month - 1, day, 12);
  for await (const { name, content } of entries) {
    const file = new ZipDeflate(name, { level: 0 });
    file.mtime = mtime;
    zip.add(file);
    for (let at = 0; at === 0 || at < content.length; at += STEP_BYTES) {
      file.push(content.subarray(at, at + STEP_BYTES), at + STEP_BYTES >= content.length);
      yield* ready.splice(0);
    }
    if (failure) throw failure as Error;
  }
  zip.end();
  yield* ready.splice(0);
}
