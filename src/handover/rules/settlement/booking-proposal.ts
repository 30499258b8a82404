import { type Minor, sum } from '../../../kernel/money.js';
import type { SettlementLine } from './check-settlement.js';

/** Where an amount of a settlement belongs in the books (agency-handover.md §6). */
export type ProposedAccount =
  'receivable' | 'interest-income' | 'recovered-costs' | 'recovered-court-costs' | 'commission' | 'vat-on-commission' | 'bank';

/** One line of a booking, in minor units; debit above zero, credit below. */
export interface ProposedEntry {
  readonly account: ProposedAccount;
  /** Of `receivable`: the invoice it settles; else null. */
  readonly invoice: string | null;
  readonly amount: Minor;
}

/**
 * How a settlement could be booked: what was remitted to the bank, commission and its VAT as cost, principal off the receivables, interest as
 * income, recovered costs beside it. Adds up to nothing, or there is no proposal (null): then the settlement does not add up. For a person;
 * nothing is booked of it.
 */
export function bookingProposal(lines: readonly SettlementLine[], remitted: Minor): readonly ProposedEntry[] | null {
  const of = (name: 'interest' | 'costs' | 'courtCosts' | 'commission' | 'vatOnCommission'): Minor => sum(lines.map((line) => line[name]));
  const perInvoice = Map.groupBy(lines, ({ invoice }) => invoice);
  const entries: ProposedEntry[] = [
    { account: 'bank', invoice: null, amount: remitted },
    { account: 'commission', invoice: null, amount: of('commission') },
    { account: 'vat-on-commission', invoice: null, amount: of('vatOnCommission') },
    ...[...perInvoice].map(([invoice, own]) => entry('receivable', invoice, -sum(own.map(({ principal }) => principal)))),
    entry('interest-income', null, -of('interest')),
    entry('recovered-costs', null, -of('costs')),
    entry('recovered-court-costs', null, -of('courtCosts')),
  ];
  return sum(entries.map(({ amount }) => amount)) === 0 ? entries.filter(({ amount }) => amount !== 0) : null;
}

const entry = (account: ProposedAccount, invoice: string | null, amount: Minor): ProposedEntry => ({
  account,
  invoice,
  amount: amount || 0,
});
