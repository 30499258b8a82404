import { type BrowseRow, cellOf } from './browse-cells.js';

export interface Condition {
  readonly field: string;
  readonly operator: 'equal' | 'between' | 'like';
  readonly from: string;
  readonly to: string;
}

const STATUS = 'fin.trs.head.status';
/** `normal` stands for two of them. */
const NORMAL: readonly string[] = ['temporary', 'final'];

export function passes(row: BrowseRow, { field, operator, from, to }: Condition): boolean {
  const { text } = cellOf(row, field, 'nl');
  if (field === STATUS && from === 'normal') return NORMAL.includes(text);
  if (operator === 'equal') return text === from;
  if (operator === 'like') return like(from).test(text);
  return (from === '' || compare(text, from) >= 0) && (to === '' || compare(text, to) <= 0);
}

/** `*` and `?`. */
const like = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'i',
  );

const AMOUNT = /^-?\d+\.\d+$/;

/** Codes, days and times compare as texts, amounts as amounts. */
const compare = (a: string, b: string): number => {
  if (AMOUNT.test(a) && AMOUNT.test(b)) return Number(a) - Number(b);
  return a === b ? 0 : a < b ? -1 : 1;
};

/** Without a sort: in the order of booking. */
export function inOrder(
  rows: readonly BrowseRow[],
  sort: readonly { readonly field: string; readonly descending: boolean }[],
): BrowseRow[] {
  if (sort.length === 0) return [...rows];
  const keyed = rows.map((row) => ({ row, keys: sort.map(({ field }) => cellOf(row, field, 'nl').text) }));
  keyed.sort((a, b) => {
    for (const [nth, { descending }] of sort.entries()) {
      const order = compare(a.keys[nth] ?? '', b.keys[nth] ?? '');
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
}
