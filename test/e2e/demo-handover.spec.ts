import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Minor, parseAmount, sum } from '../../src/kernel/money.js';
import { type PlainDate, plainDate } from '../../src/kernel/plain-date.js';
import { unwrap } from '../../src/kernel/result.js';
import type { AgencyCase } from '../../src/sandbox/agency/agency-case.js';
import { DEMO_FROM, type RunningDemo, runDemo } from '../../src/sandbox/demo/demo.js';
import type { Books } from '../../src/sandbox/moneybird/books.js';
import { markedNotes } from '../support/sandbox-state.js';
import { type ReadMail, readMail } from './demo-mails.js';

const WEEKS = 7;
const NUMBERS = '20\\d{2}-\\d{4,}';
const minor = (text: string): Minor => unwrap(parseAmount(text));

/** Weeks of a company with its agency, held against the agency's own books, the package, the mailbox and what customers really paid. */
describe('claims of the demo that were handed over', () => {
  let demo: RunningDemo;
  let books: Books;
  let cases: readonly AgencyCase[];
  let mails: ReadMail[];

  beforeAll(async () => {
    const small = { seed: 'proof', debtors: 12, invoices: 90, days: 1, from: DEMO_FROM, port: 0, dataFolder: null, logLevel: 'error' };
    demo = await runDemo({ ...small, agencyWeeks: WEEKS, onProgress: () => undefined });
    books = demo.sandbox.state.administration(demo.packageRef);
    cases = demo.agency?.cases ?? [];
    mails = demo.mailbox.mails.filter(({ text }) => /^Bedrag:/m.test(text)).map((mail) => readMail(mail, NUMBERS));
  }, 600_000);
  afterAll(() => demo?.stop());

  const sent = (type: string) => (demo.agency?.sandbox.cases ?? []).filter((webhook) => webhook.type === `collection.case.${type}`);
  const dataOf = ({ body }: { body: string }) => (JSON.parse(body) as { data: Record<string, unknown> }).data;
  const numbersOf = ({ dossier }: AgencyCase): string[] => dossier.claims.map(({ invoice }) => invoice);

  it('are several, in several states, some of them paid', () => {
    const states = new Set(demo.summary.handovers?.cases.map(({ state, closeCode }) => closeCode ?? state));
    expect(cases.length).toBeGreaterThanOrEqual(3);
    expect(states).toContain('PAID_FULL');
    expect(states.size).toBeGreaterThan(1);
  });

  it('came to the agency once each, and are the cases the house shows', () => {
    expect(sent('submitted')).toHaveLength(cases.length);
    const shown = (demo.summary.handovers?.cases ?? []).map(({ agencyReference }) => agencyReference).sort();
    expect(shown).toEqual(cases.map(({ reference }) => reference).sort());
    // No invoice is at the agency twice.
    const numbers = cases.flatMap(numbersOf);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('are whole: what the agency said was taken, each word of it', () => {
    const refused = (demo.agency?.told ?? []).filter(({ status }) => status !== 202);
    expect(refused.map(({ type, status, answer }) => `${type} ${status} ${answer}`)).toEqual([]);
  });

  it('are left alone by us from the moment they went', () => {
    const gone = new Map(cases.flatMap((each) => numbersOf(each).map((number) => [number, each.takenOn] as const)));
    const late = mails.flatMap(({ sentOn, numbers }) => numbers.filter((number) => sentOn > (gone.get(number) ?? '9999')));
    expect(late).toEqual([]);
    // Each was asked for here before.
    const before = new Set(mails.flatMap(({ numbers }) => numbers));
    expect([...gone.keys()].filter((number) => !before.has(number))).toEqual([]);
  });

  it('are asked for by the agency only as far as they are owed by then', () => {
    const paidBy = (number: string, day: PlainDate): Minor =>
      sum(
        demo.world.days
          .filter((lived) => lived.day < day)
          .flatMap(({ transactions }) => transactions.flatMap(({ truth }) => truth.allocations))
          .flatMap((allocation) => (allocation.number === number ? [allocation.amount] : [])),
      );
    for (const each of cases) {
      const { dossier, asked, takenOn } = each;
      const extra = minor(dossier.interest.amount) + minor(dossier.costs.fee) + minor(dossier.costs.vatUplift);
      for (const { on, amount } of asked) {
        const owed = sum(dossier.claims.map(({ invoice, open }) => minor(open) - (paidBy(invoice, on) - paidBy(invoice, takenOn))));
        expect(amount).toBeLessThanOrEqual(owed + extra);
      }
    }
  });

  it('are noted in the package: the handover on every invoice, once', () => {
    const handed = markedNotes(books).filter(({ text }) => /overgedragen/i.test(text));
    const invoices = [...books.invoices.values()].filter(({ number }) => cases.flatMap(numbersOf).includes(number ?? ''));
    expect(handed.map(({ invoiceId }) => invoiceId).sort()).toEqual(invoices.map(({ id }) => id).sort());
  });

  it('end where the agency says, with what it passed on', () => {
    for (const { reference, dossier, principal, collected, ended } of cases) {
      const shown = demo.summary.handovers?.cases.find(({ agencyReference }) => agencyReference === reference);
      const handed = sum(dossier.claims.map(({ open }) => minor(open)));
      expect(minor(shown?.principal ?? '')).toBe(handed);
      expect(shown?.state === 'CLOSED').toBe(ended);
      const kept = sum(collected.map((money) => money.principal));
      if (shown?.closeCode === 'PAID_FULL') expect(minor(shown.received)).toBe(handed - sum(principal.values()) - kept);
    }
  });

  it('had what they brought in on the company’s account, to the cent', () => {
    const announced = (demo.agency?.told ?? [])
      .filter(({ type }) => type === 'agency.case.settlement_issued')
      .map(({ data }) => minor((data['settlement'] as { remitted: string }).remitted));
    const arrived = demo.world.days
      .flatMap(({ transactions }) => transactions)
      .filter(({ text }) => text?.startsWith('AFDRACHT'))
      .map(({ amount }) => amount);
    expect(announced.length).toBeGreaterThan(0);
    expect(announced.slice(0, arrived.length)).toEqual(arrived);
    expect(dataOf(sent('submitted')[0] ?? { body: '{}' })).toHaveProperty('seal');
    expect(plainDate(demo.summary.handovers?.to ?? '') > DEMO_FROM).toBe(true);
  });
});
