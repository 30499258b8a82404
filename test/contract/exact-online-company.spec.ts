import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ManualClock } from '../../src/kernel/clock.js';
import { parseAmount, sum } from '../../src/kernel/money.js';
import { addDays, plainDate } from '../../src/kernel/plain-date.js';
import { unwrap } from '../../src/kernel/result.js';
import { loadCalendars } from '../../src/platform/config/calendars.js';
import { addMoneybirdCompany } from '../../src/sandbox/moneybird/moneybird-company.js';
import { MoneybirdSandbox } from '../../src/sandbox/moneybird/moneybird-sandbox.js';
import { Random } from '../../src/sandbox/random.js';
import { addAccount } from '../../src/sandbox/exact-online/accounts.js';
import type { DivisionBooks } from '../../src/sandbox/exact-online/books.js';
import { bounced, collected, selectForCollection, sendCollection } from '../../src/sandbox/exact-online/collections.js';
import { type ExactCompanyPlan, addExactCompany } from '../../src/sandbox/exact-online/exact-online-company.js';
import { ExactOnlineSandbox } from '../../src/sandbox/exact-online/exact-online-sandbox.js';
import { fillDivision } from '../../src/sandbox/exact-online/generate-books.js';
import { unmatch } from '../../src/sandbox/exact-online/matching.js';
import { changeOvernight } from '../../src/sandbox/exact-online/overnight.js';
import { bookInvoice, bookPurchase, creditInvoice, deleteEntry, payInvoice, payWithDiscount, receive, reverseEntry, writeOff } from '../../src/sandbox/exact-online/receivables.js'; // prettier-ignore
import { itemOf, itemsOf, openItemsOf, outstandingOf } from '../../src/sandbox/exact-online/truth.js';
import { type ExactFixture, type Json, ask, rows, startExact } from './support/exact-client.js';

const bankingDays = loadCalendars().target;
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function start(): Promise<ExactFixture> {
  const fixture = await startExact('2026-10-14', { limits: null });
  stops.push(() => fixture.sandbox.stop());
  return fixture;
}

/** Five months of past; Tegoed comes in on the morning of 1 September 2026. */
function company(plan: Partial<ExactCompanyPlan> = {}) {
  const clock = new ManualClock(new Date('2026-01-01T00:00:00.000Z'));
  const sandbox = new ExactOnlineSandbox({ clock, limits: null });
  const made = addExactCompany(sandbox, {
    name: 'Zandwijk & Zoon B.V.',
    seed: 11,
    debtors: 40,
    invoices: 200,
    from: plainDate('2026-04-01'),
    to: plainDate('2026-08-31'),
    bankingDays,
    users: [sandbox.addUser()],
    clock,
    ...plan,
  });
  return { ...made, sandbox, clock };
}

describe('the sandbox company in Exact Online', () => {
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
    const credited = new Set(itemsOf(books).flatMap(({ kind, open }) => (kind === 'credit-note' && open !== 0 ? [open] : [])));
    const open = openItemsOf(books).filter(({ kind, open: left }) => kind === 'invoice' && !credited.has(-left));
    expect(new Map(open.map(({ ref, open: left }) => [ref, left]))).toEqual(world.owed);
    expect(world.owed.size).toBeGreaterThan(5);
  });

  it('goes on selling after Tegoed came, and books nothing of the bank itself', () => {
    const { books, world } = company();
    const receipts = () => itemsOf(books).filter(({ kind }) => kind === 'receipt').length;
    const before = receipts();
    const days = world.advanceTo(plainDate('2026-10-01'));
    expect(receipts() - before).toBe(days.flatMap(({ registered }) => registered).length);
    expect(days.flatMap(({ issued }) => issued).length).toBeGreaterThan(20);
    for (const { ref, number, total } of days.flatMap(({ issued }) => issued)) {
      const entry = books.entries.get(ref);
      expect([String(entry?.invoiceNumber), entry?.amount]).toEqual([number, total]);
    }
  });
});

describe('the same company', () => {
  it('sells the same in Exact Online as in Moneybird', () => {
    const { world, books } = company();
    const moneybird = new MoneybirdSandbox({ clock: new ManualClock(new Date('2026-01-01T00:00:00.000Z')), limits: null });
    const plan = {
      name: 'Zandwijk & Zoon B.V.',
      seed: 11,
      debtors: 40,
      invoices: 200,
      from: plainDate('2026-04-01'),
      to: plainDate('2026-08-31'),
    };
    const other = addMoneybirdCompany(moneybird, { ...plan, bankingDays });
    const totals = (days: typeof world.days) => days.flatMap(({ day, issued }) => issued.map(({ total }) => ({ day, total })));
    const [ours, theirs] = [totals(world.days), totals(other.world.days)];
    expect(ours.map(({ day }) => day)).toEqual(theirs.map(({ day }) => day));
    // VAT is rounded on the whole here and by line there: three lines at most.
    for (const [nth, { total }] of ours.entries()) expect(Math.abs(total - (theirs[nth]?.total ?? 0))).toBeLessThanOrEqual(2);
    for (const { lines, vat, amount } of books.entries.values())
      if (vat > 0) expect(sum(lines.map((line) => line.amount)) + vat).toBe(amount);
  });
});

describe('the life of a receivable', () => {
  const at = new Date('2026-10-14T10:00:00.000Z');
  const today = plainDate('2026-10-14');
  const open = (books: DivisionBooks) => openItemsOf(books).map(({ kind, open: left }) => [kind, left]);
  async function invoice(changes: object = {}) {
    const { books } = await start();
    const account = addAccount(books, { Name: 'Bakkerij' }, at);
    const entry = bookInvoice(
      books,
      { accountId: account.id, date: plainDate('2026-09-01'), amount: 121_000, vat: 21_000, ...changes },
      at,
    );
    return { books, entry, account };
  }

  it('paid in part, in full and too much', async () => {
    const { books, entry } = await invoice();
    payInvoice(books, entry, { amount: 21_000, date: today }, at);
    expect(open(books)).toEqual([['invoice', 100_000]]);
    payInvoice(books, entry, { amount: 100_500, date: today }, at);
    expect(open(books)).toEqual([['receipt', -500]]);
    expect(
      itemOf(books, entry)
        .settlements.map(({ amount, by, date }) => [amount, by, date])
        .sort(),
    ).toEqual([
      [100_000, 'payment', today],
      [21_000, 'payment', today],
    ]);
  });

  it('in instalments, due when the first one still open is', async () => {
    const { books, entry } = await invoice({ instalments: [{ percent: 50, days: 14 }, { percent: 50, days: 45 }] }); // prettier-ignore
    // 1 September and 14 or 45 days.
    expect(itemOf(books, entry).dueDate).toBe('2026-09-15');
    payInvoice(books, entry, { amount: 60_500, date: today }, at);
    expect(itemOf(books, entry)).toMatchObject({ dueDate: '2026-10-16', open: 60_500 });
  });

  it('credited, set off at once or not', async () => {
    const { books, entry, account } = await invoice();
    creditInvoice(books, entry, { settle: true }, at);
    expect(open(books)).toEqual([]);
    expect(itemOf(books, entry).settlements).toMatchObject([{ amount: 121_000, by: 'credit-note' }]);
    const second = bookInvoice(books, { accountId: account.id, date: today, amount: 5_000 }, at);
    creditInvoice(books, second, { settle: false }, at);
    expect([open(books), outstandingOf(books)]).toEqual([[['invoice', 5_000], ['credit-note', -5_000]], 0]); // prettier-ignore
  });

  it('paid with discount, reversed, written off, or never there', async () => {
    const { books, entry, account } = await invoice({ paymentCondition: '2K' });
    payWithDiscount(books, entry, today, at);
    // 2 % of 1210.00 is 24.20.
    expect(
      itemOf(books, entry)
        .settlements.map(({ amount, by }) => [by, amount])
        .sort(),
    ).toEqual([
      ['other', 2_420],
      ['payment', 118_580],
    ]);
    const more = [1, 2, 3].map(() => bookInvoice(books, { accountId: account.id, date: today, amount: 1_000 }, at));
    const [reversed, written, deleted] = more;
    if (!reversed || !written || !deleted) throw new Error('unreachable');
    reverseEntry(books, reversed, at);
    writeOff(books, written, today, at);
    deleteEntry(books, deleted, at);
    bookPurchase(books, { accountId: account.id, date: today, amount: 7_000 }, at);
    expect(open(books)).toEqual([]);
    expect(itemsOf(books).some(({ ref }) => ref === deleted.id)).toBe(false);
    expect(() => deleteEntry(books, entry, at)).toThrow('matched');
  });

  it('on direct debit: selected, sent, collected or bounced', async () => {
    const { books, entry, account } = await invoice();
    const other = bookInvoice(books, { accountId: account.id, date: today, amount: 2_000 }, at);
    selectForCollection(books, [entry, other], at);
    sendCollection(books, [entry, other], at);
    expect(openItemsOf(books).map(({ collecting }) => collecting)).toEqual([true, true]);
    collected(books, entry, today, at);
    bounced(books, other, at);
    expect(openItemsOf(books)).toMatchObject([{ ref: other.id, open: 2_000, collecting: false }]);
  });

  it('open again when the payment was for something else', async () => {
    const { books, entry } = await invoice();
    payInvoice(books, entry, { amount: 50_000, date: today }, at);
    const [matched] = books.termsOf(entry).filter(({ status }) => status === 50);
    if (matched) unmatch(books, matched, at);
    expect([open(books), outstandingOf(books)]).toEqual([[['invoice', 121_000], ['receipt', -50_000]], 71_000]); // prettier-ignore
  });
});

/**
 * The plainest possible reader of the sync endpoints, in the test's own words: rows by id, deletions taken out, what is not matched added up
 * per entry. If the simulator keeps its promises this is all it takes.
 */
class PlainReader {
  private readonly terms = new Map<string, Json>();
  private seen = { terms: '1', deleted: '1' };
  calls = 0;

  constructor(private readonly fixture: ExactFixture) {}

  async read(): Promise<void> {
    const names = 'Timestamp,ID,AmountFC,AmountDC,Currency,Status,LineType,TransactionEntryID';
    for await (const row of this.all('sync/Cashflow/PaymentTerms', names, this.seen.terms)) {
      this.terms.set(String(row['ID']), row);
      this.seen.terms = later(this.seen.terms, row);
    }
    for await (const row of this.all('sync/Deleted', 'Timestamp,EntityKey,EntityType', this.seen.deleted)) {
      if (Number(row['EntityType']) === 10) this.terms.delete(String(row['EntityKey']));
      this.seen.deleted = later(this.seen.deleted, row);
    }
  }

  /** Cents per entry of what is open, an invoice positive. */
  open(): Map<string, number> {
    const totals = new Map<string, number>();
    for (const row of this.terms.values()) {
      if (Number(row['Status']) === 50 || Number(row['LineType']) !== 20) continue;
      const entry = String(row['TransactionEntryID']);
      const cents = -unwrap(parseAmount(Number(row['AmountFC']).toFixed(2)));
      totals.set(entry, (totals.get(entry) ?? 0) + cents);
    }
    return totals;
  }

  private async *all(path: string, names: string, from: string): AsyncGenerator<Json> {
    const headers = { accept: 'application/json', authorization: `Bearer ${this.fixture.chain.access?.value}` };
    let next = `${this.fixture.url}/api/v1/${this.fixture.books.code}/${path}?$filter=Timestamp gt ${from}L&$select=${names}`;
    while (next !== '') {
      const page = await ask(next, { headers });
      this.calls += 1;
      expect(page.status).toBe(200);
      yield* rows(page);
      next = String(page.body['d']?.['__next'] ?? '');
    }
  }
}

const later = (seen: string, row: Json): string => (BigInt(String(row['Timestamp'])) > BigInt(seen) ? String(row['Timestamp']) : seen);

describe('nights', () => {
  it('are told whole by the sync endpoints: what is open is exactly what the books say, and the control total too', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 31 }), async (seed) => {
        const fixture = await start();
        const random = new Random(seed);
        const { books, clock } = fixture;
        fillDivision(books, {
          debtors: 12,
          invoices: 60,
          from: plainDate('2026-07-01'),
          to: plainDate('2026-10-13'),
          openPercent: 60,
          random,
        });
        const reader = new PlainReader(fixture);
        for (let night = 0; night < 6; night++) {
          await reader.read();
          expect(reader.open()).toEqual(new Map(openItemsOf(books).map(({ ref, open }) => [ref, open])));
          const [total] = rows(await fixture.inside('GET', 'read/financial/OutstandingInvoicesOverview'));
          expect(total?.['OutstandingReceivableInvoiceAmount']).toBe(outstandingOf(books) / 100);
          clock.advance(86_400_000);
          fixture.sandbox.oauth.rotate(fixture.chain);
          changeOvernight(books, { changes: 25, at: clock.now(), random });
        }
        await fixture.sandbox.stop();
      }),
      { numRuns: 10 },
    );
  });

  it('change something of every kind', async () => {
    const { books, clock } = await start();
    const random = new Random(5);
    fillDivision(books, {
      debtors: 40,
      invoices: 400,
      from: plainDate('2026-07-01'),
      to: plainDate('2026-10-13'),
      openPercent: 90,
      random,
    });
    const kinds = new Set(changeOvernight(books, { changes: 300, at: clock.now(), random }).map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual([
      'account',
      'account-changed',
      'account-deleted',
      'bounced',
      'collected',
      'credit-note',
      'credited',
      'deleted',
      'due-date',
      'invoice',
      'overpaid',
      'paid',
      'paid-with-discount',
      'part-paid',
      'purchase',
      'receipt',
      'reversed',
      'selected',
      'unmatched',
      'written-off',
    ]);
  });

  it('leave every matched group at zero, and money where it was', async () => {
    const { books, clock } = await start();
    const random = new Random(9);
    fillDivision(books, {
      debtors: 20,
      invoices: 300,
      from: plainDate('2026-07-01'),
      to: plainDate('2026-10-13'),
      openPercent: 70,
      random,
    });
    for (let night = 0; night < 5; night++) changeOvernight(books, { changes: 60, at: clock.now(), random });
    for (const term of books.terms.values()) {
      if (term.status !== 50) continue;
      const group = new Set([term.id]);
      for (const id of group) for (const other of books.terms.get(id)?.matchedWith ?? []) group.add(other);
      expect(sum([...group].map((id) => books.terms.get(id)?.amount ?? Number.NaN))).toBe(0);
    }
    for (const entry of books.entries.values()) expect(sum(books.termsOf(entry).map(({ amount }) => -amount))).toBe(entry.amount);
  });
});

describe('a large book', () => {
  it('is read whole in pages of a thousand', async () => {
    const fixture = await start();
    const { books } = fixture;
    fillDivision(books, { debtors: 200, invoices: 3_000, from: plainDate('2025-01-01'), to: addDays(plainDate('2026-10-14'), -1), openPercent: 40, random: new Random(3) }); // prettier-ignore
    const rates = new Set([...books.entries.values()].map(({ currency, rateMillionths }) => `${currency} ${rateMillionths}`));
    expect([...rates].sort()).toEqual(['EUR 1000000', 'GBP 1170000', 'USD 920000']);
    const reader = new PlainReader(fixture);
    await reader.read();
    // Compared as texts: Jest takes seconds for maps of this size.
    const asText = (items: Iterable<readonly [string, number]>): string =>
      [...items]
        .map((item) => item.join(' '))
        .sort()
        .join();
    expect(asText(reader.open()) === asText(openItemsOf(books).map(({ ref, open }) => [ref, open]))).toBe(true);
    expect(reader.calls).toBe(Math.ceil(books.terms.size / 1_000) + 1);
    const open = [...books.terms.values()].filter(({ status, lineType }) => status !== 50 && lineType === 20);
    const count = await fixture.inside('GET', 'bulk/Cashflow/Receivables/$count?$filter=Status lt 50&$select=ID');
    expect(count.text).toBe(String(open.length));
    // The receipt of a large book is as good as any.
    receive(books, { accountId: open[0]?.entry.accountId ?? '', amount: 100, date: plainDate('2026-10-14') }, fixture.clock.now());
    await reader.read();
    expect(reader.open().size).toBe(openItemsOf(books).length);
  });
});
