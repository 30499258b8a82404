import { formatAmount } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import { CreditRegisterSandbox } from './credit-register-sandbox.js';

/** A company the registers may be told something of. */
export interface Registered {
  readonly kvk: string;
  /** With its prefix. */
  readonly vat: string;
}

/** Whom the registers know something of; of everybody else they say that nothing is wrong. Null: there are too few companies. */
export interface KnownCompanies {
  /** KvK number of one that is bankrupt. */
  readonly bankrupt: string | null;
  /** VAT number of one that is not valid. */
  readonly invalidVat: string | null;
  /** KvK number of one there is a credit report of. */
  readonly reported: string | null;
}

const WORDS = new Intl.DateTimeFormat('nl-NL', { day: '2-digit', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** Tells the registers of the first three companies: one was declared bankrupt on `since`, one's VAT number is not valid, one has a report. */
export function tellOf(registers: CreditRegisterSandbox, [first, second, third]: readonly Registered[], since: PlainDate): KnownCompanies {
  if (first) {
    registers.insolvencies.set(first.kvk, [
      {
        publication: `10.ams.26.${first.kvk}.F.1300.1.26`,
        number: 'F.10/26/101',
        court: 'Rechtbank Amsterdam',
        trustee: { titles: 'mr.', initials: 'A.', surname: 'Verzonnen' },
        publications: [{ date: since, words: `Uitspraak faillissement op ${WORDS.format(new Date(`${since}T00:00:00Z`))}` }],
      },
    ]);
  }
  if (second) registers.invalidVat.add(second.vat);
  if (third)
    registers.companies.set(`nl-kvk/${third.kvk}`, {
      active: true,
      rating: 'B',
      suggestedLimit: formatAmount(7_500_00),
      accountsOf: '2025-12-31',
    });
  return { bankrupt: first?.kvk ?? null, invalidVat: second?.vat ?? null, reported: third?.kvk ?? null };
}
