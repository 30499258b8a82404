import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../src/kernel/plain-date.js';
import { LedgerRepository } from '../../src/ledger/ledger.repository.js';
import { loadCalendars } from '../../src/platform/config/calendars.js';
import { factsByDebtor } from '../../src/dunning/rules/facts.js';
import { debtorItems } from '../../src/credit/rules/debtor-items.js';
import { periodEnding } from '../../src/reporting/rules/period.js';
import { PeriodTotals } from '../../src/reporting/rules/period-totals.js';
import { reportOf } from '../../src/reporting/rules/report.js';
import { reportToJson } from '../../src/reporting/rules/report-json.js';
import { storedReport } from '../../src/reporting/stored-report.js';
import { DAYS, dayOf } from '../reporting/books.js';
import { TAKEN_BACK, ledgers } from '../reporting/ledgers.js';
import { storeLedger } from '../reporting/stored.js';
import { type TestDatabase, testDatabase } from '../support/database.js';

/** SQL adds up what is plain; what it comes to is what the rule makes of the same ledger's book, to the cent, on any day. */
describe('figures from the database', () => {
  const { target } = loadCalendars();
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  // The book keeps 400 days: no day of these ledgers is older than that.
  const asked = fc.record({
    asOf: fc.integer({ min: 30, max: DAYS - 10 }),
    back: fc.integer({ min: -30, max: 300 }),
    days: fc.integer({ min: 1, max: 120 }),
  });

  it('are those of the rule over the book of any ledger, for any day', async () => {
    await fc.assert(
      fc.asyncProperty(ledgers, asked, async (drawing, { asOf, back, days }) => {
        const administrationId = randomUUID();
        await database.tenancy.within(administrationId, (manager) => storeLedger(manager, administrationId, drawing));
        const today = dayOf(asOf);
        const on = addDays(today, -back);
        const trend = [30, 60].map((ago) => periodEnding(addDays(on, -ago), days));
        const period = periodEnding(on, days);
        const book = await database.tenancy.within(administrationId, (manager) =>
          new LedgerRepository(manager).book(administrationId, today),
        );
        const stored = await database.tenancy.within(administrationId, (manager) =>
          storedReport(manager, { administrationId, asOf: today, periods: [period, ...trend], segment: null, debtors: 10 }, target),
        );
        expect(reportToJson(stored.report)).toEqual(reportToJson(reportOf(book, period, target)));
        const ofSegment = await database.tenancy.within(administrationId, (manager) =>
          storedReport(manager, { administrationId, asOf: today, periods: [period], segment: 'a', debtors: 10 }, target),
        );
        const segment = { ...book, debtors: book.debtors.filter((debtor) => debtor.segment === 'a') };
        expect(reportToJson(ofSegment.report)).toEqual(reportToJson(reportOf(segment, period, target)));
        for (const [at, one] of trend.entries()) {
          const sums = new PeriodTotals(one);
          for (const facts of factsByDebtor(book)) for (const item of debtorItems(facts, today, one.to).items) sums.add(item, today);
          expect(stored.trend[at]?.figures()).toEqual(sums.figures());
        }
      }),
      // On the days around what went back as well: chance does not always draw one.
      { numRuns: 100, examples: [155, 175, 195, 250].map((asOf) => [TAKEN_BACK, { asOf: 250, back: 250 - asOf, days: 30 }]) },
    );
  });
});
