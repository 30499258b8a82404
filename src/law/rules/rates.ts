import type { PlainDate } from '../../kernel/plain-date.js';
import type { Capacity } from '../../ledger/rules/book.js';
import { legalCapacity, profileOf } from './capacity.js';
import { inForce } from './dated.js';
import type { Law, RateTable, Regime } from './law.js';

/** The yearly rate on a day. `provisional`: no rate is known for that day yet (the last known one stands in), or it was assumed. */
export interface RateOn {
  readonly basisPoints: number;
  readonly provisional: boolean;
}

/**
 * The table of statutory interest for a case, null when the law of the regime gives none (a consumer under the directive).
 * A Belgian consumer owes interest only by a clause, at most at the commercial rate: that table is then the ceiling.
 */
export function rateTable(law: Law, regime: Regime, capacity: Capacity, country?: string): RateTable | null {
  const consumer = legalCapacity(capacity) === 'consumer';
  if (regime === 'nl') return consumer ? law.nl.consumerRates : law.nl.commercialRates;
  if (regime === 'be') return law.be.commercialRates;
  return consumer ? null : profileOf(law, country).commercialRates;
}

/** Whether a contract follows the rates of before the split. Without a contract date: a debt due before the split certainly does. */
export function isOlderContract(table: RateTable, contractedOn: PlainDate | null, due: PlainDate): boolean {
  return table.contractSplit !== null && (contractedOn ?? due) < table.contractSplit;
}

/** The rate in force on a day; null before the first row. */
export function rateOn(table: RateTable, on: PlainDate, olderContract: boolean): RateOn | null {
  const row = inForce(table.rows, on);
  if (!row) return null;
  return {
    basisPoints: olderContract ? (row.olderContractsBasisPoints ?? row.basisPoints) : row.basisPoints,
    provisional: on > table.publishedUntil || row.status === 'assumed',
  };
}
