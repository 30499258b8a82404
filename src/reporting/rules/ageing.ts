import type { Minor } from '../../kernel/money.js';

export const BUCKETS = ['not-due', '1-30', '31-60', '61-90', '91-120', '>120', 'credit-notes'] as const;
/** Calendar days past the due date; what is in credit stands apart and is not netted into old buckets (collection-rules.md §7.5). */
export type Bucket = (typeof BUCKETS)[number];

/** Last day past due of each bucket. */
const UP_TO: readonly (readonly [number, Bucket])[] = [
  [0, 'not-due'],
  [30, '1-30'],
  [60, '31-60'],
  [90, '61-90'],
  [120, '91-120'],
];

/** The bucket of an open item; on its due date an item is not due yet. */
export function bucketOf(open: Minor, daysPastDue: number): Bucket {
  if (open < 0) return 'credit-notes';
  return UP_TO.find(([upTo]) => daysPastDue <= upTo)?.[1] ?? '>120';
}

export interface AgeingRow {
  readonly bucket: Bucket;
  readonly amount: Minor;
  readonly invoices: number;
  /** What of `amount` is disputed. */
  readonly disputed: Minor;
}

/** Open items by age; the amounts of all rows together are what the ledger has open. */
export class Ageing {
  private readonly cells = new Map(BUCKETS.map((bucket) => [bucket, { amount: 0, invoices: 0, disputed: 0 }]));

  add(open: Minor, daysPastDue: number, disputed: Minor): void {
    const cell = this.cells.get(bucketOf(open, daysPastDue));
    if (open === 0 || !cell) return;
    cell.amount += open;
    cell.invoices++;
    cell.disputed += disputed;
  }

  /** Items that were counted already, of one bucket. */
  addRow({ bucket, amount, invoices, disputed }: AgeingRow): void {
    const cell = this.cells.get(bucket);
    if (!cell) return;
    cell.amount += amount;
    cell.invoices += invoices;
    cell.disputed += disputed;
  }

  join(other: Ageing): void {
    for (const row of other.rows()) this.addRow(row);
  }

  /** Every bucket, in order, also the empty ones. */
  rows(): readonly AgeingRow[] {
    return [...this.cells].map(([bucket, cell]) => ({ bucket, ...cell }));
  }
}
