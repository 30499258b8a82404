import { type Result, err, ok } from '../../kernel/result.js';

/** A member of a zip archive, as the central directory describes it. */
export interface ZipMember {
  /** As written in the archive: a label to show, never a path to open. */
  readonly name: string;
  readonly deflated: boolean;
  readonly crc32: number;
  /** Of the data once inflated. */
  readonly size: number;
  /** Where the stored or deflated data stands in the archive. */
  readonly start: number;
  readonly end: number;
}

/** Most members of an archive: a year of days for some accounts. */
const MEMBERS_MAX = 2_000;

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const END_LENGTH = 22;
const COMMENT_MAX = 0xffff;

const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED_FLAG = 1;

const refused = (code: string, message: string): { ok: false; error: { code: string; message: string } } => err({ code, message });
const damaged = (what: string): { ok: false; error: { code: string; message: string } } =>
  refused('damaged-archive', `the zip archive is damaged or cut off: ${what}`);

/**
 * The members of a zip archive by its central directory (PKWARE APPNOTE 6.3.3, §4.3). Folders are left out. Refuses: no or an
 * unsound directory (`damaged-archive`: an archive cut at any byte loses it, it stands at the end), encrypted members
 * (`encrypted-archive`), other methods than stored and deflated or zip64 (`unsupported-archive`), too many members (`too-large`),
 * members that share bytes (`damaged-archive`; the trick of bombs that grow without a high ratio).
 */
export function zipMembers(archive: Uint8Array): Result<readonly ZipMember[]> {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const end = endOfDirectory(view);
  if (end === null) return damaged('its directory is missing');
  const count = view.getUint16(end + 10, true);
  const directoryStart = view.getUint32(end + 16, true);
  if (count === 0xffff || directoryStart === 0xffffffff) return refused('unsupported-archive', 'the zip archive is in zip64 form');
  if (count > MEMBERS_MAX) return refused('too-large', `the zip archive has more than ${MEMBERS_MAX} members`);

  const members: ZipMember[] = [];
  let at = directoryStart;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || view.getUint32(at, true) !== DIRECTORY_ENTRY) return damaged('its directory does not hold what it announces');
    const nameEnd = at + 46 + view.getUint16(at + 28, true);
    if (nameEnd > end) return damaged('its directory does not hold what it announces');
    const member = memberAt(view, at, new TextDecoder().decode(archive.subarray(at + 46, nameEnd)));
    if (!member.ok) return member;
    if (!member.value.name.endsWith('/')) members.push(member.value);
    at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return overlap(members, directoryStart) ? damaged('members overlap') : ok(members);
}

/** The record at the very end; a comment of up to 64 kB may follow it. */
function endOfDirectory(view: DataView): number | null {
  const last = view.byteLength - END_LENGTH;
  for (let at = last; at >= Math.max(0, last - COMMENT_MAX); at -= 1) {
    if (view.getUint32(at, true) === END_OF_DIRECTORY && at + END_LENGTH + view.getUint16(at + 20, true) === view.byteLength) return at;
  }
  return null;
}

function memberAt(view: DataView, at: number, name: string): Result<ZipMember> {
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const compressedSize = view.getUint32(at + 20, true);
  const size = view.getUint32(at + 24, true);
  const header = view.getUint32(at + 42, true);
  if (flags & ENCRYPTED_FLAG) return refused('encrypted-archive', `"${name}" in the zip archive is encrypted`);
  if (method !== STORED && method !== DEFLATED)
    return refused('unsupported-archive', `"${name}" is packed by an unknown method (${method})`);
  if (header === 0xffffffff || size === 0xffffffff) return refused('unsupported-archive', 'the zip archive is in zip64 form');
  if (header + 30 > view.byteLength || view.getUint32(header, true) !== LOCAL_HEADER) return damaged(`"${name}" is not where it should be`);
  const start = header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
  const end = start + compressedSize;
  if (end > view.byteLength) return damaged(`"${name}" is not complete`);
  return ok({ name, deflated: method === DEFLATED, crc32: view.getUint32(at + 16, true), size, start, end });
}

const overlap = (members: readonly ZipMember[], directoryStart: number): boolean => {
  const sorted = members.toSorted((a, b) => a.start - b.start);
  return sorted.some(({ end }, index) => end > (sorted[index + 1]?.start ?? directoryStart));
};

/** What operating systems add to archives by themselves. */
export const isSystemFile = (name: string): boolean => /(^|\/)(__MACOSX\/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i.test(name);
