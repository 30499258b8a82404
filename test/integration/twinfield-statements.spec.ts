import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { StatementImport } from '../../src/statements/statement-import.service.js';
import type { StatementSettingView } from '../../src/writeback/statement-setting.service.js';
import { isWrite } from '../../src/sandbox/twinfield/faults.js';
import { type StatementPlan, camt } from '../support/bank-files.js';
import { type FirmOffice, TwinfieldFirm } from '../support/twinfield-firm.js';

const FIRST = 'NL25TEGO0417164300';
const SECOND = 'NL18RABO0123459876';
const PAYER = 'NL20INGB0001234567';

/** Money of 815.00 in and 10.00 out on Friday 20 November: 1,000.00 becomes 1,805.00. */
const friday = (more: Partial<StatementPlan> = {}): StatementPlan => ({
  ...{ id: 'S-231', sequence: 231, account: FIRST, through: '2026-11-20', opening: 1_000_00, closing: 1_805_00 },
  entries: [
    { amount: 815_00, day: '2026-11-20', name: 'Bakkerij Proef', iban: PAYER, text: 'fact 2025-0318', endToEndId: 'E-7781' },
    { amount: -10_00, day: '2026-11-20', text: 'kosten', reference: 'BANK-7782' },
  ],
  ...more,
});

describe('bank statements for Twinfield', () => {
  let firm: TwinfieldFirm;
  let [first, second] = [] as unknown as [FirmOffice, FirmOffice];
  /** Writes of the tests before. */
  let before: number;
  beforeAll(async () => {
    firm = await TwinfieldFirm.start();
  });
  afterAll(() => firm.stop());
  beforeEach(async () => {
    firm.sandbox.faults.clear();
    [first, second] = [await firm.open(FIRST), await firm.open(SECOND)];
    before = firm.sandbox.log.count(isWrite);
  });

  const path = ({ administrationId }: FirmOffice) => `/api/v1/administrations/${administrationId}/connection/statements`;
  const setting = (office: FirmOffice) => firm.house.api.get<StatementSettingView>(path(office));
  const send = (office: FirmOffice, on = true) => firm.house.api.put<StatementSettingView>(path(office), { send: on });
  const bring = (...plans: StatementPlan[]) =>
    firm.house.service.app.get(StatementImport, { strict: false }).importFor(
      [first, second].map(({ administrationId }) => administrationId),
      `${plans[0]?.id}.xml`,
      [Buffer.from(camt(plans))],
    );
  const become = async (office: FirmOffice) => (await setting(office)).statements.map(({ state, because }) => [state, because]);
  const writes = () => firm.sandbox.log.count(isWrite) - before;
  const numbers = ({ books }: FirmOffice) => books.statements.map(({ number }) => number);

  it('stay here until somebody chooses otherwise, and what came before that stays for good', async () => {
    await bring(friday());
    expect((await firm.push(first)).written).toEqual({});
    expect(await setting(first)).toEqual({ package: 'twinfield', from: null, statements: [] });
    firm.clock.advance(60_000);
    await send(first);
    expect((await firm.push(first)).written).toEqual({});
    expect([numbers(first), writes()]).toEqual([[], 0]);
  });

  it('are there once, whole, in their own office and in no other', async () => {
    await send(first);
    await send(second);
    await bring(friday(), friday({ id: 'S-9', sequence: 9, account: SECOND, opening: 0, closing: 805_00 }));
    for (const office of [first, second, first]) await firm.push(office);
    expect(first.books.statements).toMatchObject([
      {
        ...{ number: 231, iban: FIRST, date: '2026-11-20', currency: 'EUR', opening: 1_000_00, closing: 1_805_00, transactionNumber: null },
        lines: [
          { contraIban: PAYER, type: 'NMSC', reference: 'E-7781', amount: 815_00, description: 'fact 2025-0318' },
          { contraIban: '', type: 'NMSC', reference: 'BANK-7782', amount: -10_00, description: 'kosten' },
        ],
      },
    ]);
    expect(second.books.statements).toMatchObject([{ number: 9, iban: SECOND, opening: 0, closing: 805_00 }]);
    expect(await become(first)).toEqual([['done', null]]);
  });

  it('of another administration do not go, although both are of one organisation and one consent', async () => {
    await send(first);
    await bring(friday({ account: SECOND }));
    for (const office of [first, second]) await firm.push(office);
    expect([numbers(first), numbers(second)]).toEqual([[], []]);
  });

  it.each([
    ['does not come to what it ends with', friday({ closing: 1_805_01 }), 'its lines do not come to what it ends with'],
    ['is one page of several', friday({ page: { number: 1, last: false } }), 'it is one page of a statement'],
    ['says no balance', friday({ opening: undefined } as never), 'its lines do not come to what it ends with'],
  ])('that %s are not sent, and it is told why', async (_what, plan, because) => {
    await send(first);
    await bring(plan);
    await firm.push(first);
    expect([numbers(first), await become(first)]).toEqual([[], [['not-planned', because]]]);
  });

  it('of a month are not sent beside those of its days', async () => {
    await send(first);
    await bring(friday());
    await firm.push(first);
    firm.clock.advance(60_000);
    await bring(friday({ id: 'M-11', sequence: 11, from: '2026-11-01', through: '2026-11-20' }));
    await firm.push(first);
    expect(numbers(first)).toEqual([231]);
    expect(await become(first)).toEqual([
      ['not-planned', expect.stringContaining('its bookings stand in another statement')],
      ['done', null],
    ]);
  });

  it('are there once although the answer is lost and Twinfield is gone until the next try', async () => {
    await send(first);
    await bring(friday());
    let down = false;
    firm.sandbox.faults.next('drop-after', { match: (request) => isWrite(request) && (down = true) });
    firm.sandbox.faults.next('maintenance', { times: Number.MAX_SAFE_INTEGER, match: () => down });
    expect(await firm.push(first)).toMatchObject({ written: {}, later: 1 });
    down = false;
    firm.clock.advance(3 * 3_600_000);
    expect(await firm.push(first)).toMatchObject({ written: {}, alreadyThere: 1 });
    expect(numbers(first)).toEqual([231]);
  });

  it('that Twinfield refuses stay here, with its words', async () => {
    // An account of the firm that is no bank book of the office.
    await firm.change(first, { ibans: [FIRST, 'NL02ABNA0123456789'] });
    await send(first);
    await bring(friday({ account: 'NL02ABNA0123456789' }));
    expect(await firm.push(first)).toMatchObject({ failed: 1 });
    expect(await become(first)).toEqual([['failed', expect.stringContaining('iban')]]);
    await firm.push(first);
    expect([numbers(first), writes()]).toEqual([[], 1]);
  });

  it('that Twinfield has of its own bank feed are not put beside it', async () => {
    first.books.statements.push({
      ...{
        code: 'BNK',
        number: 77,
        subId: 1,
        iban: FIRST,
        date: '2026-11-20' as never,
        currency: 'EUR',
        opening: 1_000_00,
        closing: 1_805_00,
      },
      ...{ createdAt: firm.clock.now(), transactionNumber: null, lines: [] },
    });
    await send(first);
    await bring(friday());
    expect(await firm.push(first)).toMatchObject({ failed: 1 });
    expect(numbers(first)).toEqual([77]);
  });

  it('do not leave in shadow, nor when it was switched off before they went', async () => {
    await send(first);
    await firm.change(first, { mode: 'shadow' });
    await bring(friday());
    expect((await firm.push(first)).written).toEqual({});
    await firm.change(first, { mode: 'live' });
    firm.sandbox.faults.next('maintenance', { times: 60, match: ({ path: asked }) => asked.includes('/webservices/') });
    expect(await firm.push(first)).toMatchObject({ later: 1 });
    firm.sandbox.faults.clear();
    await send(first, false);
    firm.clock.advance(3 * 3_600_000);
    await firm.push(first);
    expect([numbers(first), await become(first)]).toEqual([[], [['cancelled', 'switched off']]]);
  });

  it('are switched on and off on their page, by an owner, and it says what became of them', async () => {
    const { service, key, keys } = firm.house;
    const clerk = await keys.issue('a clerk', [first.administrationId], { role: 'clerk', releaseUpTo: null });
    const ask = async (path: string, form: Record<string, string> | null = null, by = key) => {
      const reply = await service.app.inject({
        ...{ method: form ? 'POST' : 'GET', url: `/console/administrations/${first.administrationId}/statements${path}` },
        headers: { cookie: `tegoed_key=${by}`, origin: 'https://tegoed.example', 'content-type': 'application/x-www-form-urlencoded' },
        ...(form && { payload: new URLSearchParams(form).toString() }),
      });
      return { status: reply.statusCode, body: reply.body, to: String(reply.headers['location']) };
    };
    expect((await ask('')).body).toContain('Off: no statement goes to Twinfield.');
    expect((await ask('/to-package', { send: 'on' }, clerk)).status).toBe(403);
    expect((await ask('/to-package', { send: 'maybe' })).status).toBe(400);
    expect((await setting(first)).from).toBeNull();

    expect(await ask('/to-package', { send: 'on' })).toMatchObject({ status: 303, to: expect.stringContaining('done=to-package') });
    await bring(friday());
    await firm.push(first);
    const { body } = await ask('?done=to-package');
    for (const words of ['Statements imported from now on go to the package too.', 'On since 20 Nov 2026', 'Is in the package']) {
      expect(body).toContain(words);
    }
    expect((await ask('', null, clerk)).body).toContain('This is for an owner; you are logged in as a clerk.');
    expect((await ask('/to-package', { send: 'off' })).status).toBe(303);
    expect((await setting(first)).from).toBeNull();
  });
});
