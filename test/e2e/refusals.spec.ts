import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { plainDate } from '../../src/kernel/plain-date.js';
import { AdministrationEntity } from '../../src/ledger/administration.entity.js';
import { type Firm, connectFirm, connectionOf, startFirm } from '../support/firm.js';
import { type RunningService, startService } from '../support/running-service.js';
import { type TableContent, tableContents } from '../support/tables.js';

interface Problem {
  readonly status: number;
  readonly title: string;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
  readonly file?: string;
  readonly line?: number;
}

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly takesJson: boolean;
  /** Names of the query's dates. */
  readonly dates: readonly string[];
}

/** As far as it is read here. */
interface OpenApi {
  readonly paths: Record<
    string,
    Record<
      string,
      {
        parameters?: { name: string; in: string; schema?: { format?: string } }[];
        requestBody?: { content: Record<string, unknown> };
      }
    >
  >;
}

const FROM = plainDate('2026-11-02');
const STRANGE_IBAN = 'NL91ABNA0417164300';
const ESCAPED = /^Something went wrong/;
/** Entered without a key, by who can sign; what they refuse is told in test/integration/*-webhooks.spec.ts. */
const SIGNED_ROUTES = ['/api/v1/webhooks/exact-online/{site}', '/api/v1/webhooks/moneybird/{administrationId}'];

describe('what the API refuses', () => {
  let firm: Firm;
  let running: RunningService;
  let administration: string;
  /** Path of an administration that exists and belongs to another key. */
  let foreign: string;
  let operations: Operation[];
  let before: Record<string, TableContent>;

  beforeAll(async () => {
    firm = await startFirm({ seed: 'refusals', debtors: 4, invoices: 12, from: FROM, unbookedDays: 1 });
    running = await startService(firm.clock, { moneybirdUrl: firm.packageUrl, smtpUrl: `smtp://127.0.0.1:${firm.smtpPort}` });
    administration = await connectFirm(running.api, firm, FROM);
    const other = randomUUID();
    await running.tenancy.within(other, async (manager) => {
      const own = idOf(administration);
      await manager.query(`SET LOCAL tegoed.administrations = '${own},${other}'`);
      const row = await manager.findOneByOrFail(AdministrationEntity, { id: own });
      await manager.insert(AdministrationEntity, { ...row, id: other, packageRef: 'another' });
    });
    foreign = `/api/v1/administrations/${other}`;
    const all = operationsOf(await running.api.get<OpenApi>('/api/docs-json'));
    operations = all.filter(({ path }) => !SIGNED_ROUTES.includes(path));
    expect(all.length - operations.length).toBe(SIGNED_ROUTES.length);
    before = await tableContents(running.service.database.dataSource);
  });

  /** Whatever was refused, nothing was stored. */
  afterEach(async () => expect(await tableContents(running.service.database.dataSource)).toEqual(before));
  afterAll(async () => {
    await running.stop();
    await firm.stop();
  });

  async function send(
    method: string,
    path: string,
    given: { key?: string | null; body?: object | string; form?: FormData } = {},
  ): Promise<Problem> {
    const { key = running.key, body, form } = given;
    const response = await fetch(`${running.url}${path}`, {
      method: method.toUpperCase(),
      headers: {
        ...(key !== null && { authorization: `Bearer ${key}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(form && { body: form }),
    });
    expect({ path, type: response.headers.get('content-type') }).toEqual({
      path,
      type: expect.stringMatching(/^application\/problem\+json/),
    });
    const problem = (await response.json()) as Problem;
    expect(problem).toMatchObject({ type: 'about:blank', status: response.status, title: expect.any(String), code: expect.any(String) });
    expect(problem.detail).not.toMatch(ESCAPED);
    return problem;
  }

  const filled = (path: string, id: string): string =>
    path
      .replace('{administrationId}', id)
      .replace('{format}', 'pdf')
      .replace(/\{\w+\}/g, () => randomUUID());

  it('has routes to try, those of administrations among them', () => {
    expect(operations.length).toBeGreaterThan(10);
    expect(operations.filter(({ path }) => path.includes('{administrationId}')).length).toBeGreaterThan(7);
    expect(operations.filter(({ takesJson }) => takesJson).length).toBeGreaterThan(2);
    expect(operations.filter(({ dates }) => dates.length > 0).length).toBeGreaterThan(1);
  });

  it('every route without a key, and tells how to send one', async () => {
    for (const { method, path } of operations) {
      const problem = await send(method, filled(path, idOf(administration)), { key: null });
      expect({ method, path, status: problem.status, code: problem.code }).toEqual({ method, path, status: 401, code: 'no-key' });
      expect(problem.detail).toContain('Authorization: Bearer');
    }
  });

  it('keys that are wrong, cut off, altered or revoked', async () => {
    const revoked = await running.keys.issue('revoked', [idOf(administration)]);
    await running.keys.revoke(revoked.split('_')[1] ?? '');
    before = await tableContents(running.service.database.dataSource);
    const last = running.key.at(-1) === 'A' ? 'B' : 'A';
    const wrong = ['nonsense', running.key.slice(0, -1), `${running.key.slice(0, -1)}${last}`, revoked, `${running.key}x`, "tgd_'OR'1'='1"];
    for (const key of wrong) {
      const problem = await send('GET', administration, { key });
      expect(problem).toMatchObject({ status: 401, code: 'wrong-key' });
      expect(problem.detail).toMatch(/unknown or was revoked/);
      // It must not be repeated into logs and screens.
      expect(problem.detail).not.toContain(key);
    }
  });

  it('an administration of somebody else, on every route there is, as if it did not exist', async () => {
    for (const { method, path } of operations.filter((each) => each.path.includes('{administrationId}'))) {
      for (const id of [idOf(foreign), randomUUID()]) {
        const problem = await send(method, filled(path, id));
        expect({ method, path, status: problem.status, code: problem.code }).toEqual({
          method,
          path,
          status: 404,
          code: 'unknown-administration',
        });
        expect(problem.detail).toContain(id);
      }
      const noId = await send(method, filled(path, 'not-an-id'));
      expect({ method, path, status: noId.status }).toEqual({ method, path, status: 404 });
    }
  });

  it('a field nobody knows, in every body there is, by its name', async () => {
    for (const { method, path } of operations.filter(({ takesJson }) => takesJson)) {
      const problem = await send(method, filled(path, idOf(administration)), { body: { colour: 'red' } });
      expect({ method, path, status: problem.status, code: problem.code }).toEqual({ method, path, status: 400, code: 'invalid-request' });
      expect(problem.errors?.find(({ field }) => field === 'colour')?.message).toBe('property colour should not exist');
    }
  });

  it('a date that does not exist, in every query there is, by its name', async () => {
    for (const { method, path, dates } of operations) {
      for (const date of dates) {
        for (const value of ['2026-02-30', '30-11-2026', 'tomorrow', '2026-11-20T00:00:00Z']) {
          const problem = await send(method, `${filled(path, idOf(administration))}?${date}=${value}`);
          expect({ method, path, date, value, status: problem.status }).toEqual({ method, path, date, value, status: 400 });
          expect(problem.detail).toContain(`${date} must be a date of the form YYYY-MM-DD`);
        }
      }
    }
  });

  it('wrong fields of a connection, all of them at once and by their place', async () => {
    const given = connectionOf(firm.token, firm.books) as { sender: object };
    const body = { ...given, package: 'excel', ibans: ['NL00FAKE0000000000'], sender: { ...given.sender, email: 'nobody', fax: '1' } };
    const problem = await send('POST', '/api/v1/connections', { body });
    expect(problem).toMatchObject({ status: 400, code: 'invalid-request' });
    expect(problem.errors?.map(({ field }) => field).sort()).toEqual(['ibans', 'package', 'sender.email', 'sender.fax']);
    for (const word of ['moneybird', 'email', 'fax', 'ibans']) expect(problem.detail).toContain(word);
  });

  it('a mode that is none, by the ones there are', async () => {
    const problem = await send('PATCH', administration, { body: { mode: 'aan' } });
    expect(problem).toMatchObject({ status: 400, code: 'invalid-request' });
    expect(problem.detail).toMatch(/mode must be one of.*off.*shadow.*live/);
  });

  it('a body that is no JSON', async () => {
    const problem = await send('PATCH', administration, { body: '{"mode": ' });
    expect(problem.status).toBe(400);
    expect(problem.detail).toMatch(/JSON/i);
  });

  it('a token the package does not let in, and an administration it does not have, with those it has', async () => {
    const body = connectionOf(firm.token, firm.books);
    const noWayIn = await send('POST', '/api/v1/connections', { body: { ...body, token: 'no-such-token' } });
    expect(noWayIn).toMatchObject({ status: 422, code: 'package-refused' });
    expect(noWayIn.detail).not.toContain('no-such-token');
    const unknown = await send('POST', '/api/v1/connections', { body: { ...body, administration: '123' } });
    expect(unknown).toMatchObject({ status: 422, code: 'unknown-administration' });
    expect(unknown.detail).toContain(firm.books.id);
    expect(unknown.detail).toContain('Zandwijk Techniek B.V.');
    const twice = await send('POST', '/api/v1/connections', { body });
    expect(twice).toMatchObject({ status: 422, code: 'already-connected' });
  });

  const upload = (name: string, content: string): Promise<Problem> => {
    const form = new FormData();
    form.append('file', new Blob([content]), name);
    return send('POST', `${administration}/statements`, { form });
  };

  it.each([
    ['what is no statement', (xml: string) => xml.slice(0, 0) + '%PDF-1.7 not a statement', /statement|XML/],
    ['an empty file', () => '', /empty|statement/i],
    ['one that was cut off', (xml: string) => xml.slice(0, xml.length / 2), /ends|end of|unclosed|truncated/i],
    ['one whose tags do not fit', (xml: string) => xml.replace('</BkToCstmrStmt>', '</Wrong>'), /BkToCstmrStmt|Wrong/],
    ['an amount that is none', (xml: string) => xml.replace(/(<Amt Ccy="EUR">)[\d.]+/, '$1twelve'), /amount.*twelve|twelve.*amount/i],
    [
      'an entity bomb',
      (xml: string) => xml.replace('<Document', `<!DOCTYPE d [${bomb}]>\n<Document`).replace(/<MsgId>[^<]*/, '<MsgId>&e9;'),
      /DOCTYPE|DTD|entit/i,
    ],
    [
      'an external entity',
      (xml: string) =>
        xml.replace('<Document', '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<Document').replace(/<MsgId>[^<]*/, '<MsgId>&x;'),
      /DOCTYPE|DTD|entit/i,
    ],
  ])('%s, by its name, whole', async (_what, spoil, words) => {
    const problem = await upload('november.xml', spoil(firm.world.statementFor(FROM)));
    expect(problem.status).toBe(422);
    expect(problem.file).toBe('november.xml');
    expect(problem.detail).toMatch(words);
    expect(problem.detail).not.toContain('root:');
  });

  /** A statement with payments on it that the ledger does not know: of a day of the past, moved to one that has not come. */
  const unknownStatement = (): string => {
    const paid = firm.world.days.findLast(({ transactions }) => transactions.some(({ amount }) => amount > 0));
    if (!paid) throw new Error('nobody ever paid');
    return firm.world.statementFor(paid.day).replaceAll(paid.day, '2026-12-24');
  };

  /** What the ledger holds of the bank, and how far it says it is up to date. */
  const booked = async (): Promise<object> => {
    const { bank_line, allocation } = await tableContents(running.service.database.dataSource);
    const { statementsThrough } = await running.api.get<{ statementsThrough: string }>(`${administration}/status`);
    return { bank_line, allocation, statementsThrough };
  };

  it.each([
    [
      "of an account that is nobody's, by the account",
      (xml: string) => xml.replaceAll(firm.books.profile.iban, STRANGE_IBAN),
      STRANGE_IBAN,
    ],
    [
      'that announces and does not settle, by what it is',
      (xml: string) =>
        xml.replace('camt.053.001.08', 'camt.052.001.08').replaceAll('BkToCstmrStmt', 'BkToCstmrAcctRpt').replaceAll('Stmt>', 'Rpt>'),
      'camt.052',
    ],
  ])('books nothing of a statement %s', async (_what, change, word) => {
    const held = await booked();
    const form = new FormData();
    form.append('file', new Blob([change(unknownStatement())]), 'other.xml');
    const headers = { authorization: `Bearer ${running.key}` };
    const response = await fetch(`${running.url}${administration}/statements`, { method: 'POST', headers, body: form });
    expect(await response.text()).toContain(word);
    expect(response.status).not.toBe(500);
    expect(await booked()).toEqual(held);
    // The file itself may be kept, for a person to decide about.
    before = await tableContents(running.service.database.dataSource);
  });

  it('a request without a file, and one that is no upload', async () => {
    expect(await send('POST', `${administration}/statements`, { form: new FormData() })).toMatchObject({ status: 422, code: 'no-file' });
    const noForm = await send('POST', `${administration}/statements`, { body: {} });
    expect(noForm).toMatchObject({ status: 422, code: 'no-file', detail: expect.stringContaining('multipart/form-data') });
  });

  it('takes nothing of a file with a good statement and a broken one', async () => {
    const good = unknownStatement();
    const [, statement = ''] = /(<Stmt>.*<\/Stmt>)/s.exec(good) ?? [];
    const both = good.replace('</Stmt>', `</Stmt>${statement.replace(/(<Amt Ccy="EUR">)[\d.]+/g, '$1x')}`);
    expect(await upload('both.xml', both)).toMatchObject({ status: 422, file: 'both.xml' });
  });

  it('a day whose policy file is gone, by the name of the file, before anything is pulled', async () => {
    const setPolicy = (policy: string): Promise<unknown> =>
      running.tenancy.within(idOf(administration), (manager) =>
        manager.update(AdministrationEntity, { id: idOf(administration) }, { policy }),
      );
    await setPolicy('gone');
    const changed = await tableContents(running.service.database.dataSource);
    const asked = firm.sandbox.log.count();
    for (const [method, path] of [
      ['POST', 'days/run'],
      ['GET', 'plan'],
    ] as const) {
      const problem = await send(method, `${administration}/${path}?day=${firm.today}`);
      expect(problem).toMatchObject({ status: 422, code: 'missing-file' });
      expect(problem.detail).toContain('gone.yml');
    }
    expect(await tableContents(running.service.database.dataSource)).toEqual(changed);
    expect(firm.sandbox.log.count()).toBe(asked);
    await setPolicy('default');
  });
});

const idOf = (path: string): string => path.split('/').at(-1) ?? '';

/** Ten times ten to the ninth power. */
const bomb = ['<!ENTITY e0 "lol">', ...Array.from({ length: 9 }, (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`)].join('');

/** Every route of the API that wants a key, from its own description: a new one is tried without anybody thinking of it. */
const operationsOf = ({ paths }: OpenApi): Operation[] =>
  Object.entries(paths)
    .filter(([path]) => path.startsWith('/api/v1/'))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { parameters = [], requestBody }]) => ({
        method,
        path,
        takesJson: requestBody?.content['application/json'] !== undefined,
        dates: parameters.filter((parameter) => parameter.in === 'query' && parameter.schema?.format === 'date').map(({ name }) => name),
      })),
    );
