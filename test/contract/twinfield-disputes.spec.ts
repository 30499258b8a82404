import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays, plainDate } from '../../src/kernel/plain-date.js';
import { type TwinfieldOptions, twinfieldSender } from '../../src/adapters/twinfield/twinfield.js';
import type { Send } from '../../src/platform/outgoing/http.js';
import { addAction, bookInvoice, payInvoice, removeAction, runReminders, selectForRun } from '../../src/sandbox/twinfield/bookings.js';
import { undoMatch } from '../../src/sandbox/twinfield/matching.js';
import { deleteTransaction } from '../../src/sandbox/twinfield/entries.js';
import type { LineRow } from '../../src/sandbox/twinfield/records.js';
import { LedgerDouble } from './support/ledger-double.js';
import { TwinfieldHarness, refOf } from './support/twinfield-harness.js';

const on = plainDate('2026-11-20');

/** Actions people and reminder runs put on invoices (§6.2, browse 164): what is disputed there is asked for by nobody. */
describe('what is disputed in Twinfield', () => {
  let harness: TwinfieldHarness;
  let ledger: LedgerDouble;
  let line: LineRow;
  beforeEach(async () => {
    harness = new TwinfieldHarness({ certified: true });
    ledger = new LedgerDouble();
    await harness.start();
    line = invoice();
  });
  afterEach(() => harness.stop());

  const now = () => harness.clock.now();
  const invoice = (more: object = {}): LineRow =>
    bookInvoice(harness.books, { customer: '00591', date: addDays(on, -60), amount: 10_000, invoiceNumber: 'D1', ...more }, now());
  const put = (name = 'Betwist', target = line): void =>
    addAction(target, { code: 'BETW', name, date: addDays(on, 3), value: 5_000, description: 'Stuk', userCode: 'API' }, now());
  const pull = async (changes: Partial<TwinfieldOptions> = {}) => {
    ledger.forgetWhatCame();
    const result = await harness.connect(changes).pull(harness.administrationRef, ledger.cursor, ledger.sink, ledger.memory);
    ledger.cursor = JSON.parse(JSON.stringify(result.cursor));
    return result;
  };
  const dispute = (target = line) => ledger.item(refOf(target)).dispute ?? null;
  const asked = (text: string): number => harness.requests.filter(({ body }) => body.includes(text)).length;
  const [DEFINITION, LIST] = ['<code>164</code>', 'columns code="164"'];
  const isRight = (): void => expect(ledger.book().items).toEqual([...harness.truth().items].sort((a, b) => (a.ref < b.ref ? -1 : 1)));
  const noted = { text: 'BETW Betwist 50.00: Stuk', on: '2026-11-23' };

  it('comes with the item, although nothing else of it changed, and goes when it is gone there', async () => {
    await pull();
    expect(dispute()).toBeNull();
    put();
    await pull();
    expect([dispute(), ledger.came().items]).toEqual([noted, [refOf(line)]]);
    await pull();
    expect(ledger.came().items).toEqual([]);
    removeAction(line);
    await pull();
    expect([dispute(), ledger.came().items]).toEqual([null, [refOf(line)]]);
    isRight();
  });

  it('is not what a reminder run puts on invoices: those days are told', async () => {
    harness.books.customer('00591').credit.sendReminder = 'true';
    expect(runReminders(harness.books, { code: 'H1', name: 'Herinnering 1' }, now())).toContain(line);
    await pull();
    expect(ledger.item(refOf(line))).toMatchObject({ remindedOn: [on] });
    expect(dispute()).toBeNull();
    isRight();
    // A name nobody knows is held, unless the service is told what it stands for.
    put('Eerste brief');
    await pull();
    expect(dispute()).toMatchObject({ text: 'BETW Eerste brief 50.00: Stuk' });
    await pull({ actions: 'Eerste brief=reminder' });
    expect(dispute()).toBeNull();
  });

  it('is over when that is noted, and stands when something else is', async () => {
    put();
    harness.clock.advance(1_000);
    put('Gebeld');
    await pull();
    expect(dispute()).toEqual(noted);
    put('Opgelost');
    await pull();
    expect(dispute()).toBeNull();
    harness.clock.advance(1_000);
    put();
    await pull();
    expect(dispute()).toEqual(noted);
  });

  it('is over when it was paid, and is back when it was not', async () => {
    put();
    await pull();
    payInvoice(harness.books, line, { amount: 10_000, date: on }, now());
    await pull();
    expect([ledger.item(refOf(line)).open, dispute()]).toEqual([0, null]);
    const [set] = line.sets;
    if (!set) throw new Error('nothing was matched');
    undoMatch(harness.books, set, now());
    await pull();
    expect(dispute()).toEqual(noted);
    isRight();
  });

  it('says nothing of the booking that got its number', async () => {
    put();
    await pull();
    const { number } = line.transaction;
    deleteTransaction(harness.books, line.transaction, { at: now() });
    const other = invoice({ number, amount: 20_000 });
    await pull();
    expect([refOf(other), dispute(other)]).toEqual([refOf(line), null]);
  });

  it('costs a credit a pull, and one to find out that there is such a list', async () => {
    await pull();
    const { calls } = await pull();
    await pull();
    expect([asked(DEFINITION), asked(LIST)]).toEqual([1, 3]);
    harness.books.switches.browseCodes.delete('164');
    const { actions: _unknown, ...bookmark } = (ledger.cursor as { bookmark: Record<string, unknown> }).bookmark;
    ledger.cursor = { ...ledger.cursor, bookmark: { ...bookmark, actions: { list: null, lookAgainOn: addDays(on, 1) } } };
    expect((await pull()).calls).toBe(calls - 1);
  });

  it('is read by those who pulled before it could be', async () => {
    await pull();
    put();
    const { actions: _unknown, ...bookmark } = (ledger.cursor as { bookmark: Record<string, unknown> }).bookmark;
    ledger.cursor = { ...ledger.cursor, bookmark };
    await pull();
    expect(dispute()).toEqual(noted);
  });

  it.each(['actions', 'open', 'keyless'] as const)('is found in a list that is of the kind "%s"', async (kind) => {
    harness.books.switches.creditList = kind;
    put();
    const alike = invoice({ invoiceNumber: 'D1', date: addDays(on, -59) });
    await pull();
    expect([dispute(), dispute(alike)]).toEqual([noted, null]);
    isRight();
  });

  it('is in doubt a dispute: where no names of actions are told, every one is', async () => {
    for (const field of ['name', 'created', 'value', 'description', 'date'])
      harness.books.switches.missingFields.add(`fin.trs.line.action${field}`);
    put('Herinnering 1');
    await pull();
    expect(dispute()).toEqual({ text: 'BETW', on: null });
  });

  it('is not known without the list, which is looked for again after a week', async () => {
    harness.books.switches.browseCodes.delete('164');
    put();
    await pull();
    expect(dispute()).toBeNull();
    harness.books.switches.browseCodes.add('164');
    await pull();
    expect([dispute(), asked(DEFINITION)]).toEqual([null, 1]);
    harness.clock.advance(7 * 86_400_000);
    await pull();
    expect(dispute()).toEqual(noted);
  });

  it('stands when the office has no such list any more: nobody said that it is over', async () => {
    put();
    await pull();
    harness.books.switches.browseCodes.delete('164');
    const fresh = invoice();
    await pull();
    expect([dispute(), dispute(fresh)]).toEqual([noted, null]);
    harness.books.switches.browseCodes.add('164');
    removeAction(line);
    harness.clock.advance(7 * 86_400_000);
    await pull();
    expect(dispute()).toBeNull();
  });

  it.each(['refuses', 'forbids'] as const)(
    'is not known while Twinfield %s the list it has, and is asked for the next day',
    async (how) => {
      put();
      const real = harness.wait.watched(twinfieldSender());
      const send: Send = async (request, signal) => {
        const outcome = await real(request, signal);
        if (outcome.kind !== 'answer' || !String(request.body).includes(LIST)) return outcome;
        if (how === 'forbids') return { ...outcome, status: 403, body: '' };
        const body = outcome.body.replace(
          /&lt;browse result="1".*&lt;\/browse&gt;/s,
          '&lt;browse result="0" msgtype="error" msg="Veld bestaat niet"/&gt;',
        );
        return { ...outcome, body };
      };
      await pull({ send, attempts: 1 });
      expect([dispute(), asked(LIST)]).toEqual([null, 1]);
      await pull();
      expect(dispute()).toBeNull();
      harness.clock.advance(86_400_000);
      await pull();
      expect(dispute()).toEqual(noted);
    },
  );

  describe('is in a list that was read before', () => {
    /** Refuses the list, or forbids it; with `even` its definition too. */
    const shut = (how: 'refuses' | 'forbids', even: boolean): Send => {
      const real = harness.wait.watched(twinfieldSender());
      return async (request, signal) => {
        const outcome = await real(request, signal);
        const asks = String(request.body);
        if (outcome.kind !== 'answer' || !(asks.includes(LIST) || (even && asks.includes(DEFINITION)))) return outcome;
        if (how === 'forbids') return { ...outcome, status: 403, body: '' };
        const refused = '&lt;browse result="0" msgtype="error" msg="U hebt geen rechten"/&gt;';
        return { ...outcome, body: outcome.body.replace(/&lt;browse result="1".*&lt;\/browse&gt;/s, refused) };
      };
    };

    it.each([
      ['refuses', false, 'refused'],
      ['refuses', true, 'refused'],
      ['forbids', false, 'no-right'],
      ['forbids', true, 'no-right'],
    ] as const)(
      'and Twinfield now %s (its definition: %s): nothing is pulled, and who reads why knows what to do',
      async (how, even, kind) => {
        put();
        await pull();
        const fresh = invoice();
        put('Betwist', fresh);
        for (let day = 1; day <= 9; day++) {
          harness.clock.advance(86_400_000);
          const message = expect.stringMatching(/list 164 .*could be read before.*nothing is pulled.*right to that list/);
          await expect(pull({ send: shut(how, even), attempts: 1 })).rejects.toMatchObject({ kind, message });
        }
        expect(dispute()).toEqual(noted);
        expect(ledger.book().items.map(({ ref }) => ref)).not.toContain(refOf(fresh));
        // With the right given back it goes on, with what was disputed meanwhile.
        await pull();
        expect([dispute(), dispute(fresh)]).toEqual([noted, noted]);
        isRight();
      },
    );

    it('and whose definition changed: it is read by the new one', async () => {
      await pull();
      put();
      let refuses = true;
      const closed = shut('refuses', false);
      const open = harness.wait.watched(twinfieldSender());
      const send: Send = (request, signal) => {
        if (String(request.body).includes(DEFINITION)) refuses = false;
        return (refuses ? closed : open)(request, signal);
      };
      await pull({ send, attempts: 1 });
      expect(dispute()).toEqual(noted);
    });
  });

  it('does not keep anything else from being pulled where its very definition is forbidden', async () => {
    put();
    const real = harness.wait.watched(twinfieldSender());
    const send: Send = async (request, signal) => {
      const outcome = await real(request, signal);
      return outcome.kind === 'answer' && String(request.body).includes(DEFINITION) ? { ...outcome, status: 403, body: '' } : outcome;
    };
    await pull({ send, attempts: 1 });
    expect([ledger.item(refOf(line)).open, dispute()]).toEqual([10_000, null]);
  });

  /** Answers of list 164 with more rows than this are cut off, and say how many there were all the same. */
  const cutting = (most: number): Send => {
    const real = harness.wait.watched(twinfieldSender());
    return async (request, signal) => {
      const outcome = await real(request, signal);
      if (outcome.kind !== 'answer' || !String(request.body).includes(LIST)) return outcome;
      const rows = outcome.body.match(/&lt;tr&gt;.*?&lt;\/tr&gt;/gs) ?? [];
      return { ...outcome, body: rows.slice(most).reduce((text, row) => text.replace(row, ''), outcome.body) };
    };
  };

  it.each([
    // A row for each open item: those of the other status leave room, then fewer customers do.
    ['open', 60],
    ['open', 12],
    ['actions', 3],
  ] as const)('is found where the list (%s) is more than one answer holds (%i rows), the same way from then on', async (kind, most) => {
    harness.books.switches.creditList = kind;
    const lines = [...harness.books.customers.values()].map(({ code }) => invoice({ customer: code, invoiceNumber: `D${code}` }));
    for (const each of lines) put('Betwist', each);
    selectForRun(lines.slice(3, 6), 77, now());
    const send = cutting(most);
    await pull({ send, attempts: 1 });
    expect(lines.map((each) => dispute(each))).toEqual(lines.map(() => noted));
    isRight();
    const before = asked(LIST);
    await pull({ send, attempts: 1 });
    const again = asked(LIST) - before;
    expect(ledger.came().items).toEqual([]);
    expect(again).toBeLessThan(before);
    expect(lines.map((each) => dispute(each))).toEqual(lines.map(() => noted));
  });

  it('stops the pull where the list cannot be had whole: a dispute may be in what is missing', async () => {
    harness.books.switches.creditList = 'keyless';
    put();
    await expect(pull({ send: cutting(0), attempts: 1 })).rejects.toMatchObject({ kind: 'unavailable', message: expect.stringContaining('actions') }); // prettier-ignore
    expect(ledger.book().items).toEqual([]);
  });

  it('is not asked for where nothing is open', async () => {
    const harness_ = new TwinfieldHarness({ empty: true });
    await harness_.start();
    const empty = new LedgerDouble();
    await harness_.connect().pull(harness_.administrationRef, null, empty.sink, empty.memory);
    const asks = harness_.requests.filter(({ body }) => body.includes('164')).length;
    await harness_.stop();
    expect(asks).toBe(0);
  });

  describe('is told at connect', () => {
    beforeEach(() => {
      for (const { actions } of harness.books.receivables()) actions.length = 0;
    });
    const told = async (): Promise<readonly string[]> =>
      (await harness.connect().probe(harness.administrationRef)).warnings.filter((each) => /164|[Aa]ctions/.test(each));

    it('not to be known, where the list cannot be read', async () => {
      harness.books.switches.browseCodes.delete('164');
      expect(await told()).toEqual([
        'List 164 of actions on invoices cannot be read: what people disputed in Twinfield is not known here.',
      ]);
    });

    it('with what each action stands for, so that somebody can say otherwise', async () => {
      expect(await told()).toEqual([]);
      put();
      put('Herinnering 1');
      put('Gebeld', invoice());
      put('Opgelost', invoice());
      put();
      expect(await told()).toEqual([
        'Actions on invoices stand, by their names, BETW Betwist for a dispute (2), BETW Gebeld for nothing (1), BETW Herinnering 1 for a reminder that was sent (1), BETW Opgelost for the end of what was before (1): TWINFIELD_ACTIONS says what else they are.',
      ]);
    });

    it('with what the list lacks', async () => {
      harness.books.switches.creditList = 'keyless';
      for (const field of ['name', 'created']) harness.books.switches.missingFields.add(`fin.trs.line.action${field}`);
      put();
      expect(await told()).toEqual([
        'List 164 has no column fin.trs.line.actionname: every action on an invoice stands for a dispute.',
        'List 164 has no column fin.trs.line.actioncreated: a dispute ends only when its action is gone.',
        "Rows of list 164 name no booking: actions are on all a customer owes under the invoice's number.",
        'Actions on invoices stand, by their names, BETW for a dispute (1): TWINFIELD_ACTIONS says what else they are.',
      ]);
    });
  });
});
