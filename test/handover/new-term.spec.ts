import { describe, expect, it } from '@jest/globals';
import { trackFor } from '../../src/dunning/rules/decide-debtor.js';
import { decide } from '../../src/dunning/rules/decide.js';
import { factsByDebtor } from '../../src/dunning/rules/facts.js';
import { standingOf } from '../../src/dunning/rules/standing.js';
import { digests } from '../../src/handover/digests.js';
import { caseInvoiceOf } from '../../src/handover/rules/case/case-invoice.js';
import { readinessFacts } from '../../src/handover/rules/case/readiness-facts.js';
import { DEFAULT_SETTINGS } from '../../src/handover/rules/case/settings.js';
import { composeDossier } from '../../src/handover/rules/document/compose-dossier.js';
import { readinessOf } from '../../src/handover/rules/readiness/readiness.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { unwrap } from '../../src/kernel/result.js';
import { book, contact, invoice } from '../dunning/support/books.js';
import { context, policies } from '../dunning/support/house.js';
import { sampleCase } from './support/sample-case.js';

const day = plainDate;
const policy = policies.get('nl-business');

/** 1,000.00 due on 1 August that had not arrived: sent again on 1 September, a new term of fourteen days up to and including the 15th. */
const resent = invoice({
  ...{ id: 'a', amount: 1000_00, issueDate: day('2026-07-01'), dueDate: day('2026-08-01') },
  dispute: { code: 'INVOICE_NOT_RECEIVED', since: day('2026-08-10'), amount: null, resolved: day('2026-09-01') },
});
const contacts = [
  contact({ id: '1', step: 'friendly-reminder', invoiceIds: ['a'], sentOn: day('2026-09-21') }),
  contact({ id: '2', step: 'second-reminder', invoiceIds: ['a'], sentOn: day('2026-10-01') }),
  contact({ id: '3', step: 'final-notice', kind: 'demand', invoiceIds: ['a'], sentOn: day('2026-10-12') }),
];

function standing(on: string) {
  const given = book({ asOf: day(on), invoices: [resent], contacts: contacts.filter(({ sentOn }) => sentOn <= on) });
  const [facts] = factsByDebtor(given);
  const track = facts && trackFor(facts, policy, day(on));
  if (!facts || !track) throw new Error('no debtor');
  return { given, facts, track, on: day(on) };
}

describe('an invoice that had to be sent again', () => {
  it('has the interest of its proposal in the dossier: from 16 September, 18.81', () => {
    const { given, facts, track, on } = standing('2026-11-20');
    const [proposal] = decide(given, policy, on, context).acts;
    // 16 September up to and including 20 November: 66 days of 10.40 % over 1,000.00 are 18.8055.
    expect([proposal?.kind, proposal?.interest]).toEqual(['propose-handover', 18_81]);
    const item = caseInvoiceOf(resent, facts, track, context.law, on);
    expect([item.dueDate, item.lastFreeDay]).toEqual(['2026-09-15', '2026-09-15']);
    const file = sampleCase({ calculatedTo: on, submittedAt: '2026-11-20T08:00:00.000Z', invoices: [item], receipts: [] });
    const { claims, totals } = unwrap(composeDossier(context.law, file, digests));
    expect([claims[0]?.dueDate, claims[0]?.interestSegments[0]?.from, totals.interest]).toEqual(['2026-08-01', '2026-09-16', '18.81']);
  });

  it.each([
    ['2026-09-15', true],
    ['2026-09-16', false],
  ])('is not handed over inside its new term: %s', (day, blocked) => {
    const { facts, track, on } = standing(day);
    const proposal = {
      ...{ facts, policy, context, on, items: [resent], settings: DEFAULT_SETTINGS, agency: null, approval: { principal: 1000_00 } },
      ...{ notices: [], documents: [], addressKnown: true, collectedBefore: 0, insurerConsultedOn: null },
      standing: standingOf(facts, track, context.calendars.target, on),
    };
    const reasons = readinessOf(readinessFacts(proposal)).reasons.map(({ code }) => code);
    expect(reasons.includes('not-due')).toBe(blocked);
  });

  it('owes the costs of its proposal in the dossier', () => {
    const { facts, track, on } = standing('2026-09-15');
    const item = caseInvoiceOf(resent, facts, track, context.law, on);
    const file = sampleCase({ calculatedTo: on, invoices: [item], receipts: [], reminders: [] });
    // On the last day of the new term nothing is overdue, so not even the fixed sum is owed.
    expect(unwrap(composeDossier(context.law, file, digests)).costs).toMatchObject({ scheme: 'NONE', fee: '0.00' });
  });
});
