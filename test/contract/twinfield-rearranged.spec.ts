import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays } from '../../src/kernel/plain-date.js';
import { bookInvoice, changeDueDate, payInvoice, receive } from '../../src/sandbox/twinfield/bookings.js';
import { addCustomer, changeCustomer } from '../../src/sandbox/twinfield/customers.js';
import { deleteTransaction } from '../../src/sandbox/twinfield/entries.js';
import { matchLines, undoMatch } from '../../src/sandbox/twinfield/matching.js';
import type { LineRow, MatchSet } from '../../src/sandbox/twinfield/records.js';
import { TwinfieldHarness } from './support/twinfield-harness.js';
import { truthOf } from './support/twinfield-truth.js';
import { WatchedLedger, endProcess } from './support/watched-ledger.js';

const AMOUNT = 60_500;

describe('what people in an office correct between two pulls', () => {
  const harness = (): TwinfieldHarness => running;
  let running: TwinfieldHarness;
  let ledger: WatchedLedger;
  /** The process ends when so many batches more are stored; 0: it does not. */
  let dieAfter: number;
  beforeEach(async () => {
    running = new TwinfieldHarness({ empty: true });
    dieAfter = 0;
    const between = (when: 'before' | 'after'): void => {
      if (when === 'after' && dieAfter > 0 && --dieAfter === 0) endProcess();
    };
    ledger = new WatchedLedger({ own: 'KD01', names: /\bKD\d\d\b/g, between });
    addCustomer(running.books, { code: '00590', name: 'Klant' }, running.clock.now());
    await running.start();
  });
  afterEach(() => running.stop());

  const invoice = (more: { number?: string; description?: string; amount?: number } = {}): LineRow => {
    const { books, clock } = harness();
    return bookInvoice(books, { customer: '00590', date: books.day(clock.now()), amount: AMOUNT, ...more }, clock.now());
  };
  const match = (...lines: LineRow[]): MatchSet => {
    const { books, clock } = harness();
    return matchLines(books, { date: books.day(clock.now()), lines: lines.map((line) => ({ line })) }, clock.now());
  };
  async function pullIsRight(): Promise<void> {
    const { books } = harness();
    const by = harness().connect();
    ledger.through((await by.pull(harness().administrationRef, ledger.ledger.cursor, ledger.sink, ledger.ledger.memory)).cursor);
    ledger.assertIs('the office', truthOf(books, ledger.told));
  }

  it.each([
    ['open again', (_first: LineRow) => undefined],
    ['gone', (first: LineRow) => deleteTransaction(harness().books, first.transaction, { at: harness().clock.now() })],
  ])('a receipt that is given to another invoice is known to be: the first one is %s', async (_what, then) => {
    const { books, clock } = harness();
    const [first, second] = [invoice(), invoice()];
    const receipt = receive(books, { customer: '00590', amount: AMOUNT, date: books.day(clock.now()) }, clock.now());
    await pullIsRight();
    const set = match(first, receipt);
    await pullIsRight();
    undoMatch(books, set, clock.now());
    match(second, receipt);
    then(first);
    await pullIsRight();
  });

  const receipt = (amount = AMOUNT): LineRow => {
    const { books, clock } = harness();
    return receive(books, { customer: '00590', amount, date: books.day(clock.now()) }, clock.now());
  };
  const undo = (set: MatchSet): void => undoMatch(harness().books, set, harness().clock.now());
  const days = (count: number): void => harness().clock.advance(count * 86_400_000);

  describe.each([
    ['with the audit trail', true],
    ['without it', false],
  ])('an invoice that is paid otherwise, %s', (_name, readsTrail) => {
    beforeEach(() => {
      for (const user of harness().organisation.users.values()) user.readsAuditTrail = readsTrail;
    });

    /** Paid between two pulls: nobody ever saw the invoice's receipt open. */
    async function paidUnseen(amount = AMOUNT): Promise<{ paid: LineRow; by: LineRow; set: MatchSet }> {
      const paid = invoice();
      await pullIsRight();
      const by = receipt(amount);
      const { books, clock } = harness();
      const lines = [{ line: paid }, { line: by, value: -AMOUNT }];
      const set = matchLines(books, { date: books.day(clock.now()), lines }, clock.now());
      await pullIsRight();
      days(1);
      return { paid, by, set };
    }

    it('by a receipt nobody saw either: the former one is open', async () => {
      const { paid, set } = await paidUnseen();
      undo(set);
      match(paid, receipt());
      await pullIsRight();
    });

    it('by a receipt nobody saw either: the former one is deleted', async () => {
      const { paid, by, set } = await paidUnseen();
      undo(set);
      match(paid, receipt());
      deleteTransaction(harness().books, by.transaction, { at: harness().clock.now() });
      await pullIsRight();
    });

    it('by a receipt nobody saw: as much of the former one is left as was', async () => {
      const { paid, by, set } = await paidUnseen(2 * AMOUNT);
      undo(set);
      match(paid, receipt());
      match(by, invoice({ amount: 2 * AMOUNT }));
      await pullIsRight();
    });

    it('and our process ended in the middle of telling', async () => {
      const { paid, set } = await paidUnseen();
      undo(set);
      match(paid, receipt());
      dieAfter = 1;
      await expect(pullIsRight()).rejects.toThrow('ended between two batches');
      await pullIsRight();
    });
  });

  it('by its trail, two payments that were changed for each other are known, which no list tells of', async () => {
    const [one, two] = [invoice(), invoice()];
    await pullIsRight();
    const [a, b] = [receipt(), receipt()];
    const sets = [match(one, a), match(two, b)];
    await pullIsRight();
    days(1);
    sets.forEach(undo);
    match(one, b);
    match(two, a);
    // Comes before any item, and its bookmark is kept.
    changeCustomer(harness().books.customer('00590'), { dueDays: 14 }, harness().clock.now());
    dieAfter = 1;
    await expect(pullIsRight()).rejects.toThrow('ended between two batches');
    await pullIsRight();
  });

  it('a settled item that is as it was costs no calls', async () => {
    const [one, two] = [invoice(), invoice()];
    await pullIsRight();
    const by = receipt(3 * AMOUNT);
    const { books, clock } = harness();
    const part = (line: LineRow) => matchLines(books, { date: books.day(clock.now()), lines: [{ line }, { line: by, value: -AMOUNT }] }, clock.now()); // prettier-ignore
    part(one);
    await pullIsRight();
    days(1);
    part(two);
    const before = harness().requests.length;
    await pullIsRight();
    const read = harness().requests.slice(before).filter(({ what }) => what.startsWith('transaction ')).map(({ what }) => what); // prettier-ignore
    expect(read).not.toContain(`transaction VRK ${one.transaction.number}`);
    expect(read).toContain(`transaction VRK ${two.transaction.number}`);
  });

  it('an invoice that is changed and then paid, before anybody looks, is as it was changed', async () => {
    const paid = invoice();
    addCustomer(harness().books, { code: '00591', name: 'Andere klant' }, harness().clock.now());
    await pullIsRight();
    changeDueDate(paid, addDays(paid.transaction.date, 90), harness().clock.now());
    paid.transaction.invoiceNumber = 'HERNUMMERD';
    Object.assign(paid, { dim2: '00591' });
    const { books, clock } = harness();
    payInvoice(books, paid, { amount: AMOUNT, date: books.day(clock.now()) }, clock.now());
    await pullIsRight();
  });

  it('a number that is given out again says nothing of the booking that had it', async () => {
    harness().wireClock.advance(0);
    const former = invoice({ number: '202600900', description: 'Levering week 17' });
    // Long due, of a consumer: its words are looked up.
    former.transaction.dueDate = former.transaction.date;
    harness().clock.advance(3 * 86_400_000);
    await pullIsRight();
    expect([...ledger.told.values()]).toContain('Levering week 17');
    deleteTransaction(harness().books, former.transaction, { at: harness().clock.now() });
    invoice({ number: '202600900', description: 'Reparatie', amount: 12_100 });
    await pullIsRight();
    expect([...ledger.told.values()]).not.toContain('Levering week 17');
  });
});
