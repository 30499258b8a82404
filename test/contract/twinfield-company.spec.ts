import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ManualClock } from '../../src/kernel/clock.js';
import { parseAmount } from '../../src/kernel/money.js';
import { addDays, plainDate } from '../../src/kernel/plain-date.js';
import { unwrap } from '../../src/kernel/result.js';
import { loadCalendars } from '../../src/platform/config/calendars.js';
import { Random } from '../../src/sandbox/random.js';
import { bookInvoice, creditInvoice, payInvoice, payShort, receive, writeOff } from '../../src/sandbox/twinfield/bookings.js';
import type { OfficeBooks } from '../../src/sandbox/twinfield/books.js';
import { addCustomer, changeCustomer, deleteCustomer } from '../../src/sandbox/twinfield/customers.js';
import { deleteTransaction } from '../../src/sandbox/twinfield/entries.js';
import { fillOffice } from '../../src/sandbox/twinfield/generate-books.js';
import { undoMatch } from '../../src/sandbox/twinfield/matching.js';
import { changeOvernight } from '../../src/sandbox/twinfield/overnight.js';
import type { LineRow } from '../../src/sandbox/twinfield/records.js';
import { countOf, customersOf, itemOf, itemsOf, openItemsOf, outstandingOf } from '../../src/sandbox/twinfield/truth.js';
import { type TwinfieldCompanyPlan, addTwinfieldCompany } from '../../src/sandbox/twinfield/twinfield-company.js';
import { TwinfieldSandbox } from '../../src/sandbox/twinfield/twinfield-sandbox.js';
import { type TwinfieldFixture, ask, startTwinfield, textsOf } from './support/twinfield-client.js';

const bankingDays = loadCalendars().target;
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function start(): Promise<TwinfieldFixture> {
  const fixture = await startTwinfield('2026-10-14', { limits: false });
  stops.push(() => fixture.sandbox.stop());
  return fixture;
}

/** Five months of past; Tegoed comes in on the morning of 1 September 2026. */
function company(plan: Partial<TwinfieldCompanyPlan> = {}) {
  const clock = new ManualClock(new Date('2026-01-01T00:00:00.000Z'));
  const sandbox = new TwinfieldSandbox({ clock });
  const made = addTwinfieldCompany(sandbox, {
    name: 'Zandwijk & Zoon B.V.',
    code: 'ZZ01',
    seed: 11,
    debtors: 40,
    invoices: 200,
    from: plainDate('2026-04-01'),
    to: plainDate('2026-08-31'),
    bankingDays,
    organisation: sandbox.addOrganisation(),
    clock,
    ...plan,
  });
  return { ...made, clock };
}

describe('the sandbox company in Twinfield', () => {
  it('lives the same life from the same seed', () => {
    const lives = [company(), company(), company({ seed: 12 })].map(({ world, books }) => {
      world.advanceTo(plainDate('2026-09-10'));
      return JSON.stringify([world.days, itemsOf(books)]);
    });
    expect(lives[0] === lives[1]).toBe(true);
    expect(lives[0] === lives[2]).toBe(false);
  });

  it('has a past in which the bookkeeper booked everything: what is open is what customers owe', () => {
    const { books, world, clock } = company();
    expect(clock.now().toISOString()).toBe('2026-09-01T05:00:00.000Z');
    const credited = new Set(openItemsOf(books).flatMap(({ kind, open }) => (kind === 'credit-note' ? [-open] : [])));
    const open = openItemsOf(books).filter(({ kind, open: left }) => kind === 'invoice' && !credited.has(left));
    expect(new Map(open.map(({ daybook, number, line, open: left }) => [`${daybook}/${number}/${line}`, left]))).toEqual(world.owed);
    expect(world.owed.size).toBeGreaterThan(5);
  });

  it('goes on selling after Tegoed came, and books nothing of the bank itself', () => {
    const { books, world } = company();
    const receipts = () => itemsOf(books).filter(({ kind }) => kind === 'receipt').length;
    const before = receipts();
    const days = world.advanceTo(plainDate('2026-10-01'));
    expect(receipts() - before).toBe(days.flatMap(({ registered }) => registered).length);
    expect(days.flatMap(({ issued }) => issued).length).toBeGreaterThan(20);
  });
});

const TODAY = plainDate('2026-10-14');
const AT = new Date('2026-10-14T10:00:00.000Z');

/** An invoice of 1210.00 of 1 September. */
async function withInvoice(changes: Partial<Parameters<typeof bookInvoice>[1]> = {}): Promise<{ books: OfficeBooks; line: LineRow }> {
  const { books } = await start();
  addCustomer(books, { code: '00590', name: 'Bakkerij Voorbeeld B.V.' }, AT);
  const invoice = { customer: '00590', date: plainDate('2026-09-01'), amount: 121_000, invoiceNumber: '1' };
  return { books, line: bookInvoice(books, { ...invoice, ...changes }, AT) };
}
const open = (books: OfficeBooks) => openItemsOf(books).map(({ kind, open: left }) => [kind, left]);

describe('what can happen to an invoice', () => {
  it('paid, in parts, too much', async () => {
    const { books, line } = await withInvoice();
    payInvoice(books, line, { amount: 21_000, date: TODAY }, AT);
    payInvoice(books, line, { amount: 30_000, date: addDays(TODAY, 1) }, AT);
    expect(itemOf(books, line)).toMatchObject({ open: 70_000, matchNumbers: [1, 2], status: 'available' });
    payInvoice(books, line, { amount: 75_000, date: TODAY }, AT);
    expect(itemOf(books, line).settlements.map(({ number, amount }) => [number, amount])).toEqual([[1, 21_000], [2, 30_000], [3, 70_000]]); // prettier-ignore
    expect([open(books), outstandingOf(books)]).toEqual([[['receipt', -5_000]], -5_000]);
  });

  it('credited, settled or not; a credit note paid back', async () => {
    const { books, line } = await withInvoice();
    creditInvoice(books, line, { settle: true }, AT);
    expect(open(books)).toEqual([]);
    const second = bookInvoice(books, { customer: '00590', date: TODAY, amount: 5_000 }, AT);
    const credit = creditInvoice(books, second, { settle: false }, AT);
    expect([open(books), outstandingOf(books)]).toEqual([[['invoice', 5_000], ['credit-note', -5_000]], 0]); // prettier-ignore
    payInvoice(books, credit, { amount: -5_000, date: TODAY }, AT);
    expect(open(books)).toEqual([['invoice', 5_000]]);
  });

  it('paid short, written off, and all of it undone', async () => {
    const { books, line } = await withInvoice();
    payShort(books, line, { amount: 120_000, date: TODAY }, AT);
    expect(itemOf(books, line).settlements[0]?.by.map(({ kind, amount }) => [kind, amount])).toEqual([['receipt', 120_000], ['difference', 1_000]]); // prettier-ignore
    const [set] = books.setsOf('00590');
    if (set) undoMatch(books, set, AT);
    expect(open(books)).toEqual([['invoice', 121_000], ['receipt', -120_000]]); // prettier-ignore
    const foreign = bookInvoice(books, { customer: '00590', date: TODAY, amount: 3_333, currency: 'USD', rateMicro: 912_345 }, AT);
    writeOff(books, foreign, TODAY, AT);
    expect([itemOf(books, foreign).open, foreign.openBase]).toEqual([0, 0]);
    expect(() => set && undoMatch(books, set, AT)).toThrow('does not stand');
  });

  it('deleted, but not when something of it is settled; a customer only when nothing was ever booked', async () => {
    const { books, line } = await withInvoice();
    payInvoice(books, line, { amount: 1_000, date: TODAY }, AT);
    expect(() => deleteTransaction(books, line.transaction, { at: AT })).toThrow('matched');
    const other = bookInvoice(books, { customer: '00590', date: TODAY, amount: 5_000 }, AT);
    deleteTransaction(books, other.transaction, { at: AT });
    expect(itemsOf(books).some(({ number }) => number === other.transaction.number)).toBe(false);
    expect(() => deleteCustomer(books, books.customer('00590'))).toThrow('in use');
    deleteCustomer(books, addCustomer(books, { name: 'Nooit besteld' }, AT));
    expect(customersOf(books).map(({ code }) => code)).toEqual(['00590']);
  });

  it('not yet booked for good: drafts are nobody’s claim', async () => {
    const { books } = await withInvoice({ location: 'draft' });
    expect([open(books), itemsOf(books).length]).toEqual([[], 1]);
  });

  it('marked in a text, which is found again', async () => {
    const { books } = await withInvoice();
    changeCustomer(books.customer('00590'), { credit: { comment: '[tg:A] en [tg:A]' } }, AT);
    receive(books, { customer: '00590', amount: 100, date: TODAY, freetexts: ['[tg:A]', null, null] }, AT);
    expect([countOf(books, '[tg:A]'), countOf(books, '[tg:B]')]).toEqual([3, 0]);
  });
});

/**
 * The plainest possible reader, in the test's own words: the rows that are available or proposed, and nothing else. If the simulator keeps its
 * promises this is all it takes.
 */
class PlainReader {
  constructor(private readonly fixture: TwinfieldFixture) {}

  /** Cents by key of what is open. */
  async open(office: string, code: string): Promise<Map<string, number>> {
    const found = new Map<string, number>();
    for (const status of ['available', 'proposed']) {
      const columns = [
        '<column><field>fin.trs.line.openvaluesigned</field><visible>true</visible></column>',
        '<column><field>fin.trs.head.curcode</field><visible>true</visible></column>',
        `<column><field>fin.trs.head.status</field><visible>true</visible><ask>true</ask><operator>equal</operator><from>normal</from></column>`,
        `<column><field>fin.trs.line.matchstatus</field><visible>true</visible><ask>true</ask><operator>equal</operator><from>${status}</from></column>`,
      ];
      const xml = await this.fixture.process(`<columns code="${code}" optimize="true">${columns.join('')}</columns>`, { office });
      for (const [, row = ''] of xml.matchAll(/<tr>(.*?)<\/tr>/gs)) {
        const [amount = '', currency = ''] = textsOf(row, 'td');
        const [of, ...key] = ['office', 'code', 'number', 'line'].map((name) => textsOf(row, name)[0]);
        if (of !== office) throw new Error(`a row of ${of} among those of ${office}`);
        found.set(key.join('/'), unwrap(parseAmount(amount, currency)));
      }
    }
    return found;
  }
}

const openOf = (books: OfficeBooks): Map<string, number> =>
  new Map(openItemsOf(books).map(({ daybook, number, line, open: left }) => [`${daybook}/${number}/${line}`, left]));

describe('nights', () => {
  it('are told whole by the overviews, in every office by itself', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 31 }), async (seed) => {
        const fixture = await start();
        const { sandbox, organisation, clock } = fixture;
        const random = new Random(seed);
        const past = { from: plainDate('2025-11-01'), to: plainDate('2026-10-13'), openPercent: 60 };
        const offices = ['KD01', 'KD02', 'KD03'].map((code) => {
          const books = organisation.offices.get(code) ?? sandbox.addOffice(organisation, code, { name: code, iban: 'NL13TEST0123456789' });
          fillOffice(books, { ...past, debtors: 8, invoices: 40, random: random.fork(code) });
          return books;
        });
        const reader = new PlainReader(fixture);
        for (let night = 0; night < 4; night++) {
          for (const [nth, books] of offices.entries()) {
            expect(await reader.open(books.code, nth === 1 ? '100' : '130_3')).toEqual(openOf(books));
            changeOvernight(books, { changes: 12, at: clock.now(), random });
            expect(wrongIn(books)).toEqual([]);
          }
          clock.advance(600_000);
        }
        await sandbox.stop();
      }),
      { numRuns: 15 },
    );
  });

  it('are told by the audit trail: what was settled and not undone is what stands', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 31 }), async (seed) => {
        const fixture = await start();
        const { books, clock, cluster, organisation, grant, sandbox } = fixture;
        const random = new Random(seed);
        fillOffice(books, { from: plainDate('2026-09-01'), to: TODAY, openPercent: 60, debtors: 6, invoices: 60, random });
        changeOvernight(books, { changes: 40, at: clock.now(), random });
        const standing = new Map<string, number>();
        let last = 0;
        for (let from = 0; ;) {
          const path = `/Api/organisations/${organisation.id}/companies/${books.id}/bookkeeping/audittrails/matching?fromSequence=${from}&limit=7`;
          const reply = await ask(`${cluster}${path}`, { headers: { authorization: `Bearer ${grant.access?.value}` } });
          const page = JSON.parse(reply.text) as { events: { sequence: number; eventType: string; matchId: string; matchNumber: number }[]; nextSequenceNumber: number }; // prettier-ignore
          if (page.events.length === 0) break;
          for (const event of page.events) {
            expect(event.sequence).toBeGreaterThan(last);
            last = event.sequence;
            if (event.eventType === 'Match') standing.set(event.matchId, event.matchNumber);
            else standing.delete(event.matchId);
          }
          from = page.nextSequenceNumber;
        }
        const sets = customersOf(books).flatMap(({ code }) => books.setsOf(code).map(({ id, number }) => [id, number] as const));
        expect(standing).toEqual(new Map(sets));
        await sandbox.stop();
      }),
      { numRuns: 10 },
    );
  });

  it('of a large accountant are quick to make: 300 offices of different debtors', () => {
    const sandbox = new TwinfieldSandbox({ clock: new ManualClock(AT) });
    const organisation = sandbox.addOrganisation();
    const offices = Array.from({ length: 300 }, (_, nth) => {
      const books = sandbox.addOffice(organisation, `KD${String(nth).padStart(3, '0')}`, {
        name: `Klant ${nth}`,
        iban: 'NL13TEST0123456789',
      });
      fillOffice(books, { from: plainDate('2026-08-01'), to: TODAY, openPercent: 60, debtors: 5, invoices: 20, random: new Random(nth) });
      return books;
    });
    expect(new Set(offices.map(({ id }) => id)).size).toBe(300);
    expect(new Set(offices.flatMap((books) => customersOf(books).map(({ name }) => name))).size).toBe(1_500);
  });
});

/** What has to hold in any books, worked out from the lines and sets themselves: what does not. */
function wrongIn(books: OfficeBooks): string[] {
  const total = (amounts: readonly number[]): number => amounts.reduce((all, amount) => all + amount, 0);
  const unbalanced = [...books.transactions.values()].flatMap(({ code, number, lines }) =>
    total(lines.map(({ value }) => value)) === 0 ? [] : [`${code}/${number} is not in balance`],
  );
  const wrongLines = [...books.receivables()].flatMap((line) => {
    const { number, open: left, amount } = itemOf(books, line);
    const sets = line.sets.filter(
      ({ lines }) => total(lines.map(({ value }) => value)) !== 0 || total(lines.map(({ base }) => base)) !== 0,
    );
    return [
      ...(left === (line.open || 0) ? [] : [`${number}: open is not what the sets leave`]),
      ...(Math.abs(left) <= Math.abs(amount) ? [] : [`${number}: more open than it ever was`]),
      ...(line.open === 0 && line.openBase !== 0 ? [`${number}: something left in the office's currency`] : []),
      // A set takes as much from one side as from the other, in both currencies.
      ...sets.map((set) => `${number}: set ${set.number} does not come to nothing`),
    ];
  });
  return [...unbalanced, ...wrongLines];
}
