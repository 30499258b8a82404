import { daysBetween } from '../../kernel/plain-date.js';
import type { BankLine } from './vocabulary.js';

/** The two halves come within some days of each other. */
const DAYS_MAX = 10;

/**
 * Account numbers of blocked accounts (G-rekening) start with 99 at Dutch banks (camt053.md §9): a principal pays a fixed share of an
 * invoice there, for the tax office, and the rest on the normal account.
 */
export const isBlockedAccount = (iban: string | null): boolean => iban !== null && /^NL\d\d[A-Z]{4}99\d{8}$/.test(iban);

/**
 * For each receipt on a blocked account the one on a normal account that may be its other half, and the other way round: same payer by account or name, within
 * some days, and no second candidate.
 */
export function blockedHalves(lines: readonly BankLine[], receipts: readonly number[]): ReadonlyMap<number, BankLine> {
  const halves = new Map<number, BankLine>();
  const blocked = receipts.filter((at) => isBlockedAccount((lines[at] as BankLine).account));
  if (blocked.length === 0) return halves;
  const byPayer = Map.groupBy(receipts, (at) => payerKey(lines[at] as BankLine));
  for (const at of blocked) {
    const line = lines[at] as BankLine;
    const partners = (byPayer.get(payerKey(line)) ?? []).filter((other) => fits(line, lines[other] as BankLine) && !halves.has(other));
    const [partner] = partners;
    if (partner === undefined || partners.length > 1) continue;
    halves.set(at, lines[partner] as BankLine);
    halves.set(partner, line);
  }
  return halves;
}

const payerKey = ({ iban, name }: BankLine): string => iban ?? name ?? '';

function fits(line: BankLine, other: BankLine): boolean {
  if (isBlockedAccount(other.account) || other.currency !== line.currency || payerKey(line) === '') return false;
  return line.date !== null && other.date !== null && Math.abs(daysBetween(line.date, other.date)) <= DAYS_MAX;
}
