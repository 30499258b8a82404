/** What a client may ask (fact sheet §4). Credits a minute, and requests under way together. */
export interface Tier {
  readonly perClient: number;
  readonly perClientAndOrganisation: number;
  readonly inFlightPerClient: number;
  readonly inFlightPerOrganisation: number;
}

export const CERTIFIED: Tier = { perClient: 1_000, perClientAndOrganisation: 500, inFlightPerClient: 20, inFlightPerOrganisation: 10 };
/** Of the numbers under way together the sheet is not sure for this tier. */
export const UNCERTIFIED: Tier = { perClient: 50, perClientAndOrganisation: 25, inFlightPerClient: 20, inFlightPerOrganisation: 10 };
export const PER_ADDRESS = 1_000;

const QUERY_ROOTS: readonly string[] = ['list', 'read', 'columns', 'accountcode', 'accountcodes'];
const QUERY_ACTIONS = /^(Get|Query|Search|Load)/;

/** Of a root element of ProcessXml: reading costs one credit, everything else three, however many objects are in it. */
export const costOfRoot = (root: string): number => (QUERY_ROOTS.includes(root) ? 1 : 3);
/** Of a method of another service. */
export const costOfAction = (action: string): number => (QUERY_ACTIONS.test(action) ? 1 : 3);

const MINUTE_MS = 60_000;

/**
 * Credits of one kind over any sixty seconds. The sheet says "a minute" and not where it begins: this is the strictest reading, which no
 * counting of the vendor's can be stricter than.
 */
export class CreditWindow {
  private spent: { readonly at: number; readonly credits: number }[] = [];
  /** The most that ever stood in it. */
  most = 0;

  constructor(readonly limit: number) {}

  used(now: number): number {
    this.spent = this.spent.filter(({ at }) => at > now - MINUTE_MS);
    return this.spent.reduce((total, { credits }) => total + credits, 0);
  }

  /** Milliseconds until so many credits fit; 0 when they fit now. */
  waitFor(credits: number, now: number): number {
    let over = this.used(now) + credits - this.limit;
    if (over <= 0) return 0;
    for (const { at, credits: freed } of this.spent) {
      over -= freed;
      if (over <= 0) return at + MINUTE_MS - now;
    }
    return MINUTE_MS;
  }

  take(credits: number, now: number): void {
    this.spent.push({ at: now, credits });
    this.most = Math.max(this.most, this.used(now));
  }
}
