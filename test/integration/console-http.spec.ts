import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DayStarter } from '../../src/console/day-starter.service.js';
import { DayRunEntity, NOTHING_DONE } from '../../src/cycle/day-run.entity.js';
import { DayService } from '../../src/cycle/day.service.js';
import { Days, type DayView } from '../../src/cycle/days.service.js';
import { ActEntity } from '../../src/dunning/act.entity.js';
import { ManualClock } from '../../src/kernel/clock.js';
import { addDays, plainDate } from '../../src/kernel/plain-date.js';
import { AdministrationEntity } from '../../src/ledger/administration.entity.js';
import { BankLineEntity, StatementEntity, StatementFindingEntity } from '../../src/ledger/bank.entity.js';
import {
  AllocationEntity,
  ArrangementEntity,
  DebtorEntity,
  DisputeEntity,
  HoldEntity,
  InvoiceEntity,
  PromiseEntity,
} from '../../src/ledger/receivables.entity.js';
import { ApiKeyEntity } from '../../src/platform/auth/api-key.entity.js';
import { ApiKeys } from '../../src/platform/auth/api-keys.js';
import { Tenancy } from '../../src/platform/database/tenancy.js';
import { createLogger } from '../../src/platform/observability/logger.js';
import { realSleep } from '../../src/platform/outgoing/sleep.js';
import { EffectEntity } from '../../src/platform/outbox/effect.entity.js';
import { renderCamt053 } from '../../src/sandbox/company/camt053.js';
import type { Service } from '../../src/service.js';
import { StatementsOverview } from '../../src/statements/statements-overview.service.js';
import { administrationRow, debtorRow, invoiceRow } from '../support/rows.js';
import { testService } from '../support/test-service.js';

const ORIGIN = 'http://console.example:3000';
const TODAY = plainDate('2026-11-20');
const YESTERDAY = plainDate('2026-11-19');
const IBAN = 'NL02ABNA0123456789';
const OTHERS_IBAN = 'NL91ABNA0417164300';

/** Closes what it stands in and runs, wherever it is not escaped: in text, in an attribute in either quotes, in a title. */
const HOSTILE = `"'></td></title><script>alert(1)</script>{{ 'evalu' | append: 'ated' }}`;

interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
  readonly body: string;
}

describe('the console over HTTP', () => {
  let service: Service;
  let tenancy: Tenancy;
  let key: string;
  const clock = new ManualClock(new Date('2026-11-20T09:00:00Z'));
  const mine = randomUUID();
  const foreign = randomUUID();
  const [waiting, mail, foreignMail] = [randomUUID(), randomUUID(), randomUUID()];
  const pagesOf = (id: string): string => `/console/administrations/${id}`;
  const [dispute, promise, arrangement, hold] = [randomUUID(), 'promise/1', 'arrangement 1', randomUUID()];
  const tabs = ['', '/acts', '/agreements', '/bank-lines', '/mails', `/mails/${mail}`, '/days', '/statements'];

  beforeAll(async () => {
    service = await testService({ publicUrl: ORIGIN }, { clock });
    tenancy = service.app.get(Tenancy);
    await fill(mine, HOSTILE, mail);
    await fill(foreign, 'Brouwerij van een ander', foreignMail);
    key = await service.app.get(ApiKeys).issue(`key of ${HOSTILE}`, [mine]);
  });
  afterAll(() => service.close());

  /** An administration with one of everything the pages show, named by a text somebody else chose. */
  async function fill(administrationId: string, name: string, mailId: string): Promise<void> {
    const debtor = debtorRow({ administrationId, name });
    const invoice = invoiceRow({ administrationId, debtorId: debtor.id, number: `2026-1 ${name}` });
    const [statement, line] = [randomUUID(), randomUUID()];
    const actId = administrationId === mine ? waiting : randomUUID();
    await tenancy.within(administrationId, async (manager) => {
      await manager.insert(AdministrationEntity, administrationRow({ id: administrationId, name, policy: 'starter' }));
      await manager.insert(DebtorEntity, debtor);
      await manager.insert(InvoiceEntity, invoice);
      await manager.insert(StatementEntity, {
        administrationId,
        id: statement,
        fileName: 'day.xml',
        fileSha256: '0',
        bankId: null,
        iban: IBAN,
        currency: 'EUR',
        fromDate: null,
        throughDate: plainDate('2026-11-10'),
        opening: null,
        closing: null,
        reconciles: true,
        contentHash: '0',
        importedAt: new Date(0),
      });
      await manager.insert(BankLineEntity, {
        administrationId,
        id: line,
        statementId: statement,
        identity: '0',
        position: 0,
        bookedOn: YESTERDAY,
        amount: 12_100,
        currency: 'EUR',
        counterpartyName: name,
        counterpartyIban: null,
        description: `text ${name}`,
        detail: {},
        outcome: 'matched',
        debtorId: debtor.id,
        confidence: 0.98,
        proposal: null,
        because: [`line reason ${name}`],
      });
      await manager.insert(AllocationEntity, {
        administrationId,
        id: randomUUID(),
        bankLineId: line,
        invoiceId: invoice.id,
        amount: 12_100,
        marker: 'AAAAAAAAAA',
        settlementId: null,
        allocatedAt: new Date(0),
        reversedAt: null,
      });
      await manager.insert(ActEntity, {
        administrationId,
        id: actId,
        day: YESTERDAY,
        mode: 'live',
        state: 'awaiting-approval',
        debtorId: debtor.id,
        kind: 'demand',
        step: `step ${name}`,
        channel: 'email',
        currency: 'EUR',
        total: 181_500,
        because: [`act reason ${name}`],
        decision: { total: '1815.00', invoiceIds: [invoice.id], payBy: '2026-11-27' },
        policyName: 'starter',
        policyVersion: '1',
        snapshot: {},
        decidedAt: new Date(0),
        endedBecause: `ended ${name}`,
      });
      const of = { administrationId, debtorId: debtor.id };
      const isMine = administrationId === mine;
      // One dispute was noted here, the other one is known from the package only.
      const imported = { code: `code ${name}`, since: YESTERDAY, amount: null, resolved: null };
      const inPackage = { packageDispute: `words ${name}`, paused: true, pausedSince: new Date(0) };
      await manager.insert(InvoiceEntity, invoiceRow({ ...of, number: '2026-2', dispute: imported, ...inPackage }));
      await manager.insert(DisputeEntity, {
        ...of,
        id: isMine ? dispute : randomUUID(),
        invoiceId: invoice.id,
        code: 'PRICE',
        amount: 2_100,
        openedOn: YESTERDAY,
        answerBy: TODAY,
        outcome: null,
        resolvedOn: null,
      });
      await manager.insert(PromiseEntity, {
        ...of,
        id: promise,
        invoiceIds: [],
        madeOn: YESTERDAY,
        dueDate: plainDate('2026-12-01'),
        amount: 5_000,
        origin: 'dossier',
        madeBy: name,
        channel: null,
        state: 'open',
        withdrawnOn: null,
      });
      await manager.insert(ArrangementEntity, {
        ...of,
        id: arrangement,
        invoiceIds: [invoice.id],
        instalments: [
          { dueDate: YESTERDAY, amount: 6_000 },
          { dueDate: plainDate('2026-12-19'), amount: 6_100 },
        ],
        origin: 'dossier',
        madeOn: YESTERDAY,
        state: 'broken',
        instalmentStates: ['broken', 'open'],
        withdrawnOn: null,
      });
      await manager.insert(HoldEntity, {
        ...of,
        id: isMine ? hold : randomUUID(),
        kind: 'manual',
        reason: `reason ${name}`,
        startsOn: YESTERDAY,
        until: plainDate('2026-12-31'),
        endedOn: null,
      });
      await manager.insert(EffectEntity, {
        administrationId,
        id: mailId,
        kind: 'mail',
        state: 'failed',
        marker: 'BBBBBBBBBB',
        actId,
        debtorId: debtor.id,
        payload: {},
        result: {
          mail: {
            to: [{ address: `${name}@proef.example` }],
            subject: `subject ${name}`,
            text: `letter ${name}`,
            html: `<p>letter</p>${HOSTILE}`,
            messageId: `<${name}>`,
          },
        },
        attempts: 1,
        claimedBy: null,
        leaseUntil: null,
        notBefore: new Date(0),
        lastError: `error ${name}`,
        createdAt: new Date('2026-11-19T06:00:00Z'),
        endedAt: null,
      });
      await manager.insert(DayRunEntity, {
        administrationId,
        day: YESTERDAY,
        stage: 'decide',
        leaseHolder: null,
        leaseUntil: null,
        startedAt: new Date('2026-11-19T06:00:00Z'),
        finishedAt: new Date('2026-11-19T06:01:00Z'),
        held: null,
        figures: NOTHING_DONE,
        error: `trouble ${name}`,
      });
    });
  }

  const ask = async (method: 'GET' | 'POST', url: string, headers: Record<string, string> = {}, body?: string): Promise<Answer> =>
    (await service.app.inject({
      method,
      url,
      headers: { host: 'console.example:3000', ...headers },
      ...(body !== undefined && { payload: body }),
    })) as Answer;
  const get = (url: string): Promise<Answer> => ask('GET', url, { cookie: `tegoed_key=${key}` });
  const post = (url: string, form: Record<string, string> = {}, headers: Record<string, string> = {}): Promise<Answer> =>
    ask(
      'POST',
      url,
      { cookie: `tegoed_key=${key}`, origin: ORIGIN, 'content-type': 'application/x-www-form-urlencoded', ...headers },
      new URLSearchParams(form).toString(),
    );
  const administration = (): Promise<AdministrationEntity> =>
    tenancy.within(mine, (manager) => manager.findOneByOrFail(AdministrationEntity, { id: mine }));

  const expectPage = ({ headers }: Answer): void => {
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toMatch(/^default-src 'self'; script-src 'none'; .*frame-ancestors 'none'$/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('same-origin');
    expect(headers['cache-control']).toBe('no-store');
  };
  const expectLogin = ({ statusCode, headers }: Answer): void => {
    expect([statusCode, headers['location']]).toEqual([303, '/console/login']);
  };

  describe('who is not logged in', () => {
    it.each(['/console', ...tabs.map((tab) => `${pagesOf(mine)}${tab}`), '/console/nowhere'])(
      'is sent to the login from %s',
      async (url) => {
        expectLogin(await ask('GET', url));
      },
    );

    it.each(['/day', '/mode', '/statements', `/acts/${waiting}/approve`, `/acts/${waiting}/reject`, `/agreements/holds/${hold}/end`])(
      'can do nothing: %s',
      async (action) => {
        expectLogin(await ask('POST', `${pagesOf(mine)}${action}`, { origin: ORIGIN }));
      },
    );

    it('is told so when the key was revoked meanwhile, and the browser forgets it', async () => {
      const gone = await service.app.get(ApiKeys).issue('gone', [mine]);
      await tenancy.directory((manager) => manager.update(ApiKeyEntity, { name: 'gone' }, { revokedAt: new Date() }));
      const answer = await ask('GET', '/console', { cookie: `tegoed_key=${gone}` });
      expectLogin(answer);
      expect(String(answer.headers['set-cookie'])).toMatch(/^tegoed_key=;.*Path=\/console/);
    });
  });

  describe('the login', () => {
    const login = (form: Record<string, string>): Promise<Answer> => post('/console/login', form, { cookie: '' });

    it('keeps a right key where no script and no other site can use it', async () => {
      const answer = await login({ key: `  ${key}\n` });
      expect([answer.statusCode, answer.headers['location']]).toEqual([303, '/console']);
      expect(answer.headers['set-cookie']).toBe(`tegoed_key=${key}; Path=/console; HttpOnly; SameSite=Strict`);
    });

    it.each([{ key: 'tgd_wrong' }, { key: '' }, {}])('says that a key is wrong: %j', async (form) => {
      const answer = await login(form as Record<string, string>);
      expect(answer.statusCode).toBe(401);
      expect(answer.body).toContain('This key is unknown or was revoked');
      expect(answer.headers['set-cookie']).toBeUndefined();
      expectPage(answer);
    });

    it('takes the key from a link, and out of the address', async () => {
      const answer = await ask('GET', `/console/login?key=${key}`);
      expect([answer.statusCode, answer.headers['location']]).toEqual([303, '/console']);
      expect(String(answer.headers['set-cookie'])).toContain(key);
    });

    it('takes no key from a link on another site', async () => {
      const answer = await ask('GET', `/console/login?key=${key}`, { 'sec-fetch-site': 'cross-site' });
      expect(answer.statusCode).toBe(403);
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(answer.body).not.toContain(key);
    });

    it('ends with the logout', async () => {
      const answer = await post('/console/logout');
      expectLogin(answer);
      expect(String(answer.headers['set-cookie'])).toMatch(/^tegoed_key=;/);
    });
  });

  describe('a request from another site', () => {
    it.each([
      ['of an unknown page', undefined],
      ['of a page that hides', 'null'],
      ['of another host', 'https://elsewhere.example'],
      ['of another port', 'http://console.example:8080'],
    ])('%s changes nothing', async (_, origin) => {
      const headers = { cookie: `tegoed_key=${key}`, 'content-type': 'application/x-www-form-urlencoded', ...(origin && { origin }) };
      for (const [action, form] of [
        ['/mode', 'mode=off'],
        ['/day', ''],
        [`/acts/${waiting}/approve`, ''],
      ] as const) {
        const answer = await ask('POST', `${pagesOf(mine)}${action}`, headers, form);
        expect(answer.statusCode).toBe(403);
        expect(answer.body).toContain('nothing was done');
        expectPage(answer);
      }
      expect((await administration()).mode).toBe('shadow');
      const [act, days] = await tenancy.within(
        mine,
        async (manager) => [await manager.findOneByOrFail(ActEntity, { id: waiting }), await manager.count(DayRunEntity)] as const,
      );
      expect([act.state, days]).toEqual(['awaiting-approval', 1]);
    });
  });

  describe('a page', () => {
    it.each(['/console', ...tabs.map((tab) => `${pagesOf(mine)}${tab}`), pagesOf(foreign), '/console/login'])(
      'escapes what others wrote, and tells browsers to run nothing: %s',
      async (url) => {
        const answer = await get(url);
        expectPage(answer);
        expect(answer.body).not.toMatch(/<script/i);
        // Rendered once and never again: what looks like a template stays text.
        expect(answer.body).not.toContain('evaluated');
        if (url.startsWith(pagesOf(mine))) expect(answer.body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
      },
    );

    it('shows the administrations of the key and no others', async () => {
      const { body, statusCode } = await get('/console');
      expect(statusCode).toBe(200);
      expect(body).toContain(`href="${pagesOf(mine)}"`);
      expect(body).not.toContain(foreign);
      expect(body).not.toContain('Brouwerij');
    });

    it('says in words that the figures are stale', async () => {
      expect((await get('/console')).body).toContain('Stale');
      expect((await get(pagesOf(mine))).body).toContain('The bookkeeping was not pulled recently enough');
    });

    it('is there for nobody whose key was not given the administration', async () => {
      for (const url of [...tabs.map((tab) => `${pagesOf(foreign)}${tab}`), pagesOf(randomUUID()), pagesOf('x'), pagesOf("'--")]) {
        const answer = await get(url);
        expect(answer.statusCode).toBe(404);
        expect(answer.body).toContain('There is nothing here');
        expect(answer.body).not.toContain('Brouwerij');
        expectPage(answer);
      }
      const answer = await post(`${pagesOf(foreign)}/mode`, { mode: 'off' });
      expect(answer.statusCode).toBe(404);
      expect(await tenancy.within(foreign, (manager) => manager.findOneByOrFail(AdministrationEntity, { id: foreign }))).toMatchObject({
        mode: 'shadow',
      });
    });

    it.each(['/console/nowhere', `${pagesOf(mine)}/nowhere`, `${pagesOf(mine)}/mails/${foreignMail}`, `${pagesOf(mine)}/mails/x`])(
      'of which there is none says so: %s',
      async (url) => {
        const answer = await get(url);
        expect(answer.statusCode).toBe(404);
        expectPage(answer);
      },
    );
  });

  it('shows a mail as it was sent where it can do nothing', async () => {
    const framed = `${pagesOf(mine)}/mails/${mail}/html`;
    expect((await get(`${pagesOf(mine)}/mails/${mail}`)).body).toMatch(new RegExp(`<iframe [^>]*sandbox [^>]*src="${framed}"`));
    const { body, headers } = await get(framed);
    expect(body).toBe(`<p>letter</p>${HOSTILE}`);
    const policy = String(headers['content-security-policy']).split('; ');
    expect(policy).toEqual(expect.arrayContaining(['sandbox', "default-src 'none'", "frame-ancestors 'self'"]));
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect((await get(`${pagesOf(mine)}/mails/${foreignMail}/html`)).statusCode).toBe(404);
  });

  it('serves its style to be kept, under an address that changes with it', async () => {
    const [, address = ''] = /href="(\/console\/assets\/console\.css\?v=[0-9a-f]{12})"/.exec((await get('/console/login')).body) ?? [];
    const { statusCode, headers, body } = await ask('GET', address);
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({ 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=31536000, immutable' });
    expect(body).toContain('prefers-color-scheme');
    for (const name of ['none.css', '..%2Ftexts.ts', '__proto__'])
      expect((await ask('GET', `/console/assets/${name}`)).statusCode).toBe(404);
  });

  describe('acts', () => {
    it('can be asked for of one day', async () => {
      expect((await get(`${pagesOf(mine)}/acts?day=${YESTERDAY}`)).body).toContain(`act-${waiting}`);
      expect((await get(`${pagesOf(mine)}/acts?day=`)).body).toContain(`act-${waiting}`);
      const empty = await get(`${pagesOf(mine)}/acts?day=${TODAY}`);
      expect(empty.body).not.toContain(`act-${waiting}`);
      expect(empty.body).toContain('Nothing was decided on this day.');
    });

    it('of a day that does not exist: says so', async () => {
      const answer = await get(`${pagesOf(mine)}/acts?day=2026-02-30`);
      expect(answer.statusCode).toBe(422);
      expect(answer.body).toContain('2026-02-30');
      expectPage(answer);
    });

    it('show what they are, with amounts and days for people', async () => {
      const { body } = await get(`${pagesOf(mine)}/acts`);
      for (const words of ['Demand', '€1,815.00', 'Fri 27 Nov 2026', 'Waits for approval', 'Thu 19 Nov 2026'])
        expect(body).toContain(words);
    });

    it('that wait are approved once', async () => {
      const approve = (id: string): Promise<Answer> => post(`${pagesOf(mine)}/acts/${id}/approve`, { day: YESTERDAY });
      const there = `${pagesOf(mine)}/acts?day=${YESTERDAY}`;
      expect((await approve(waiting)).headers['location']).toBe(`${there}&done=approved#act-${waiting}`);
      const act = await tenancy.within(mine, (manager) => manager.findOneByOrFail(ActEntity, { id: waiting }));
      // A mail is judged once more at the door; what a person sends is judged here (test/dunning/lapsed-acts.spec.ts).
      expect(act.state).toBe('planned');
      expect((await approve(waiting)).headers['location']).toBe(`${there}&done=not-waiting#act-${waiting}`);
      expect((await get(`${there}&done=not-waiting`)).body).toContain('does not wait for approval any more');
      expect((await approve('x')).statusCode).toBe(404);
    });
  });

  describe('acts a person looks at', () => {
    /** A day of its own for each test: acts are never deleted. */
    let day = plainDate('2026-11-02');
    let ids: string[];
    const acts = (): Promise<ActEntity[]> =>
      tenancy.within(mine, (manager) => manager.find(ActEntity, { where: { administrationId: mine, day }, order: { total: 'ASC' } }));
    const states = async (): Promise<string[]> => (await acts()).map(({ state }) => state);
    beforeEach(() =>
      tenancy.within(mine, async (manager) => {
        day = addDays(day, 1);
        ids = [randomUUID(), randomUUID()];
        const one = await manager.findOneByOrFail(ActEntity, { id: waiting });
        for (const [at, total] of [12_100, 34_200].entries()) {
          const decision = { total: `${total / 100}.00`, invoiceIds: [], payBy: null };
          await manager.insert(ActEntity, {
            ...one,
            id: ids[at] ?? '',
            step: `s${at}`,
            day,
            kind: 'reminder',
            state: 'awaiting-approval',
            total,
            decision,
          });
        }
      }),
    );
    const approve = (form: Record<string, string>): Promise<Answer> =>
      post(`${pagesOf(mine)}/acts/approve`, { day, kind: 'reminder', shown: day, ...form });

    it('are approved by kind, with their number and total in sight', async () => {
      expect((await get(`${pagesOf(mine)}/acts?day=${day}`)).body).toContain('Reminder: 2 wait, €463.00 in all');
      const there = `${pagesOf(mine)}/acts?day=${day}`;
      // Somebody approved one meanwhile: what the page said is no longer so.
      expect((await approve({ expected: '3' })).headers['location']).toBe(`${there}&done=not-as-many#day-${day}`);
      expect(await states()).toEqual(['awaiting-approval', 'awaiting-approval']);
      expect((await approve({ expected: '2' })).headers['location']).toBe(`${there}&done=kind-approved#day-${day}`);
      expect(await states()).toEqual(['planned', 'planned']);
      expect((await get(`${there}&done=kind-approved`)).body).not.toContain('in all');
    });

    it.each<Record<string, string>>([{ expected: '-1' }, { expected: '' }, { day: '2026-02-30' }, { kind: '' }])(
      'are not approved by a form that says %j',
      async (form) => {
        expect((await approve({ expected: '2', ...form })).statusCode).toBe(400);
        expect(await states()).toEqual(['awaiting-approval', 'awaiting-approval']);
      },
    );

    it('are said no to one by one, with the reason', async () => {
      const [id = '', other = ''] = ids;
      const reject = (form: Record<string, string>, act = id): Promise<Answer> => post(`${pagesOf(mine)}/acts/${act}/reject`, form);
      expect((await reject({ reason: '' })).statusCode).toBe(400);
      expect((await reject({ reason: 'a good customer', notBefore: '2026-02-30' })).statusCode).toBe(422);
      expect((await reject({ reason: 'x' }, 'x')).statusCode).toBe(404);
      const done = await reject({ reason: 'a good customer', notBefore: '2026-12-24', day: '' });
      expect(done.headers['location']).toBe(`${pagesOf(mine)}/acts?done=rejected#act-${id}`);
      const [rejected] = await tenancy.within(mine, (manager) => manager.findBy(ActEntity, { id }));
      expect(rejected).toMatchObject({ state: 'cancelled', endedBecause: 'a good customer', notAgainBefore: '2026-12-24' });
      expect((await reject({ reason: 'once more' })).headers['location']).toContain('done=not-waiting');
      expect((await reject({ reason: 'without a day', notBefore: '' }, other)).headers['location']).toContain('done=rejected');
      // A week from the 20th.
      expect((await tenancy.within(mine, (manager) => manager.findBy(ActEntity, { id: other })))[0]?.notAgainBefore).toBe('2026-11-27');
    });
  });

  describe('agreements', () => {
    const page = `${pagesOf(mine)}/agreements`;
    const one = <T>(find: Parameters<Tenancy['within']>[1]): Promise<T> => tenancy.within(mine, find) as Promise<T>;

    it('show what stops dunning, with amounts and days for people', async () => {
      const { body } = await get(page);
      for (const words of [
        '€21.00',
        'All of it',
        'known from the bookkeeping only',
        '€50.00',
        'Tue 1 Dec 2026',
        '€60.00 (Broken)',
        'Thu 31 Dec 2026',
      ])
        expect(body).toContain(words);
    });

    it('are settled, withdrawn and ended, each once', async () => {
      const settle = (): Promise<Answer> => post(`${page}/disputes/${dispute}/resolve`, { outcome: 'REJECTED', note: '' });
      expect((await settle()).headers['location']).toBe(`${page}?done=settled`);
      expect(await one<DisputeEntity>((manager) => manager.findOneByOrFail(DisputeEntity, { id: dispute }))).toMatchObject({
        outcome: 'REJECTED',
        resolvedOn: TODAY,
      });
      expect((await settle()).statusCode).toBe(409);

      const withdraw = (kind: string, id: string): Promise<Answer> =>
        post(`${page}/${kind}/${encodeURIComponent(id)}/withdraw`, { reason: 'a mistake' });
      for (const [kind, id] of [
        ['promises', promise],
        ['arrangements', arrangement],
      ] as const) {
        expect((await withdraw(kind, id)).headers['location']).toBe(`${page}?done=withdrawn`);
        expect((await withdraw(kind, id)).statusCode).toBe(409);
      }

      const end = (): Promise<Answer> => post(`${page}/holds/${hold}/end`, { reason: 'he paid' });
      expect((await end()).headers['location']).toBe(`${page}?done=ended`);
      expect(await one<HoldEntity>((manager) => manager.findOneByOrFail(HoldEntity, { id: hold }))).toMatchObject({ endedOn: TODAY });
      expect((await end()).statusCode).toBe(409);
    });

    it('that only the package knows are taken over and settled', async () => {
      const [, invoiceId = ''] = /name="invoiceId" value="([^"]+)"/.exec((await get(page)).body) ?? [];
      const settle = (form: Record<string, string>): Promise<Answer> =>
        post(`${page}/disputes/resolve`, { invoiceId, outcome: 'PAID', ...form });
      expect((await settle({ outcome: 'LOST' })).statusCode).toBe(400);
      expect((await settle({ invoiceId: 'nowhere' })).statusCode).toBe(404);
      expect((await settle({})).headers['location']).toBe(`${page}?done=settled`);
      expect((await settle({})).statusCode).toBe(409);
      expect((await get(`${page}?done=settled`)).body).not.toContain('known from the bookkeeping only');
    });

    it('that a person made in the package are passed over here: for an invoice, and by the switch for all', async () => {
      const { body } = await get(page);
      expect(body).toContain('Disputed in the bookkeeping');
      expect(body).toContain('Until it is gone there');
      const [, invoiceId = ''] = /pauses\/remind">\s*<input type="hidden" name="invoiceId" value="([^"]+)"/.exec(body) ?? [];
      const remind = (form: Record<string, string>): Promise<Answer> =>
        post(`${page}/pauses/remind`, { invoiceId, outcome: 'invoice', reason: 'he said so', ...form });
      const today = async (): Promise<string> => (await get(pagesOf(mine))).body;
      expect(await today()).toContain('Of 1 open invoices a person stopped the reminders in Moneybird.');
      const change = (respectsPauses: string): Promise<Answer> => post(`${pagesOf(mine)}/respects-pauses`, { respectsPauses });
      expect((await change('no')).headers['location']).toBe(`${pagesOf(mine)}?done=pauses-changed`);
      expect((await administration()).respectsPauses).toBe(false);
      expect(await today()).toContain('Leave them alone');
      expect((await get(page)).body).not.toContain('pauses/remind');
      await change('yes');

      expect((await remind({ outcome: 'nobody' })).statusCode).toBe(400);
      expect((await remind({ reason: '' })).statusCode).toBe(400);
      expect((await remind({})).headers['location']).toBe(`${page}?done=reminded`);
      expect((await remind({})).statusCode).toBe(409);
      expect((await get(`${page}?done=reminded`)).body).toContain('It is reminded of from the next day that is run.');
      expect((await get(page)).body).not.toContain('pauses/remind');
    });

    it('of nobody, or of somebody else, there are none', async () => {
      for (const path of [`disputes/${randomUUID()}/resolve`, 'disputes/x/resolve'])
        expect((await post(`${page}/${path}`, { outcome: 'PAID' })).statusCode).toBe(404);
      for (const path of ['promises/none/withdraw', 'arrangements/none/withdraw', `holds/${randomUUID()}/end`, 'holds/x/end'])
        expect((await post(`${page}/${path}`, { reason: 'none' })).statusCode).toBe(404);
      expect((await post(`${pagesOf(foreign)}/agreements/promises/x/withdraw`, { reason: 'none' })).statusCode).toBe(404);
    });
  });

  describe('the mode', () => {
    beforeEach(() => tenancy.within(mine, (manager) => manager.update(AdministrationEntity, { id: mine }, { mode: 'shadow' })));
    const change = (form: Record<string, string>): Promise<Answer> => post(`${pagesOf(mine)}/mode`, form);

    it('becomes live only after one more question', async () => {
      const asked = await change({ mode: 'live' });
      expect(asked.statusCode).toBe(200);
      expect(asked.body).toContain('Go live?');
      expect((await administration()).mode).toBe('shadow');
      const done = await change({ mode: 'live', confirmed: 'yes' });
      expect([done.statusCode, done.headers['location']]).toEqual([303, `${pagesOf(mine)}?done=mode-changed`]);
      expect((await administration()).mode).toBe('live');
    });

    it('is switched off at once', async () => {
      await change({ mode: 'off' });
      expect((await administration()).mode).toBe('off');
    });

    it.each([{ mode: 'loud' }, {}, { mode: 'off', name: 'other' }])('is none of %j', async (form) => {
      const answer = await change(form as Record<string, string>);
      expect(answer.statusCode).toBe(400);
      expectPage(answer);
      expect((await administration()).mode).toBe('shadow');
    });
  });

  describe('statements', () => {
    const upload = (...files: readonly (readonly [name: string, content: string])[]): Promise<Answer> => {
      const boundary = 'a-boundary';
      const parts = files.map(
        ([name, content]) =>
          `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/octet-stream\r\n\r\n${content}\r\n`,
      );
      return ask(
        'POST',
        `${pagesOf(mine)}/statements`,
        { cookie: `tegoed_key=${key}`, origin: ORIGIN, 'content-type': `multipart/form-data; boundary=${boundary}` },
        `${parts.join('')}--${boundary}--\r\n`,
      );
    };
    const statement = (iban: string): string =>
      renderCamt053({
        version: '001.08',
        day: YESTERDAY,
        sequence: 1,
        account: { iban, owner: 'Proef', bic: 'TEGONL2A' },
        opening: 0,
        transactions: [
          {
            id: 'T1',
            day: YESTERDAY,
            amount: 5_000,
            counterparty: { name: 'Bakkerij Proef', iban: null },
            structuredReference: null,
            text: 'dank',
            endToEndId: null,
            truth: { kind: 'unknown', debtorRef: null, allocations: [], unallocated: 5_000, part: false },
          },
        ],
      });
    const lines = (): Promise<number> => tenancy.within(mine, (manager) => manager.count(BankLineEntity));

    it('that cannot be used are refused by name, with the reason, and nothing is stored', async () => {
      const before = await lines();
      const answer = await upload(['holiday<b>.jpg', 'no statement'], ['other.xml', statement(OTHERS_IBAN)]);
      expect(answer.statusCode).toBe(422);
      expectPage(answer);
      expect(answer.body).toContain('Not imported: ');
      expect(answer.body).toContain('holiday&lt;b&gt;.jpg');
      expect(answer.body).toContain(`${OTHERS_IBAN} is no account of this administration; its statements were kept aside`);
      expect(await lines()).toBe(before);
    });

    it('of an account nobody has are offered, and booked when somebody takes it', async () => {
      const before = await lines();
      const page = `${pagesOf(mine)}/statements`;
      expect((await get(page)).body).toContain('It belongs to ');
      const decide = (form: Record<string, string>): Promise<Answer> => post(`${page}/unassigned`, form);
      expect((await decide({ account: OTHERS_IBAN, decision: 'keep' })).statusCode).toBe(400);
      expect((await decide({ account: 'NL00NONE', decision: 'discard' })).statusCode).toBe(404);
      const { statusCode, headers } = await decide({ account: OTHERS_IBAN, decision: 'assign' });
      expect([statusCode, headers['location']]).toEqual([303, `${page}?done=assigned`]);
      expect(await lines()).toBe(before + 1);
      expect((await get(`${page}?done=assigned`)).body).not.toContain('It belongs to ');
    });

    it('that leave a gap are shown with it until it is accepted', async () => {
      const page = `${pagesOf(mine)}/statements`;
      const { findings } = await service.app.get(StatementsOverview).of(mine);
      expect(findings).toEqual([]);
      const gap = { administrationId: mine, id: randomUUID(), iban: IBAN, kind: 'missing-statement', message: 'one is missing <here>', knownThrough: YESTERDAY, foundAt: new Date('2026-11-20T05:00:00Z'), acceptedAt: null }; // prettier-ignore
      await tenancy.within(mine, (manager) => manager.insert(StatementFindingEntity, gap));
      expect((await get(page)).body).toContain('one is missing &lt;here&gt;');
      const accept = (): Promise<Answer> => post(`${page}/findings/${gap.id}/accept`);
      expect((await accept()).headers['location']).toBe(`${page}?done=accepted`);
      expect((await get(`${page}?done=accepted`)).body).not.toContain('one is missing');
      expect((await accept()).statusCode).toBe(404);
    });

    it('are imported, also beside one that is refused, and say what was new', async () => {
      const before = await lines();
      const answer = await upload(['day.xml', statement(IBAN)], ['holiday.jpg', 'no statement']);
      expect(answer.statusCode).toBe(422);
      expect(answer.body).toContain('Thu 19 Nov 2026');
      expect(answer.body).toContain('Adds up');
      expect(await lines()).toBe(before + 1);
      expect((await upload(['day.xml', statement(IBAN)])).statusCode).toBe(200);
      expect(await lines()).toBe(before + 1);
    });

    it('that were not chosen are asked for', async () => {
      for (const answer of [await upload(), await upload(['', '']), await post(`${pagesOf(mine)}/statements`)]) {
        expect(answer.statusCode).toBe(422);
        expect(answer.body).toContain('Choose a file first.');
      }
    });
  });

  describe('the day', () => {
    const untilFinished = async (): Promise<DayView[]> => {
      for (;;) {
        const days = await service.app.get(Days).list(mine);
        if (days.every(({ finishedAt }) => finishedAt !== null)) return days;
        await realSleep(20);
      }
    };

    it('is run, and says in words why nothing was decided', async () => {
      const { statusCode, headers } = await post(`${pagesOf(mine)}/day`);
      expect([statusCode, headers['location']]).toEqual([303, `${pagesOf(mine)}?done=finished`]);
      const { body } = await get(`${pagesOf(mine)}?done=finished`);
      expect(body).toContain('The day was run to its end.');
      expect(body).toContain('Nothing was decided: the bookkeeping had not been pulled recently enough (never yet).');
    });

    it('is not run by somebody else at the same time', async () => {
      const holder = { leaseHolder: randomUUID(), leaseUntil: new Date('2026-11-20T10:00:00Z'), finishedAt: null, stage: 'match' };
      await tenancy.within(mine, (manager) => manager.update(DayRunEntity, { administrationId: mine, day: TODAY }, holder));
      expect((await post(`${pagesOf(mine)}/day`)).headers['location']).toBe(`${pagesOf(mine)}?done=taken`);
      // A page that follows a running day looks again by itself, and no other page does.
      const follows = '<meta http-equiv="refresh"';
      expect((await get(`${pagesOf(mine)}?done=running`)).body).toContain(follows);
      expect((await get(pagesOf(mine))).body).not.toContain(follows);
      const released = { leaseHolder: null, leaseUntil: null, finishedAt: new Date('2026-11-20T09:00:00Z') };
      await tenancy.within(mine, (manager) => manager.update(DayRunEntity, { administrationId: mine, day: TODAY }, released));
      const ended = (await get(`${pagesOf(mine)}?done=running`)).body;
      expect(ended).not.toContain(follows);
      expect(ended).toContain('The day was run to its end.');
    });

    it('that takes long goes on by itself', async () => {
      const impatient = new DayStarter(service.app.get(DayService), clock, createLogger('silent'), 0);
      expect(await impatient.start(mine)).toBe('running');
      const [today] = await untilFinished();
      expect(today).toMatchObject({ day: TODAY, stage: 'done', error: null });
    });

    it('that broke off says why, here and among the administrations', async () => {
      const broken = {
        error: 'the package does not answer',
        finishedAt: new Date('2026-11-20T09:00:00Z'),
        leaseHolder: null,
        leaseUntil: null,
      };
      await tenancy.within(mine, (manager) => manager.update(DayRunEntity, { administrationId: mine, day: TODAY }, broken));
      for (const page of [pagesOf(mine), '/console']) expect((await get(page)).body).toMatch(/It stopped: the package does not answer/);
    });

    it('that cannot begin says why', async () => {
      await tenancy.within(mine, (manager) => manager.update(AdministrationEntity, { id: mine }, { policy: 'nowhere' }));
      expect((await post(`${pagesOf(mine)}/day`)).headers['location']).toBe(`${pagesOf(mine)}?done=failed`);
      const { body } = await get(`${pagesOf(mine)}?done=failed`);
      expect(body).toContain('The day could not be run to its end.');
      expect(body).toMatch(/nowhere\.yml/);
    });
  });

  it('sends who types only the host to the console', async () => {
    const { statusCode, headers } = await ask('GET', '/');
    expect([statusCode, headers['location']]).toEqual([303, '/console']);
  });
});
