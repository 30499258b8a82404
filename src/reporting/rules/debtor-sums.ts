import type { Minor } from '../../kernel/money.js';
import type { SegmentFigures } from './segments.js';
import { inSegmentOrder } from './segments.js';

interface Sums {
  readonly open: Minor;
  readonly overdue: Minor;
  readonly unallocated: Minor;
}

const NOTHING: Sums = { open: 0, overdue: 0, unallocated: 0 };

/** What each debtor of a ledger comes to on a day, for those who have anything; in the currency of the book. */
export class DebtorSums {
  private readonly sums = new Map<string, Sums>();

  constructor(
    /** The segment of every debtor, by id. */
    private readonly segmentOf: ReadonlyMap<string, string | null>,
  ) {}

  get count(): number {
    return this.segmentOf.size;
  }

  add(debtorId: string, { open = 0, overdue = 0, unallocated = 0 }: Partial<Sums>): void {
    const so = this.sums.get(debtorId) ?? NOTHING;
    this.sums.set(debtorId, { open: so.open + open, overdue: so.overdue + overdue, unallocated: so.unallocated + unallocated });
  }

  /** The ids of those with most overdue, then most open, then by id; debtors without anything fill up. */
  most(count: number): string[] {
    const of = (id: string): Sums => this.sums.get(id) ?? NOTHING;
    return [...this.segmentOf.keys()]
      .sort((a, b) => of(b).overdue - of(a).overdue || of(b).open - of(a).open || (a < b ? -1 : 1))
      .slice(0, count);
  }

  /** As `bySegment` makes it of all debtors. */
  bySegment(): SegmentFigures[] {
    const figures = new Map<string | null, { debtors: number; open: Minor; overdue: Minor; exposure: Minor }>();
    for (const [id, segment] of this.segmentOf) {
      const { open, overdue, unallocated } = this.sums.get(id) ?? NOTHING;
      const so = figures.get(segment) ?? { debtors: 0, open: 0, overdue: 0, exposure: 0 };
      figures.set(segment, {
        debtors: so.debtors + 1,
        open: so.open + open,
        overdue: so.overdue + overdue,
        exposure: so.exposure + open - unallocated,
      });
    }
    return [...figures].sort(([a], [b]) => inSegmentOrder(a, b)).map(([segment, so]) => ({ segment, ...so }));
  }
}
