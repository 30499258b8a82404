import { Readable, pipeline } from 'node:stream';
import { crc32, createGunzip, createInflateRaw } from 'node:zlib';
import { InputError } from '../kernel/errors.js';
import { type ZipMember, isSystemFile, zipMembers } from './rules/zip-directory.js';

/** Largest archive taken: it is held in memory, because its directory stands at the end. */
const ARCHIVE_BYTES_MAX = 256 * 1024 * 1024;
/** Most that comes out of an archive. */
const INFLATED_BYTES_MAX = 4 * 1024 ** 3;
/** Statements shrink to a twentieth or a hundredth; what shrinks more than this (and is not small) is a bomb. */
const RATIO_MAX = 300;
const RATIO_CHECKED_FROM_BYTES = 10 * 1024 * 1024;
/** Compressed bytes inflated at a time: one such piece becomes at most a thousand times as much. */
const INFLATE_STEP_BYTES = 16 * 1024;

export type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Counts what is inflated against what it was inflated from; throws {@link InputError} `too-large`. */
class InflationGuard {
  private inflated = 0;

  constructor(private readonly compressed: () => number) {}

  count(bytes: number): void {
    this.inflated += bytes;
    const tooMuch = this.inflated > INFLATED_BYTES_MAX;
    const tooDense = this.inflated > RATIO_CHECKED_FROM_BYTES && this.inflated > RATIO_MAX * this.compressed();
    if (tooMuch || tooDense) throw new InputError('too-large', 'the archive unpacks to far more than a bank statement can be');
  }
}

/** The bytes inside a gzip file. Throws {@link InputError} `damaged-archive` or `too-large`. */
export async function* gunzipped(bytes: Bytes): AsyncGenerator<Uint8Array> {
  let compressed = 0;
  const guard = new InflationGuard(() => compressed);
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      compressed += chunk.length;
      yield* stepsOf(chunk);
    }
  }
  for await (const chunk of inflated(counted(), createGunzip())) {
    guard.count(chunk.length);
    yield chunk;
  }
}

/** The members of a zip file with their bytes, those of the operating system left out. Nothing is ever written by their names. */
export async function unzipped(bytes: Bytes): Promise<{ name: string; bytes: () => AsyncGenerator<Uint8Array> }[]> {
  const archive = await collected(bytes);
  const members = zipMembers(archive);
  if (!members.ok) throw new InputError(members.error.code, members.error.message);
  const guard = new InflationGuard(() => archive.length);
  return members.value
    .filter(({ name }) => !isSystemFile(name))
    .map((member) => ({ name: member.name, bytes: () => memberBytes(archive, member, guard) }));
}

async function collected(bytes: Bytes): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of bytes) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > ARCHIVE_BYTES_MAX) throw new InputError('too-large', `the archive is larger than ${ARCHIVE_BYTES_MAX / 1024 ** 2} MB`);
  }
  return Buffer.concat(chunks, length);
}

/** The data of one member, checked against the length and the checksum the archive gives for it. */
async function* memberBytes(archive: Uint8Array, member: ZipMember, guard: InflationGuard): AsyncGenerator<Uint8Array> {
  const data = stepsOf(archive.subarray(member.start, member.end));
  let length = 0;
  let checksum = 0;
  for await (const chunk of member.deflated ? inflated(data, createInflateRaw()) : data) {
    guard.count(chunk.length);
    length += chunk.length;
    checksum = crc32(chunk, checksum);
    yield chunk;
  }
  if (length !== member.size || checksum !== member.crc32) {
    throw new InputError('damaged-archive', `"${member.name}" in the zip archive is damaged: its checksum is wrong`);
  }
}

function* stepsOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += INFLATE_STEP_BYTES) yield bytes.subarray(at, at + INFLATE_STEP_BYTES);
}

async function* inflated(
  compressed: Bytes,
  inflater: ReturnType<typeof createGunzip> | ReturnType<typeof createInflateRaw>,
): AsyncGenerator<Uint8Array> {
  // The outcome of the pipeline also ends the iteration below, so there is nothing left to do here.
  pipeline(Readable.from(compressed), inflater, () => undefined);
  try {
    yield* inflater as AsyncIterable<Uint8Array>;
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError('damaged-archive', `the archive is damaged or cut off (${(cause as Error).message})`);
  }
}
