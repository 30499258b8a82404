import type { KnownItem } from './item.js';
import { type LineKey, refOf } from './refs.js';
import type { ReceivableLine } from './transaction.js';

/** Where a settled item is found by a booking it was settled with, named as deletions name it: `with:BNK/202500052`. */
export const partOf = ({ code, number }: Pick<LineKey, 'code' | 'number'>): string => `with:${code}/${number}`;

/** All of an item that was settled as its transaction says. */
export const partsOf = ({ sets }: ReceivableLine): string[] => [...new Set(sets.flatMap(({ lines }) => lines.map(partOf)))];

/** The lines of a booking the item was settled with. */
export const linesOf = ({ line }: KnownItem, part: string): LineKey[] => {
  const lines = (line?.sets ?? []).flatMap((set) => set.lines).filter((each) => partOf(each) === part);
  return [...new Map(lines.map((each) => [refOf(each), each])).values()];
};

/**
 * Whether a partner tells the same of its matches with a settled item as the item itself did: as many, on the same days, as much of it.
 * `partner`: as its transaction is now; null: there is none, or it is matched with nothing. What cannot be read is not the same.
 */
export function agrees({ row, line }: KnownItem, partnerKey: LineKey, partner: ReceivableLine | null): boolean {
  const [own, other] = [refOf(row.key), refOf(partnerKey)];
  const ours = (line?.sets ?? []).filter(({ lines }) => lines.some((each) => refOf(each) === other));
  const theirs = (partner?.sets ?? []).flatMap(({ on, lines }) =>
    lines.filter((each) => refOf(each) === own).map(({ amount }) => ({ on, amount })),
  );
  const [said, told] = [ours, theirs].map((matches) => matches.map(({ on, amount }) => `${on} ${sizeOf(amount)}`).sort());
  return said?.join() === told?.join() && !said?.join().includes('NaN');
}

/** Signs inside sets are not sure (§9). */
const sizeOf = (amount: string | null): number => Math.abs(Number(amount ?? 'x'));
