import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { bookInvoice, receive } from '../../src/sandbox/twinfield/bookings.js';
import { addCustomer } from '../../src/sandbox/twinfield/customers.js';
import { deleteTransaction } from '../../src/sandbox/twinfield/entries.js';
import { matchLines, undoMatch } from '../../src/sandbox/twinfield/matching.js';
import type { LineRow, MatchSet } from '../../src/sandbox/twinfield/records.js';
import { TwinfieldHarness } from './support/twinfield-harness.js';
import { truthOf } from './support/twinfield-truth.js';
import { WatchedLedger } from './support/watched-ledger.js';

const AMOUNT = 60_500;

describe('what people in an office correct between two pulls', () => {
  const harness = (): TwinfieldHarness => running;
  let running: TwinfieldHarness;
  let ledger: WatchedLedger;
  beforeEach(async () => {
    running = new TwinfieldHarness({ empty: true });
    ledger = new WatchedLedger({ own: 'KD01', names: /\bKD\d\d\b/g, between: () => undefined });
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
