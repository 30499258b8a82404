import { afterEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../src/kernel/clock.js';
import { loadCalendars } from '../../src/platform/config/calendars.js';
import { type ServedSandbox, serveSandbox } from '../../src/sandbox/serve-sandbox.js';
import type { Json } from './support/moneybird-client.js';

const options = { port: 0, seed: 'spec', days: 40, redirectUris: [], bankingDays: loadCalendars().target };
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
