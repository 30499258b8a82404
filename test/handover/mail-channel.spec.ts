import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { CaseTasks } from '../../src/handover/case-tasks.js';
import { CaseNews } from '../../src/handover/case-news.js';
import type { ChannelView } from '../../src/handover/channels/agency-channels.service.js';
import { MailDrops } from '../../src/handover/channels/mail-drops.service.js';
import type { DeliveryView } from '../../src/handover/delivery-log.service.js';
import { digests } from '../../src/handover/digests.js';
import { dossierSchemaCheck } from '../../src/handover/dossier-schema.js';
import { EndpointClient } from '../../src/handover/endpoint.client.js';
import { HandoverCaseEntity, HandoverDossierEntity } from '../../src/handover/handover.entity.js';
import { checkDossier } from '../../src/handover/rules/document/check-dossier.js';
import type { EventType } from '../../src/handover/rules/webhook/event.js';
import { KeyRings } from '../../src/handover/signing.js';
import { WebhookDeliveries } from '../../src/handover/webhook-deliveries.service.js';
import { Mailer } from '../../src/correspondence/mailer.js';
import { ManualClock } from '../../src/kernel/clock.js';
import { AdministrationEntity } from '../../src/ledger/administration.entity.js';
import { EffectEntity } from '../../src/platform/outbox/effect.entity.js';
import { OutboxRepository } from '../../src/platform/outbox/outbox.repository.js';
import { Sealer } from '../../src/platform/secrets/sealer.js';
import { Mailbox } from '../../src/sandbox/mailbox/mailbox.js';
import PostalMime from 'postal-mime';
import { type RunningService, startService } from '../support/running-service.js';
import { readPdf } from '../support/pdf.js';
import { Creditor, type TestAgency } from './support/handed-over.js';

/** An agency that takes its news by mail, over a real mail server. */

const START = new Date('2026-11-23T08:15:30Z');
const clock = new ManualClock(START);
const mailbox = new Mailbox();
let to = '';
let house: RunningService;
let creditor: Creditor;
let agency: TestAgency;

beforeAll(async () => {
  const port = await mailbox.start();
  house = await startService(clock, { moneybirdUrl: 'http://127.0.0.1:9', smtpUrl: `smtp://127.0.0.1:${port}` });
});
afterAll(async () => {
  await house.stop();
  await mailbox.stop();
});
beforeEach(async () => {
  clock.set(START);
  to = `dossiers-${randomUUID()}@incasso.example`;
  creditor = await Creditor.in(house, clock);
  agency = await creditor.agency();
});

const isTest = ({ subject }: { readonly subject: string }): boolean => subject.includes('wil dossiers');
/** What reached the address of this test, its tests of the address left out. */
const mails = () => mailbox.mails.filter((mail) => mail.to.includes(to) && !isTest(mail));
const run = () => house.service.app.get(WebhookDeliveries).run(creditor.id);
const call = async <T = Record<string, unknown>>(method: string, path: string, body?: object): Promise<{ status: number; body: T }> => {
  const url = `${house.url}/api/v1/administrations/${creditor.id}/agencies/${agency.id}${path}`;
  const headers = { authorization: `Bearer ${creditor.key}`, ...(body && { 'content-type': 'application/json' }) };
  const answer = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  const text = await answer.text();
  return { status: answer.status, body: (text === '' ? {} : JSON.parse(text)) as T };
};
const mailed = () => call<ChannelView>('PUT', '/channel', { channel: 'mail', to });
const code = (): string => /\d{8}/.exec(mailbox.mails.filter(isTest).at(-1)?.text ?? '')?.[0] ?? '';
async function proven(): Promise<void> {
  await mailed();
  await call('POST', '/channel/test');
  expect((await call('POST', '/channel/confirm', { code: code() })).body).toEqual({ proven: true });
}
/** Hands over and tells the agency, as the handover does. */
async function handedOver(): Promise<string> {
  await creditor.upload('%PDF-1.7\n% invoice\n%%EOF\n', { name: 'F-1.pdf', kind: 'INVOICE', invoiceId: 'id-F-1' });
  const caseId = await creditor.handOver(agency);
  await creditor.within(async (manager) => {
    const found = await manager.findOneByOrFail(HandoverCaseEntity, { administrationId: creditor.id, id: caseId });
    const sealed = await manager.findOneByOrFail(HandoverDossierEntity, { administrationId: creditor.id, caseId });
    await new CaseNews(manager, creditor.id).tellDossier(found, 'collection.case.submitted', sealed, clock.now());
  });
  clock.advance(1_000);
  return caseId;
}
const tell = (caseId: string, type: EventType, data: object): Promise<string> =>
  creditor.within(async (manager) => {
    const found = await manager.findOneByOrFail(HandoverCaseEntity, { administrationId: creditor.id, id: caseId });
    return new CaseNews(manager, creditor.id).tell(found, type, data, clock.now());
  });
const claimed = () =>
  creditor.within((manager) => new OutboxRepository(manager, creditor.id).claim('webhook', randomUUID(), 1, clock.now()));
const stateOf = (caseId: string): Promise<string> =>
  creditor.within(
    async (manager) => (await manager.findOneByOrFail(HandoverCaseEntity, { administrationId: creditor.id, id: caseId })).state,
  );
const states = (): Promise<string[]> =>
  creditor.within(async (manager) =>
    (await manager.find(EffectEntity, { where: { administrationId: creditor.id, kind: 'webhook' }, order: { createdAt: 'ASC' } })).map(
      ({ state }) => state,
    ),
  );

describe('an agency with a mail address', () => {
  it('gets nothing before the code that was mailed there came back', async () => {
    const { body } = await mailed();
    expect(body).toMatchObject({ channel: 'mail', settings: { to, decimal: ',' }, state: 'unproven' });
    expect(body.drops.map(({ field }) => field)).toEqual(expect.arrayContaining(['payments', 'interest', 'attachments[].content']));
    await handedOver();
    expect(await run()).toEqual({ delivered: 0, later: 1, failed: 0 });
    expect(mails()).toEqual([]);
    expect((await call('POST', '/channel/confirm', { code: '00000000' })).body).toEqual({ proven: false });
    await call('POST', '/channel/test');
    expect(mailbox.mails.filter(isTest).at(-1)?.to).toEqual([to]);
    const right = code();
    const wrong = right === '12345678' ? '12345679' : '12345678';
    expect((await call('POST', '/channel/confirm', { code: wrong })).body).toEqual({ proven: false });
    expect((await call('POST', '/channel/confirm', { code: right })).body).toEqual({ proven: true });
    // Once: it is used up.
    expect((await call('POST', '/channel/confirm', { code: right })).body).toEqual({ proven: false });
    clock.advance(60_000);
    expect(await run()).toEqual({ delivered: 1, later: 0, failed: 0 });
  });

  it('has five tries and a day for its code, and none of the test of a webhook', async () => {
    await mailed();
    await call('POST', '/channel/test');
    const right = code();
    for (let at = 0; at < 5; at++) await call('POST', '/channel/confirm', { code: '00000001' });
    expect((await call('POST', '/channel/confirm', { code: right })).body).toEqual({ proven: false });
    await call('POST', '/channel/test');
    const late = code();
    clock.advance(24 * 3_600_000);
    expect((await call('POST', '/channel/confirm', { code: late })).body).toEqual({ proven: false });
    expect((await call<ChannelView>('GET', '/channel')).body.state).toBe('unproven');
    // The code is kept as its digest alone.
    const kept = await creditor.within((manager) =>
      manager.query('SELECT channel_settings::text AS t FROM agency WHERE id = $1', [agency.id]),
    );
    expect(JSON.stringify(kept)).not.toContain(late);
  });

  it.each([
    [{ channel: 'mail' }, 400],
    [{ channel: 'mail', to: 'no address' }, 400],
    [{ channel: 'mail', to: 'a@proef.example\r\nBcc: x@y.example' }, 400],
    [{ channel: 'fax', to: 'a@proef.example' }, 400],
    [{ channel: 'sftp' }, 409],
  ])('cannot be set to %j', async (body, status) => {
    expect((await call('PUT', '/channel', body)).status).toBe(status);
  });

  it('gets a dossier as cover, CSV, JSON and documents; nobody on the way reads who owes', async () => {
    await proven();
    const caseId = await handedOver();
    expect(await run()).toEqual({ delivered: 1, later: 0, failed: 0 });
    expect(await stateOf(caseId)).toBe('SUBMITTED');
    const [mail] = mails();
    expect(mail?.to).toEqual([to]);
    const { subject, text, attachments } = await PostalMime.parse(mail?.raw ?? new Uint8Array(), { attachmentEncoding: 'arraybuffer' });
    expect(subject).toBe(`Drukkerij Voorbeeld B.V.: nieuwe vordering (dossier ${caseId}, versie 1)`);
    expect(`${subject}${text}`).not.toContain('Zuiderzee');
    const files = new Map(attachments.map(({ filename, content }) => [filename, Buffer.from(content as ArrayBuffer)]));
    expect([...files.keys()]).toEqual(['cover.pdf', 'portal.csv', 'dossier.json', '01 F-1.pdf']);
    expect(checkDossier(files.get('dossier.json') ?? Buffer.of(), dossierSchemaCheck(), digests).findings).toEqual([]);
    expect(files.get('portal.csv')?.toString()).toContain(';1210,00;910,00;');
    expect(readPdf(files.get('cover.pdf') ?? Buffer.of()).lines).toContain('€\u00a02.115,81');
    // Run again: nothing is left.
    expect(await run()).toEqual({ delivered: 0, later: 0, failed: 0 });
    expect(mails()).toHaveLength(1);
  });

  it('is told what happened later without the figures of before, and after the dossier', async () => {
    await proven();
    const caseId = await handedOver();
    await tell(caseId, 'collection.case.direct_payment', { invoice: 'F-1', amount: '100.00', payer: '=HYPERLINK("http://x")' });
    clock.advance(1_000);
    await tell(caseId, 'collection.case.withdrawn', { reason: 'paid in full' });
    expect(await run()).toEqual({ delivered: 3, later: 0, failed: 0 });
    const read = await Promise.all(mails().map(({ raw }) => PostalMime.parse(raw, { attachmentEncoding: 'utf8' })));
    expect(read.map(({ subject }) => subject?.split(' (')[0])).toEqual([
      'Drukkerij Voorbeeld B.V.: nieuwe vordering',
      'Drukkerij Voorbeeld B.V.: rechtstreeks betaald',
      'Drukkerij Voorbeeld B.V.: opdracht ingetrokken: onderneem niets meer',
    ]);
    const [, payment] = read;
    expect(payment?.attachments.map(({ filename }) => filename)).toEqual(['event.csv', 'event.json']);
    const csv = String(payment?.attachments[0]?.content);
    expect(csv).toContain(`${caseId};collection.case.direct_payment;2026-11-23T08:15:31.000Z;amount;100.00`);
    expect(csv).toContain(`;payer;"'=HYPERLINK(""http://x"")"`);
  });

  it('gets nothing when the administration is not live', async () => {
    await proven();
    await handedOver();
    const [effect] = await claimed();
    await creditor.within((manager) => manager.update(AdministrationEntity, { id: creditor.id }, { mode: 'shadow' }));
    expect(await run()).toEqual({ delivered: 0, later: 0, failed: 0 });
    // Nor when it was taken before.
    expect(await house.service.app.get(MailDrops).deliver(creditor.id, effect!)).toBe('later');
    expect(mails()).toEqual([]);
  });

  /** Two mails wait, and the process that sent the first ended after the server took it. */
  async function vanishedOver(): Promise<void> {
    await proven();
    const caseId = await handedOver();
    await tell(caseId, 'collection.case.withdrawn', { reason: 'x' });
    const [effect] = await claimed();
    class Vanishing extends Mailer {
      override async send(): Promise<never> {
        throw new Error('killed');
      }
    }
    await expect(new MailDrops(house.tenancy, clock, new Vanishing({} as never)).deliver(creditor.id, effect!)).rejects.toThrow('killed');
    clock.advance(6 * 60_000);
  }

  it('gets a mail once when the worker vanishes in the middle; a person sends it again, in its place', async () => {
    await vanishedOver();
    expect(await run()).toEqual({ delivered: 0, later: 1, failed: 0 });
    expect([await states(), mails()]).toEqual([['uncertain', 'planned'], []]);
    const { body } = await call<DeliveryView[]>('GET', '/deliveries');
    const lost = body.find(({ state }) => state === 'uncertain');
    expect((await call('POST', `/deliveries/${lost?.webhookId}/redeliver`)).status).toBe(202);
    clock.advance(60_000);
    // The one behind it is older: it is looked at first, and waits its turn.
    expect(await run()).toEqual({ delivered: 1, later: 1, failed: 0 });
    clock.advance(60_000);
    expect(await run()).toEqual({ delivered: 1, later: 0, failed: 0 });
    expect(mails().map(({ subject }) => subject.includes('nieuwe vordering'))).toEqual([true, false]);
  });

  it('that a person says has arrived is not sent again, and what is behind it goes on', async () => {
    await vanishedOver();
    await run();
    const lost = (await call<DeliveryView[]>('GET', '/deliveries')).body.find(({ state }) => state === 'uncertain');
    expect((await call('POST', `/deliveries/${lost?.webhookId}/arrived`)).status).toBe(204);
    expect((await call('POST', `/deliveries/${lost?.webhookId}/arrived`)).status).toBe(204);
    expect((await call('POST', `/deliveries/${lost?.webhookId}/redeliver`)).status).toBe(409);
    clock.advance(60_000);
    expect(await run()).toEqual({ delivered: 1, later: 0, failed: 0 });
    expect(mails().map(({ subject }) => subject.includes('nieuwe vordering'))).toEqual([false]);
  });

  it('is tried again while its mail server is away, and a refused mail becomes work for a person', async () => {
    await proven();
    const caseId = await handedOver();
    const away = (port: number): WebhookDeliveries => {
      const mailer = new Mailer({ host: '127.0.0.1', port, tls: 'none', login: null });
      const drops = new MailDrops(house.tenancy, clock, mailer);
      const rings = new KeyRings(house.service.app.get(Sealer));
      return new WebhookDeliveries(house.tenancy, clock, new EndpointClient({ allowedOrigins: [] }), rings, () => 0.5, drops);
    };
    expect(await away(9).run(creditor.id)).toEqual({ delivered: 0, later: 1, failed: 0 });
    expect(await states()).toEqual(['planned']);
    const strict = new SMTPServer({
      ...{ authOptional: true, disabledCommands: ['STARTTLS'], logger: false },
      onRcptTo: (_address, _session, callback) => callback(Object.assign(new Error('no such mailbox'), { responseCode: 550 })),
    });
    await new Promise<void>((resolve) => strict.listen(0, '127.0.0.1', resolve));
    await tell(caseId, 'collection.case.withdrawn', { reason: 'x' });
    clock.advance(60_000);
    const { port } = strict.server.address() as AddressInfo;
    expect(await away(port).run(creditor.id)).toEqual({ delivered: 0, later: 1, failed: 1 });
    await new Promise<void>((resolve) => strict.close(resolve));
    const tasks = await creditor.within((manager) => new CaseTasks(manager, creditor.id).waiting(caseId));
    expect(tasks.map(({ kind, text }) => [kind, text.includes('550')])).toEqual([['delivery-failed', true]]);
    const { body } = await call<DeliveryView[]>('GET', '/deliveries');
    await call('POST', `/deliveries/${body.find(({ state }) => state === 'failed')?.webhookId}/redeliver`);
    clock.advance(60_000);
    expect(await run()).toEqual({ delivered: 1, later: 1, failed: 0 });
  });
});
