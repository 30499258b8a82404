/**
 * Which addresses the public internet has. Webhooks go to addresses others have told us, so whatever leads back into our own network, or
 * nowhere, is refused (agency-handover.md §8; IANA special-purpose address registries).
 */

/** IPv4 ranges that are not public: [first address, prefix length, what it is]. */
const REFUSED_V4 = [
  ['0.0.0.0', 8, 'this network'],
  ['10.0.0.0', 8, 'private'],
  ['100.64.0.0', 10, 'carrier NAT'],
  ['127.0.0.0', 8, 'loopback'],
  ['169.254.0.0', 16, 'link-local, where clouds keep their metadata'],
  ['172.16.0.0', 12, 'private'],
  ['192.0.0.0', 24, 'protocol assignments'],
  ['192.0.2.0', 24, 'documentation'],
  ['192.88.99.0', 24, 'old 6to4 relay'],
  ['192.168.0.0', 16, 'private'],
  ['198.18.0.0', 15, 'benchmarking'],
  ['198.51.100.0', 24, 'documentation'],
  ['203.0.113.0', 24, 'documentation'],
  ['224.0.0.0', 4, 'multicast'],
  ['240.0.0.0', 4, 'reserved and broadcast'],
] as const;

/** Global unicast: all other IPv6 is refused, but for the ranges that carry an IPv4 address. */
const GLOBAL_V6 = ['2000::', 3] as const;

/** IPv6 ranges inside global unicast that are not public. */
const REFUSED_V6 = [
  ['2001::', 23, 'protocol assignments: Teredo, ORCHID, benchmarking'],
  ['2001:db8::', 32, 'documentation'],
  ['2002::', 16, '6to4'],
  ['3fff::', 20, 'documentation'],
] as const;

/** Here the last four bytes are an IPv4 address, and that is what counts. */
const CARRIES_V4 = [
  ['::ffff:0:0', 96, 'IPv4-mapped'],
  ['::', 96, 'IPv4-compatible'],
  ['64:ff9b::', 96, 'NAT64'],
] as const;

/** Why an address may not be called, in a few words; null when it may. What is no address is refused too. */
export function refusedAddress(text: string): string | null {
  const v4 = parseV4(text);
  if (v4) return refusedV4(v4);
  const v6 = parseV6(text);
  return v6 ? refusedV6(v6) : 'not an address';
}

function refusedV4(bytes: readonly number[]): string | null {
  return REFUSED_V4.find(([first, bits]) => isIn(bytes, parseV4(first) ?? [], bits))?.[2] ?? null;
}

function refusedV6(bytes: readonly number[]): string | null {
  const within = ([first, bits]: readonly [string, number, ...unknown[]]): boolean => isIn(bytes, parseV6(first) ?? [], bits);
  const carrier = CARRIES_V4.find(within);
  if (carrier) {
    const inner = refusedV4(bytes.slice(12));
    return inner && `${carrier[2]}: ${inner}`;
  }
  if (!within(GLOBAL_V6)) return 'not global unicast';
  return REFUSED_V6.find(within)?.[2] ?? null;
}

/** Whether the first `bits` of both are the same. */
function isIn(bytes: readonly number[], first: readonly number[], bits: number): boolean {
  return (
    bytes.length === first.length &&
    first.every((byte, at) => {
      const kept = Math.min(8, Math.max(0, bits - at * 8));
      const mask = (0xff << (8 - kept)) & 0xff;
      return (byte & mask) === ((bytes[at] ?? 0) & mask);
    })
  );
}

/** Four decimal numbers, and no other of the forms that some resolvers take (octal, hexadecimal, fewer parts). */
function parseV4(text: string): number[] | null {
  const parts = text.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^(0|[1-9]\d{0,2})$/.test(part))) return null;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : null;
}

/** RFC 4291 §2.2, without a zone: a zone is of our own network. */
function parseV6(text: string): number[] | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [left, right] = halves.map(bytesOf);
  if (!left || right === null) return null;
  if (right === undefined) return left.length === 16 ? left : null;
  const missing = 16 - left.length - right.length;
  return missing >= 2 ? [...left, ...(Array(missing).fill(0) as number[]), ...right] : null;
}

/** The bytes of groups parted by colons; the last may be an IPv4 address. */
function bytesOf(half: string): number[] | null {
  if (half === '') return [];
  const groups = half.split(':');
  const bytes: number[] = [];
  for (const [at, group] of groups.entries()) {
    const v4 = at === groups.length - 1 ? parseV4(group) : null;
    if (v4) bytes.push(...v4);
    else if (/^[0-9a-f]{1,4}$/i.test(group)) bytes.push(parseInt(group, 16) >> 8, parseInt(group, 16) & 0xff);
    else return null;
  }
  return bytes;
}
