import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MailEffects } from '../../src/correspondence/mail-effects.service.js';
import { Mailer } from '../../src/correspondence/mailer.js';
import { Notices } from '../../src/correspondence/notices.service.js';
import { ActEntity } from '../../src/dunning/act.entity.js';
import { DECISION_CONTEXT } from '../../src/dunning/dunning.module.js';
import { Policies } from '../../src/dunning/policy-files.js';
import type { DecisionContext } from '../../src/dunning/rules/decide.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { BankLineEntity, StatementEntity } from '../../src/ledger/bank.entity.js';
import { DebtorEntity, InvoiceEntity } from '../../src/ledger/receivables.entity.js';
import { EffectEntity } from '../../src/platform/outbox/effect.entity.js';
import { OutboxRepository } from '../../src/platform/outbox/outbox.repository.js';
import { ApiKeys } from '../../src/platform/auth/api-keys.js';
import type { Authority } from '../../src/platform/auth/rules/authority.js';
import { type Company, DossierHouse, TODAY } from '../support/dossier-house.js';
import { pull, pulledItem } from '../support/pulled.js';

/** Mails are judged in batches, and what happens with a debtor while those before his go out counts. */

let house: DossierHouse;
let company: Company;
/** What happens while a mail is being sent, once. */
let meanwhile: (() => Promise<void>) | null = null;

beforeAll(async () => {
  house = await DossierHouse.start();
  const mailer = house.service.app.get(Mailer);
  const send = mailer.send.bind(mailer);
  mailer.send = async (mail) => {
    const happens = meanwhile;
    meanwhile = null;
    await happens?.();
    return send(mail);
  };
});
afterAll(() => house.stop());

beforeEach(async () => {
  company = await house.company();
  for (const id of ['een', 'twee', 'drie']) await company.invoice(`i-${id}`, await company.debtor(id));
});

const got = (): number[] => ['een', 'twee', 'drie'].map((id) => company.mailsTo(id).length);

describe('a mail that was judged', () => {
  it('goes when nothing happened', async () => {
    await company.runDay(TODAY);
    expect(got()).toEqual([1, 1, 1]);
  });

  it('does not go to who paid since', async () => {
    // The first is at the door already; the others stand behind it.
    meanwhile = async () => {
      for (const id of ['een', 'twee', 'drie']) await company.pay(`i-${id}`, 121_00, TODAY);
    };
    await company.runDay(TODAY);
    expect(got().reduce((sum, count) => sum + count, 0)).toBe(1);
    expect((await company.effects('mail')).map(({ state }) => state).sort()).toEqual(['cancelled', 'cancelled', 'done']);
  });

  it('does not go to who objected since', async () => {
    meanwhile = async () => {
      for (const id of ['een', 'twee', 'drie']) await company.done('POST', 'disputes', { invoiceId: `i-${id}`, code: 'PRICE' });
    };
    await company.runDay(TODAY);
    // The confirmations of the disputes are no reminders.
    const reminders = ['een', 'twee', 'drie']
      .flatMap((id) => company.mailsTo(id))
      .filter(({ subject }) => subject.startsWith('Herinnering'));
    expect(reminders).toHaveLength(1);
  });

  const oneOfThree = async (): Promise<void> => {
    await company.runDay(TODAY);
    expect(got().reduce((sum, count) => sum + count, 0)).toBe(1);
  };
  const each = async (happens: (id: string) => Promise<unknown>): Promise<void> => {
    for (const id of ['een', 'twee', 'drie']) await happens(id);
  };
  const inDebtor = (id: string, change: object): Promise<unknown> =>
    company.within((manager) => manager.update(DebtorEntity, { administrationId: company.id, id }, change));

  it('does not go to who paid since, though another invoice of the same amount came', async () => {
    meanwhile = () =>
      each(async (id) => {
        await company.pay(`i-${id}`, 121_00, TODAY);
        await company.invoice(`n-${id}`, id, { dueDate: plainDate('2026-12-20'), issueDate: TODAY });
      });
    await oneOfThree();
  });

  it('does not ask for what has another term since', async () => {
    meanwhile = () =>
      each((id) =>
        company.within((manager) =>
          manager.update(InvoiceEntity, { administrationId: company.id, id: `i-${id}` }, { dueDate: plainDate('2026-12-10') }),
        ),
      );
    await oneOfThree();
  });

  it('does not go to an address that is no longer his, and goes to the new one', async () => {
    meanwhile = () => each((id) => inDebtor(id, { emails: [company.addressOf(`nieuw-${id}`)] }));
    await oneOfThree();
    const anew = ['een', 'twee', 'drie'].map((id) => company.mailsTo(`nieuw-${id}`).length);
    expect(anew.reduce((sum, count) => sum + count, 0)).toBe(2);
  });

  it('does not go to who is insolvent since by the word of the package', async () => {
    meanwhile = () => each((id) => inDebtor(id, { holds: [{ kind: 'insolvency', from: TODAY, until: null }] }));
    await oneOfThree();
  });

  it.each<[string, object]>([
    ['is disputed there since', { packageDispute: 'B2 Prijs' }],
    ['a person stopped there since', { paused: true, pausedSince: new Date('2026-11-20T08:00:00Z') }],
  ])('does not ask for what, as the package says, %s', async (_, change) => {
    meanwhile = () =>
      each((id) => company.within((manager) => manager.update(InvoiceEntity, { administrationId: company.id, id: `i-${id}` }, change)));
    await oneOfThree();
  });

  it('does not go beside the package, when it was said meanwhile that the package reminds', async () => {
    meanwhile = () => company.change({ remindedBy: 'package' });
    await oneOfThree();
    const ended = (await company.acts()).filter(({ state }) => state === 'cancelled').map(({ endedBecause }) => endedBecause);
    expect(ended).toEqual(['the package reminds its customers itself', 'the package reminds its customers itself']);
  });

  it('does not go while a booking of the bank waits that may be his', async () => {
    const { id: statementId } = await company.within((manager) =>
      manager.findOneByOrFail(StatementEntity, { administrationId: company.id }),
    );
    meanwhile = () =>
      each((id) =>
        company.within((manager) =>
          manager.insert(BankLineEntity, {
            ...{ administrationId: company.id, id: randomUUID(), statementId, identity: `line/${id}`, position: 1, bookedOn: TODAY },
            ...{ amount: 121_00, currency: 'EUR', description: 'paid', detail: {}, outcome: 'proposed', debtorId: id, because: [] },
          } as never),
        ),
      );
    await oneOfThree();
  });

  it('is judged anew and goes when what happened changes nothing of it', async () => {
    meanwhile = () => company.done('POST', 'calls', { debtorId: 'twee', outcome: 'not-reached' }).then(() => undefined);
    await company.runDay(TODAY);
    expect(got()).toEqual([1, 1, 1]);
  });
});

/** The worker vanishes over the first mail of the day, before (or after) the server has it; then it is found out. */
const vanish = async (): Promise<string> => {
  meanwhile = () => Promise.reject(new Error('killed'));
  await company.runDay(TODAY).catch(() => undefined);
  house.clock.advance(6 * 60_000);
  await company.runDay(TODAY);
  const lost = (await company.acts()).filter(({ state }) => state === 'uncertain');
  expect(lost).toHaveLength(1);
  return lost[0]?.id ?? '';
};
const settle = (actId: string, outcome: string): Promise<unknown> =>
  company.done('POST', `acts/${actId}/settle`, { outcome, note: 'outbox' });
const actOf = async (id: string) => (await company.acts()).find((act) => act.id === id);

describe('a mail of which nobody knows whether it went out', () => {
  /** What was agreed with `een` is confirmed by a mail whose worker vanished over it. */
  const loseConfirmation = async (): Promise<void> => {
    meanwhile = () => Promise.reject(new Error('killed'));
    await company.done('PATCH', 'debtors/een', { email: company.addressOf('nieuw-een') });
    house.clock.advance(1000);
    await company.runDay(TODAY).catch(() => undefined);
    house.clock.advance(6 * 60_000);
    await company.runDay(TODAY);
  };

  it('is shown with what is known of it, and nothing more goes to its debtor', async () => {
    const actId = await vanish();
    const { debtorId = '' } = (await actOf(actId)) ?? {};
    const list = await company.done<object[]>('GET', 'mails/uncertain');
    expect(list).toMatchObject([
      { kind: 'mail', actId, debtorId, about: 'reminder', to: [company.addressOf(debtorId)], triedAt: `${TODAY}T08:00:00.000Z` },
    ]);
    expect((list[0] as { messageId: string }).messageId).toMatch(/^<.+@.+>$/);
    expect((await company.entries(debtorId)).at(-1)).toMatchObject({ kind: 'mail-uncertain', body: { act: actId } });
    for (const day of ['2026-11-24', '2026-12-08', '2027-01-12'].map((each) => plainDate(each))) {
      await company.goTo(day);
      await company.runDay(day);
    }
    expect(company.mailsTo(debtorId)).toEqual([]);
    expect((await company.acts()).filter((act) => act.debtorId === debtorId)).toHaveLength(1);
  });

  it('that went out, says a person, is a contact of the day it was tried, once', async () => {
    const actId = await vanish();
    const { debtorId = '' } = (await actOf(actId)) ?? {};
    await company.goTo(plainDate('2026-11-24'));
    await Promise.all([settle(actId, 'went-out'), settle(actId, 'went-out')]);
    await settle(actId, 'went-out');
    expect((await actOf(actId))?.state).toBe('done');
    expect(await company.contacts(debtorId)).toMatchObject([{ id: actId, channel: 'email', sentOn: TODAY, receivedOn: null }]);
    const entries = (await company.entries(debtorId)).slice(-2);
    expect(entries).toMatchObject([
      { kind: 'mail-settled', body: { act: actId, said: 'went-out', triedOn: TODAY, by: 'test', note: 'outbox' } },
      { kind: 'mail-sent', body: { act: actId, response: null } },
    ]);
    // What is shared with an agency does not say who of our people knew it.
    expect(entries[1]?.body).not.toHaveProperty('by');
    expect(await company.refusal('POST', `acts/${actId}/settle`, { outcome: 'did-not-go-out' })).toEqual([409, 'not-uncertain']);
    expect(await company.done('GET', 'mails/uncertain')).toEqual([]);
    const [mail] = (await company.effects('mail')).filter((effect) => effect.actId === actId);
    expect([mail?.state, mail?.endedAt?.toISOString()]).toEqual(['done', `${TODAY}T08:00:00.000Z`]);
  });

  it('that did not go out is decided anew the next day, and goes once', async () => {
    const actId = await vanish();
    const { debtorId = '' } = (await actOf(actId)) ?? {};
    await Promise.all([settle(actId, 'did-not-go-out'), settle(actId, 'did-not-go-out')]);
    expect(await actOf(actId)).toMatchObject({ state: 'cancelled', endedBecause: 'it did not go out, says test' });
    expect(await company.refusal('POST', `acts/${actId}/settle`, { outcome: 'went-out' })).toEqual([409, 'not-uncertain']);
    await company.runDay(TODAY);
    expect(company.mailsTo(debtorId)).toEqual([]);
    await company.goTo(plainDate('2026-11-23'));
    await company.runDay(plainDate('2026-11-23'));
    await company.runDay(plainDate('2026-11-23'));
    expect(company.mailsTo(debtorId)).toHaveLength(1);
    expect((await company.contacts(debtorId)).map(({ sentOn }) => sentOn)).toEqual(['2026-11-23']);
  });

  it('of two who say the opposite at once one is refused', async () => {
    const actId = await vanish();
    const answers = await Promise.all(
      ['went-out', 'did-not-go-out'].map((outcome) => company.ask('POST', `acts/${actId}/settle`, { outcome })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
    const { debtorId = '', state } = (await actOf(actId)) ?? {};
    expect(await company.contacts(debtorId)).toHaveLength(state === 'done' ? 1 : 0);
  });

  describe('and whose server answers after all', () => {
    const mails = (): MailEffects => house.service.app.get(MailEffects, { strict: false });
    /** While the first mail is handed over, its worker stands still so long that another takes it for lost. */
    const standsStill = async (then: (actId: string) => Promise<unknown>): Promise<string> => {
      let actId = '';
      meanwhile = async () => {
        house.clock.advance(6 * 60_000);
        await mails().run(company.id, TODAY);
        actId = (await company.acts()).find(({ state }) => state === 'uncertain')?.id ?? '';
        await then(actId);
      };
      await company.runDay(TODAY);
      return actId;
    };

    it('has gone out', async () => {
      const actId = await standsStill(() => Promise.resolve());
      expect(actId).not.toBe('');
      expect((await actOf(actId))?.state).toBe('done');
      expect((await company.effects('mail')).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
      expect(got()).toEqual([1, 1, 1]);
    });

    it.each(['went-out', 'did-not-go-out'])('though a person said "%s", is one contact and goes no second time', async (outcome) => {
      const actId = await standsStill((id) => settle(id, outcome));
      const { debtorId = '' } = (await actOf(actId)) ?? {};
      expect(await company.contacts(debtorId)).toHaveLength(1);
      await company.goTo(plainDate('2026-11-23'));
      await company.runDay(plainDate('2026-11-23'));
      expect(got()).toEqual([1, 1, 1]);
    });
  });

  it('is for a controller, of this administration, and for a mail that is uncertain', async () => {
    const actId = await vanish();
    const clerk = await house.open(company.id, { role: 'clerk', releaseUpTo: null });
    expect(await clerk.refusal('POST', `acts/${actId}/settle`, { outcome: 'went-out' })).toEqual([403, 'role-too-low']);
    const stranger = await house.company();
    expect((await stranger.askOf(company, 'POST', `acts/${actId}/settle`, { outcome: 'went-out' })).status).toBe(404);
    expect(await stranger.refusal('POST', `acts/${actId}/settle`, { outcome: 'went-out' })).toEqual([404, 'unknown-mail']);
    expect(await company.refusal('POST', `acts/${actId}/settle`, { outcome: 'perhaps' })).toEqual([400, 'invalid-request']);
    const sent = (await company.acts()).find(({ state }) => state === 'done');
    expect(await company.refusal('POST', `acts/${sent?.id}/settle`, { outcome: 'did-not-go-out' })).toEqual([409, 'not-uncertain']);
    expect((await actOf(actId))?.state).toBe('uncertain');
  });

  it('keeps another message that presses back, also one that was approved', async () => {
    const actId = await vanish();
    const { debtorId = '' } = (await actOf(actId)) ?? {};
    // As if it had been decided before: planned, and its mail waits.
    const other = randomUUID();
    await company.within(async (manager) => {
      const act = await manager.findOneByOrFail(ActEntity, { administrationId: company.id, id: actId });
      await manager.insert(ActEntity, { ...act, id: other, step: 'other', state: 'planned' } as never);
      await new OutboxRepository(manager, company.id).plan(
        [{ id: randomUUID(), kind: 'mail', actId: other, debtorId, payload: {} }],
        house.clock.now(),
      );
    });
    await company.runDay(TODAY);
    expect((await company.effects('mail')).find((effect) => effect.actId === other)).toMatchObject({ state: 'planned' });
  });

  describe('keeps back who has what it was about since', () => {
    /** What the lost mail's debtor had is another one's in the package; he himself may be gone there. */
    const moveTo = async (into: string, lost: string, gone: readonly string[] = []): Promise<void> => {
      await company.debtor(into);
      const batch = { items: [pulledItem(`i-${lost}`, into)], deletedDebtorRefs: gone };
      await pull({ id: company.id, within: (work) => company.within(work) }, batch, house.clock.now());
    };
    const runOn = async (...days: string[]): Promise<void> => {
      for (const day of days.map((each) => plainDate(each))) {
        await company.goTo(day);
        await company.runDay(day);
      }
    };

    it('of a reminder, until a person says that it did not go out', async () => {
      const actId = await vanish();
      const { debtorId: lost = '' } = (await actOf(actId)) ?? {};
      await moveTo('opvolger', lost);
      // As if it had been decided before: planned, and its mail waits.
      const other = randomUUID();
      await company.within(async (manager) => {
        const act = await manager.findOneByOrFail(ActEntity, { administrationId: company.id, id: actId });
        await manager.insert(ActEntity, { ...act, id: other, debtorId: 'opvolger', step: 'other', state: 'planned' } as never);
        await new OutboxRepository(manager, company.id).plan(
          [{ id: randomUUID(), kind: 'mail', actId: other, debtorId: 'opvolger', payload: {} }],
          house.clock.now(),
        );
      });
      await company.runDay(TODAY);
      expect((await company.effects('mail')).find((effect) => effect.actId === other)).toMatchObject({ state: 'planned' });
      await company.within((manager) => manager.update(ActEntity, { administrationId: company.id, id: other }, { state: 'cancelled' }));
      await runOn('2026-11-24', '2026-12-08', '2027-01-12');
      expect(company.mailsTo('opvolger')).toEqual([]);
      expect((await company.acts()).filter(({ debtorId, id }) => debtorId === 'opvolger' && id !== other)).toEqual([]);
      await settle(actId, 'did-not-go-out');
      await company.within((manager) =>
        manager.update(EffectEntity, { administrationId: company.id, actId: other }, { state: 'cancelled' }),
      );
      await runOn('2027-01-13', '2027-01-14');
      expect(company.mailsTo('opvolger')).toHaveLength(1);
    });

    it('of a confirmation', async () => {
      await loseConfirmation();
      expect(await company.done('GET', 'mails/uncertain')).toMatchObject([{ about: 'address-changed' }]);
      await moveTo('opvolger', 'een', ['een']);
      await runOn('2026-11-24', '2026-12-08');
      expect((await company.acts()).filter(({ debtorId }) => debtorId === 'opvolger')).toEqual([]);
    });
  });

  it('that is a confirmation keeps reminders back as well', async () => {
    await loseConfirmation();
    const [lost] = await company.done<{ id: string; about: string }[]>('GET', 'mails/uncertain');
    expect(lost?.about).toBe('address-changed');
    await company.goTo(plainDate('2026-11-23'));
    await company.runDay(plainDate('2026-11-23'));
    expect((await company.acts()).filter(({ debtorId }) => debtorId === 'een')).toEqual([]);
    await company.done('POST', `mails/${lost?.id}/settle`, { outcome: 'did-not-go-out' });
    await company.runDay(plainDate('2026-11-23'));
    // The confirmation goes again, once, and it keeps the peace.
    await company.runDay(plainDate('2026-11-23'));
    expect(company.mailsTo('nieuw-een').map(({ subject }) => subject)).toEqual([expect.stringMatching(/adres/)]);
    expect((await company.effects('mail')).filter((effect) => effect.actId === null).map(({ state }) => state)).toEqual([
      'cancelled',
      'done',
    ]);
  });

  it('is shown and settled also when somebody switched to shadow mode meanwhile', async () => {
    meanwhile = () => Promise.reject(new Error('killed'));
    await company.runDay(TODAY).catch(() => undefined);
    await company.change({ mode: 'shadow' });
    house.clock.advance(6 * 60_000);
    await company.runDay(TODAY);
    const [mail] = await company.done<{ actId: string }[]>('GET', 'mails/uncertain');
    await settle(mail?.actId ?? '', 'went-out');
    expect((await actOf(mail?.actId ?? ''))?.state).toBe('done');
  });

  it('that confirms something is said of by its own id, and is a contact', async () => {
    await company.runDay(TODAY);
    meanwhile = () => Promise.reject(new Error('killed'));
    await company.done('POST', 'disputes', { invoiceId: 'i-een', code: 'PRICE' });
    await company.runDay(TODAY).catch(() => undefined);
    house.clock.advance(6 * 60_000);
    await company.runDay(TODAY);
    const [mail] = await company.done<{ id: string; about: string }[]>('GET', 'mails/uncertain');
    expect(mail?.about).toBe('dispute-noted');
    await company.done('POST', `mails/${mail?.id}/settle`, { outcome: 'went-out' });
    expect((await company.contacts('een')).map(({ step }) => step)).toContain('confirmation/dispute-noted');
    expect((await company.entries('een')).at(-1)?.kind).toBe('confirmation-sent');
  });
});

describe('in the console', () => {
  const page = async (path: string, form?: Record<string, string>, authority?: Authority) => {
    const key = await house.service.app.get(ApiKeys).issue('Mia', [company.id], authority);
    const reply = await house.service.app.inject({
      method: form ? 'POST' : 'GET',
      url: `/console/administrations/${company.id}${path}`,
      headers: { cookie: `tegoed_key=${key}`, origin: 'http://127.0.0.1', 'content-type': 'application/x-www-form-urlencoded' },
      ...(form && { payload: new URLSearchParams(form).toString() }),
    });
    return { status: reply.statusCode, location: reply.headers['location'], body: reply.body };
  };

  it('the Today page lists first what may have gone out, and a person says what became of it', async () => {
    const actId = await vanish();
    const [mail] = await company.done<{ id: string; messageId: string; to: string[] }[]>('GET', 'mails/uncertain');
    const { body } = await page('');
    for (const known of [mail?.messageId.slice(1, -1), mail?.to[0], 'It did not go out', '20 Nov']) expect(body).toContain(known);
    expect(body.indexOf('Did it go out?')).toBeLessThan(body.indexOf('Last day'));
    expect((await page('/acts')).body).toContain(`/acts/${actId}/settle`);
    const clerk = { role: 'clerk', releaseUpTo: null } as const;
    expect((await page(`/acts/${actId}/settle`, { outcome: 'went-out' }, clerk)).status).toBe(403);
    expect((await page(`/acts/${actId}/settle`, { outcome: 'maybe' })).status).toBe(400);
    expect((await page('/acts/x/settle', { outcome: 'went-out' })).status).toBe(404);
    expect((await page(`/mails/${mail?.id}/settle`, { outcome: 'went-out', note: '' })).location).toMatch(/\?done=settled$/);
    expect((await page('?done=settled')).body).not.toContain('It did not go out</button>');
    const by = (await company.entries((await actOf(actId))?.debtorId ?? '')).find(({ kind }) => kind === 'mail-settled');
    expect(by?.body).toMatchObject({ by: 'Mia', note: null });
  });

  it('the Today page lists whose money of another currency waits to be allocated, and a rounding difference keeps nobody back', async () => {
    await company.invoice('usd-een', 'een', { currency: 'USD', amount: 100_00, packageOpen: -1 });
    await company.invoice('usd-twee', 'twee', { currency: 'USD', amount: 100_00, packageOpen: -1_50 });
    await company.runDay(TODAY);
    expect(got()).toEqual([1, 0, 1]);
    expect(await company.standing('i-twee')).toBe('money-in-other-currency');
    const { body } = await page('');
    expect(body).toContain('Money in another currency');
    expect(body).toMatch(/<li>[^<]*: USD 1\.50<\/li>/);
    expect(body).not.toContain('USD 0.01');
    await company.within((manager) => manager.update(InvoiceEntity, { administrationId: company.id, id: 'usd-twee' }, { packageOpen: 0 }));
    await company.runDay(TODAY);
    expect(got()).toEqual([1, 1, 1]);
    expect((await page('')).body).not.toContain('Money in another currency');
  });

  it('what came back is noted with the act, and the address is put up for looking up', async () => {
    await company.runDay(TODAY);
    const act = (await company.acts()).find(({ debtorId }) => debtorId === 'een');
    expect((await page('/acts')).body).toContain(`/acts/${act?.id}/returned`);
    const clerk = { role: 'clerk', releaseUpTo: null } as const;
    expect((await page(`/acts/${act?.id}/returned`, { on: '', note: '', day: '' }, clerk)).status).toBe(403);
    expect(await (await house.open(company.id, clerk)).refusal('POST', `contacts/${act?.id}/returned`, {})).toEqual([403, 'role-too-low']);
    const answer = await page(`/acts/${act?.id}/returned`, { on: '', note: 'postvak vol', day: '' });
    expect(answer.location).toMatch(/\/acts\?done=returned#act-/);
    expect((await page('/acts')).body).toContain(`it came back on ${TODAY}`);
    const { body } = await page('');
    expect(body).toContain(company.addressOf('een'));
    expect(body).toContain('postvak vol');
    expect((await page('/address-right', { debtorId: 'een', channel: 'email' })).location).toMatch(/done=address-right$/);
    expect((await page('')).body).not.toContain('Addresses to find');
    expect((await page(`/acts/${act?.id}/returned`, { on: 'morgen' })).status).toBeGreaterThanOrEqual(400);
  });
});

describe('a notice to our own people of which nobody knows', () => {
  it('goes again when it did not go out, and counts as sent when it did', async () => {
    const notices = house.service.app.get(Notices, { strict: false });
    for (const [outcome, states] of [
      ['did-not-go-out', ['cancelled', 'done']],
      ['went-out', ['done']],
    ] as const) {
      const other = await house.company();
      await other.debtor('klant');
      const payload = { type: 'handover', news: [{ debtorId: 'klant', text: 'nieuws' }] };
      await other.within((manager) =>
        new OutboxRepository(manager, other.id).plan(
          [{ id: randomUUID(), kind: 'notice', actId: null, debtorId: null, payload }],
          house.clock.now(),
        ),
      );
      meanwhile = () => Promise.reject(new Error('killed'));
      await expect(notices.run(other.id)).rejects.toThrow('killed');
      house.clock.advance(6 * 60_000);
      await notices.run(other.id);
      const [lost] = await other.done<{ id: string; kind: string }[]>('GET', 'mails/uncertain');
      expect(lost?.kind).toBe('notice');
      await other.done('POST', `mails/${lost?.id}/settle`, { outcome });
      await other.done('POST', `mails/${lost?.id}/settle`, { outcome });
      await notices.run(other.id);
      expect((await other.effects('notice')).map(({ state }) => state).sort()).toEqual(states);
    }
  });
});

describe('a courtesy before the due date', () => {
  /** The policy as people write one (config/policies/README.md), with the courtesy that the shipped ones have switched off. */
  const POLICY = [
    'name: service', 'version: 1', "minimumAmount: '10.00'", 'steps:',
    '  - { step: courtesy, kind: reminder, afterDue: -5 days, channels: [email], tone: friendly }',
    '  - { step: friendly-reminder, kind: reminder, afterDue: 4 days, channels: [email], tone: friendly }',
  ].join('\n'); // prettier-ignore
  const due = plainDate('2026-11-25');
  const service = async (): Promise<Company> => {
    const other = await house.company({ policy: 'service' });
    for (const id of ['stil', 'betaald', 'beloofd', 'betwist', 'gedeeltelijk', 'ander']) {
      await other.debtor(id);
      await other.invoice(`v-${id}`, id, { dueDate: due });
    }
    return other;
  };

  beforeAll(() => {
    const policies = house.service.app.get(Policies, { strict: false });
    const withText = policies.withText.bind(policies);
    const file = join(mkdtempSync(join(tmpdir(), 'tegoed-policy-')), 'service.yml');
    writeFileSync(file, POLICY);
    const { law } = house.service.app.get<DecisionContext>(DECISION_CONTEXT, { strict: false });
    const own = new Policies(law, TODAY, dirname(file));
    policies.withText = (name) => (name === 'service' ? own.withText(name) : withText(name));
    const get = policies.get.bind(policies);
    policies.get = (name) => (name === 'service' ? own.get(name) : get(name));
  });

  it('goes once per invoice, asks for nothing but attention, and not to who paid, promised or objected', async () => {
    const other = await service();
    await other.pay('v-betaald', 121_00, TODAY);
    await other.done('POST', 'promises', { invoiceIds: ['v-beloofd'], amount: '121.00', dueDate: '2026-11-30' });
    await other.done('POST', 'disputes', { invoiceId: 'v-betwist', code: 'PRICE' });
    // Another invoice of his is disputed: he hears enough from us.
    await other.invoice('w-gedeeltelijk', 'gedeeltelijk', { dueDate: plainDate('2026-12-20') });
    await other.done('POST', 'disputes', { invoiceId: 'w-gedeeltelijk', code: 'PRICE' });
    await other.invoice('laat', 'ander');
    for (const day of ['2026-11-20', '2026-11-23', '2026-11-24', '2026-11-25'].map((each) => plainDate(each))) {
      await other.goTo(day);
      await other.runDay(day);
      await other.runDay(day);
    }
    const courtesies = (id: string): string[] =>
      other.mailsTo(id).flatMap(({ subject }) => (subject.includes('vervalt') || subject.includes('vervallen') ? [subject] : []));
    expect(['stil', 'betaald', 'beloofd', 'betwist', 'gedeeltelijk', 'ander'].map((id) => courtesies(id).length)).toEqual([
      1, 0, 0, 0, 0, 0,
    ]);
    expect(courtesies('stil')).toEqual(['Factuur F-v-stil vervalt op 25-11-2026']);
    const text = (other.mailsTo('stil')[0]?.text ?? '').replace(/\s+/g, ' ');
    expect(text).toContain('Er is niets te laat');
    expect(text).not.toMatch(/herinner|aanman|incasso|rente|kosten|uiterlijk/i);
    expect((await other.acts()).filter(({ state }) => state === 'failed')).toEqual([]);
    expect(await other.contacts('stil')).toMatchObject([{ step: 'courtesy', kind: 'reminder', sentOn: TODAY }]);
    // Late, the ordinary steps follow.
    await other.goTo(plainDate('2026-11-30'));
    await other.runDay(plainDate('2026-11-30'));
    expect(other.mailsTo('stil').map(({ subject }) => subject)).toEqual([
      expect.stringMatching('vervalt'),
      'Herinnering: factuur F-v-stil',
    ]);
  });
});
