import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays, plainDate } from '../../src/kernel/plain-date.js';
import type { PushEntry } from '../../src/adapters/accounting-package.port.js';
import { TWINFIELD } from '../../src/adapters/twinfield/vendor.js';
import { httpSender } from '../../src/platform/outgoing/http.js';
import { bookInvoice, payInvoice, receive, selectForRun } from '../../src/sandbox/twinfield/bookings.js';
import { addCustomer, changeCustomer } from '../../src/sandbox/twinfield/customers.js';
import { deleteTransaction } from '../../src/sandbox/twinfield/entries.js';
import { matchLines, undoMatch } from '../../src/sandbox/twinfield/matching.js';
import type { LineRow } from '../../src/sandbox/twinfield/records.js';
import { outstandingOf } from '../../src/sandbox/twinfield/truth.js';
import { LedgerDouble } from './support/ledger-double.js';
import { TwinfieldHarness, refOf } from './support/twinfield-harness.js';

const on = plainDate('2026-11-20');

describe('Twinfield, beyond what any package owes', () => {
  let harness: TwinfieldHarness;
  let ledger: LedgerDouble;
  beforeEach(async () => {
    harness = new TwinfieldHarness({ more: ['KD02'] });
    ledger = new LedgerDouble();
    await harness.start();
  });
  afterEach(() => harness.stop());

  const pull = async (into = ledger, office = harness.administrationRef) => {
    const result = await harness.connect().pull(office, into.cursor, into.sink, into.memory);
    into.cursor = JSON.parse(JSON.stringify(result.cursor));
    return result;
  };
  const push = (entry: PushEntry) => harness.connect().push(harness.administrationRef, entry);
  const base = (marker: string) => ({ marker, on, text: 'Tegoed', about: { item: harness.openInvoice.ref } });
  const customer = () => harness.books.customer(harness.openInvoice.debtorRef);
  const now = () => harness.clock.now();
  const invoice = (more: object = {}): LineRow =>
    bookInvoice(harness.books, { customer: '00591', date: on, amount: 10_000, ...more }, now());

  describe('what is open', () => {
    it('comes to the figure of a list of its own, in the currency of the office', async () => {
      const { control } = await pull();
      expect(control).toEqual({ currency: 'EUR', theirs: outstandingOf(harness.books), ours: outstandingOf(harness.books) });
    });

    it('has the number people know; without one, that of its booking', async () => {
      const [nameless, first, second] = [
        invoice({ invoiceNumber: '' }),
        invoice({ invoiceNumber: '17' }),
        invoice({ invoiceNumber: '17', date: addDays(on, -365) }),
      ];
      await pull();
      expect(ledger.item(refOf(nameless)).number).toBe(`VRK ${nameless.transaction.number}`);
      expect([first, second].map((line) => ledger.item(refOf(line)).number)).toEqual(['17', '17']);
      expect(ledger.item(refOf(nameless)).debtorRef).toBe('00591');
    });

    it.each([{ missing: ['130_3'] as const }, { missing: ['130_3', '130_1'] as const }])(
      'is found although the office lacks $missing',
      async ({ missing }) => {
        for (const code of missing) harness.books.switches.browseCodes.delete(code);
        const dollars = invoice({ currency: 'USD', rateMicro: 920_000 });
        payInvoice(harness.books, dollars, { amount: 4_000, date: on, rateMicro: 930_000 }, now());
        await pull();
        expect(ledger.item(refOf(dollars))).toMatchObject({ currency: 'USD', amount: 10_000, open: 6_000 });
        expect(ledger.book().items).toEqual([...harness.truth().items].sort((a, b) => (a.ref < b.ref ? -1 : 1)));
      },
    );

    it('is read anew from another list when the one that was found is gone', async () => {
      await pull();
      harness.books.switches.browseCodes.delete('130_3');
      const fresh = invoice();
      await pull();
      expect(ledger.item(refOf(fresh)).open).toBe(10_000);
    });

    it('is read by book year when one answer takes too long, from then on', async () => {
      const old = invoice({ date: plainDate('2016-03-01') });
      const send = httpSender({ timeoutMs: 300, maxAnswerBytes: 64 * 1024 * 1024 });
      harness.sandbox.faults.next('hang', { match: ({ path }) => path.endsWith('#columns') });
      const adapter = harness.connect({ send, attempts: 1 });
      const { cursor, control } = await adapter.pull(harness.administrationRef, null, ledger.sink, ledger.memory);
      expect(cursor).toMatchObject({ bookmark: { byYear: true } });
      expect(control?.ours).toBe(control?.theirs);
      expect(ledger.item(refOf(old)).open).toBe(10_000);
      expect(ledger.book().items).toEqual([...harness.truth().items].sort((a, b) => (a.ref < b.ref ? -1 : 1)));
    });

    it('cannot be read when the office has no list of it: that is said, and nothing is taken over', async () => {
      harness.books.switches.browseCodes.clear();
      await expect(pull()).rejects.toMatchObject({ kind: 'no-right', message: expect.stringContaining('130_3') });
      expect(ledger.batches).toBe(0);
    });

    describe('says what was delivered', () => {
      const late = { customer: '90599', date: addDays(on, -40), dueDate: addDays(on, -10), description: 'Levering week 12' };
      const reads = () => harness.requests.filter(({ what }) => what.startsWith('transaction ')).length;
      const consumer = (more: object = {}) => addCustomer(harness.books, { code: '90599', name: 'Roos Duizendstra', ...more }, now());

      it('where the letters of the law must, of a consumer that is late, and is looked up once', async () => {
        consumer();
        await pull();
        const line = invoice(late);
        const before = reads();
        await pull();
        expect(ledger.item(refOf(line)).description).toBe('Levering week 12');
        await pull();
        expect(reads() - before).toBe(1);
        changeCustomer(harness.books.customer('90599'), { credit: { sendReminder: 'false' } }, now());
        await pull();
        payInvoice(harness.books, line, { amount: 10_000, date: on }, now());
        await pull();
        expect(ledger.item(refOf(line))).toMatchObject({ open: 0, paused: true, description: 'Levering week 12' });
      });

      it.each([
        ['a business', { cocNumber: '90000001' }, {}],
        ['who is not late', {}, { dueDate: on }],
        ['who has money to come', {}, { amount: -500 }],
      ])('not of %s: it costs a credit', async (_who, customer, terms) => {
        consumer(customer);
        const line = invoice({ ...late, ...terms });
        await pull();
        expect(ledger.item(refOf(line)).description).toBeNull();
      });

      it('of so many in a pull, the longest due first, and of the others in the next', async () => {
        consumer();
        await pull();
        const most = TWINFIELD.descriptionsPerPull;
        const lines = Array.from({ length: most + 1 }, (_, nth) => invoice({ ...late, dueDate: addDays(on, -10 - nth) }));
        const told = () => lines.filter((line) => ledger.item(refOf(line)).description !== null).length;
        await pull();
        expect([told(), ledger.item(refOf(lines[0] as LineRow)).description]).toEqual([most, null]);
        await pull();
        expect(told()).toBe(most + 1);
      });
    });

    it('is not asked for while it is in a run, and is again after', async () => {
      const line = invoice();
      selectForRun([line], 7, now());
      await pull();
      expect(ledger.item(refOf(line))).toMatchObject({ collecting: true, open: 10_000 });
      selectForRun([line], null, now());
      await pull();
      expect(ledger.item(refOf(line))).toMatchObject({ collecting: false, open: 10_000 });
    });
  });

  describe('what is not open any more', () => {
    it('is paid when its transaction says so, and open again when the match is undone', async () => {
      const line = invoice();
      await pull();
      payInvoice(harness.books, line, { amount: 10_000, date: on }, now());
      await pull();
      expect(ledger.item(refOf(line))).toMatchObject({ open: 0, settlements: [{ amount: 10_000, kind: 'payment' }] });
      const [set] = line.sets;
      if (!set) throw new Error('nothing was matched');
      undoMatch(harness.books, set, now());
      const { control } = await pull();
      expect(ledger.item(refOf(line))).toMatchObject({ open: 10_000, settlements: [] });
      expect(control?.ours).toBe(control?.theirs);
    });

    it('is gone when it was deleted: deleted is not paid', async () => {
      const line = invoice();
      const ref = refOf(line);
      await pull();
      deleteTransaction(harness.books, line.transaction, { at: now() });
      await pull();
      expect(() => ledger.item(ref)).toThrow();
    });

    describe('and has the number of one that was deleted the day before', () => {
      const deleteAndBookAnew = (amount: number) => {
        const old = invoice();
        const { code, number, date } = old.transaction;
        harness.books.transactions.delete(`${code}/${number}`);
        harness.books.deletions.push({ daybook: code, number, date, deletedOn: on, userCode: 'IK', reason: 'Opnieuw' });
        const line = bookInvoice(harness.books, { customer: old.dim2 ?? '', number, date, amount }, now());
        return { line, ref: refOf(line) };
      };
      const pay = (line: LineRow, amount: number) => payInvoice(harness.books, line, { amount, date: on }, now());

      it('is paid when it is the one that was known', async () => {
        const { line, ref } = deleteAndBookAnew(7_500);
        await pull();
        expect(ledger.item(ref)).toMatchObject({ amount: 7_500, open: 7_500 });
        pay(line, 7_500);
        await pull();
        expect(ledger.item(ref)).toMatchObject({ amount: 7_500, open: 0, settlements: [{ amount: 7_500, kind: 'payment' }] });
      });

      it('is another when the one that was known was deleted: paying it pays nothing of that', async () => {
        const known = invoice();
        const ref = refOf(known);
        await pull();
        const { code, number, date } = known.transaction;
        deleteTransaction(harness.books, known.transaction, { at: now() });
        pay(bookInvoice(harness.books, { customer: known.dim2 ?? '', number, date, amount: 7_500 }, now()), 7_500);
        expect(harness.books.transactions.has(`${code}/${number}`)).toBe(true);
        await pull();
        expect(() => ledger.item(ref)).toThrow();
      });
    });

    it('is gone when it was deleted after it was paid', async () => {
      const line = invoice();
      const ref = refOf(line);
      await pull();
      payInvoice(harness.books, line, { amount: 10_000, date: on }, now());
      await pull();
      const [set] = line.sets;
      if (!set) throw new Error('nothing was matched');
      undoMatch(harness.books, set, now());
      deleteTransaction(harness.books, line.transaction, { at: now() });
      await pull();
      expect(() => ledger.item(ref)).toThrow();
    });

    it('was written off: what nobody paid is no payment', async () => {
      const line = invoice();
      await pull();
      matchLines(harness.books, { date: on, lines: [{ line, writeOff: line.open }] }, now());
      await pull();
      expect(ledger.item(refOf(line))).toMatchObject({ open: 0, settlements: [{ amount: 10_000, kind: 'other' }] });
    });
  });

  describe('the comment of a customer', () => {
    it('keeps what people wrote, before and behind ours', async () => {
      await push({ ...base('AAAAAAAAA1'), kind: 'note' });
      changeCustomer(customer(), { credit: { comment: `Eerst bellen. ${customer().credit.comment} Niet op vrijdag!` } }, now());
      await push({ ...base('AAAAAAAAA2'), kind: 'note' });
      expect(customer().credit.comment).toMatch(
        /^Eerst bellen\. .*\[Tegoed\] AAAAAAAAA2 .* \| AAAAAAAAA1 .* \[\/Tegoed\] Niet op vrijdag!$/,
      );
    });

    it('is written only over what was read: what a person changes meanwhile stays', async () => {
      let reads = 0;
      harness.sandbox.faults.next('slow', {
        delayMs: 1,
        match: ({ path }) => {
          if (!path.endsWith('#read')) return false;
          // Between the two looks at the customer; the first read is of the transaction.
          if (++reads === 3) changeCustomer(customer(), { credit: { comment: 'Net gebeld: betaalt morgen' } }, now());
          return false;
        },
      });
      await push({ ...base('AAAAAAAAA3'), kind: 'note' });
      expect(customer().credit.comment).toMatch(/^Net gebeld: betaalt morgen \[Tegoed\] AAAAAAAAA3 /);
    });

    it('is made shorter until Twinfield takes it, and how long it may be is learned', async () => {
      harness.books.switches.commentLengthMax = 120;
      const adapter = harness.connect();
      const note = (marker: string) => adapter.push(harness.administrationRef, { ...base(marker), kind: 'note', text: 'x'.repeat(200) });
      await note('AAAAAAAAA4');
      expect(customer().credit.comment.length).toBeLessThanOrEqual(120);
      const writes = harness.writes();
      await note('AAAAAAAAA5');
      expect(harness.writes() - writes).toBe(1);
      expect(customer().credit.comment).toContain('AAAAAAAAA5');
    });

    it('leaves all other fields of the customer and of its block as they were', async () => {
      changeCustomer(
        customer(),
        { credit: { freetext2: 'SEG', responsibleUser: 'INCASSO', creditLimit: 12_345, blocked: true, blockedLocked: true } },
        now(),
      );
      const before = structuredClone(customer());
      await push({ ...base('AAAAAAAAA6'), kind: 'note' });
      const { comment: _before, ...credit } = before.credit;
      expect(customer()).toMatchObject({ name: before.name, addresses: before.addresses, banks: before.banks, credit });
    });
  });

  it('stops native reminders when ours went out, and gives them back when the last item is let go', async () => {
    changeCustomer(customer(), { credit: { sendReminder: 'email', reminderEmail: 'deb@klant.example' } }, now());
    await push({ ...base('AAAAAAAAA1'), kind: 'reminder-sent' });
    await push({ ...base('AAAAAAAAA2'), kind: 'hold', action: 'pause' });
    expect(customer().credit.sendReminder).toBe('false');
    await pull();
    expect(ledger.item(harness.openInvoice.ref).paused).toBe(true);
    await push({ ...base('AAAAAAAAA3'), kind: 'hold', action: 'resume' });
    expect(customer().credit.sendReminder).toBe('email');
  });

  it('gives a customer that is handed over to the user of the agency', async () => {
    await push({ ...base('AAAAAAAAA1'), kind: 'handover' });
    expect(customer().credit).toMatchObject({ responsibleUser: 'INCASSO', sendReminder: 'false' });
  });

  describe('a payment', () => {
    const payment = (marker: string, amount: number): PushEntry => ({
      ...{ kind: 'payment-match', marker, on, about: { item: harness.openInvoice.ref }, amount, currency: 'EUR', paidOn: on },
    });

    it('waits when its receipt is not booked yet, and leaves no claim behind', async () => {
      const late = { ...payment('AAAAAAAAB1', 500), paidOn: addDays(on, 3) };
      await expect(push(late as PushEntry)).rejects.toMatchObject({ kind: 'not-yet', message: expect.stringContaining('2026-11-23') });
      expect(harness.countMarked('AAAAAAAAB1')).toBe(0);
    });

    it('is left to a person when several receipts could be meant', async () => {
      receive(harness.books, { customer: harness.openInvoice.debtorRef, amount: 99_999, date: on }, now());
      await expect(push(payment('AAAAAAAAB2', 500))).rejects.toMatchObject({
        kind: 'refused',
        message: expect.stringContaining('several'),
      });
      receive(harness.books, { customer: harness.openInvoice.debtorRef, amount: 500, date: on }, now());
      expect(await push(payment('AAAAAAAAB2', 500))).toMatchObject({ outcome: 'written' });
    });

    it('is never matched with money of another customer', async () => {
      receive(harness.books, { customer: '00601', amount: 777, date: on }, now());
      for (const line of [...harness.books.receivables()]) {
        if (line.dim2 === harness.openInvoice.debtorRef && line.value < 0 && line.open !== 0)
          deleteTransaction(harness.books, line.transaction, { at: now() });
      }
      await expect(push(payment('AAAAAAAAB3', 777))).rejects.toMatchObject({ kind: 'not-yet' });
    });
  });

  it('follows its organisation to another cluster, also in the middle of a pull', async () => {
    await pull();
    let asked = 0;
    harness.sandbox.faults.next('slow', {
      match: () => {
        if (++asked === 3) harness.sandbox.moveCluster(harness.organisation);
        return false;
      },
    });
    const fresh = invoice();
    await pull();
    expect(ledger.item(refOf(fresh)).open).toBe(10_000);
  });

  it('keeps the books of two offices apart, although their bookings have the same numbers', async () => {
    const [other] = harness.offices.slice(1);
    if (!other) throw new Error('there is one office');
    addCustomer(other, { code: '00590', name: 'Iemand van KD02' }, now());
    const line = bookInvoice(other, { customer: '00590', date: on, amount: 4_200, invoiceNumber: 'KD02-1' }, now());
    const theirs = new LedgerDouble();
    await pull(theirs, harness.refOfOffice(other));
    expect(theirs.book().items.map(({ number }) => number)).toEqual(['KD02-1']);
    expect(theirs.book().debtors.map(({ name }) => name)).toEqual(['Iemand van KD02']);
    await harness
      .connect()
      .push(harness.refOfOffice(other), { marker: 'AAAAAAAAC1', on, text: 'x', about: { item: refOf(line) }, kind: 'note' });
    expect(harness.countMarked('AAAAAAAAC1')).toBe(0);
  });

  it('opens no namesake in another organisation, whoever gave the consent', async () => {
    const namesake = 'ANDERS/KD01';
    await expect(pull(ledger, namesake)).rejects.toMatchObject({ kind: 'no-right', message: expect.stringContaining('ANDERS') });
    expect(ledger.batches).toBe(0);
    expect(harness.requests).toEqual([]);
  });

  describe('tells at connect', () => {
    const lists = 'Open items come from list 130_3; the control total from 100.';
    const run = '3 items are proposed, 3 of them with the number of a run: nothing is asked for them.';
    const warnings = async (changes: object = {}): Promise<readonly string[]> =>
      (await harness.connect(changes).probe(harness.administrationRef)).warnings;
    const actions =
      'Actions on invoices stand, by their names, BETW Betwist for a dispute (3), H1 Herinnering 1 for a reminder that was sent (3): TWINFIELD_ACTIONS says what else they are.';
    const trail = 'The audit trail of matches goes back to 2026-11-10T08:00:00.000Z and tells of: Match.';

    it('what it found out, and reminders Twinfield sends by itself', async () => {
      const probe = await harness.connect({ handoverUser: 'NIEMAND' }).probe(harness.administrationRef);
      expect(probe.nativeReminders).toMatchObject([{ ref: 'sendreminder' }]);
      expect(probe.warnings).toEqual([
        lists,
        run,
        actions,
        trail,
        'Twinfield has no user NIEMAND: a handover cannot be shown as its responsible user.',
      ]);
      expect(harness.writes()).toBe(0);
    });

    it('what its lists lack, and what is lost by it', async () => {
      for (const field of ['fin.trs.line.matchnumber', 'fin.trs.head.yearperiod']) harness.books.switches.missingFields.add(field);
      expect(await warnings()).toEqual([
        lists,
        'List 130_3 has no column fin.trs.head.yearperiod: a big office cannot be read by book year.',
        'List 130_3 has no column fin.trs.line.matchnumber: payments are taken back by a person.',
        run,
        actions,
        trail,
      ]);
    });

    it('that the audit trail cannot be read, and that it may spend other credits than it is set to', async () => {
      for (const user of harness.organisation.users.values()) user.readsAuditTrail = false;
      expect(await warnings({ tier: 'certified' })).toEqual([
        lists,
        run,
        actions,
        'The audit trail of matches cannot be read: matches are seen at the next pull.',
        'Twinfield gives 25 credits a minute and the service is set to 500: TWINFIELD_CERTIFIED is to be looked at.',
      ]);
    });
  });
});
