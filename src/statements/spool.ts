import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';

const BUFFER_BYTES = 256 * 1024;
/** Most bytes of UTF-8 that one UTF-16 unit takes. */
const BYTES_PER_UNIT = 3;

/**
 * Output that must not be seen before all of it is known to be right: gathered in a buffer and, when that is full, in a private
 * temporary file, then copied or dropped. So a statement of any size is printed whole or not at all, after one pass and in little
 * memory: the buffer is always the same, because strings kept for later took a gigabyte file to 260 MB (measured).
 */
export class Spool {
  private readonly buffer = Buffer.allocUnsafe(BUFFER_BYTES);
  private used = 0;
  private folder: string | null = null;
  private file: number | null = null;

  write(text: string): void {
    if (text.length * BYTES_PER_UNIT > BUFFER_BYTES - this.used) this.store();
    if (text.length * BYTES_PER_UNIT > BUFFER_BYTES) writeWhole(this.opened(), Buffer.from(text));
    else this.used += this.buffer.write(text, this.used);
  }

  /** Copies all that was written, in order, at the pace of the target. */
  async copyTo(target: Writable): Promise<void> {
    if (this.file === null) return written(target, this.buffer.subarray(0, this.used));
    this.store();
    // Every piece is through before the next is read, so one buffer does for all.
    for (let position = 0; ;) {
      const read = readSync(this.file, this.buffer, 0, BUFFER_BYTES, position);
      if (read === 0) return;
      await written(target, this.buffer.subarray(0, read));
      position += read;
    }
  }

  /** Drops everything; also to be called after copying. */
  discard(): void {
    this.used = 0;
    if (this.file !== null) closeSync(this.file);
    if (this.folder !== null) rmSync(this.folder, { recursive: true, force: true });
    this.file = this.folder = null;
  }

  private store(): void {
    if (this.used > 0) writeWhole(this.opened(), this.buffer.subarray(0, this.used));
    this.used = 0;
  }

  /** The file, which nobody else may read: it holds somebody's payments. */
  private opened(): number {
    this.folder ??= mkdtempSync(join(tmpdir(), 'tegoed-'));
    this.file ??= openSync(join(this.folder, 'output'), 'wx+', 0o600);
    return this.file;
  }
}

const written = (target: Writable, bytes: Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    target.write(bytes, (error) => (error ? reject(error) : resolve()));
  });

/** A write to a file may be cut short when the disk is slow or full; the rest is tried again, and then it fails with the reason. */
function writeWhole(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}
