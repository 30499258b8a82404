import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { calendarOf } from '../../kernel/calendar.js';
import { debtor, invoice } from '../../../test/dunning/support/books.js';
import type { Invoice } from '../../ledger/rules/book.js';
import type { DebtorFacts } from './facts.js';
import { reason, tell } from './reasons.js';
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

describe('an invoice with a hold of its own', () => {
  const own = (until: string | null) => [
    { kind: 'manual' as const, from: plainDate('2026-11-10'), until: until === null ? null : plainDate(until) },
  ];

  it('is left alone as long as that lasts, and the others are not', () => {
    const held = invoice({ id: 'i1', holds: own(null) });
    const standing = standingOf(facts([held, invoice({ id: 'i2' })]), rules, everyDay, TODAY);
    expect(standing.skipped).toMatchObject([{ invoiceId: 'i1', reason: 'hold', until: null, because: { code: 'hold-invoice' } }]);
    expect(standing.claims.map((claim) => claim.invoice.id)).toEqual(['i2']);
    expect(standingOf(facts([invoice({ id: 'i1', holds: own('2026-11-19') })]), rules, everyDay, TODAY).skipped).toEqual([]);
  });

  it('is an insolvency when its former debtor is insolvent, and does not lose the debtor a credit note', () => {
    const insolvent = [{ kind: 'insolvency' as const, from: TODAY, until: null }];
    expect(standingOf(facts([invoice({ id: 'i1', holds: insolvent })]), rules, everyDay, TODAY).skipped[0]?.reason).toBe('insolvency');
    const credit = invoice({ id: 'c1', amount: -5_00, holds: own(null) });
    expect(standingOf(facts([credit]), rules, everyDay, TODAY).credits).toEqual([credit]);
  });
});

describe('what stands in the package', () => {
  const packageDispute = { text: 'B2 Prijs klopt niet', on: plainDate('2026-11-12') };
  const skipOf = (given: Partial<Invoice>, more: Partial<DebtorFacts> = {}) => {
    const standing = standingOf({ ...facts([invoice({ ...given, id: 'i1' })]), ...more }, rules, everyDay, TODAY);
    expect(standing.claims).toEqual([]);
    return standing.skipped[0];
  };

  it('as a dispute is asked for by nobody, in its words, whatever is known here', () => {
    const because = { code: 'disputed-in-package', args: { words: 'B2 Prijs klopt niet (2026-11-12)' } };
    expect(skipOf({ packageDispute })).toEqual({ debtorId: 'd1', invoiceId: 'i1', reason: 'disputed', until: null, because });
    expect(skipOf({ packageDispute: { text: 'B2', on: null } })?.because.args).toEqual({ words: 'B2' });
    const part = { code: 'PRICE', since: TODAY, amount: 1_00, resolved: null };
    const settled = { code: 'PRICE', since: plainDate('2026-10-01'), amount: null, resolved: plainDate('2026-10-05') };
    for (const dispute of [part, settled]) expect(skipOf({ packageDispute, dispute })?.because).toEqual(because);
    expect(tell(skipOf({ packageDispute })?.because ?? reason('promise'), 'nl')).toContain('B2 Prijs klopt niet (2026-11-12)');
  });

  it('as stopped by a person is left alone, after all that ends by itself', () => {
    expect(skipOf({ pausedInPackage: true })).toMatchObject({
      reason: 'paused-in-package',
      until: null,
      because: { code: 'paused-in-package' },
    });
    const promise = { id: 'p1', debtorId: 'd1', invoiceIds: ['i1'], madeOn: TODAY, dueDate: plainDate('2026-11-24'), amount: 1_00 };
    expect(skipOf({ pausedInPackage: true }, { promises: [promise] })?.reason).toBe('promise');
  });

  it('does not lose the debtor a credit note', () => {
    const credit = invoice({ id: 'c1', amount: -5_00, packageDispute, pausedInPackage: true });
    expect(standingOf(facts([credit]), rules, everyDay, TODAY).credits).toEqual([credit]);
  });
});
