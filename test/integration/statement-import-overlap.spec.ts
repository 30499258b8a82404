import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { zipSync } from 'fflate';
import type { InputError } from '../../src/kernel/errors.js';
import { BankLineEntity } from '../../src/ledger/bank.entity.js';
import { LedgerRepository } from '../../src/ledger/ledger.repository.js';
import { type EntryPlan, type StatementPlan, camt, mt940 } from '../support/bank-files.js';
import { type StatementDesk, standing, statementDesk, told } from '../support/imports.js';

const bytes = (content: string): Uint8Array[] => [Buffer.from(content)];

describe('statements that say the same', () => {
  let desk: StatementDesk;
  let administration: string;
  beforeAll(async () => {
    desk = await statementDesk();
  });
  afterAll(() => desk.close());
  beforeEach(async () => {
    administration = await desk.administration();
  });

  let count = 0;
  const take = async (...contents: readonly string[]): Promise<number> => {
    let newLines = 0;
    for (const content of contents) {
      const { statements } = await desk.statements.importInto(administration, `file-${++count}`, bytes(content));
      newLines += statements.reduce((sum, each) => sum + each.newLines, 0);
    }
    return newLines;
  };
  const lines = async (): Promise<string[]> => told(await desk.lines(administration));
  const findings = async (): Promise<string[]> => (await desk.overview.of(administration)).findings.map(({ kind }) => kind);
  const through = (): Promise<string | null> =>
    desk.database.tenancy.within(administration, async (manager) => {
      // Matching looks at new lines before anything is decided; here it did.
      await manager.update(BankLineEntity, { administrationId: administration, outcome: 'unworked' }, { outcome: 'unmatched' });
      return (await new LedgerRepository(manager).freshness(administration)).statementsThrough;
    });

  const jansen: EntryPlan = {
    amount: 1_000,
    day: '2026-03-02',
    name: 'Jansen',
    iban: 'NL12PROF0000000017',
    text: 'factuur 1',
    reference: 'R1',
  };
  const pietersen: EntryPlan = { amount: 2_000, day: '2026-03-02', name: 'Pietersen', text: 'factuur 2', reference: 'R2' };
  const fee: EntryPlan = { amount: -500, day: '2026-03-03', text: 'kosten', reference: 'R3' };
  const monday: StatementPlan = {
    id: 'S-61',
    sequence: 61,
    through: '2026-03-02',
    opening: 0,
    closing: 3_000,
    entries: [jansen, pietersen],
  };
  const tuesday: StatementPlan = { id: 'S-62', sequence: 62, through: '2026-03-03', opening: 3_000, closing: 2_500, entries: [fee] };
  const MONDAY = ['2026-03-02 10.00 Jansen factuur 1', '2026-03-02 20.00 Pietersen factuur 2'];

  it('know nothing of days that have not come, whatever date the bank wrote', async () => {
    // The clock says the morning of 1 April: of that day the file has a part.
    await take(camt([{ ...monday, through: '2026-12-31' }]));
    expect(await through()).toBe('2026-03-31');
  });

  it('are booked once: the same file, under another name and message id, and in an archive', async () => {
    expect(await take(camt([monday]))).toBe(2);
    expect(await take(camt([monday]), camt([monday], 'SENT-AGAIN'))).toBe(0);
    const archive = zipSync({ 'a.xml': Buffer.from(camt([monday])), 'b.xml': Buffer.from(camt([tuesday])) });
    const { statements } = await desk.statements.importInto(administration, 'all.zip', [archive]);
    expect(statements.map(({ newLines, knownLines }) => [newLines, knownLines])).toEqual([[0, 2], [1, 0]]); // prettier-ignore
    expect(await lines()).toEqual([...MONDAY, '2026-03-03 -5.00 kosten']);
    expect(await findings()).toEqual([]);
  });

  it('once in one file too', async () => {
    expect(await take(camt([monday, monday]))).toBe(2);
  });

  it('count look-alikes of one statement twice, and those of a longer one that covers it once more each', async () => {
    const twins = { ...monday, closing: 2_000, entries: [jansen, jansen] };
    const month = {
      ...monday,
      id: 'MONTH',
      sequence: 3,
      from: '2026-03-01',
      through: '2026-03-31',
      closing: 3_000,
      entries: [jansen, jansen, jansen],
    };
    expect(await take(camt([twins]))).toBe(2);
    expect(await take(camt([month]))).toBe(1);
    expect(await take(camt([twins]), camt([month]))).toBe(0);
    expect(await lines()).toEqual(Array(3).fill(MONDAY[0]));
  });

  it('add up when one begins where the other ended: a look-alike in the afternoon is a payment of its own', async () => {
    const morning = { ...monday, id: 'A', sequence: 61, closing: 1_000, entries: [jansen] };
    const afternoon = { ...monday, id: 'B', sequence: 62, opening: 1_000, closing: 2_000, entries: [jansen] };
    expect(await take(camt([morning]), camt([afternoon]))).toBe(2);
    const whole = { ...monday, id: 'C', sequence: 63, closing: 2_000, entries: [jansen, jansen] };
    expect(await take(camt([whole]))).toBe(0);
    expect(await lines()).toEqual([MONDAY[0], MONDAY[0]]);
  });

  it('are not taken for ones that follow when all money went back and only the balance is the same', async () => {
    const back: EntryPlan = { ...jansen, amount: -1_000, reference: 'R9' };
    const day = { ...monday, sequence: undefined, opening: 500, closing: 500, entries: [jansen, back] };
    expect(await take(camt([{ ...day, id: 'EXPORT-1' }]), camt([{ ...day, id: 'EXPORT-2' }]))).toBe(2);
  });

  it('add up over the pages of a statement, whichever comes first, and a page sent again adds nothing', async () => {
    const first = { ...monday, page: { number: 1, last: false }, closing: 1_000, interim: 'closing' as const, entries: [jansen] };
    const second = {
      ...monday,
      page: { number: 2, last: true },
      opening: 1_000,
      closing: 2_000,
      interim: 'opening' as const,
      entries: [jansen],
    };
    expect(await take(camt([second]))).toBe(1);
    expect(await findings()).toEqual(['missing-page']);
    expect(await through()).toBe('2026-03-01');
    expect(await take(camt([first], 'OTHER'), camt([second], 'AGAIN'))).toBe(1);
    expect(await findings()).toEqual([]);
    expect(await through()).toBe('2026-03-02');
  });

  it('are compared when the bank corrects one: the later version holds, and nothing is there twice', async () => {
    const wrong = {
      ...monday,
      createdAt: '2026-03-03T05:00:00',
      entries: [
        { ...jansen, text: 'factuur 7' },
        { ...pietersen, amount: 9_999 },
      ],
    };
    const right = { ...monday, createdAt: '2026-03-03T09:00:00' };
    await take(camt([wrong]), camt([right]));
    expect(await lines()).toEqual(MONDAY);
    const { statements } = await desk.overview.of(administration);
    expect(statements.filter(({ supersededBy }) => supersededBy !== null)).toHaveLength(1);
    await take(camt([wrong]));
    expect(await lines()).toEqual(MONDAY);
  });

  it('give the same whether the correction or what it corrects comes first', async () => {
    const wrong = { ...monday, createdAt: '2026-03-03T05:00:00', entries: [{ ...jansen, text: 'factuur 7' }] };
    await take(camt([{ ...monday, createdAt: '2026-03-03T09:00:00' }]), camt([wrong]));
    expect(await lines()).toEqual(MONDAY);
  });

  it('are booked once as MT940 and as CAMT, with what tells more', async () => {
    expect(await take(mt940(monday))).toBe(2);
    expect(await take(camt([monday]))).toBe(0);
    expect(await lines()).toEqual(MONDAY);
    const [line] = await desk.lines(administration);
    expect(line?.detail).toMatchObject({ message: 'camt.053' });
    expect(await findings()).toEqual([]);
  });

  it('hold the day when they contradict each other: better a warning than a double', async () => {
    // The same balances, but MT940 has the whole sum from somebody else, as one payment.
    const other = { ...monday, entries: [{ ...jansen, amount: 3_000, name: 'Bakker', iban: 'NL87PROF0000000025', text: 'huur' }] };
    await take(camt([monday]), mt940(other));
    expect(await findings()).toEqual(['does-not-add-up']);
    expect(await through()).toBe('2026-03-01');
  });

  describe('of a batch', () => {
    const batch: EntryPlan = { amount: 3_000, day: '2026-03-02', reference: 'B1', batch: 'RUN-1' };
    const payments = [{ amount: 1_000, name: 'Jansen', text: 'factuur 1' }, { amount: 2_000, name: 'Pietersen', text: 'factuur 2' }]; // prettier-ignore
    const statement: StatementPlan = { ...monday, entries: [batch] };
    const notification: StatementPlan = {
      message: 'camt.054', id: 'N-1', through: '2026-03-02', entries: [{ ...batch, payments }],
    }; // prettier-ignore

    it.each([
      ['before', true],
      ['after', false],
    ])('are told by a notification that comes %s the statement', async (_, before) => {
      const files = [camt([notification]), camt([statement])];
      await take(...(before ? files : files.toReversed()), ...files);
      expect(await lines()).toEqual(MONDAY);
      expect(await findings()).toEqual([]);
    });

    it('are not booked by a notification alone', async () => {
      expect(await take(camt([notification]))).toBe(0);
      expect(await lines()).toEqual([]);
      expect(await through()).toBeNull();
    });

    it('stay with the batch when the notification is of another one of the same amount', async () => {
      await take(camt([{ ...notification, entries: [{ ...batch, reference: 'B2', payments }] }]), camt([statement]));
      expect(await lines()).toEqual(['2026-03-02 30.00']);
    });

    it('stay as they are once somebody worked on them: the payments are shown, and a warning', async () => {
      await take(camt([statement]));
      await desk.database.tenancy.within(administration, (manager) =>
        manager.update(BankLineEntity, { administrationId: administration }, { outcome: 'matched' }),
      );
      await take(camt([notification]), camt([notification], 'AGAIN'));
      const [line, ...others] = await desk.lines(administration);
      expect(others).toEqual([]);
      expect(line).toMatchObject({ amount: 3_000, outcome: 'matched' });
      expect((line?.detail as { explained: object[] }).explained).toHaveLength(2);
      expect(await findings()).toEqual(['split-refused']);
      expect(await through()).toBe('2026-03-02');
      // Also after another export of the same day, and the notification once more.
      await take(camt([{ ...statement, id: 'EXPORT' }]), camt([{ ...notification, id: 'N-2' }]));
      expect(await desk.lines(administration)).toHaveLength(1);
    });
  });

  it('that only announce are shown until they are booked, and settle nothing', async () => {
    const report: StatementPlan = {
      message: 'camt.052',
      id: 'I-1',
      through: '2026-03-02',
      entries: [jansen, { ...pietersen, status: 'PDNG' }],
    };
    expect(await take(camt([report]), camt([{ ...report, id: 'I-2' }]))).toBe(0);
    expect((await standing(desk, administration)).pending).toEqual(['2026-03-02 10.00 factuur 1', '2026-03-02 20.00 factuur 2']);
    await take(camt([{ ...monday, closing: 1_000, entries: [jansen, { ...pietersen, status: 'PDNG' }] }]));
    expect((await standing(desk, administration)).pending).toEqual(['2026-03-02 20.00 factuur 2']);
    await take(camt([{ ...tuesday, opening: 1_000, closing: 3_000, entries: [{ ...pietersen, day: '2026-03-03' }] }]));
    expect((await standing(desk, administration)).pending).toEqual([]);
    expect(await lines()).toEqual([MONDAY[0], '2026-03-03 20.00 Pietersen factuur 2']);
  });

  it('and entries without a date or a direction are booked on the day of the statement, or not at all', async () => {
    await take(
      camt([
        {
          ...monday,
          entries: [
            { ...jansen, day: null },
            { ...pietersen, indicator: 'WHAT' },
          ],
        },
      ]),
    );
    expect(await lines()).toEqual([MONDAY[0]]);
    // Twenty euros of somebody were left out: the day does not count as known.
    expect(await findings()).toEqual(['statement-does-not-add-up']);
    expect(await through()).toBe('2026-03-01');
  });

  it('hold the day when one does not add up, until the bank corrects it', async () => {
    const made = (time: string): Partial<StatementPlan> => ({ createdAt: `2026-03-02T${time}:00` });
    await take(camt([{ ...monday, ...made('20:00'), entries: [jansen] }]));
    expect(await findings()).toEqual(['statement-does-not-add-up']);
    expect(await through()).toBe('2026-03-01');
    await take(camt([{ ...monday, ...made('21:00') }]));
    expect(await findings()).toEqual([]);
    expect(await through()).toBe('2026-03-02');
    expect(await lines()).toEqual(MONDAY);
  });

  it('hold the day when two versions contradict each other and the bank does not say which came later', async () => {
    const [ten, fifteen] = [1_000, 1_500].map((amount) => ({ ...monday, closing: amount, entries: [{ ...jansen, amount }] }));
    await take(camt([ten as StatementPlan]), camt([fifteen as StatementPlan]));
    // Either 10.00 or 15.00 came in, never 25.00.
    expect(await lines()).toEqual(['2026-03-02 10.00 Jansen factuur 1', '2026-03-02 15.00 Jansen factuur 1']);
    expect(await findings()).toEqual(['does-not-add-up']);
    expect(await through()).toBe('2026-03-01');
  });

  it('of noon and of the evening are one day: what came in between is added', async () => {
    await take(camt([{ ...monday, closing: 1_000, entries: [jansen] }]));
    await take(camt([monday]));
    expect(await lines()).toEqual(MONDAY);
    expect(await findings()).toEqual([]);
    expect(await through()).toBe('2026-03-02');
  });

  it('are refused with the line of an entry that cannot be booked to the cent, also in an archive; nothing is stored', async () => {
    const wednesday = { ...tuesday, id: 'S-63', sequence: 63, through: '2026-03-04', opening: 2_500, entries: [{ ...fee, amount: -400 }] };
    const file = camt([monday, tuesday, wednesday]).replace('>5.00<', '>5.001<').replaceAll('</Ntry>', '</Ntry>\n');
    const line = file.slice(0, file.indexOf('5.001')).split('\n').length;
    const refused = (name: string, content: Uint8Array): Promise<unknown> =>
      desk.statements.importInto(administration, name, [content]).then(
        () => null,
        (error: InputError) => ({ code: error.code, message: error.message, ...error.place }),
      );
    const message = 'statement S-62, entry 1: "-5.001" has more than the 2 decimals of EUR';
    expect(await refused('two.xml', Buffer.from(file))).toEqual({
      code: 'amount-not-in-currency', message, file: 'two.xml', line, column: expect.any(Number),
    }); // prettier-ignore
    expect(await refused('two.zip', zipSync({ 'a.xml': Buffer.from(camt([monday])), 'b.xml': Buffer.from(file) }))).toMatchObject({
      message: `b.xml: ${message}`, file: 'two.zip', line,
    }); // prettier-ignore
    // In MT940 it is the line of its :61:, the fifth.
    const huge = mt940(monday).replace('C10,00', 'C99999999999999999,00');
    expect(await refused('m.sta', Buffer.from(huge))).toMatchObject({ code: 'amount-not-in-currency', line: 5 });
    expect(await lines()).toEqual([]);
  });
});
