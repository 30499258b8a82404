import { plainDate } from '../../src/kernel/plain-date.js';
import type { StoredStatement } from '../../src/statements/rules/import/stored-statement.js';

/** A statement of one day with its balances in cents, everything else filled in. Its id tells it from others of the same test. */
export const storedStatement = (
  through: string,
  opening: number | null,
  closing: number | null,
  given: Partial<StoredStatement> = {},
): StoredStatement => {
  const moved = (closing ?? 0) - (opening ?? 0);
  const name = [through, opening, closing, given.page?.number, given.message].join(' ');
  return {
    id: name,
    message: 'camt.053',
    currency: 'EUR',
    bankId: `S-${through}`,
    sequence: null,
    page: null,
    from: plainDate(through),
    through: plainDate(through),
    opening,
    closing,
    credited: Math.max(moved, 0),
    debited: Math.max(-moved, 0),
    openingInterim: false,
    closingInterim: false,
    reconciles: true,
    createdAt: null,
    contentHash: name,
    ...given,
  };
};
