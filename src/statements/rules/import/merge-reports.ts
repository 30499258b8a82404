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
  const free = (report: R, draft: Draft<R>): boolean =>
    draft.reports.every(({ statementId }) => statementId !== report.statementId && !relations.apart(statementId, report.statementId));
  const isVersion = (report: R, draft: Draft<R>): boolean =>
    draft.reports.some(({ statementId }) => relations.versions(statementId, report.statementId));
  const take = (reports: readonly R[], among: (report: R) => readonly Draft<R>[], matches: (report: R, draft: Draft<R>) => boolean): R[] =>
    reports.filter((report) => {
      const draft = among(report).find((each) => free(report, each) && matches(report, each));
      if (!draft) return true;
      draft.doubtful ||= isDoubtful(report, draft.reports) && !isVersion(report, draft);
      draft.reports.push(report);
      return false;
    });

  const alike = new Map<string, Draft<R>[]>();
  for (const draft of drafts) {
    for (const likeness of new Set(draft.reports.map((report) => report.likeness)))
      alike.set(likeness, [...(alike.get(likeness) ?? []), draft]);
  }
  let rest = take(
    source,
    ({ likeness }) => alike.get(likeness) ?? [],
    () => true,
  );
  for (const matches of [isVersion, (report: R, draft: Draft<R>) => !draft.reports.some((other) => contradict(other, report))]) {
    // Those with most in common find each other first.
    for (let common = AGREEMENT_MAX; common >= 0 && rest.length > 0; common--) {
      const agrees = (report: R, draft: Draft<R>): boolean => draft.reports.some(({ facts }) => agreement(facts, report.facts) >= common);
      rest = take(
        rest,
        () => drafts,
        (report, draft) => matches(report, draft) && agrees(report, draft),
      );
    }
  }
  return rest;
}

/** Within a format copies are alike, but for how far they divide the entry. */
const isDoubtful = <R extends Report>(report: R, others: readonly R[]): boolean =>
  others.every(({ likeness }) => likeness !== report.likeness) &&
  others.some(({ message, facts }) => message === report.message && facts.parts === report.facts.parts);

/** Each notification explains one booking; copies of a notification explain the same one. */
function join<R extends Report>(notifications: readonly R[], drafts: readonly Draft<R>[]): void {
  const joined: { readonly draft: Draft<R>; readonly by: R[] }[] = [];
  for (const notification of notifications) {
    const copy = joined.find(
      ({ by }) =>
        by.every(({ statementId }) => statementId !== notification.statementId) &&
        by.some(({ likeness }) => likeness === notification.likeness),
    );
    if (copy) {
      copy.by.push(notification);
      copy.draft.reports.push(notification);
      continue;
    }
    const draft = drafts.find(
      (each) => !joined.some(({ draft: taken }) => taken === each) && each.reports.some(({ facts }) => explains(notification.facts, facts)),
    );
    if (!draft) continue;
    joined.push({ draft, by: [notification] });
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
