import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConsentRepository } from '../../src/adapters/consent/consent.repository.js';
import { ConsentEntity } from '../../src/adapters/consent/consent.entity.js';
import { Packages } from '../../src/adapters/packages.js';
import type { ConsentGiven, ConsentView, VisibleAdministration } from '../../src/adapters/consent/consents.service.js';
import { Notices } from '../../src/correspondence/notices.service.js';
import { MailEffects } from '../../src/correspondence/mail-effects.service.js';
import { DayService } from '../../src/cycle/day.service.js';
import { ManualClock } from '../../src/kernel/clock.js';
import { addDays, plainDate } from '../../src/kernel/plain-date.js';
import { AdministrationEntity, ConnectionEntity } from '../../src/ledger/administration.entity.js';
import { DebtorEntity } from '../../src/ledger/receivables.entity.js';
import { EffectEntity } from '../../src/platform/outbox/effect.entity.js';
import { OutboxRepository } from '../../src/platform/outbox/outbox.repository.js';
import { Sealer } from '../../src/platform/secrets/sealer.js';
import { ApiClient } from '../../src/sandbox/demo/api-client.js';
import { type Firm, connectionOf, startFirm } from '../support/firm.js';
import { type RunningService, startService } from '../support/running-service.js';

const PUBLIC_URL = 'http://127.0.0.1:3999';
const CALLBACK = `${PUBLIC_URL}/console/consents/callback`;
const FROM = plainDate('2026-11-16');

describe('consent by OAuth, from the button to the mail when it is lost', () => {
  let firm: Firm;
  let house: RunningService;
  let clock: ManualClock;
  let administrationId: string;

  beforeAll(async () => {
    firm = await startFirm({ seed: 'consent', debtors: 8, invoices: 40, from: FROM, unbookedDays: 1 });
    clock = firm.clock;
    firm.sandbox.tokens.registerClient({ id: 'app', secret: 'app-secret', redirectUris: [CALLBACK] });
    house = await startService(clock, {
      moneybirdUrl: firm.packageUrl,
      smtpUrl: `smtp://127.0.0.1:${firm.smtpPort}`,
      publicUrl: PUBLIC_URL,
      oauthClients: [{ package: 'moneybird', site: 'main', id: 'app', secret: 'app-secret' }],
    });
  });
  afterAll(async () => {
    await house.stop();
    await firm.stop();
  });

  /** Sends the browser to the package, which sends it back. */
  async function atThePackage(api = house.api): Promise<{ state: string; code?: string; error?: string }> {
    const { url } = await api.post<{ url: string }>('/api/v1/consents', { package: 'moneybird' });
    const answer = await fetch(url, { redirect: 'manual' });
    const back = new URL(answer.headers.get('location') ?? '');
    expect(`${back.origin}${back.pathname}`).toBe(CALLBACK);
    return Object.fromEntries(back.searchParams) as { state: string };
  }
  const finish = (answer: object, api = house.api): Promise<ConsentGiven> => api.post<ConsentGiven>('/api/v1/consents/finish', answer);
  const consents = (): Promise<ConsentView[]> => house.api.get<ConsentView[]>('/api/v1/consents');
  const health = async (): Promise<unknown> => (await fetch(`${house.url}/health`)).json();
  const page = async (path: string): Promise<string> =>
    (await fetch(`${house.url}/console${path}`, { headers: { cookie: `tegoed_key=${house.key}` } })).text();
  const runDay = (): Promise<unknown> => house.service.app.get(DayService).run(administrationId, firm.today);
  const trouble = (): Promise<ConnectionEntity> =>
    house.tenancy.within(administrationId, (manager) => manager.findOneByOrFail(ConnectionEntity, { administrationId }));

  it('asks at the package with our app, our address and a state', async () => {
    const { url } = await house.api.post<{ url: string }>('/api/v1/consents', { package: 'moneybird' });
    const asked = new URL(url);
    expect(asked.origin + asked.pathname).toBe(`${firm.packageUrl}/oauth/authorize`);
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      client_id: 'app',
      redirect_uri: CALLBACK,
      response_type: 'code',
      scope: 'sales_invoices bank settings documents',
      state: expect.stringMatching(/^[\w-]{43}$/),
    });
    await expect(house.api.post('/api/v1/consents', { package: 'exact-online', site: 'nl' })).rejects.toThrow(
      /no-app.*registered are: moneybird\/main/,
    );
  });

  it.each([
    ['denied', 'consent-denied'],
    ['of a state nobody asked for', 'unknown-state'],
    ['of a state another key asked for', 'unknown-state'],
    ['that comes too late', 'consent-expired'],
    ['without a code', 'consent-refused'],
    ['with a code that is not good', 'consent-refused'],
  ])('an answer %s gives nothing: %s', async (what, code) => {
    firm.sandbox.tokens.consent = what === 'denied' ? 'deny' : {};
    const answer = await atThePackage();
    let api = house.api;
    if (what === 'of a state nobody asked for') answer.state = 'x'.repeat(43);
    if (what === 'of a state another key asked for') api = new ApiClient(house.url, await house.keys.issue('other', []));
    if (what === 'that comes too late') clock.advance(15 * 60_000 + 1);
    if (what === 'without a code') delete answer.code;
    if (what === 'with a code that is not good') answer.code = 'code-of-somebody';
    await expect(finish(answer, api)).rejects.toThrow(new RegExp(`422.*"${code}"`));
    expect(await consents()).toEqual([]);
    firm.sandbox.tokens.consent = {};
  });

  it('is taken in once, and offers what it sees', async () => {
    const answer = await atThePackage();
    const { consentId, restored } = await finish(answer);
    expect(restored).toEqual([]);
    await expect(finish(answer)).rejects.toThrow(/consent-replayed/);
    expect(await house.api.get<VisibleAdministration[]>(`/api/v1/consents/${consentId}/administrations`)).toMatchObject([
      { ref: firm.books.id, name: firm.books.profile.name, connected: false, administrationId: null },
    ]);
    const stranger = new ApiClient(house.url, await house.keys.issue('stranger', []));
    await expect(stranger.get(`/api/v1/consents/${consentId}/administrations`)).rejects.toThrow(/unknown-consent/);
    await expect(stranger.post('/api/v1/connections', await connection(consentId))).rejects.toThrow(/unknown-consent/);
    expect(await stranger.get('/api/v1/consents')).toEqual([]);

    const connected = await house.api.post<{ administrationId: string }>('/api/v1/connections', await connection(consentId));
    administrationId = connected.administrationId;
    expect(await house.api.get<VisibleAdministration[]>(`/api/v1/consents/${consentId}/administrations`)).toMatchObject([
      { connected: true, administrationId },
    ]);
    expect(await consents()).toMatchObject([{ id: consentId, package: 'moneybird', trouble: null, administrationIds: [administrationId] }]);
    await runDay();
    expect((await house.tenancy.within(administrationId, (manager) => manager.find(AdministrationEntity)))[0]?.pulledAt).not.toBeNull();
  });

  const connection = async (consent: string): Promise<object> => {
    const { package: _package, token: _token, ...rest } = connectionOf('', firm.books) as { package: string; token: string };
    return { ...rest, consent };
  };

  it('that the package no longer honours: noted, shown, mailed once, and nothing goes out until it is given again', async () => {
    expect(await health()).toEqual({ status: 'ok', database: 'ok', needConsent: 0 });
    const planned = await planMail();
    const { accessToken } = await storedTokens();
    firm.sandbox.tokens.revoke(accessToken);
    clock.set(new Date(`${addDays(firm.today, 0)}T05:30:00.000Z`));
    await expect(runDay()).rejects.toThrow(/401/);
    clock.advance(60_000);
    await expect(runDay()).rejects.toThrow(/401/);

    expect((await trouble()).trouble).toMatch(/401/);
    expect(await health()).toMatchObject({ needConsent: 1 });
    const shown = await page(`/administrations/${administrationId}`);
    expect(shown).toContain('Moneybird no longer lets us in');
    expect(shown).toContain('Give consent again: Moneybird');
    expect(await page('')).toContain('Consent needed');

    const mailsBefore = firm.mailbox.mails.length;
    const notices = house.service.app.get(Notices);
    expect([await notices.run(administrationId), await notices.run(administrationId)]).toEqual([{ sent: 1 }, { sent: 0 }]);
    const told = firm.mailbox.mails.slice(mailsBefore);
    expect(told).toHaveLength(1);
    expect(JSON.stringify(told[0])).toContain('administratie@zandwijk.example');

    // A mail that waited from before: nobody knows whether its invoices were paid meanwhile.
    expect(await house.service.app.get(MailEffects).run(administrationId, firm.today)).toMatchObject({ sent: 0, cancelled: 0 });
    expect((await effect(planned)).state).toBe('planned');

    const { restored } = await finish(await atThePackage());
    expect(restored).toEqual([administrationId]);
    expect(await trouble()).toMatchObject({ trouble: null, troubleSince: null });
    expect(await health()).toMatchObject({ needConsent: 0 });
    expect(await page(`/administrations/${administrationId}`)).not.toContain('no longer lets us in');
    await runDay();
    expect(await notices.run(administrationId)).toEqual({ sent: 0 });
    expect((await effect(planned)).state).toBe('done');
  });

  it('lost by its own refresh: given again by somebody else with the administration, it opens for that administration', async () => {
    const [{ id: old } = { id: '' }] = await house.tenancy.within(administrationId, (manager) => manager.find(ConsentEntity));
    await house.tenancy.within(administrationId, (manager) =>
      manager.update(ConsentEntity, { id: old }, { trouble: 'the refresh token was used', troubleSince: clock.now() }),
    );
    expect(await health()).toMatchObject({ needConsent: 1 });
    const calls = firm.sandbox.log.count();
    await expect(runDay()).rejects.toThrow(/the refresh token was used/);
    expect(firm.sandbox.log.count()).toBe(calls);
    // The consent's own trouble is not noted once more on each of its connections.
    expect((await trouble()).trouble).toBeNull();

    const colleague = new ApiClient(house.url, await house.keys.issue('colleague', [administrationId]));
    const { consentId, restored } = await finish(await atThePackage(colleague), colleague);
    expect(restored).toEqual([administrationId]);
    expect(await trouble()).toMatchObject({ consentId, trouble: null });
    await runDay();
  });

  it('a token made in the package goes beside it: withdrawn, it is replaced by another', async () => {
    const withdrawn = firm.sandbox.tokens.issuePersonal();
    await house.api.put(`/api/v1/administrations/${administrationId}/connection`, { token: withdrawn });
    expect(await trouble()).toMatchObject({ consentId: null });
    await runDay();
    firm.sandbox.tokens.revoke(withdrawn);
    clock.advance(60_000);
    await expect(runDay()).rejects.toThrow(/401/);
    expect((await trouble()).trouble).toMatch(/401/);
    // Its own people hear of it in shadow mode too.
    await house.api.patch(`/api/v1/administrations/${administrationId}`, { mode: 'shadow' });
    const mailsBefore = firm.mailbox.mails.length;
    expect(await house.service.app.get(Notices).run(administrationId)).toEqual({ sent: 1 });
    expect(firm.mailbox.mails.length).toBe(mailsBefore + 1);
    await expect(house.api.put(`/api/v1/administrations/${administrationId}/connection`, { token: 'not-a-token-at-all' })).rejects.toThrow(
      /package-refused/,
    );
    await house.api.put(`/api/v1/administrations/${administrationId}/connection`, { token: firm.sandbox.tokens.issuePersonal() });
    expect((await trouble()).trouble).toBeNull();
    await runDay();
  });

  it('a lost connection that works again before anybody was told is told to nobody', async () => {
    const withdrawn = firm.sandbox.tokens.issuePersonal();
    await house.api.put(`/api/v1/administrations/${administrationId}/connection`, { token: withdrawn });
    firm.sandbox.tokens.revoke(withdrawn);
    clock.advance(60_000);
    await expect(runDay()).rejects.toThrow(/401/);
    await house.api.put(`/api/v1/administrations/${administrationId}/connection`, { token: firm.sandbox.tokens.issuePersonal() });
    expect(await house.service.app.get(Notices).run(administrationId)).toEqual({ sent: 0 });
    const ends = await house.tenancy.within(administrationId, (manager) => manager.findBy(EffectEntity, { kind: 'notice' }));
    expect(ends.map(({ state }) => state).sort()).toEqual(['cancelled', 'done', 'done']);
  });

  it('an administration that is off keeps its consent alive: refresh tokens die of disuse', async () => {
    const { consentId } = await finish(await atThePackage());
    await house.tenancy.within(administrationId, (manager) =>
      manager.update(ConnectionEntity, { administrationId }, { consentId, credentials: null }),
    );
    const packages = house.service.app.get(Packages);
    expect(await packages.keepAlive(administrationId)).toBe(true);
    await house.tenancy.within(administrationId, (manager) =>
      manager.update(ConsentEntity, { id: consentId }, { trouble: 'the refresh token expired', troubleSince: clock.now() }),
    );
    expect(await packages.keepAlive(administrationId)).toBe(false);
  });

  async function planMail(): Promise<string> {
    const id = '0d6ad9d2-8e3b-4b77-9f0d-5a3f0f2f9a11';
    await house.tenancy.within(administrationId, async (manager) => {
      await manager.update(AdministrationEntity, { id: administrationId }, { mode: 'live' });
      const debtor = (await manager.find(DebtorEntity)).find(({ emails }) => emails.length > 0);
      const payload = { type: 'confirmation', confirmation: 'address-changed', email: debtor?.emails[0] };
      const mail = { id, kind: 'mail' as const, actId: null, debtorId: debtor?.id ?? '', payload };
      await new OutboxRepository(manager, administrationId).plan([mail], clock.now());
    });
    return id;
  }

  const effect = (id: string): Promise<EffectEntity> =>
    house.tenancy.within(administrationId, (manager) => manager.findOneByOrFail(EffectEntity, { administrationId, id }));

  const storedTokens = (): Promise<{ accessToken: string }> =>
    house.tenancy.within(administrationId, async (manager) => {
      const [consent] = await manager.find(ConsentEntity);
      return new ConsentRepository(manager, house.service.app.get(Sealer)).stored(consent!).tokens;
    });
});
