import { legalCapacity } from '../../../law/rules/capacity.js';
import type { Debtor } from '../../../ledger/rules/book.js';
import { type Agency, registeredFor } from '../readiness/agency.js';

/** An agency a claim could go to. */
export interface Collector extends Agency {
  readonly id: string;
  readonly segments: readonly ('B2B' | 'B2C')[];
  readonly state: string;
}

/** Which agency gets the claims on a debtor: the one that was asked for, else the first by name; only those that work, and for his kind. */
export function chooseAgency<T extends Collector>(
  agencies: readonly T[],
  debtor: Pick<Debtor, 'country' | 'capacity'>,
  wanted: string | null,
): { readonly chosen: T | null; readonly fitting: readonly T[] } {
  const segment = legalCapacity(debtor.capacity) === 'business' ? 'B2B' : 'B2C';
  const fitting = agencies
    .filter(({ segments, state }) => segments.includes(segment) && state === 'active')
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const chosen =
    wanted === null
      ? (fitting.find((agency) => registeredFor(agency, debtor).allowed) ?? fitting[0])
      : fitting.find(({ id }) => id === wanted);
  return { chosen: chosen ?? null, fitting };
}
