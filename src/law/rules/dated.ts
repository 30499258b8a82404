import type { PlainDate } from '../../kernel/plain-date.js';

/** The row in force on a day: the last one that began on or before it, null before the first. Rows are in order of `from`. */
export function inForce<Row extends { readonly from: PlainDate }>(rows: readonly Row[], on: PlainDate): Row | null {
  return rows.findLast(({ from }) => from <= on) ?? null;
}
