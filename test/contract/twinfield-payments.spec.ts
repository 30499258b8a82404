import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays, plainDate } from '../../src/kernel/plain-date.js';
import type { Difference, PushEntry, PushResult } from '../../src/adapters/accounting-package.port.js';
import type { TwinfieldOptions } from '../../src/adapters/twinfield/twinfield.js';
import { bookInvoice, receive } from '../../src/sandbox/twinfield/bookings.js';
import { addCustomer, changeCustomer } from '../../src/sandbox/twinfield/customers.js';
import { matchLines, undoMatch } from '../../src/sandbox/twinfield/matching.js';
import type { LineRow, MatchSet } from '../../src/sandbox/twinfield/records.js';
import { LedgerDouble } from './support/ledger-double.js';
import { TwinfieldHarness, refOf } from './support/twinfield-harness.js';

const on = plainDate('2026-11-20');
const MATCHED = 'MATCHED001';
const UNDONE = 'UNDONE0001';
const CUSTOMER = '00999';

describe('payments at Twinfield', () => {
  let harness: TwinfieldHarness;
  beforeEach(async () => {
    harness = new TwinfieldHarness({ batchSize: 50 });
    await harness.start();
    addCustomer(harness.books, { code: CUSTOMER, name: 'Ververij De Kuip' }, harness.clock.now());
  });
  afterEach(() => harness.stop());

  const now = () => harness.clock.now();
  const invoice = (amount = 10_000): LineRow => bookInvoice(harness.books, { customer: CUSTOMER, date: addDays(on, -40), amount }, now());
  const money = (amount: number, date = on): LineRow => receive(harness.books, { customer: CUSTOMER, amount, date }, now());
  const push = (entry: PushEntry, changes: Partial<TwinfieldOptions> = {}): Promise<PushResult> =>
    harness.connect(changes).push(harness.administrationRef, entry);
  const payment = (line: LineRow, amount: number, difference?: Difference): PushEntry => ({
    ...{ kind: 'payment-match', marker: MATCHED, on, about: { item: refOf(line) }, amount, currency: 'EUR', paidOn: on },
    ...(difference && { difference }),
  });
  const taking = (line: LineRow, amount: number, more: object = {}): PushEntry => ({
    ...{ kind: 'payment-undo', marker: UNDONE, on, about: { item: refOf(line) }, amount, currency: 'EUR', paidOn: on },
    ...{ undoes: MATCHED, text: 'Maak haar ook hier ongedaan.', ...more },
  });
  const comment = () => harness.books.customer(CUSTOMER).credit.comment;
  const sets = (): readonly MatchSet[] => harness.books.setsOf(CUSTOMER);
  const standing = (): readonly number[] => sets().map(({ number }) => number);
  const matchedByHand = (line: LineRow, receipt: LineRow, amount: number): MatchSet =>
    matchLines(harness.books, { date: on, lines: [{ line, value: amount }, { line: receipt, value: -amount }] }, now()); // prettier-ignore
  const forgetOurSection = () => changeCustomer(harness.books.customer(CUSTOMER), { credit: { comment: 'Belt graag' } }, now());

  it('finds room for its claim as long as Twinfield has any, and is refused whole when there is none', async () => {
    harness.books.switches.commentLengthMax = 200;
    const commentLimits = new Map<string, number>();
    const say = (text: string) => changeCustomer(harness.books.customer(CUSTOMER), { credit: { comment: text } }, now());
    const [first, second] = [invoice(), invoice()];
    // 205 characters are refused and 164 are taken: what lies between them is not known.
    say('x'.repeat(100));
    await push({ kind: 'note', marker: 'NOTE000001', on, about: { item: refOf(first) }, text: 'y'.repeat(46) }, { commentLimits });
    const learned = comment().length;
    expect(learned).toBeLessThan(165);
    money(10_000);
    expect(await push(payment(first, 10_000), { commentLimits })).toMatchObject({ outcome: 'written' });
    expect([first.open, comment().length > learned, comment().startsWith('x'.repeat(100))]).toEqual([0, true, true]);

    say('x'.repeat(160));
    money(10_000);
    const refused = push({ ...payment(second, 10_000), marker: 'MATCHED002' }, { commentLimits });
    await expect(refused).rejects.toMatchObject({ kind: 'refused', message: expect.stringContaining('no room left') });
    expect([second.open, comment()]).toEqual([10_000, 'x'.repeat(160)]);
  });

  describe('one that is taken back', () => {
    it('is undone, and no other match of the customer is', async () => {
      const [ours, theirs] = [invoice(), invoice()];
      const [receipt, other] = [money(10_000), money(4_000, addDays(on, -3))];
      const { number } = matchedByHand(theirs, other, 4_000);
      await push(payment(ours, 10_000));
      expect([ours.open, receipt.open]).toEqual([0, 0]);
      expect(await push(taking(ours, 10_000))).toMatchObject({ outcome: 'written', ref: null });
      expect([ours.open, receipt.open, theirs.open, other.open]).toEqual([10_000, -10_000, 6_000, 0]);
      expect(standing()).toEqual([number]);
      // Nothing claims the match any more: whoever makes it anew is not us.
      expect([harness.countMarked(MATCHED), harness.countMarked(UNDONE)]).toEqual([0, 1]);
      const writes = harness.writes();
      expect(await push(taking(ours, 10_000))).toMatchObject({ outcome: 'already-there' });
      expect(harness.writes()).toBe(writes);
    });

    it('is gone from the ledger with the next pull', async () => {
      const line = invoice();
      money(10_000);
      const ledger = new LedgerDouble();
      const pull = async () => {
        const { cursor } = await harness.connect().pull(harness.administrationRef, ledger.cursor, ledger.sink, ledger.memory);
        ledger.cursor = JSON.parse(JSON.stringify(cursor));
        return ledger.item(refOf(line));
      };
      await pull();
      await push(payment(line, 4_000));
      expect(await pull()).toMatchObject({ open: 6_000, settlements: [{ amount: 4_000, marker: MATCHED }] });
      await push(taking(line, 4_000));
      expect(await pull()).toMatchObject({ open: 10_000, settlements: [] });
    });

    it.each([0, 1])('is undone once when the answer of its write number %i gets lost', async (toCome) => {
      const [line, receipt] = [invoice(), money(10_000)];
      await push(payment(line, 10_000));
      harness.loseAnswerOfWrite(toCome);
      expect(await push(taking(line, 10_000))).toMatchObject({ outcome: 'written' });
      expect([line.open, receipt.open, standing()]).toEqual([10_000, -10_000, []]);
    });

    it('is undone when the process ends between saying so and doing so, and a match a person made since is left alone', async () => {
      const [line, receipt] = [invoice(), money(10_000)];
      await push(payment(line, 10_000));
      const down = () => harness.sandbox.faults.next('maintenance', { times: 100, match: ({ path }) => path.endsWith('#UndoMatch') });
      down();
      await expect(push(taking(line, 10_000))).rejects.toMatchObject({ kind: 'unavailable' });
      expect([line.open, harness.countMarked(UNDONE)]).toEqual([0, 1]);
      harness.recover();
      expect(await push(taking(line, 10_000))).toMatchObject({ outcome: 'written' });
      const byHand = matchedByHand(line, receipt, 10_000);
      expect(await push(taking(line, 10_000))).toMatchObject({ outcome: 'already-there' });
      expect(standing()).toEqual([byHand.number]);
    });

    it('is uncertain when the answer gets lost and nobody can look; looked at later, it is done', async () => {
      const line = invoice();
      money(10_000);
      await push(payment(line, 10_000));
      let down = false;
      harness.sandbox.faults.next('drop-after', { match: ({ path }) => path.endsWith('#UndoMatch') && (down = true) });
      harness.sandbox.faults.next('maintenance', { times: Number.MAX_SAFE_INTEGER, match: () => down });
      await expect(push(taking(line, 10_000))).rejects.toMatchObject({ kind: 'uncertain' });
      harness.recover();
      expect(await push(taking(line, 10_000))).toMatchObject({ outcome: 'already-there' });
      expect(line.open).toBe(10_000);
    });

    it('is there already when a person undid it, and claims nothing after', async () => {
      const [line, receipt] = [invoice(), money(10_000)];
      await push(payment(line, 10_000));
      const [set] = sets();
      if (set) undoMatch(harness.books, set, now());
      expect(await push(taking(line, 10_000))).toMatchObject({ outcome: 'already-there' });
      expect([harness.countMarked(MATCHED), harness.countMarked(UNDONE)]).toEqual([0, 0]);
      expect(receipt.open).toBe(-10_000);
    });

    it('is found by its settlement when its claim made way for newer entries', async () => {
      const line = invoice();
      money(10_000);
      const { ref } = await push(payment(line, 10_000));
      forgetOurSection();
      expect(await push(taking(line, 10_000, { settlement: ref }))).toMatchObject({ outcome: 'written' });
      expect([line.open, standing()]).toEqual([10_000, []]);
      expect(comment()).toMatch(/^Belt graag \[Tegoed\] UNDONE0001 /);
    });

    describe('is left to a person, in words on the customer', () => {
      const asksInstead = async (line: LineRow, more: object = {}): Promise<void> => {
        const [before, open] = [standing(), line.open];
        expect(await push(taking(line, 10_000, more))).toMatchObject({ outcome: 'written' });
        expect([standing(), line.open]).toEqual([before, open]);
        expect(comment()).toContain(
          `UNDONE0001 2026-11-20 inv ${line.transaction.invoiceNumber || `VRK ${line.transaction.number}`} Maak haar`,
        );
        expect(await push(taking(line, 10_000, more))).toMatchObject({ outcome: 'already-there' });
        expect(harness.countMarked(UNDONE)).toBe(1);
      };

      it('when nothing says that the match was ours', async () => {
        const line = invoice();
        matchedByHand(line, money(10_000), 10_000);
        await asksInstead(line);
      });

      it('when a person has put other invoices into the match since', async () => {
        const [line, other] = [invoice(), invoice(5_000)];
        const receipt = money(15_000);
        const { ref } = await push(payment(line, 10_000));
        const [set] = sets();
        if (set) undoMatch(harness.books, set, now());
        matchLines(harness.books, { date: on, lines: [{ line }, { line: other }, { line: receipt }] }, now());
        await asksInstead(line, { settlement: ref });
      });

      it('when the receipt was matched with the invoice more than once, in different amounts', async () => {
        const line = invoice(12_000);
        const receipt = money(12_000);
        await push(payment(line, 10_000));
        matchedByHand(line, receipt, 2_000);
        await asksInstead(line);
      });

      it('when no list of the office tells numbers of matches', async () => {
        const line = invoice();
        money(10_000);
        await push(payment(line, 10_000));
        harness.books.switches.missingFields.add('fin.trs.line.matchnumber');
        await asksInstead(line);
        // It stands, and stays ours.
        expect(harness.countMarked(MATCHED)).toBe(1);
      });

      it('when Twinfield refuses: the match stays ours', async () => {
        const line = invoice();
        money(10_000);
        await push(payment(line, 10_000));
        const refused =
          '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><UndoMatchResponse xmlns="http://www.twinfield.com/"><UndoMatchResult><MessageOfUndoSetByTypeResult><Type>Error</Type><Text>Periode is gesloten.</Text><Code>MatchingTransactionsCouldNotBeDeleted</Code></MessageOfUndoSetByTypeResult></UndoMatchResult></UndoMatchResponse></soap:Body></soap:Envelope>';
        const { twinfieldSender } = await import('../../src/adapters/twinfield/twinfield.js');
        const real = harness.wait.watched(twinfieldSender());
        const send: typeof real = (request, signal) =>
          request.url.endsWith('/matching.asmx')
            ? Promise.resolve({ kind: 'answer', status: 200, headers: {}, body: refused })
            : real(request, signal);
        expect(await push(taking(line, 10_000), { send })).toMatchObject({ outcome: 'written' });
        expect([line.open, sets().length, harness.countMarked(UNDONE), harness.countMarked(MATCHED)]).toEqual([0, 1, 1, 1]);
        expect(comment()).toMatch(/UNDONE0001 2026-11-20 inv .* Maak haar .* \| MATCHED001 2026-11-20 /);
        expect(await push(taking(line, 10_000))).toMatchObject({ outcome: 'already-there' });
      });
    });
  });

  describe('one that is less than what is open', () => {
    it.each([
      ['discount', 'discount'],
      ['currency', 'currency'],
      ['bank-charges', 'writeoff'],
      ['underpayment', 'writeoff'],
    ] as const)('settles it as a whole where %s may be booked away', async (kind, type) => {
      const [line, receipt] = [invoice(), money(9_800)];
      const entry = payment(line, 9_800, { amount: 200, kind });
      expect(await push(entry, { writesOff: true })).toMatchObject({ outcome: 'written' });
      expect([line.open, receipt.open]).toEqual([0, 0]);
      expect(harness.requests.some(({ body }) => body.includes(`<writeoff type="${type}">2.00</writeoff>`))).toBe(true);
      const [set] = sets();
      expect(set?.lines.reduce((total, { value }) => total + value, 0)).toBe(0);
      expect(await push(entry, { writesOff: true })).toMatchObject({ outcome: 'already-there' });
      // Undone as one: what was booked away comes back.
      await push(taking(line, 9_800));
      expect([line.open, receipt.open, standing()]).toEqual([10_000, -9_800, []]);
    });

    it.each([
      ['nobody allowed it', { amount: 200, kind: 'discount' }, false],
      ['it is not all that is left', { amount: 199, kind: 'discount' }, true],
      ['it is more than is left', { amount: 201, kind: 'discount' }, true],
    ] as const)('stays open for the rest when %s', async (_why, difference, writesOff) => {
      const line = invoice();
      money(9_800);
      await push(payment(line, 9_800, difference), { writesOff });
      expect(line.open).toBe(200);
      expect(harness.requests.some(({ body }) => body.includes('writeoff'))).toBe(false);
    });

    it('tells the ledger what was paid and what was not', async () => {
      const line = invoice();
      money(9_800);
      const ledger = new LedgerDouble();
      const pull = async () => {
        ledger.cursor = (await harness.connect().pull(harness.administrationRef, ledger.cursor, ledger.sink, ledger.memory)).cursor;
      };
      await pull();
      await push(payment(line, 9_800, { amount: 200, kind: 'discount' }), { writesOff: true });
      await pull();
      expect(ledger.item(refOf(line))).toMatchObject({
        open: 0,
        settlements: [
          { amount: 9_800, kind: 'payment', marker: MATCHED },
          { amount: 200, kind: 'other', marker: null },
        ],
      });
    });
  });

  it('whose receipt is not booked yet waits for it, and leaves no claim behind', async () => {
    const line = invoice();
    money(10_000, addDays(on, 3));
    await expect(push(payment(line, 10_000))).rejects.toMatchObject({ kind: 'not-yet', message: expect.stringContaining('2026-11-20') });
    expect([line.open, harness.countMarked(MATCHED)]).toEqual([10_000, 0]);
    money(10_000);
    expect(await push(payment(line, 10_000))).toMatchObject({ outcome: 'written' });
  });
});
