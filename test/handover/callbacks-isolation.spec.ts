import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RequestMethod } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { CaseNews } from '../../src/handover/case-news.js';
import { DebtorDocumentEntity, HandoverDocumentEntity } from '../../src/handover/handover.entity.js';
import { AgencyHouse, type Answered, type Company } from './support/agency-house.js';

/**
 * A dossier for another administration cannot be fetched with any key, link or callback of this one: every route of the service is tried, as the
 * service itself lists them, so that one that comes later cannot be forgotten.
 */

const house = new AgencyHouse();
/** Stands in everything of theirs. */
const MARK = 'Zwanenmeer';
let [mine, theirs]: Company[] = [];
let ids: Record<string, string> = {};

interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH';
  readonly path: string;
}

/** All routes, by the metadata Nest itself routes by. */
function routes(): Route[] {
  const found: Route[] = [];
  for (const module of house.house.service.app.get(ModulesContainer).values()) {
    for (const { metatype } of module.controllers.values()) {
      const controller = metatype as { prototype: Record<string, unknown> };
      const bases = [Reflect.getMetadata('path', controller) as string | string[]].flat();
      for (const name of Object.getOwnPropertyNames(controller.prototype)) {
        const handler = controller.prototype[name];
        if (name === 'constructor' || typeof handler !== 'function' || !Reflect.hasMetadata('path', handler)) continue;
        const paths = [Reflect.getMetadata('path', handler) as string | string[]].flat();
        const method = RequestMethod[Reflect.getMetadata('method', handler) as number] as Route['method'];
        for (const base of bases)
          for (const path of paths) found.push({ method, path: `/${base}/${path}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1') });
      }
    }
  }
  return found;
}

/** What a route takes, as far as it must be right to get past the door; by the end of its path. */
const BODIES: readonly (readonly [RegExp, (id: Record<string, string>) => object])[] = [
  [/handovers\/:caseId\/(withdraw|release)$/, () => ({ reason: 'x' })],
  [/handovers\/:caseId\/hold$/, () => ({ reason: 'x' })],
  [/handovers\/:caseId\/corrections\/approve$/, () => ({ principal: '1787.25' })],
  [/handovers\/:caseId\/answers$/, ({ taskId }) => ({ taskId, answer: 'x' })],
  [/handovers\/(readiness|approve)$/, ({ agencyId, invoiceId }) => ({ agencyId, invoiceIds: [invoiceId], principal: '910.00' })],
  [/settlements\/:agencyId\/:settlementId\/(approve|reject)$/, () => ({ why: 'x' })],
  [/administrations\/:administrationId\/settlements$/, ({ agencyId, caseId }) => ({ agencyId, settlement: settlement(caseId) })],
  [/agencies\/:agencyId\/endpoint$/, () => ({ url: 'https://mine.example/' })],
  [/agencies\/:agencyId\/disable$/, () => ({ reason: 'x' })],
  [/agencies\/:agencyId\/terms$/, () => ({ vocabulary: 'dutch' })],
  [/agencies\/:agencyId\/events\/arrived$/, ({ webhookId }) => ({ webhookIds: [webhookId] })],
];

const settlement = (caseId: string | undefined) => ({
  settlementId: 'S-9', currency: 'EUR', remitted: '9.00',
  lines: [{ lineNo: 1, caseId, invoice: 'F-1', receivedOn: '2026-12-03', gross: '9.00', principal: '9.00', interest: '0.00', costs: '0.00', courtCosts: '0.00', commission: '0.00', vatOnCommission: '0.00', net: '9.00' }],
}); // prettier-ignore

const filled = (path: string, given: Record<string, string>): string =>
  path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(given[name] ?? ids['caseId'] ?? ''));
const bodyFor = ({ method, path }: Route): Buffer | undefined =>
  method === 'GET' ? undefined : Buffer.from(JSON.stringify(BODIES.find(([end]) => end.test(path))?.[1](ids) ?? {}));
const json = { 'content-type': 'application/json' };

/** Every row of theirs, as one figure; what A's own requests do to it is what this test is about. */
async function standing(): Promise<string> {
  const tables = await house.rows<{ name: string }>(
    theirs as Company,
    `SELECT table_name AS name FROM information_schema.columns WHERE table_schema = current_schema() AND column_name = 'administration_id' AND $1::text <> '' ORDER BY 1`,
  );
  const all: string[] = [];
  for (const { name } of tables) {
    const rows = await house.rows<{ line: string }>(
      theirs as Company,
      `SELECT to_jsonb(t)::text AS line FROM "${name}" t WHERE administration_id = $1 ORDER BY 1`,
    );
    all.push(name, ...rows.map(({ line }) => line));
  }
  return createHash('sha256').update(all.join('\n')).digest('hex');
}

beforeAll(async () => {
  await house.start();
  mine = await house.company('Café Zuiderzee');
  theirs = await house.company(MARK);
  const { administrationId, debtorId, invoiceIds, caseId, agencyId } = theirs;
  await house.callback(theirs, 'info_required', { caseId, question: `About ${MARK}?`, agencyReference: MARK });
  await house.callback(theirs, 'settlement_issued', { caseId, settlement: { ...settlement(caseId), settlementId: MARK } });
  const documentId = randomUUID();
  const found = await house.case(theirs);
  const webhookId = await house.house.tenancy.within(administrationId, async (manager) => {
    const content = Buffer.from(`%PDF-1.7 ${MARK}`);
    await manager.insert(DebtorDocumentEntity, {
      administrationId, id: documentId, debtorId, invoiceId: null, kind: 'INVOICE', fileName: `${MARK}.pdf`, mediaType: 'application/pdf',
      bytes: content.length, sha256: createHash('sha256').update(content).digest('hex'), content, origin: 'upload',
      addedAt: house.clock.now(), removedAt: null,
    } as never); // prettier-ignore
    await manager.insert(HandoverDocumentEntity, { administrationId, caseId, documentId, fromVersion: 1 });
    return new CaseNews(manager, administrationId).tell(found, 'collection.case.document_added', { note: MARK }, house.clock.now());
  });
  const [task] = await house.rows<{ id: string }>(theirs, 'SELECT id FROM handover_task WHERE administration_id = $1');
  ids = { administrationId, agencyId, caseId, debtorId, documentId, webhookId, invoiceId: invoiceIds[0] ?? '', taskId: task?.id ?? '', settlementId: MARK };
}); // prettier-ignore
afterAll(() => house.stop());

/** Of a page or an answer: nothing of theirs but what was asked for. */
const isSilent = ({ text }: Pick<Answered, 'text'>, of: Route): void => {
  const own = text.replaceAll(encodeURIComponent(MARK), '').replaceAll(`settlement ${MARK}`, '');
  expect([of.method, of.path, own.includes(MARK)]).toEqual([of.method, of.path, false]);
};

describe('what is another administration’s', () => {
  it('is told to its own key and its own agency, so that the rest of this proves something', async () => {
    const own = theirs as Company;
    expect((await house.call(own, 'GET', `/handovers/${own.caseId}`)).text).toContain(MARK);
    expect((await house.call(own, 'GET', `/settlements/${own.agencyId}/${MARK}`)).text).toContain(MARK);
    expect((await house.call(own, 'GET', '/handover-tasks')).text).toContain(MARK);
    expect((await house.fetch(own, `/agencies/${own.agencyId}/events`)).text).toContain(MARK);
    expect((await house.fetch(own, `/agencies/${own.agencyId}/dossiers/${own.caseId}/documents/${ids['documentId']}`)).text).toContain(
      MARK,
    );
    expect((await house.fetch(own, `/agencies/${own.agencyId}/cases/${own.caseId}/dossier`)).status).toBe(200);
  });

  it('is found by every route there is', () => {
    const paths = routes().map(({ path }) => path);
    for (const path of [
      '/callbacks/agencies/:agencyId',
      '/agencies/:agencyId/events',
      '/agencies/:agencyId/dossiers/:caseId/documents/:documentId',
    ]) {
      expect(paths).toContain(path);
    }
    expect(paths.length).toBeGreaterThan(80);
  });

  it('is not there for a key of this one, under any route', async () => {
    const { key } = mine as Company;
    const before = await standing();
    // Not those packages tell us by, which have a secret of their own and give nothing away.
    const guarded = routes().filter(({ path }) => path.includes(':administrationId') && !path.startsWith('/api/v1/webhooks/'));
    expect(guarded.length).toBeGreaterThan(50);
    for (const route of guarded) {
      const doors: Record<string, string>[] = [
        { authorization: `Bearer ${key}` },
        { cookie: `tegoed_key=${key}`, origin: house.house.url },
      ];
      for (const headers of doors) {
        const answer = await house.send(
          route.method,
          filled(route.path, ids),
          { ...headers, ...(route.method !== 'GET' && json) },
          bodyFor(route),
        );
        expect([route.method, route.path, answer.status >= 400]).toEqual([route.method, route.path, true]);
        isSilent(answer, route);
      }
    }
    expect(await standing()).toBe(before);
  });

  it('is not there for a key of this one that names its own administration and their ids', async () => {
    const { key, administrationId } = mine as Company;
    const before = await standing();
    for (const route of routes().filter(
      ({ path }) => /:administrationId\/.*:|handover|settlement|agenc/.test(path) && path.includes(':administrationId'),
    )) {
      const url = filled(route.path, { ...ids, administrationId });
      const answer = await house.send(
        route.method,
        url,
        { authorization: `Bearer ${key}`, ...(route.method !== 'GET' && json) },
        bodyFor(route),
      );
      isSilent(answer, route);
      expect([route.method, route.path, answer.status >= 500]).toEqual([route.method, route.path, false]);
      if (/:(agency|case|task|document|settlement)Id/.test(route.path)) {
        // A list of what was sent to an agency there is not is empty; everything else says that there is none.
        const isEmpty = answer.status === 200 && ['[]', '{}'].includes(answer.text);
        expect([route.method, route.path, isEmpty || answer.status >= 400]).toEqual([route.method, route.path, true]);
      }
    }
    expect(await standing()).toBe(before);
  });

  it('is not there for an agency of this one, under any route', async () => {
    const { secret, agencyId } = mine as Company;
    const before = await standing();
    const open = routes().filter(({ path }) => /^\/agencies\/:agencyId/.test(path));
    expect(open.length).toBeGreaterThan(5);
    for (const route of open) {
      for (const as of [ids['agencyId'] ?? '', agencyId]) {
        const url = filled(route.path, { ...ids, agencyId: as });
        const body = bodyFor(route);
        const signed = house.signature(secret, `${route.method} ${url}${body ? `\n${body.toString('utf8')}` : ''}`);
        const answer = await house.send(route.method, url, { ...signed, ...(body && json) }, body);
        const expected = as !== agencyId ? 401 : route.path === '/agencies/:agencyId/events' ? 200 : 404;
        expect([route.method, route.path, as === agencyId, answer.status]).toEqual([route.method, route.path, as === agencyId, expected]);
        isSilent(answer, route);
      }
    }
    expect(await standing()).toBe(before);
  });

  it('is not there for a callback of this one: the answer is that of a case there is not', async () => {
    const own = mine as Company;
    const before = await standing();
    const types = ['received', 'accepted', 'rejected', 'info_required', 'status_changed', 'payment_registered', 'arrangement_agreed', 'dispute_raised', 'legal_proposed', 'settlement_issued', 'closed', 'reopened']; // prettier-ignore
    const said = (caseId: string) => ({
      caseId, agencyReference: 'x', reason: 'x', question: 'x', to: 'AMICABLE', amount: '1.00', currency: 'EUR', receivedOn: '2026-11-20', code: 'PRICE', text: 'x',
      arrangement: { instalments: 2, amount: '1.00', currency: 'EUR', first: '2026-12-01', interval: 'P1M' }, action: 'x', closeCode: 'OTHER', settlement: settlement(caseId),
    }); // prettier-ignore
    for (const type of types) {
      const answers = new Set<string>();
      for (const caseId of [ids['caseId'] ?? '', randomUUID()]) {
        const { status, text } = await house.callback(own, type, said(caseId));
        answers.add(`${status} ${text}`);
      }
      expect([type, [...answers]]).toEqual([type, [expect.stringMatching(/^404 .*"unknown-case"/)]]);
    }
    // Nor for its secret in the name of their agency.
    expect(
      await house.callback({ agencyId: ids['agencyId'] ?? '', secret: own.secret }, 'received', { caseId: ids['caseId'] }),
    ).toMatchObject({ status: 401 });
    expect(await standing()).toBe(before);
  });

  it('is not there without any key or signature', async () => {
    const before = await standing();
    for (const route of routes().filter(({ path }) => path.includes(':'))) {
      const answer = await house.send(route.method, filled(route.path, ids), route.method === 'GET' ? {} : json, bodyFor(route));
      isSilent(answer, route);
    }
    expect(await standing()).toBe(before);
  });
});
