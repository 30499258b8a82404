import { type StoredStatement, sameCount, sameFamily } from './stored-statement.js';

/** What is known of two statements of one account. */
export interface Relations {
  /** Provably about different bookings: pages of one statement, or one begins where the other ended. Their entries add up. */
  apart(a: string, b: string): boolean;
  /** The same statement with other content: entries that differ are corrections. */
  versions(a: string, b: string): boolean;
}

/** Pages of one statement: told by its id (MT940: by its number), and by the day or the balances that go on. */
export function arePages(a: StoredStatement, b: StoredStatement): boolean {
  if (a.page === null || b.page === null || a.page.number === b.page.number || !sameFamily(a, b) || a.currency !== b.currency) return false;
  const named = a.message === 'mt940' ? a.sequence !== null : a.bankId !== null && a.bankId === b.bankId;
  if (!named || a.sequence !== b.sequence) return false;
  const [first, second] = a.page.number < b.page.number ? [a, b] : [b, a];
  return a.through === b.through || (first.closing !== null && first.closing === second.opening);
}

/** The same statement twice with other content: same id, number, page and period, begun at the same balance. */
export const areVersions = (a: StoredStatement, b: StoredStatement): boolean =>
  a.id !== b.id &&
  sameFamily(a, b) &&
  a.bankId !== null &&
  a.bankId === b.bankId &&
  a.currency === b.currency &&
  a.sequence === b.sequence &&
  (a.page?.number ?? null) === (b.page?.number ?? null) &&
  a.through === b.through &&
  a.opening === b.opening;

/**
 * Which statements are corrected by which: of versions the one the bank made last. Two of which the bank does not say it both stay, as
 * overlapping exports do. Gives corrected id → correcting id.
 */
export function supersededBy(statements: readonly StoredStatement[]): Map<string, string> {
  const superseded = new Map<string, string>();
  const groups = Map.groupBy(
    statements.filter(({ bankId }) => bankId !== null),
    ({ bankId, through }) => `${through} ${bankId}`,
  );
  for (const group of groups.values()) {
    for (const older of group) {
      const newer = group.filter((other) => areVersions(older, other) && isNewer(other, older));
      const [latest] = newer.toSorted((a, b) => (isNewer(a, b) ? -1 : isNewer(b, a) ? 1 : a.contentHash < b.contentHash ? -1 : 1));
      if (latest) superseded.set(older.id, latest.id);
    }
  }
  return superseded;
}

const isNewer = (a: StoredStatement, b: StoredStatement): boolean =>
  a.createdAt !== null && b.createdAt !== null && a.createdAt > b.createdAt;

/**
 * Whether it is proven that `b` goes on where `a` ended: the balances meet and the numbers rise, or the periods follow each other. Where
 * they do not say it the balances have to prove it alone, and they can be the same by chance: then both must be of one day (a longer export
 * holds whole days) and neither may be a part of the other, such as the afternoon of a day on which the morning's money went back.
 */
export function followsDirectly(a: StoredStatement, b: StoredStatement): boolean {
  if (a.closing === null || a.closing !== b.opening || a.currency !== b.currency) return false;
  if (sameCount(a, b)) return (a.sequence ?? 0) < (b.sequence ?? 0);
  if (a.through < b.from) return true;
  const oneDay = [a.through, b.from, b.through].every((day) => day === a.from);
  return oneDay && !mayBePartOf(a, b) && !mayBePartOf(b, a);
}

/** A part begins and ends at balances that the whole can pass through, in whatever order its entries were booked. */
function mayBePartOf(part: StoredStatement, whole: StoredStatement): boolean {
  if (part.opening === null || part.closing === null || whole.opening === null) return true;
  const [low, high] = [whole.opening - whole.debited, whole.opening + whole.credited];
  return [part.opening, part.closing].every((balance) => balance >= low && balance <= high);
}

export function relationsOf(statements: readonly StoredStatement[]): Relations {
  const byId = new Map(statements.map((statement) => [statement.id, statement]));
  const byOpening = Map.groupBy(statements, ({ opening }) => opening);
  const byPage = Map.groupBy(
    statements.filter(({ page }) => page !== null),
    ({ bankId, sequence, message }) => `${message === 'mt940' ? '' : bankId} ${sequence}`,
  );
  const pagesOf = (a: StoredStatement): StoredStatement[] =>
    (byPage.get(`${a.message === 'mt940' ? '' : a.bankId} ${a.sequence}`) ?? []).filter((b) => arePages(a, b));
  const next = (a: StoredStatement): StoredStatement[] => [
    ...(a.closing === null ? [] : (byOpening.get(a.closing) ?? []).filter((b) => b !== a && followsDirectly(a, b))),
    ...pagesOf(a).filter((b) => (b.page?.number ?? 0) > (a.page?.number ?? 0)),
  ];

  /** Follows the chain from `a`, but not beyond `b`. */
  const reaches = (a: StoredStatement, b: StoredStatement): boolean => {
    const seen = new Set([a]);
    const waiting = [a];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      for (const each of next(at)) {
        if (each === b) return true;
        if (seen.has(each) || each.from > b.through) continue;
        seen.add(each);
        waiting.push(each);
      }
    }
    return false;
  };

  const known = new Map<string, boolean>();
  return {
    apart: (first, second) => {
      const key = first < second ? `${first} ${second}` : `${second} ${first}`;
      const answered = known.get(key);
      if (answered !== undefined) return answered;
      const [a, b] = [byId.get(first), byId.get(second)];
      const answer = a !== undefined && b !== undefined && a !== b && (reaches(a, b) || reaches(b, a));
      known.set(key, answer);
      return answer;
    },
    versions: (first, second) => {
      const [a, b] = [byId.get(first), byId.get(second)];
      return a !== undefined && b !== undefined && areVersions(a, b);
    },
  };
}
