import type { Capacity } from '../../ledger/rules/book.js';
import type { EuProfile, Law, LegalCapacity, Regime } from './law.js';

/** The law for a debtor in a country (ISO 3166-1 alpha-2). */
export function regimeOf(country: string): Regime {
  if (country === 'NL') return 'nl';
  return country === 'BE' ? 'be' : 'eu';
}

/**
 * The role the law sees. A sole trader bought in business (art. 6:96 and 6:119a BW), a public body falls under the commercial
 * rules (art. 6:119b BW, Directive 2011/7/EU); whoever is unknown is treated as a consumer.
 */
export function legalCapacity(capacity: Capacity): LegalCapacity {
  return capacity === 'consumer' || capacity === 'unknown' ? 'consumer' : 'business';
}

/** What applies in a country under the directive: its own profile, else the directive's default. */
export const profileOf = (law: Law, country = ''): EuProfile => law.eu.countries[country] ?? law.eu.profile;
