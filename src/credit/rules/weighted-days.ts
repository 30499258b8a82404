import type { Minor } from '../../kernel/money.js';
import { DAYS_PLACES, quotient } from './quotient.js';

/** An average of days in which every amount weighs as much as it is: Σ amount × days / Σ amount (collection-rules.md §7.4). */
export class WeightedDays {
  /** From sums that were made elsewhere: Σ amount and Σ amount × days. */
  constructor(
    private amount = 0n,
    private amountDays = 0n,
  ) {}

  /** `amount` above zero; `days` may be negative (paid before the day it counts from). */
  add(amount: Minor, days: number): void {
    this.amount += BigInt(amount);
    this.amountDays += BigInt(amount) * BigInt(days);
  }

  join(other: WeightedDays): void {
    this.amount += other.amount;
    this.amountDays += other.amountDays;
  }

  /** Days with three decimals; null when nothing was added. */
  average(): number | null {
    return quotient(this.amountDays, this.amount, DAYS_PLACES);
  }
}
