import type { Minor } from '../../../kernel/money.js';
import { minDate } from '../../../kernel/plain-date.js';
import { arePages } from './relations.js';
import type { StoredStatement } from './stored-statement.js';

/** A statement with its pages put together. */
export interface WholeStatement extends StoredStatement {
  readonly pages: readonly number[];
  readonly startsWhole: boolean;
  readonly endsWhole: boolean;
  /** Nothing speaks against it: the entries come from the opening to the closing, page by page or, where each page repeats both, in all. */
  readonly addsUp: boolean;
}

export function joinPages(statements: readonly StoredStatement[]): WholeStatement[] {
  const paged = statements
    .filter(({ page }) => page !== null)
    .toSorted((a, b) => (a.page?.number ?? 0) - (b.page?.number ?? 0) || inTime(a, b));
  const sets: StoredStatement[][] = [];
  for (const statement of paged) {
    const set = sets.find((each) => each.some((other) => arePages(other, statement)));
    if (set) set.push(statement);
    else sets.push([statement]);
  }
  return [...statements.filter(({ page }) => page === null).map((each) => [each]), ...sets].map(together);
}

function together(pages: readonly StoredStatement[]): WholeStatement {
  const [low, high] = [pages[0] as StoredStatement, pages.at(-1) as StoredStatement];
  const numbers = [...new Set(pages.flatMap(({ page }) => page?.number ?? []))];
  // Some banks count the pages of the message, not of the statement: one that has its own balances, and adds up, is whole.
  const whole = ({ reconciles }: StoredStatement): boolean => pages.length === 1 && reconciles !== false;
  const [credited, debited] = [sum(pages.map((each) => each.credited)), sum(pages.map((each) => each.debited))];
  const inAll = low.opening !== null && high.closing !== null && low.opening + credited - debited === high.closing;
  return {
    ...low,
    credited,
    debited,
    addsUp: pages.every(({ reconciles }) => reconciles !== false) || (pages.length > 1 && inAll),
    through: high.through,
    from: pages.map(({ from }) => from).reduce(minDate),
    closing: high.closing,
    pages: numbers,
    startsWhole: low.page === null || low.page.number === 1 || (low.opening !== null && !low.openingInterim && whole(low)),
    endsWhole: high.page === null || high.page.last || (high.closing !== null && !high.closingInterim && whole(high)),
  };
}

const sum = (amounts: readonly Minor[]): Minor => amounts.reduce((total, amount) => total + amount, 0);

/** Earlier first; what begins on the same day by its number, then by what it closes. */
export const inTime = (a: StoredStatement, b: StoredStatement): number =>
  inOrder(a.from, b.from) ||
  inOrder(a.through, b.through) ||
  (a.sequence ?? 0) - (b.sequence ?? 0) ||
  (a.opening ?? 0) - (b.opening ?? 0) ||
  inOrder(a.contentHash, b.contentHash);

export const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** As a person knows it: by the bank's id and number. */
export const nameOf = ({ bankId, sequence }: StoredStatement): string =>
  sequence === null ? (bankId ?? 'without a number') : bankId === null ? `number ${sequence}` : `${bankId} (number ${sequence})`;
