import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { AgencyWatch } from '../../src/handover/callbacks/agency-watch.service.js';
import type { EventPage } from '../../src/handover/callbacks/agency-events.service.js';
import type { TaskView } from '../../src/handover/callbacks/tasks.service.js';
import { CaseNews } from '../../src/handover/case-news.js';
import { AgencyHouse, type Company } from './support/agency-house.js';

/** Agencies that cannot be called, those that are asked, and those that keep silent. */

const house = new AgencyHouse();
let company: Company;
let secret = '';

/** What the agency answers when it is asked for news, and how it was asked. */
let answer: { status: number; body: string } = { status: 200, body: '{"events":[]}' };
const asked: { url: string; headers: Record<string, string> }[] = [];
const desk = createServer((request, response) => {
  asked.push({ url: request.url ?? '', headers: request.headers as Record<string, string> });
  response.writeHead(answer.status, { 'content-type': 'application/json', location: '/elsewhere' }).end(answer.body);
});

let origin = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(desk.address() as AddressInfo).port}`;
  await house.start({ webhookOrigins: [origin] });
});
afterAll(async () => {
  await house.stop();
  await new Promise((resolve) => desk.close(resolve));
});
beforeEach(async () => {
  house.reset();
  asked.length = 0;
  answer = { status: 200, body: '{"events":[]}' };
  company = await house.company('Café Zuiderzee', { agencyUrl: `${origin}/hooks` });
  secret = (await house.call<{ secret: string }>(company, 'POST', `/agencies/${company.agencyId}/key`, { atOnce: true })).body.secret;
});

const path = (of: Company, rest: string): string => `/agencies/${of.agencyId}${rest}`;
const plan = async (note: string, of = company): Promise<string> => {
  const found = await house.case(of);
  const { administrationId } = of;
  return house.house.tenancy.within(administrationId, (manager) =>
    new CaseNews(manager, administrationId).tell(found, 'collection.case.document_added', { note }, house.clock.now()),
  );
};
const page = async (query = '', of = company) => (await house.fetch<EventPage>(of, path(of, `/events${query}`))).body;
const notesIn = ({ events }: EventPage): string[] => events.map(({ body }) => (JSON.parse(body) as { data: { note: string } }).data.note);
const arrived = (ids: string[], of = company) =>
  house.fetch(of, path(of, '/events/arrived'), { method: 'POST', body: { webhookIds: ids } });
const watch = () => house.house.service.app.get(AgencyWatch, { strict: false }).run(company.administrationId);
const tasks = async () => (await house.call<TaskView[]>(company, 'GET', '/handover-tasks')).body.map(({ kind }) => kind).sort();
const notices = async () =>
  (
    await house.rows<{ news: { text: string }[] }>(
      company,
      `SELECT payload -> 'news' AS news FROM effect WHERE administration_id = $1 AND kind = 'notice'`,
    )
  ).flatMap(({ news }) => news);

describe('an agency that cannot be called', () => {
  it('fetches what it is told, in order, as it is signed, until it says that it has it', async () => {
    const ids: string[] = [];
    for (let at = 1; at <= 25; at++) ids.push(await plan(`n${at}`));
    const first = await page();
    expect(notesIn(first)).toEqual(Array.from({ length: 20 }, (_, at) => `n${at + 1}`));
    expect(first.more).toBe(true);
    const [event] = first.events;
    const headers = { ...event?.headers };
    // The library looks at the machine's clock: what it would have signed at that moment is compared.
    const at = new Date(Number(headers['webhook-timestamp']) * 1000);
    expect(headers['webhook-signature']).toBe(new Webhook(secret).sign(event?.webhookId ?? '', at, event?.body ?? ''));
    expect(await arrived(first.events.map(({ webhookId }) => webhookId))).toMatchObject({ status: 200, body: { arrived: 20 } });
    const rest = await page();
    expect([notesIn(rest), rest.more]).toEqual([['n21', 'n22', 'n23', 'n24', 'n25'], false]);
    expect(await arrived(ids)).toMatchObject({ body: { arrived: 5 } });
    expect(await arrived(ids)).toMatchObject({ body: { arrived: 0 } });
    expect((await page()).events).toEqual([]);
    // What has arrived can be read again.
    const again = await page(`?after=${ids[22]}`);
    expect(again.events.map(({ webhookId, arrived: has }) => [webhookId, has])).toEqual([
      [ids[23], true],
      [ids[24], true],
    ]);
    const states = await house.rows<{ state: string }>(
      company,
      `SELECT DISTINCT state FROM effect WHERE administration_id = $1 AND kind = 'webhook'`,
    );
    expect(states).toEqual([{ state: 'done' }]);
  });

  it('gets nothing unsigned, of another’s, changed, or late', async () => {
    await plan('n1');
    const other = await house.company('Another');
    const theirs = await plan('theirs', other);
    const url = path(company, '/events');
    expect(await house.send('GET', url, {})).toMatchObject({ status: 401 });
    expect(await house.fetch(other, url)).toMatchObject({ status: 401 });
    expect(await house.send('GET', url, house.signature(company.secret, `GET ${url}?after=x`))).toMatchObject({ status: 401 });
    expect(await house.send('GET', url, house.signature(company.secret, `POST ${url}`))).toMatchObject({ status: 401 });
    const old = { at: new Date(house.clock.now().getTime() - 301_000) };
    expect(await house.send('GET', url, house.signature(company.secret, `GET ${url}`, old))).toMatchObject({ status: 401 });
    // A signed body with another one in its place.
    const signed = house.signature(company.secret, `POST ${url}/arrived\n{"webhookIds":[]}`);
    const body = Buffer.from(`{"webhookIds":["${theirs}"]}`);
    expect(await house.send('POST', `${url}/arrived`, { 'content-type': 'application/json', ...signed }, body)).toMatchObject({
      status: 401,
    });
    expect(await arrived([theirs])).toMatchObject({ status: 404, body: { code: 'unknown-event' } });
    expect(await house.fetch(company, path(company, `/events?after=${theirs}`))).toMatchObject({ status: 404 });
    expect(await house.fetch(company, path(company, '/events/arrived'), { method: 'POST', body: { ids: [] } })).toMatchObject({
      status: 400,
    });
    expect(notesIn(await page())).toEqual(['n1']);
  });

  it('gets nothing in shadow mode, and nothing when a person has disabled it', async () => {
    const id = await plan('n1');
    await house.rows(company, `UPDATE administration SET mode = 'shadow' WHERE id = $1`);
    expect((await page()).events).toEqual([]);
    expect(await arrived([id])).toMatchObject({ status: 404 });
    expect(await house.fetch(company, path(company, `/cases/${company.caseId}/dossier`))).toMatchObject({ status: 404 });
    await house.rows(company, `UPDATE administration SET mode = 'live' WHERE id = $1`);
    await house.call(company, 'POST', `/agencies/${company.agencyId}/disable`, { reason: 'no more' });
    expect((await page()).events).toEqual([]);
  });

  it('is told that a case was taken back when it has read of it, and never hears of one it has not', async () => {
    const types = async () => (await page()).events.map(({ type }) => type.replace('collection.case.', ''));
    const withdraw = () => house.call(company, 'POST', `/handovers/${company.caseId}/withdraw`, { reason: 'paid' });
    await plan('n1');
    expect(await types()).toEqual(['document_added']);
    await withdraw();
    expect(await types()).toEqual(['document_added', 'withdrawn']);
    expect((await house.fetch(company, path(company, `/cases/${company.caseId}/dossier`))).status).toBe(404);

    company = await house.company('Bakkerij', { agencyUrl: `${origin}/hooks` });
    await plan('n1');
    await withdraw();
    expect(await types()).toEqual([]);
  });

  it('fetches the dossier of its own case, to the byte', async () => {
    const [kept] = await house.rows<{ document: string }>(company, 'SELECT document FROM handover_dossier WHERE administration_id = $1');
    expect((await house.fetch(company, path(company, `/cases/${company.caseId}/dossier`))).text).toBe(kept?.document);
    const other = await house.company('Another');
    const missing = [
      path(company, `/cases/${other.caseId}/dossier`),
      path(company, `/cases/${randomUUID()}/dossier`),
      path(company, `/cases/${company.caseId}/dossier?version=2`),
    ];
    const texts = new Set<string>();
    for (const url of missing) {
      const { status, text } = await house.fetch(company, url);
      texts.add(`${status} ${text}`);
    }
    expect([...texts]).toEqual([expect.stringMatching(/^404 .*"unknown-case"/)]);
  });
});

describe('an agency that is asked for news', () => {
  const event = (type: string, given: object, id?: string) => ({
    ...(id !== undefined && { id }),
    type: `agency.case.${type}`,
    timestamp: '2026-11-23T08:15:30Z',
    data: { caseId: company.caseId, ...given },
  });
  const askAt = (url: string) =>
    house.call(company, 'PUT', `/agencies/${company.agencyId}/terms`, { vocabulary: 'canonical', statusUrl: url });
  const trouble = async () =>
    (await house.call<{ statusTrouble: string | null }>(company, 'GET', `/agencies/${company.agencyId}/terms`)).body.statusTrouble;

  it('is asked once a day, signed, and its events count once, also those it pushed before', async () => {
    await askAt(`${origin}/status?since=1`);
    await house.callback(company, 'received', { caseId: company.caseId, sequence: 1 }, { id: 'msg_1' });
    answer = {
      status: 200,
      body: JSON.stringify({
        events: [
          event('received', { sequence: 1 }, 'msg_1'),
          event('accepted', { sequence: 2, agencyReference: 'A-1' }, 'msg_2'),
          event('dispute_raised', { sequence: 3, code: 'PRICE', text: 'No' }),
        ],
      }),
    };
    await watch();
    expect(await house.case(company)).toMatchObject({ state: 'DISPUTED', agencyReference: 'A-1' });
    expect(asked).toHaveLength(1);
    const { headers, url } = asked[0] ?? { headers: {}, url: '' };
    const at = new Date(Number(headers['webhook-timestamp']) * 1000);
    expect(headers['webhook-signature']).toBe(new Webhook(secret).sign(headers['webhook-id'] ?? '', at, `GET ${url}`));
    for (let hour = 0; hour < 22; hour++) {
      house.clock.advance(3_600_000);
      await watch();
    }
    expect(asked).toHaveLength(1);
    house.clock.advance(3 * 3_600_000);
    await watch();
    expect(asked).toHaveLength(2);
    expect(await house.rows(company, 'SELECT 1 FROM handover_event WHERE administration_id = $1')).toHaveLength(3);
    expect((await tasks()).filter((kind) => kind === 'answer-dispute')).toHaveLength(1);
    expect(await trouble()).toBeNull();
  });

  it.each<[string, { status: number; body: string }, string]>([
    ['nonsense', { status: 200, body: 'OK' }, 'the answer is no list of events'],
    ['a fault', { status: 500, body: '{}' }, 'answered with 500'],
    ['a redirect into our network', { status: 302, body: '' }, 'answered with 302'],
  ])('and answers with %s changes nothing, and it is told', async (_what, given, because) => {
    await askAt(`${origin}/status`);
    answer = given;
    await watch();
    expect(await trouble()).toBe(because);
    expect(asked).toHaveLength(1);
    expect((await house.case(company)).state).toBe('SUBMITTED');
  });

  it('and tells of a case that is another’s is not believed', async () => {
    const other = await house.company('Another');
    await askAt(`${origin}/status`);
    answer = {
      status: 200,
      body: JSON.stringify({ events: [{ ...event('received', {}), data: { caseId: other.caseId } }, 'x', null, event('received', {})] }),
    };
    await watch();
    expect(await trouble()).toMatch(/not taken in/);
    expect((await house.case(other)).state).toBe('SUBMITTED');
    expect((await house.case(company)).state).toBe('RECEIVED');
  });
});

describe('an agency that keeps silent', () => {
  const deliver = async () => {
    const found = await house.case(company);
    const { administrationId } = company;
    const now = house.clock.now();
    await house.house.tenancy.within(administrationId, async (manager) => {
      await new CaseNews(manager, administrationId).tell(found, 'collection.case.submitted', {}, now);
      await manager.query(`UPDATE effect SET state = 'done', ended_at = $2 WHERE administration_id = $1 AND kind = 'webhook'`, [
        administrationId,
        now,
      ]);
    });
  };
  const at = async (moment: string) => {
    house.clock.set(new Date(moment));
    await watch();
  };

  it('is a task and a line in the mail after four hours, and after three working days, once each', async () => {
    // Monday 23 November 2026, 9:15 in Amsterdam.
    await deliver();
    await at('2026-11-23T12:15:29Z');
    expect(await tasks()).toEqual([]);
    await at('2026-11-23T13:15:30Z');
    expect(await tasks()).toEqual(['no-receipt']);
    await at('2026-11-26T22:30:00Z');
    expect(await tasks()).toEqual(['no-receipt']);
    await at('2026-11-26T23:30:00Z');
    expect(await tasks()).toEqual(['no-decision', 'no-receipt']);
    for (const hour of ['08', '10', '12']) await at(`2026-11-27T${hour}:00:00Z`);
    expect(await tasks()).toEqual(['no-decision', 'no-receipt']);
    expect(await notices()).toHaveLength(2);
  });

  it('does not, when it has said so in time', async () => {
    await deliver();
    await house.callback(company, 'received', { caseId: company.caseId, sequence: 1 });
    await at('2026-11-24T12:00:00Z');
    expect(await tasks()).toEqual([]);
    await house.callback(company, 'accepted', { caseId: company.caseId, sequence: 2, agencyReference: 'A-1' });
    await at('2026-12-10T12:00:00Z');
    expect(await tasks()).toEqual([]);
  });

  it('is not blamed for what it never got', async () => {
    await plan('not the dossier');
    await at('2026-12-10T12:00:00Z');
    expect(await tasks()).toEqual([]);
  });
});
