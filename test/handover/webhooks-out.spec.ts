import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EndpointClient } from '../../src/handover/endpoint.client.js';
import { AgencyEntity } from '../../src/handover/handover.entity.js';
import type { AgencyView } from '../../src/handover/agencies.service.js';
import type { DeliveryView } from '../../src/handover/delivery-log.service.js';
import { KeyRings } from '../../src/handover/signing.js';
import { WebhookDeliveries } from '../../src/handover/webhook-deliveries.service.js';
import { WebhookOutbox } from '../../src/handover/webhook-outbox.js';
import { type Clock, ManualClock } from '../../src/kernel/clock.js';
import { AdministrationEntity } from '../../src/ledger/administration.entity.js';
import type { Tenancy } from '../../src/platform/database/tenancy.js';
import { EffectEntity } from '../../src/platform/outbox/effect.entity.js';
import { Sealer } from '../../src/platform/secrets/sealer.js';
import { AgencySandbox } from '../../src/sandbox/agency/agency-sandbox.js';
import { administrationRow } from '../support/rows.js';
import { type RunningService, startService } from '../support/running-service.js';

/** Webhooks to a sandbox agency over real sockets; time passes when the test says so. */

const clock = new ManualClock(new Date('2026-11-23T08:15:30Z'));
const agency = new AgencySandbox(() => Math.floor(clock.now().getTime() / 1000));
let house: RunningService;
let [origin, administration, key] = ['', '', ''];

/** A worker; retries fall exactly on their time. */
const worker = (by: Clock = clock): WebhookDeliveries => {
  const rings = new KeyRings(house.service.app.get(Sealer));
  return new WebhookDeliveries(house.tenancy, by, new EndpointClient({ allowedOrigins: [origin] }, undefined, 300), rings, () => 0.5);
};

beforeAll(async () => {
  origin = await agency.start();
  house = await startService(clock, { moneybirdUrl: 'http://127.0.0.1:9', smtpUrl: 'smtp://127.0.0.1:9', webhookOrigins: [origin] });
});
afterAll(async () => {
  await house.stop();
  await agency.stop();
});
beforeEach(async () => {
  clock.set(new Date('2026-11-23T08:15:30Z'));
  administration = await company();
});
afterEach(() => {
  agency.got.length = 0;
  agency.moods.length = 0;
  agency.secrets = [];
});

async function company(): Promise<string> {
  const row = administrationRow({ mode: 'live' });
  await house.tenancy.within(row.id, (manager) => manager.insert(AdministrationEntity, row as never));
  key = await house.keys.issue('test', [row.id]);
  return row.id;
}

async function call<T = Record<string, unknown>>(method: 'GET' | 'POST' | 'PUT', path: string, body?: object) {
  const answer = await house.service.app.inject({
    method,
    url: `/api/v1/administrations/${administration}/agencies${path}`,
    headers: { authorization: `Bearer ${key}` },
    ...(body && { payload: body }),
  });
  return { status: answer.statusCode, body: (answer.body === '' ? {} : JSON.parse(answer.body)) as T };
}

const NEW = { name: 'Incasso Proef', kind: 'agency', segments: ['B2B'] };
async function proven(): Promise<string> {
  const { body } = await call<AgencyView & { secret: string }>('POST', '', { ...NEW, url: `${origin}/hooks` });
  agency.secrets = [body.secret];
  expect((await call('POST', `/${body.id}/test`)).body).toEqual({ proven: true, because: null });
  agency.got.length = 0;
  return body.id;
}
const within: Tenancy['within'] = (ids, work) => house.tenancy.within(ids, work);
/** An event of a second later than the one before: what waits goes out in its order. */
async function plan(agencyId: string, stream: string, data: object = {}): Promise<string> {
  const webhookId = await within(administration, (manager) =>
    new WebhookOutbox(manager, administration).plan(agencyId, stream, 'collection.case.submitted', data, clock.now()),
  );
  clock.advance(1_000);
  return webhookId;
}
const run = () => worker().run(administration);
const log = async (agencyId: string) => (await call<DeliveryView[]>('GET', `/${agencyId}/deliveries`)).body;

describe('an agency', () => {
  it('gets nothing before its endpoint has proven itself, by a signed test', async () => {
    const { status, body } = await call<AgencyView & { secret: string }>('POST', '', { ...NEW, url: `${origin}/hooks` });
    expect({ status, ...body }).toMatchObject({ status: 201, state: 'unproven', secret: expect.stringMatching(/^whsec_/) });
    await plan(body.id, 'case-1');
    expect(await run()).toEqual({ delivered: 0, later: 1, failed: 0 });
    // It has not been told the secret yet, so it does not believe the test.
    expect((await call('POST', `/${body.id}/test`)).body).toEqual({ proven: false, because: 'answered with 401' });
    agency.secrets = [body.secret];
    agency.answersTests = false;
    const because = 'the answer does not carry the token of the test event';
    expect((await call('POST', `/${body.id}/test`)).body).toEqual({ proven: false, because });
    agency.answersTests = true;
    expect((await call('POST', `/${body.id}/test`)).body).toMatchObject({ proven: true });
    clock.advance(60_000);
    expect(await run()).toEqual({ delivered: 1, later: 0, failed: 0 });
    expect(agency.cases).toHaveLength(1);
    const [listed] = (await call<AgencyView[]>('GET', '')).body;
    expect(JSON.stringify(listed)).not.toContain(body.secret);
  });

  it.each([
    ['http://169.254.169.254/latest/', 'not-https'],
    ['https://127.0.0.1/', 'address-not-allowed'],
    ['https://localhost/', 'name-not-public'],
    ['https://user@agency.example/', 'credentials-in-url'],
    ['http://127.0.0.1:9/', 'not-https'],
  ])('is not added at %s', async (url, code) => {
    expect(await call('POST', '', { ...NEW, url })).toMatchObject({ status: 422, body: { code } });
    expect((await call('GET', '')).body).toEqual([]);
  });

  it('for consumers needs a registration', async () => {
    const consumers = { ...NEW, segments: ['B2C'], url: `${origin}/hooks` };
    expect(await call('POST', '', consumers)).toMatchObject({ status: 409, body: { code: 'not-registered' } });
    const registrations = [{ country: 'NL', number: '123', verifiedOn: '2026-01-05' }];
    expect(await call('POST', '', { ...consumers, registrations })).toMatchObject({ status: 201 });
    expect(await call('POST', '', { ...consumers, registrations: [{ ...registrations[0], verifiedOn: 'today' }] })).toMatchObject({
      status: 400,
    });
  });

  it('is nobody to another administration', async () => {
    const id = await proven();
    await plan(id, 'case-1');
    await run();
    const [sent] = await log(id);
    administration = await company();
    expect((await call('GET', '')).body).toEqual([]);
    expect(await log(id)).toEqual([]);
    for (const path of [`/${id}/test`, `/${id}/key`, `/${id}/disable`, `/${id}/deliveries/${sent?.webhookId}/redeliver`]) {
      expect(await call('POST', path, path.endsWith('disable') ? { reason: 'x' } : path.endsWith('key') ? {} : undefined)).toMatchObject({
        status: 404,
      });
    }
    expect(await call('PUT', `/${id}/endpoint`, { url: `${origin}/theirs` })).toMatchObject({ status: 404 });
  });
});

describe('a dossier on its way', () => {
  it('arrives as it was signed, in UTF-8', async () => {
    await plan(await proven(), 'case-1', { debtor: 'Café 😀' });
    expect(await run()).toEqual({ delivered: 1, later: 0, failed: 0 });
    expect(agency.cases[0]).toMatchObject({ type: 'collection.case.submitted', genuine: true });
    expect(JSON.parse(agency.cases[0]?.body ?? '')).toEqual({
      type: 'collection.case.submitted',
      timestamp: '2026-11-23T08:15:30.000Z',
      data: { debtor: 'Café 😀' },
    });
    expect(await run()).toEqual({ delivered: 0, later: 0, failed: 0 });
  });

  it('does not leave in shadow mode', async () => {
    const id = await proven();
    await plan(id, 'case-1');
    await within(administration, (manager) => manager.update(AdministrationEntity, { id: administration }, { mode: 'shadow' }));
    expect(await run()).toEqual({ delivered: 0, later: 0, failed: 0 });
    expect(agency.got).toEqual([]);
  });

  it('arrives once in effect when the receiver was down for a day, in whatever way', async () => {
    const id = await proven();
    const webhookId = await plan(id, 'case-1');
    agency.moods.push(
      { status: 500 },
      { status: 429, headers: { 'retry-after': '600' } },
      'drop',
      'silent',
      { status: 302, headers: { location: `${origin}/admin` } },
      { status: 503 },
    );
    for (let hour = 0; hour < 30; hour++) {
      await run();
      clock.advance(3_600_000);
    }
    expect(agency.cases.map((each) => each.id)).toEqual([webhookId]);
    expect(new Set(agency.got.map((each) => each.id))).toEqual(new Set([webhookId]));
    const [delivery] = await log(id);
    expect(delivery).toMatchObject({ webhookId, state: 'done', because: null });
    expect(delivery?.attempts.map(({ outcome, status }) => status ?? outcome)).toEqual([500, 429, 'no-answer', 'no-answer', 302, 503, 202]);
  });

  it('waits as long as the receiver asks', async () => {
    await plan(await proven(), 'case-1');
    agency.moods.push({ status: 429, headers: { 'retry-after': '600' } });
    await run();
    clock.advance(599_000);
    expect(await run()).toEqual({ delivered: 0, later: 0, failed: 0 });
    clock.advance(1_000);
    expect(await run()).toEqual({ delivered: 1, later: 0, failed: 0 });
  });

  it('goes out behind what was sent before it about the same case, and beside other cases', async () => {
    const id = await proven();
    const first = await plan(id, 'case-1', { version: 1 });
    const second = await plan(id, 'case-1', { version: 2 });
    const other = await plan(id, 'case-2', { version: 1 });
    agency.moods.push({ status: 500 });
    await run();
    expect(agency.cases.map((each) => each.id)).toEqual([other]);
    for (let minute = 0; minute < 3; minute++) {
      clock.advance(60_000);
      await run();
    }
    expect(agency.cases.map((each) => each.id)).toEqual([other, first, second]);
  });

  it('is sent again under its id after a worker vanished, and the receiver knows it', async () => {
    const id = await proven();
    const webhookId = await plan(id, 'case-1');
    agency.moods.push('drop');
    await run();
    // As a worker leaves it that vanished in the middle: claimed, the try begun, nothing known.
    await within(administration, (manager) =>
      manager.update(
        EffectEntity,
        { administrationId: administration, kind: 'webhook' },
        { state: 'claimed', claimedBy: randomUUID(), leaseUntil: new Date(clock.now().getTime() + 300_000) },
      ),
    );
    expect(await run()).toEqual({ delivered: 0, later: 0, failed: 0 });
    clock.advance(301_000);
    agency.moods.push({ status: 409 });
    expect(await run()).toEqual({ delivered: 1, later: 0, failed: 0 });
    expect(agency.got.map(({ id: each, repeated }) => [each, repeated])).toEqual([
      [webhookId, false],
      [webhookId, true],
    ]);
    expect(agency.cases).toHaveLength(1);
  });

  it('arrives in order and once in effect, though the worker vanishes at ten points', async () => {
    const id = await proven();
    const sent = [await plan(id, 'case-1'), await plan(id, 'case-1'), await plan(id, 'case-1')];
    for (let point = 1; point <= 10; point++) {
      let looks = 0;
      // The end comes when it looks at the clock for the n-th time: before a try, between a try and its note, between two of them.
      const dying: Clock = {
        now: () => {
          if (++looks === point) throw new Error('killed');
          return clock.now();
        },
      };
      await worker(dying)
        .run(administration)
        .catch(() => undefined);
      clock.advance(301_000);
    }
    await run();
    expect(agency.cases.map((each) => each.id)).toEqual(sent);
    expect(agency.got.some(({ repeated }) => repeated)).toBe(true);
    expect((await log(id)).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  });

  it('is signed with both keys while they rotate, and only with the new one after a leak', async () => {
    const id = await proven();
    const [old] = agency.secrets as [string];
    const { body } = await call<{ secret: string }>('POST', `/${id}/key`, {});
    for (const secret of [old, body.secret]) {
      agency.secrets = [secret];
      await plan(id, secret);
      expect(await run()).toMatchObject({ delivered: 1 });
    }
    await call('POST', `/${id}/key`, { atOnce: true });
    await plan(id, 'case-3');
    expect(await run()).toMatchObject({ delivered: 0, later: 1 });
    expect(agency.got.at(-1)?.genuine).toBe(false);
  });

  it('that is refused three times waits for a person, who sends it again as it was', async () => {
    const id = await proven();
    const webhookId = await plan(id, 'case-1');
    agency.moods.push({ status: 422 }, { status: 422 }, { status: 422 });
    for (let hour = 0; hour < 3; hour++) {
      await run();
      clock.advance(3_600_000);
    }
    expect((await log(id))[0]).toMatchObject({ state: 'failed', because: 'refused 3 times (422)' });
    expect(await call('POST', `/${id}/deliveries/${webhookId}/redeliver`)).toMatchObject({ status: 202 });
    expect(await call('POST', `/${id}/deliveries/${webhookId}/redeliver`)).toMatchObject({ status: 409, body: { code: 'not-failed' } });
    expect(await call('POST', `/${id}/deliveries/msg_x/redeliver`)).toMatchObject({ status: 404 });
    await run();
    expect(agency.cases.map((each) => each.id)).toEqual([webhookId]);
    expect(new Set(agency.got.map((each) => each.body)).size).toBe(1);
  });

  it('to an endpoint that is gone disables it, until a test was answered', async () => {
    const id = await proven();
    await plan(id, 'case-1');
    const later = await plan(id, 'case-2');
    agency.moods.push({ status: 410 });
    expect(await run()).toEqual({ delivered: 0, later: 1, failed: 1 });
    expect((await call<AgencyView[]>('GET', '')).body[0]).toMatchObject({ state: 'disabled', because: 'the endpoint is gone (410)' });
    expect((await call('POST', `/${id}/test`)).body).toMatchObject({ proven: true });
    clock.advance(60_000);
    expect(await run()).toEqual({ delivered: 1, later: 0, failed: 0 });
    expect(agency.cases.map((each) => each.id)).toEqual([later]);
  });

  it('to an address that is not called any more fails without a call', async () => {
    const id = await proven();
    await plan(id, 'case-1');
    // An address that got past the registration, years ago.
    await within(administration, (manager) =>
      manager.update(AgencyEntity, { administrationId: administration, id }, { url: 'https://127.0.0.1/hooks' }),
    );
    expect(await run()).toEqual({ delivered: 0, later: 0, failed: 1 });
    expect((await log(id))[0]?.attempts).toMatchObject([{ outcome: 'refused', status: null }]);
    expect((await call<AgencyView[]>('GET', '')).body[0]).toMatchObject({ state: 'disabled' });
  });
});
