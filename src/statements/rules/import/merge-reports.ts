import type { StatementMessage } from '../statement.js';
import { AGREEMENT_MAX, type EntryFacts, agreement, contradict } from './entry-facts.js';
import { explains } from './explain-batch.js';
import type { Relations } from './relations.js';

/** An entry as one statement reports it. */
export interface Report {
  readonly statementId: string;
  /** Its place in the statement. */
  readonly entry: number;
  /** Says the same for the same statement wherever it is read: makes the outcome independent of the order of import. */
  readonly statementHash: string;
  readonly message: StatementMessage;
  /** The statement was corrected: its entries tell about bookings, and make none. */
  readonly superseded: boolean;
  /** Equal for copies of a booking (see `likenessText`). */
  readonly likeness: string;
  readonly facts: EntryFacts;
}

/** One booking with everything that was reported about it. */
export interface Booking<R extends Report> {
  /** Never empty, and at least one of a statement that was not corrected. */
  readonly reports: readonly R[];
  /** The report that tells most about it: what the ledger keeps. */
  readonly content: R;
  /** Two reports were taken for one booking though they are not alike: worth a look. */
  readonly doubtful: boolean;
}

/**
 * The bookings behind the reports of one account, day, amount and currency (camt053.md §7 and §8). Entries of one statement, and of
 * statements that are provably apart, are all real, also when they are alike. Of statements that overlap the larger number counts, not the
 * sum: like is taken with like first, then the versions of a corrected statement, then what nothing speaks against. Notifications (camt.054)
 * are joined to the bookings they explain and make none.
 *
 * Depends on the set of reports alone, not on their order.
 */
export function mergeReports<R extends Report>(reports: readonly R[], relations: Relations): Booking<R>[] {
  const ordered = reports.toSorted(byImportance);
  const drafts: Draft<R>[] = [];
  const sources = Map.groupBy(
    ordered.filter(({ message, superseded }) => message !== 'camt.054' && !superseded),
    ({ statementId }) => statementId,
  );
  for (const source of inOrder(sources)) {
    for (const report of attach(source, drafts, relations)) drafts.push({ reports: [report], doubtful: false });
  }
  const corrected = Map.groupBy(
    ordered.filter(({ message, superseded }) => message !== 'camt.054' && superseded),
    ({ statementId }) => statementId,
  );
  for (const source of inOrder(corrected)) attach(source, drafts, relations);
  join(ordered.filter(({ message }) => message === 'camt.054'), drafts); // prettier-ignore
  return drafts.map(({ reports: all, doubtful }) => ({ reports: all, content: mostTelling(all), doubtful }));
}

interface Draft<R> {
  readonly reports: R[];
  doubtful: boolean;
}

const compare = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

/** CAMT tells more than MT940, and its statement is the final word over a notification. */
const RANK: Readonly<Record<StatementMessage, number>> = { 'camt.053': 0, 'camt.054': 1, 'camt.052': 2, mt940: 3 };

const byImportance = (a: Report, b: Report): number =>
  RANK[a.message] - RANK[b.message] ||
  compare(a.statementHash, b.statementHash) ||
  compare(a.statementId, b.statementId) ||
  compare(a.likeness, b.likeness) ||
  a.entry - b.entry;

/** The statement that reports most of these entries first: others are looked for among them. */
const inOrder = <R extends Report>(sources: ReadonlyMap<string, R[]>): R[][] =>
  [...sources.values()].toSorted(
    (a, b) => RANK[(a[0] as R).message] - RANK[(b[0] as R).message] || b.length - a.length || byImportance(a[0] as R, b[0] as R),
  );

/** Adds the entries of one statement to the bookings they are reports of; gives back those that are of none. */
function attach<R extends Report>(source: readonly R[], drafts: readonly Draft<R>[], relations: Relations): R[] {
  const [{ statementId } = { statementId: '' }] = source;
  const free = drafts.filter(({ reports }) =>
    reports.every((other) => other.statementId !== statementId && !relations.apart(other.statementId, statementId)),
  );
  const isVersion = ({ reports }: Draft<R>): boolean => reports.some((other) => relations.versions(other.statementId, statementId));
  const versions = new Set(free.filter(isVersion));
  const taken = new Set<Draft<R>>();
  const take = (report: R, draft: Draft<R>): void => {
    draft.doubtful ||= isDoubtful(report, draft.reports) && !versions.has(draft);
    draft.reports.push(report);
    taken.add(draft);
  };

  const unlike = attachAlike(source, free, take);
  const open = free.filter((draft) => !taken.has(draft));
  return attachClosest(unlike, open, versions, take);
}

type Take<R> = (report: R, draft: Draft<R>) => void;

/** Each report to the first booking that has one just like it. Gives back the others. */
function attachAlike<R extends Report>(source: readonly R[], free: readonly Draft<R>[], take: Take<R>): R[] {
  const alike = new Map<string, Draft<R>[]>();
  // Backwards, so that the first comes off the end.
  for (const draft of free.toReversed()) {
    for (const likeness of new Set(draft.reports.map((report) => report.likeness))) {
      const bookings = alike.get(likeness);
      if (bookings) bookings.push(draft);
      else alike.set(likeness, [draft]);
    }
  }
  const taken = new Set<Draft<R>>();
  return source.filter((report) => {
    const bookings = alike.get(report.likeness) ?? [];
    let draft = bookings.pop();
    while (draft && taken.has(draft)) draft = bookings.pop();
    if (!draft) return true;
    taken.add(draft);
    take(report, draft);
    return false;
  });
}

/**
 * The versions of a corrected statement first, then what nothing speaks against; those with most in common find each other first. How close
 * two are is worked out once: of 5,000 look-alikes there are 25 million pairs.
 */
function attachClosest<R extends Report>(
  rest: readonly R[],
  open: readonly Draft<R>[],
  versions: ReadonlySet<Draft<R>>,
  take: Take<R>,
): R[] {
  if (rest.length === 0 || open.length === 0) return [...rest];
  const closest = rest.map((report) => Uint8Array.from(open, (draft) => closeness(report, draft, versions.has(draft))));
  const attached = new Set<number>();
  const gone = new Set<number>();
  for (let wanted = CLOSENESS_MAX; wanted > 0; wanted--) {
    for (const [at, report] of rest.entries()) {
      if (attached.has(at)) continue;
      const row = closest[at] as Uint8Array;
      let place = row.indexOf(wanted);
      while (place >= 0 && gone.has(place)) place = row.indexOf(wanted, place + 1);
      if (place < 0) continue;
      attached.add(at);
      gone.add(place);
      take(report, open[place] as Draft<R>);
    }
  }
  return rest.filter((_, at) => !attached.has(at));
}

/** What is a version, above all that is none; 0: not the same booking. */
const VERSION = AGREEMENT_MAX + 1;
const CLOSENESS_MAX = VERSION + AGREEMENT_MAX + 1;

function closeness<R extends Report>(report: R, { reports }: Draft<R>, isVersion: boolean): number {
  if (!isVersion && reports.some((other) => contradict(other, report))) return 0;
  const common = Math.max(...reports.map(({ facts }) => agreement(facts, report.facts)));
  return 1 + common + (isVersion ? VERSION : 0);
}

/** Within a format copies are alike, but for how far they divide the entry. */
const isDoubtful = <R extends Report>(report: R, others: readonly R[]): boolean =>
  others.every(({ likeness }) => likeness !== report.likeness) &&
  others.some(({ message, facts }) => message === report.message && facts.parts === report.facts.parts);

/** Each notification explains one booking; copies of a notification explain the same one. */
function join<R extends Report>(notifications: readonly R[], drafts: readonly Draft<R>[]): void {
  const explained = new Map<Draft<R>, R[]>();
  const byLikeness = new Map<string, Draft<R>[]>();
  for (const notification of notifications) {
    const alike = byLikeness.get(notification.likeness) ?? [];
    const told = alike.find((draft) => explained.get(draft)?.every(({ statementId }) => statementId !== notification.statementId));
    const draft =
      told ?? drafts.find((each) => !explained.has(each) && each.reports.some(({ facts }) => explains(notification.facts, facts)));
    if (!draft) continue;
    explained.set(draft, [...(explained.get(draft) ?? []), notification]);
    if (!told) byLikeness.set(notification.likeness, [...alike, draft]);
    draft.reports.push(notification);
  }
}

/** A report that divides the booking over its payments, then one that still holds, then the one with most facts. */
const mostTelling = <R extends Report>(reports: readonly R[]): R =>
  reports.toSorted(
    (a, b) =>
      Number(b.facts.parts > 1) - Number(a.facts.parts > 1) ||
      Number(a.superseded) - Number(b.superseded) ||
      b.facts.richness - a.facts.richness ||
      byImportance(a, b),
  )[0] as R;
