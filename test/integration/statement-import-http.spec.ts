import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { zipSync } from 'fflate';
import { ManualClock } from '../../src/kernel/clock.js';
import { AdministrationEntity } from '../../src/ledger/administration.entity.js';
import { BankLineEntity } from '../../src/ledger/bank.entity.js';
import { type StatementPlan, camt } from '../support/bank-files.js';
import { administrationRow } from '../support/rows.js';
import { type RunningService, startService } from '../support/running-service.js';

const MINE = 'NL02ABNA0123456789';
const YOURS = 'NL12PROF0000000017';
const NOBODYS = 'NL87PROF0000000025';

const day = (account: string, given: Partial<StatementPlan> = {}): StatementPlan => ({
  id: `S-${account}`,
  account,
  owner: `Owner of ${account}`,
  through: '2026-03-02',
  opening: 0,
  closing: 1_000,
  entries: [{ amount: 1_000, day: '2026-03-02', name: 'Jansen', text: 'factuur 1' }],
  ...given,
});

interface Uploaded {
  readonly files: readonly {
    readonly file: string;
    readonly error?: { readonly code: string; readonly message: string; readonly line?: number };
    readonly statements?: readonly {
      readonly administrationId: string;
      readonly iban: string;
      readonly newLines: number;
      readonly knownLines: number;
    }[];
    readonly unassigned?: readonly { readonly account: string; readonly owner: string | null; readonly statements: number }[];
  }[];
}

describe('statements over HTTP', () => {
  let running: RunningService;
  let mine: string;
  let yours: string;
  let key: string;

  beforeAll(async () => {
    running = await startService(new ManualClock(new Date('2026-03-09T06:00:00Z')), {
      moneybirdUrl: 'http://127.0.0.1:9',
      smtpUrl: 'smtp://127.0.0.1:9',
    });
  });
  afterAll(() => running.stop());
  beforeEach(async () => {
    [mine, yours] = [randomUUID(), randomUUID()];
    for (const [id, iban] of [
      [mine, MINE],
      [yours, YOURS],
    ] as const) {
      await running.tenancy.within(id, (manager) =>
        manager.insert(AdministrationEntity, administrationRow({ id, ibans: [iban], name: `Of ${iban}` })),
      );
    }
    key = await running.keys.issue('accountant', [mine, yours]);
  });

  const call = (method: string, path: string, body?: FormData | object, as = key): Promise<Response> =>
    fetch(`${running.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${as}`, ...(body && !(body instanceof FormData) && { 'content-type': 'application/json' }) },
      ...(body && { body: body instanceof FormData ? body : JSON.stringify(body) }),
    });
  const upload = async (path: string, files: Readonly<Record<string, string | Uint8Array>>, as = key): Promise<Response> => {
    const form = new FormData();
    for (const [name, content] of Object.entries(files)) form.append('file', new Blob([content as never]), name);
    return call('POST', path, form, as);
  };
  const uploaded = async (response: Promise<Response>): Promise<Uploaded['files']> => {
    const answer = await response;
    expect(answer.status).toBe(201);
    return ((await answer.json()) as Uploaded).files;
  };
  const lines = (id: string): Promise<number> =>
    running.tenancy.within(id, (manager) => manager.count(BankLineEntity, { where: { administrationId: id } }));
  const unassigned = async (as = key): Promise<{ account: string; owner: string; files: { file: string; statements: number }[] }[]> =>
    (await call('GET', '/statements/unassigned', undefined, as)).json() as never;

  it('are taken many at a time, each whole or not at all', async () => {
    const archive = zipSync({ 'one.xml': Buffer.from(camt([day(MINE)])), 'two.xml': Buffer.from(camt([day(MINE, { id: 'S-2', opening: 1_000, closing: 2_000, through: '2026-03-03' })])) }); // prettier-ignore
    const files = await uploaded(
      upload(`/administrations/${mine}/statements`, {
        'days.zip': archive,
        'holiday.jpg': 'no statement',
        'cut.xml': camt([day(MINE)]).slice(0, -40),
      }),
    );
    expect(files.map(({ file, error, statements }) => [file, error?.code ?? statements?.map(({ newLines }) => newLines)])).toEqual([
      ['days.zip', [1, 1]],
      ['holiday.jpg', 'not-a-statement'],
      ['cut.xml', 'truncated'],
    ]);
    expect(files[2]?.error).toMatchObject({ message: expect.stringMatching(/\w/), line: expect.any(Number) });
    expect(await lines(mine)).toBe(2);
  });

  it('answer with the one reason when the only file is refused, and store nothing of it', async () => {
    const half = camt([day(MINE)], 'M').replace(
      '</BkToCstmrStmt>',
      `<Stmt><Id>X</Id><Ntry><Amt Ccy="EUR">12,34</Amt></Ntry></Stmt></BkToCstmrStmt>`,
    );
    const answer = await upload(`/administrations/${mine}/statements`, { 'half.xml': half });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({
      code: 'invalid-amount',
      file: 'half.xml',
      line: 2,
      detail: expect.stringContaining('12,34'),
    });
    expect(await lines(mine)).toBe(0);
    expect((await call('POST', `/administrations/${mine}/statements`, {})).status).toBe(422);
  });

  it('go over the administrations of a key by account, and to nobody else', async () => {
    const files = await uploaded(upload('/statements', { 'all.xml': camt([day(MINE), day(YOURS)]) }));
    expect(files[0]?.statements?.map(({ administrationId, iban }) => [administrationId, iban])).toEqual([[mine, MINE], [yours, YOURS]]); // prettier-ignore
    const onlyMine = await running.keys.issue('owner', [mine]);
    const [file] = await uploaded(upload('/statements', { 'mine.xml': camt([day(YOURS, { id: 'NEXT' })]) }, onlyMine));
    expect(file).toMatchObject({ statements: [], unassigned: [{ account: YOURS }] });
    expect(await lines(yours)).toBe(1);
  });

  it('of an account two administrations have are not guessed', async () => {
    await running.tenancy.within(yours, (manager) => manager.update(AdministrationEntity, { id: yours }, { ibans: [MINE] }));
    const answer = await upload('/statements', { 'day.xml': camt([day(MINE)]) });
    expect(await answer.json()).toMatchObject({ status: 422, code: 'account-of-several', detail: expect.stringContaining(`Of ${YOURS}`) });
    expect([await lines(mine), await lines(yours)]).toEqual([0, 0]);
  });

  describe('of an account that is nobody’s', () => {
    beforeEach(async () => {
      await uploaded(upload('/statements', { 'mixed.xml': camt([day(MINE), day(NOBODYS)]) }));
    });

    it('are kept aside, once, while the rest is imported', async () => {
      await uploaded(upload('/statements', { 'again.xml': camt([day(MINE), day(NOBODYS)]) }));
      expect(await unassigned()).toEqual([
        {
          account: NOBODYS,
          owner: `Owner of ${NOBODYS}`,
          files: [{ file: 'mixed.xml', statements: 1, keptAt: '2026-03-09T06:00:00.000Z' }],
        },
      ]);
      expect(await lines(mine)).toBe(1);
    });

    it('are imported once somebody says whose it is, and known from then on', async () => {
      await uploaded(upload('/statements', { 'next.zip': zipSync({ 'n.xml': Buffer.from(camt([day(NOBODYS, { id: 'NEXT', opening: 1_000, closing: 2_000, through: '2026-03-03' })])) }) })); // prettier-ignore
      const assigned = await call('POST', `/statements/unassigned/${NOBODYS}/assign`, { administrationId: yours });
      expect(assigned.status).toBe(201);
      expect(
        ((await assigned.json()) as Uploaded).files.map(({ file, statements }) => [file, statements?.map(({ newLines }) => newLines)]),
      ).toEqual([
        ['mixed.xml', [1]],
        ['next.zip', [1]],
      ]);
      expect(await lines(yours)).toBe(2);
      expect(await lines(mine)).toBe(1);
      expect(await unassigned()).toEqual([]);
      const [file] = await uploaded(upload('/statements', { 'later.xml': camt([day(NOBODYS)]) }));
      expect(file).toMatchObject({ unassigned: [], statements: [{ administrationId: yours, newLines: 0, knownLines: 1 }] });
    });

    it('can be discarded', async () => {
      expect((await call('DELETE', `/statements/unassigned/${NOBODYS}`)).status).toBe(204);
      expect(await unassigned()).toEqual([]);
      expect((await call('DELETE', `/statements/unassigned/${NOBODYS}`)).status).toBe(404);
    });

    it('are seen and assigned by nobody who may not enter all that their uploader may', async () => {
      const onlyMine = await running.keys.issue('owner', [mine]);
      expect(await unassigned(onlyMine)).toEqual([]);
      const steal = (administrationId: string): Promise<Response> =>
        call('POST', `/statements/unassigned/${NOBODYS}/assign`, { administrationId }, onlyMine);
      expect((await steal(mine)).status).toBe(404);
      expect((await steal(yours)).status).toBe(404);
      expect((await call('DELETE', `/statements/unassigned/${NOBODYS}`, undefined, onlyMine)).status).toBe(404);
      expect(await unassigned()).toHaveLength(1);
      // The database itself shows nothing of it, whatever is asked.
      const rows = await running.tenancy.within(mine, (manager) =>
        manager.query('SELECT FROM unassigned_file UNION ALL SELECT FROM unassigned_piece UNION ALL SELECT FROM unassigned_account'),
      );
      expect(rows).toHaveLength(0);
    });
  });

  it('of another account, sent to one administration, are kept aside there instead of refused', async () => {
    const [file] = await uploaded(upload(`/administrations/${mine}/statements`, { 'other.xml': camt([day(NOBODYS)]) }));
    expect(file).toMatchObject({ statements: [], unassigned: [{ account: NOBODYS, owner: `Owner of ${NOBODYS}`, statements: 1 }] });
    expect(await unassigned(await running.keys.issue('owner', [mine]))).toHaveLength(1);
  });

  it('are shown with what is missing, until it comes or somebody accepts that', async () => {
    const later = (at: number): StatementPlan => day(MINE, { id: `S-${at}`, sequence: at, through: `2026-03-0${at}`, opening: at * 1_000, closing: at * 1_000 + 1_000, entries: [{ amount: 1_000, day: `2026-03-0${at}` }] }); // prettier-ignore
    await uploaded(
      upload(`/administrations/${mine}/statements`, { '2.xml': camt([later(2)]), '4.xml': camt([later(4)]), '6.xml': camt([later(6)]) }),
    );
    interface View {
      readonly statementsThrough: string | null;
      readonly statements: readonly { readonly bankId: string; readonly opening: string; readonly reconciles: boolean }[];
      readonly findings: readonly {
        readonly id: string;
        readonly kind: string;
        readonly knownThrough: string | null;
        readonly acceptedAt: string | null;
      }[];
    }
    await running.tenancy.within(mine, (manager) => manager.update(BankLineEntity, { administrationId: mine }, { outcome: 'unmatched' }));
    const view = async (): Promise<View> => (await (await call('GET', `/administrations/${mine}/statements`)).json()) as View;
    const before = await view();
    expect(before.statementsThrough).toBe('2026-03-02');
    expect(before.statements.map(({ bankId, opening, reconciles }) => [bankId, opening, reconciles])).toEqual([
      ['S-6', '60.00', true],
      ['S-4', '40.00', true],
      ['S-2', '20.00', true],
    ]);
    expect(before.findings.map(({ kind, knownThrough }) => [kind, knownThrough])).toEqual([['missing-statement', '2026-03-02'], ['missing-statement', '2026-03-04']]); // prettier-ignore

    const accept = (id: string): Promise<Response> => call('POST', `/administrations/${mine}/statements/findings/${id}/accept`);
    expect((await accept(before.findings[0]?.id ?? '')).status).toBe(204);
    expect((await accept(before.findings[0]?.id ?? '')).status).toBe(404);
    expect((await view()).statementsThrough).toBe('2026-03-04');
    await uploaded(upload(`/administrations/${mine}/statements`, { '5.xml': camt([later(5)]) }));
    await running.tenancy.within(mine, (manager) => manager.update(BankLineEntity, { administrationId: mine }, { outcome: 'unmatched' }));
    expect((await view()).statementsThrough).toBe('2026-03-06');
  });
});
