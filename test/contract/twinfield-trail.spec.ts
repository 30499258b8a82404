import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { plainDate } from '../../src/kernel/plain-date.js';
import type { Cursor } from '../../src/adapters/accounting-package.port.js';
import { bookInvoice, payInvoice } from '../../src/sandbox/twinfield/bookings.js';
import { addCustomer } from '../../src/sandbox/twinfield/customers.js';
import { undoMatch } from '../../src/sandbox/twinfield/matching.js';
import { LedgerDouble } from './support/ledger-double.js';
import { TwinfieldHarness, refOf } from './support/twinfield-harness.js';

const on = plainDate('2026-11-20');

/** The audit trail of matches (§6.6): it hastens a pull, and nothing depends on it. */
describe('what Twinfield keeps account of', () => {
  let harness: TwinfieldHarness;
  let ledger: LedgerDouble;
  beforeEach(async () => {
    harness = new TwinfieldHarness({ more: ['KD02'] });
    ledger = new LedgerDouble();
    await harness.start();
  });
  afterEach(() => harness.stop());

  const pull = async () => {
    const result = await harness.connect().pull(harness.administrationRef, ledger.cursor, ledger.sink, ledger.memory);
    ledger.cursor = JSON.parse(JSON.stringify(result.cursor));
    return result;
  };
  const asked = () => harness.requests.filter(({ what }) => what.startsWith('the audit trail'));
  const isChanged = async () => {
    const before = harness.requests.length;
    const changed = (await harness.connect().changedSince?.(harness.administrationRef, ledger.cursor as Cursor)) ?? null;
    return { changed, calls: harness.requests.length - before };
  };
  const invoice = (amount = 10_000) => bookInvoice(harness.books, { customer: '00591', date: on, amount }, harness.clock.now());
  const pay = (line: ReturnType<typeof invoice>, amount = 1_000) =>
    payInvoice(harness.books, line, { amount, date: on }, harness.clock.now());

  it('is asked in one call: a match is news, and one undone too, until the next pull', async () => {
    const line = invoice();
    await pull();
    expect(await isChanged()).toEqual({ changed: false, calls: 1 });
    pay(line);
    expect(await isChanged()).toEqual({ changed: true, calls: 1 });
    await pull();
    expect(await isChanged()).toMatchObject({ changed: false });
    const [set] = line.sets;
    if (set) undoMatch(harness.books, set, harness.clock.now());
    expect(await isChanged()).toMatchObject({ changed: true });
  });

  it('is no news when we matched it ourselves, or when it was in another office', async () => {
    await pull();
    const { ref: item, currency } = harness.openInvoice;
    await harness.connect().push(harness.administrationRef, { kind: 'payment-match', marker: 'AAAAAAAAA1', on, about: { item }, amount: 500, currency, paidOn: on }); // prettier-ignore
    const [, other] = harness.offices;
    if (!other) throw new Error('there is one office');
    addCustomer(other, { code: '1', name: 'Van KD02' }, harness.clock.now());
    payInvoice(other, bookInvoice(other, { customer: '1', date: on, amount: 100 }, harness.clock.now()), { amount: 100, date: on }, harness.clock.now()); // prettier-ignore
    expect(await isChanged()).toMatchObject({ changed: false });
  });

  it('finds the end of years of it in few looks', async () => {
    const line = invoice(1_000_000);
    for (let nth = 0; nth < 3_000; nth++) pay(line, 1);
    await pull();
    expect(asked().length).toBeLessThan(20);
    expect(await isChanged()).toMatchObject({ changed: false });
    pay(line, 1);
    expect(await isChanged()).toMatchObject({ changed: true });
    const before = asked().length;
    await pull();
    expect(asked().length - before).toBe(1);
  });

  it('is not asked when the consent does not cover it, or the user may not read it; the pull does without', async () => {
    const [user] = [...harness.organisation.users.values()];
    if (!user) throw new Error('nobody is there');
    user.readsAuditTrail = false;
    const line = invoice();
    await pull();
    expect(await isChanged()).toEqual({ changed: false, calls: 0 });
    pay(line, 10_000);
    await pull();
    expect(ledger.item(refOf(line)).open).toBe(0);
  });

  it('is left as it was when it cannot be read for the moment', async () => {
    const line = invoice();
    await pull();
    pay(line);
    harness.sandbox.faults.next('maintenance', { times: 20, match: ({ path }) => path.includes('/audittrails/') });
    await pull();
    harness.recover();
    expect(ledger.item(refOf(line)).open).toBe(9_000);
    // Too much rather than too little: it is looked at once more.
    expect(await isChanged()).toMatchObject({ changed: true });
  });
});
