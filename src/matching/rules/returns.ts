import { daysBetween } from '../../kernel/plain-date.js';
import type { Minor } from '../../kernel/money.js';
import type { BankLine } from './vocabulary.js';

/** A return may carry the bank's fee inside its amount, up to this. */
const FEE_MAX: Minor = 25_00;
/** Without a mandate a direct debit can be refunded for thirteen months (camt053.md §6, MD01). */
const DAYS_MAX = 400;

/** What proves that one line takes another back, strongest first. Null parts prove nothing. */
const PROOFS: readonly ((line: BankLine) => string | null)[] = [
  ({ endToEndId }) => endToEndId,
  ({ servicerReference }) => servicerReference,
  ({ mandateId }) => mandateId,
  ({ iban, text }) => (iban === null || text.length === 0 ? null : `${iban}|${text.join('')}`),
  ({ iban }) => iban,
  ({ name }) => name,
];

/**
 * For each line that takes an earlier one back, that earlier line: of the other direction, on the same account, of the same amount (a fee on top is
 * allowed where an identifier proves it), nearest in time, each taken back once. `returns` and `lines` are positions in `all`.
 */
export function linkReturns(
  all: readonly BankLine[],
  returns: readonly number[],
  candidates: readonly number[],
): ReadonlyMap<number, number> {
  const links = new Map<number, number>();
  const taken = new Set<number>();
  PROOFS.forEach((proof, strength) => {
    const byProof = new Map<string, number[]>();
    for (const at of candidates) {
      const value = proof(all[at] as BankLine);
      if (value === null) continue;
      const key = proofKey(all[at] as BankLine, value);
      const same = byProof.get(key);
      if (same) same.push(at);
      else byProof.set(key, [at]);
    }
    for (const at of returns) {
      const line = all[at] as BankLine;
      const value = proof(line);
      if (links.has(at) || value === null) continue;
      const originals = (byProof.get(proofKey(line, value)) ?? []).filter(
        (other) => !taken.has(other) && takesBack(line, all[other] as BankLine, strength < 2),
      );
      const original = nearest(line, originals, all);
      if (original === null) continue;
      links.set(at, original);
      taken.add(original);
    }
  });
  return links;
}

const proofKey = (line: BankLine, value: string): string => `${line.account}|${line.currency}|${value}`;

function takesBack(line: BankLine, original: BankLine, feeAllowed: boolean): boolean {
  if (Math.sign(line.amount) === Math.sign(original.amount)) return false;
  if (line.date !== null && original.date !== null) {
    const days = daysBetween(original.date, line.date);
    if (days < 0 || days > DAYS_MAX) return false;
  }
  const more = Math.abs(line.amount) - Math.abs(original.amount);
  return more === 0 || (feeAllowed && more > 0 && more <= FEE_MAX);
}

/** The same amount before one with a fee, then the latest before the return. */
function nearest(line: BankLine, originals: readonly number[], all: readonly BankLine[]): number | null {
  let best: number | null = null;
  for (const at of originals) {
    if (best === null) best = at;
    else {
      const [old, next] = [all[best] as BankLine, all[at] as BankLine];
      const exact = Number(next.amount === -line.amount) - Number(old.amount === -line.amount);
      if (exact > 0 || (exact === 0 && (next.date ?? '') > (old.date ?? ''))) best = at;
    }
  }
  return best;
}
