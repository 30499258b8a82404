import { type Minor, parseAmount, sum } from '../../../kernel/money.js';
import type { PlainDate } from '../../../kernel/plain-date.js';
import type { PulledSettlement } from '../../accounting-package.port.js';
import { TWINFIELD } from '../vendor.js';
import type { MatchClaim } from './comment.js';
import { type LineKey, refOf } from './refs.js';
import type { ReceivableLine } from './transaction.js';

export interface Settled {
  readonly item: LineKey;
  readonly amount: Minor;
  readonly open: Minor;
  readonly currency: string;
  /** When nothing else tells a day. */
  readonly due: PlainDate;
  /** Our claims on receipts for this item, oldest first. */
  readonly claims: readonly MatchClaim[];
  /** Markers of settlements that were known before, by their ref: claims make way for newer entries. */
  readonly known: Readonly<Record<string, string>>;
}

/**
 * What took something off an item, from its match sets: each line on the other side, or the set as a whole where its lines do not come to
 * what it took (one receipt over several invoices). Signs in sets are not sure (§9), sizes are. What the sets do not explain is brought as
 * one settlement more, so that the sum is always what the item has lost.
 */
export function settlementsOf(line: ReceivableLine | null, settled: Settled): PulledSettlement[] {
  const { amount, open, currency, item, due } = settled;
  const sign = amount < 0 ? -1 : 1;
  const size = (text: string | null): Minor => {
    const parsed = parseAmount(text ?? '0', currency);
    return parsed.ok ? Math.abs(parsed.value) : 0;
  };
  const found: Omit<PulledSettlement, 'ref' | 'marker'>[] = [];
  const refs: string[] = [];
  for (const set of line?.sets ?? []) {
    const date = set.on ?? line?.matchedOn ?? due;
    const total = size(set.amount);
    const isSplit = set.lines.length > 0 && sum(set.lines.map((each) => size(each.amount))) === total;
    for (const each of isSplit ? set.lines : set.lines.slice(0, 1)) {
      found.push({ date, amount: sign * (isSplit ? size(each.amount) : total), kind: kindOf(each, item) });
      refs.push(refOf(each));
    }
  }
  const rest = amount - open - sum(found.map((each) => each.amount));
  if (rest !== 0) {
    found.push({ date: line?.matchedOn ?? due, amount: rest, kind: 'other' });
    refs.push(`${refOf(item)}#rest`);
  }
  return marked(found, refs, settled);
}

/** The vendor's own daybook holds differences; what is booked in the item's own daybook is a document like it. */
const kindOf = ({ code }: LineKey, item: LineKey): PulledSettlement['kind'] =>
  code === TWINFIELD.differenceDaybook ? 'other' : code === item.code ? 'credit-note' : 'payment';

/** Gives each its ref, which counts on when a receipt was matched with the item more than once, and the marker of who claimed it. */
function marked(found: readonly Omit<PulledSettlement, 'ref' | 'marker'>[], refs: readonly string[], settled: Settled): PulledSettlement[] {
  const { claims, known, currency } = settled;
  const times = new Map<string, number>();
  const names = refs.map((name) => {
    const nth = (times.get(name) ?? 0) + 1;
    times.set(name, nth);
    return nth === 1 ? name : `${name}#${nth}`;
  });
  const taken = new Set(names.flatMap((name) => known[name] ?? []));
  const left = claims.filter(({ marker }) => !taken.has(marker));
  return found.map((each, nth) => {
    const ref = names[nth] ?? '';
    const receipt = refs[nth];
    const at = known[ref] ? -1 : left.findIndex((claim) => claim.receipt === receipt && sameAmount(claim.amount, each.amount, currency));
    const claimed = at < 0 ? undefined : left.splice(at, 1)[0];
    return { ...each, ref, marker: known[ref] ?? claimed?.marker ?? null };
  });
}

function sameAmount(text: string, amount: Minor, currency: string): boolean {
  const parsed = parseAmount(text, currency);
  return parsed.ok && parsed.value === Math.abs(amount);
}
