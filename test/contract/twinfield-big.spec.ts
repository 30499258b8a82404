import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays, plainDate } from '../../src/kernel/plain-date.js';
import { twinfieldSender } from '../../src/adapters/twinfield/twinfield.js';
import type { Send } from '../../src/platform/outgoing/http.js';
import { bookInvoice, payInvoice } from '../../src/sandbox/twinfield/bookings.js';
import { addCustomer, changeCustomer, deleteCustomer } from '../../src/sandbox/twinfield/customers.js';
import { LedgerDouble } from './support/ledger-double.js';
import { TwinfieldHarness, refOf } from './support/twinfield-harness.js';

const on = plainDate('2026-11-20');

/** Lists that are more than one answer holds (§4, §5.2, §6.1): what is cut off must never pass for a whole one. */
describe('a big office at Twinfield', () => {
  let harness: TwinfieldHarness;
  let ledger: LedgerDouble;
  beforeEach(async () => {
    harness = new TwinfieldHarness({ certified: true });
    ledger = new LedgerDouble();
    await harness.start();
  });
  afterEach(() => harness.stop());

  const pull = async (send?: Send) => {
    const adapter = harness.connect(send && { send, attempts: 1 });
    const result = await adapter.pull(harness.administrationRef, ledger.cursor, ledger.sink, ledger.memory);
    ledger.cursor = JSON.parse(JSON.stringify(result.cursor));
    return result;
  };
  const now = () => harness.clock.now();
  const items = () => [...harness.truth().items].sort((a, b) => (a.ref < b.ref ? -1 : 1));
  const debtors = () => [...harness.truth().debtors].sort((a, b) => (a.ref < b.ref ? -1 : 1));
  const asked = (text: string) => harness.requests.filter(({ body }) => body.includes(text)).length;

  /** Answers with more rows than this are cut off, and say how many there were all the same (or nothing of it). */
  const cutting = (most: number, { tells = true } = {}): Send => {
    const real = harness.wait.watched(twinfieldSender());
    return async (request, signal) => {
      const outcome = await real(request, signal);
      if (outcome.kind !== 'answer') return outcome;
      const rows = outcome.body.match(/&lt;tr&gt;.*?&lt;\/tr&gt;/gs) ?? [];
      if (rows.length <= most) return outcome;
      const body = rows.slice(most).reduce((text, row) => text.replace(row, ''), outcome.body);
      return { ...outcome, body: tells ? body : body.replace(/ total="\d+"/, '').replace(/ total=&quot;\d+&quot;/, '') };
    };
  };
  /** The answer that lists all customers never comes, or lacks the last ones. */
  const customersThat = (how: 'hang' | 'lack', lacking = 0): Send => {
    const real = harness.wait.watched(twinfieldSender());
    return async (request, signal) => {
      const isList = String(request.body).includes('<dimtype>DEB</dimtype></read>');
      if (isList && how === 'hang') return { kind: 'no-answer', reached: 'maybe', reason: 'no answer within 300 seconds' };
      const outcome = await real(request, signal);
      if (!isList || outcome.kind !== 'answer') return outcome;
      const all = outcome.body.match(/&lt;dimension status.*?&lt;\/dimension&gt;/gs) ?? [];
      return { ...outcome, body: all.slice(-lacking).reduce((text, each) => text.replace(each, ''), outcome.body) };
    };
  };

  it('is read in smaller pieces where open items are cut off, down to periods of a year', async () => {
    for (const nth of [1, 2, 3, 4, 5, 6]) {
      for (const month of [8, 9, 10])
        bookInvoice(harness.books, { customer: '00591', date: plainDate(`2026-${String(month).padStart(2, '0')}-0${nth}`), amount: 1_000 }, now()); // prettier-ignore
    }
    const most = Math.max(...[...Map.groupBy(harness.truth().items, ({ issueDate }) => issueDate.slice(0, 7)).values()].map((each) => each.length)); // prettier-ignore
    const { control, cursor } = await pull(cutting(most));
    expect(cursor).toMatchObject({ bookmark: { byYear: true } });
    expect(asked('<from>2026/11</from><to>2026/11</to>')).toBeGreaterThan(0);
    expect(ledger.book().items).toEqual(items());
    expect(control?.ours).toBe(control?.theirs);
  });

  it.each([{ tells: true }, { tells: false }])('is not taken for paid where what is cut off cannot be had (%j)', async (how) => {
    await pull();
    const before = ledger.book();
    await expect(pull(cutting(1, how))).rejects.toMatchObject({ kind: 'unavailable', message: expect.stringContaining('rows of') });
    expect(ledger.book()).toEqual(before);
  });

  it('is not taken for paid when an empty answer says nothing of how much there is: the totals differ', async () => {
    await pull();
    const before = ledger.book();
    const { control } = await pull(cutting(0, { tells: false }));
    expect(ledger.book()).toEqual(before);
    expect(control?.ours).not.toBe(control?.theirs);
  });

  it.each(['hang', 'lack'] as const)('has its customers found by their codes when the answer that lists them may %s', async (how) => {
    await pull();
    const send = customersThat(how, 3);
    changeCustomer(harness.books.customer('00590'), { credit: { sendReminder: 'false' } }, now());
    harness.clock.advance(60_000);
    const { cursor } = await pull(send);
    expect(cursor).toMatchObject({ bookmark: { customersFrom: expect.stringMatching(/^20261120\d{6}$/) } });
    expect(ledger.book()).toEqual({ debtors: debtors(), items: items() });

    // From then on only those that changed are read; nobody is read that did not.
    harness.clock.advance(3_600_000);
    addCustomer(harness.books, { code: '00998', name: 'Nieuw' }, now());
    const going = addCustomer(harness.books, { code: '00997', name: 'Kort' }, now());
    changeCustomer(harness.books.customer('00591'), { addresses: [] }, now());
    await pull(send);
    expect(ledger.book().debtors).toEqual(debtors());
    harness.clock.advance(3_600_000);
    await pull(send);
    deleteCustomer(harness.books, going);
    const line = bookInvoice(harness.books, { customer: '00590', date: addDays(on, -3), amount: 5_000 }, now());
    const reads = () => harness.requests.filter(({ what }) => /^customer /.test(what)).length;
    const before = reads();
    await pull(send);
    expect(reads() - before).toBe(0);
    expect(ledger.book().debtors).toEqual(debtors());
    // What is known of a customer that was not read counts all the same.
    expect(ledger.item(refOf(line)).paused).toBe(true);
    payInvoice(harness.books, line, { amount: 5_000, date: on }, now());
    await pull(send);
    expect(ledger.item(refOf(line)).open).toBe(0);
  });

  it('deletes no customer that was left out of an answer', async () => {
    await pull();
    const known = ledger.book().debtors.length;
    ledger.forgetWhatCame();
    await pull(customersThat('lack', 5));
    expect([ledger.book().debtors.length, ledger.came().deletedDebtors]).toEqual([known, []]);
  });

  it('misses no customer who owes something, when the first answer was cut off already', async () => {
    const owing = addCustomer(harness.books, { code: '99998', name: 'Achteraan' }, now());
    bookInvoice(harness.books, { customer: owing.code, date: on, amount: 5_000 }, now());
    const { cursor } = await pull(customersThat('lack', 2));
    expect(cursor).toHaveProperty('bookmark.customersFrom');
    expect(ledger.book().debtors).toEqual(debtors());
  });

  it('lists its customers once more when somebody was entered between two answers', async () => {
    const send = harness.wait.watched(twinfieldSender());
    let isEntered = false;
    const { cursor } = await pull((request, signal) => {
      if (!isEntered && String(request.body).includes('<columns')) {
        isEntered = true;
        addCustomer(harness.books, { code: '99998', name: 'Net ingevoerd' }, now());
        bookInvoice(harness.books, { customer: '99998', date: on, amount: 5_000 }, now());
      }
      return send(request, signal);
    });
    expect(cursor).not.toHaveProperty('bookmark.customersFrom');
    expect(ledger.book()).toEqual({ debtors: debtors(), items: items() });
  });

  it('goes on with a first load that was broken off', async () => {
    ledger.breakOffAt(2);
    await expect(pull(customersThat('hang'))).rejects.toThrow('broken off');
    const reads = () => harness.requests.filter(({ what }) => /^customer /.test(what)).length;
    const before = reads();
    await pull(customersThat('hang'));
    expect(ledger.book().debtors).toEqual(debtors());
    expect(reads() - before).toBeLessThan(harness.books.customers.size);
  });
});
