import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { calendarOf } from '../../kernel/calendar.js';
import { debtor, invoice } from '../../../test/dunning/support/books.js';
import type { DebtorFacts } from './facts.js';
import { standingOf } from './standing.js';

const TODAY = plainDate('2026-11-20');
const everyDay = calendarOf({ name: 'every day', source: 'made up', fixed: [], easter: [], weekend: [] });
const rules = {
  promises: { graceBankingDays: 2, brokenMax: 2 },
  arrangements: { graceBankingDays: 2 },
  resume: { afterDisputeDays: 5, afterResentInvoiceDays: 14 },
};

const facts = (invoices: DebtorFacts['invoices']): DebtorFacts => ({
  administration: { id: 'a1', name: '', country: 'NL', currency: 'EUR', ibans: [], vatDeductible: true, registry: null },
  freshness: { pulledAt: null, statementsThrough: null },
  debtor: debtor(),
  invoices,
  payments: [],
  promises: [],
  arrangements: [],
  contacts: [],
});

describe('an item the package is collecting', () => {
  it('is open and asked for by nobody', () => {
    const standing = standingOf(facts([invoice({ id: 'i1', collecting: true }), invoice({ id: 'i2' })]), rules, everyDay, TODAY);
    expect(standing.skipped).toMatchObject([{ invoiceId: 'i1', reason: 'collecting', until: null }]);
    expect(standing.claims.map((claim) => claim.invoice.id)).toEqual(['i2']);
  });

  it('does not lose the debtor a credit note', () => {
    const credit = invoice({ id: 'c1', amount: -5_00, collecting: true });
    expect(standingOf(facts([credit]), rules, everyDay, TODAY).credits).toEqual([credit]);
  });
});
