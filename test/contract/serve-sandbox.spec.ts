import { afterEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../src/kernel/clock.js';
import { loadCalendars } from '../../src/platform/config/calendars.js';
import { registersOf } from '../../src/credit/registers/registers.js';
import { type ServedSandbox, serveSandbox } from '../../src/sandbox/serve-sandbox.js';
import type { Json } from './support/moneybird-client.js';
import { asmxHeader, envelope, processString, resultOf } from './support/twinfield-client.js';

const options = { port: 0, seed: 'spec', days: 40, redirectUris: ['http://127.0.0.1:9/back'], bankingDays: loadCalendars().target };
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function serve(port = 0): Promise<ServedSandbox> {
  // Monday 21 September 2026.
  const { served, stop } = await serveSandbox({ ...options, port, clock: new ManualClock(new Date('2026-09-21T09:00:00.000Z')) });
  stops.push(stop);
  return served;
}

describe('tegoed sandbox', () => {
  it('serves what it says: the token opens the administrations it names', async () => {
    const { moneybird } = await serve();
    const response = await fetch(`${moneybird.api}/administrations.json`, {
      headers: { authorization: `Bearer ${moneybird.personalToken}` },
    });
    const administrations = (await response.json()) as { id: string; name: string }[];
    expect(administrations.map(({ id, name }) => ({ id, name }))).toEqual(moneybird.administrations.map(({ id, name }) => ({ id, name })));
    expect(administrations).toHaveLength(2);
  });

  it('serves Exact Online beside it: consent, code and token open the division it names', async () => {
    const { exactOnline } = await serve();
    const [redirectUri = ''] = exactOnline.client.redirectUris;
    const { id, secret } = exactOnline.client;
    const asked = new URLSearchParams({ client_id: id, redirect_uri: redirectUri, response_type: 'code', state: 's', force_login: '0' });
    const consent = await fetch(`${exactOnline.authorize}?${asked.toString()}`, { redirect: 'manual' });
    const code = new URL(consent.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const form = { grant_type: 'authorization_code', client_id: id, client_secret: secret, code, redirect_uri: redirectUri };
    const { access_token: token } = (await (
      await fetch(exactOnline.token, { method: 'POST', body: new URLSearchParams(form) })
    ).json()) as { access_token: string };
    const [division] = exactOnline.divisions;
    const list = await fetch(`${exactOnline.api}/${division?.code}/system/Divisions?$select=Code,Description`, {
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
    });
    const rows = ((await list.json()) as Json)['d']?.['results'];
    expect(Object.values(rows ?? {}).map((row) => [row['Code'], row['Description']])).toEqual([[division?.code, division?.name]]);
    const overview = (await (await fetch(exactOnline.overview)).json()) as Json;
    expect(overview['requests']?.['statuses']).toEqual({ '200': 2, '302': 1 });
    expect(Number(overview['divisions']?.[0]?.['openItems'])).toBeGreaterThan(5);
  });

  it('serves Twinfield beside it: consent, code and token open the offices it names, on the cluster it names', async () => {
    const { twinfield } = await serve();
    const { id, secret, redirectUris } = twinfield.client;
    const [redirectUri = ''] = redirectUris;
    const scope = 'openid twf.user twf.organisation twf.organisationUser offline_access';
    const asked = new URLSearchParams({ client_id: id, redirect_uri: redirectUri, response_type: 'code', scope, state: 's', nonce: 'n' });
    const consent = await fetch(`${twinfield.authorize}?${asked.toString()}`, { redirect: 'manual' });
    const code = new URL(consent.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const exchanged = await fetch(twinfield.token, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }),
    });
    const { access_token: token } = (await exchanged.json()) as { access_token: string };
    const claims = (await (await fetch(`${twinfield.validation}?token=${token}`)).json()) as Json;
    expect(claims['twf.clusterUrl']).toBe(twinfield.cluster);
    const reply = await fetch(`${twinfield.cluster}/webservices/processxml.asmx`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml', soapaction: '"http://www.twinfield.com/ProcessXmlString"' },
      body: envelope(asmxHeader(token, null), processString('<list><type>offices</type></list>')),
    });
    const list = resultOf(await reply.text());
    const shown = twinfield.offices.map(({ code: office, name }) => `<office name="${name}" shortname="">${office}</office>`);
    expect([list, shown.length]).toEqual([`<offices result="1">${shown.join('')}</offices>`, 3]);
    const overview = (await (await fetch(twinfield.overview)).json()) as Json;
    expect(overview['offices']?.[0]).toMatchObject({
      organisation: 'KORENAAR',
      code: 'KD01',
      name: twinfield.offices[0]?.name,
      customers: 40,
    });
  });

  it('serves the registers beside them: they know three of the companies, and nothing against anybody else', async () => {
    const { registers } = await serve();
    const { vies, cir, creditInformation, knows } = registers;
    const clock = new ManualClock(new Date('2026-09-21T09:00:00.000Z'));
    const [vat, insolvency, reports] = registersOf(
      { registers: { vies: { url: vies }, cir, creditInformation: { ...creditInformation, cost: 250 }, timeoutMs: 2_000 } },
      clock,
    );
    const other = '12345678';
    expect(await insolvency?.ask(knows.bankrupt ?? '')).toMatchObject({
      value: { proceedings: [{ kind: 'bankruptcy', since: '2026-09-14', trustee: 'mr. A. Verzonnen', ended: false }] },
    });
    expect(await insolvency?.ask(other)).toMatchObject({ value: { proceedings: [] } });
    expect(await vat?.ask(`NL ${knows.invalidVat?.slice(2)}`)).toMatchObject({ value: { valid: false } });
    expect(await vat?.ask('NL 123456782B01')).toMatchObject({ value: { valid: true } });
    expect(await reports?.ask(`nl-kvk ${knows.reported}`)).toMatchObject({ value: { active: true, suggestedLimit: 7_500_00 } });
    expect(new Set([knows.bankrupt, knows.reported]).size).toBe(2);
  });

  it('lets days pass when asked, and gives their bank statements', async () => {
    const { overview, moneybird } = await serve();
    const world = overview.replace(/\/sandbox$/, '/sandbox/world');
    const [first] = moneybird.administrations;
    const statement = (day: string) => fetch(`${world}/statement?administration=${first?.id}&day=${day}`);
    expect((await statement('2026-09-20')).status).toBe(200);
    expect((await statement('2026-09-21')).status).toBe(404);
    const lived = (await (await fetch(`${world}/advance?days=2`, { method: 'POST' })).json()) as Json;
    expect(Object.values(lived[0]?.['days'] ?? {}).map((day) => day['day'])).toEqual(['2026-09-21', '2026-09-22']);
    const passed = await statement('2026-09-22');
    expect(passed.headers.get('content-type')).toBe('application/xml');
    expect(await passed.text()).toContain(`<IBAN>${first?.iban}</IBAN>`);
    const now = ((await (await fetch(overview)).json()) as Json)['now'];
    expect(now).toBe('2026-09-23T05:00:00.000Z');
    expect((await fetch(`${world}/advance?days=0`, { method: 'POST' })).status).toBe(400);
    expect((await fetch(`${world}/advance`)).status).toBe(405);
    expect((await statement('yesterday')).status).toBe(400);
  });

  it('says so when the port is taken', async () => {
    const { overview } = await serve();
    await expect(serve(Number(new URL(overview).port))).rejects.toMatchObject({ code: 'port-taken' });
  });
});
