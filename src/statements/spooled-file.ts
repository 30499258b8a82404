import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bytes } from './unpack.js';

const READ_BYTES = 256 * 1024;
/** What is larger goes to a file. */
const MEMORY_BYTES = 1024 * 1024;

/** Bytes that can be read more than once. */
export interface Rereadable {
  open(): Bytes;
}

/** A file that is there already. */
export const fileAt = (path: string): Rereadable => ({ open: () => createReadStream(path, { highWaterMark: READ_BYTES }) });

/**
 * What somebody sends, taken in whole before anything is done with it: a slow sender holds no transaction, and it can be read twice. Small
 * ones stay in memory, others go to a private temporary file.
 */
export class SpooledFile implements Rereadable {
  private constructor(
    readonly sha256: string,
    private readonly pieces: readonly Uint8Array[],
    private readonly folder: string | null,
  ) {}

  static async of(bytes: Bytes): Promise<SpooledFile> {
    const hash = createHash('sha256');
    let pieces: Uint8Array[] = [];
    let waiting = 0;
    let folder: string | null = null;
    let file: FileHandle | null = null;
    try {
      for await (const piece of bytes) {
        hash.update(piece);
        pieces.push(piece);
        waiting += piece.length;
        if (waiting <= MEMORY_BYTES) continue;
        folder ??= await mkdtemp(join(tmpdir(), 'tegoed-upload-'));
        file ??= await open(join(folder, 'file'), 'wx', 0o600);
        await file.appendFile(Buffer.concat(pieces));
        [pieces, waiting] = [[], 0];
      }
      await file?.appendFile(Buffer.concat(pieces));
      await file?.close();
      return new SpooledFile(hash.digest('hex'), file === null ? pieces : [], folder);
    } catch (cause) {
      await file?.close();
      if (folder !== null) await rm(folder, { recursive: true, force: true });
      throw cause;
    }
  }

  open(): Bytes {
    return this.folder === null ? this.pieces : createReadStream(join(this.folder, 'file'), { highWaterMark: READ_BYTES });
  }

  async discard(): Promise<void> {
    if (this.folder !== null) await rm(this.folder, { recursive: true, force: true });
  }
}
