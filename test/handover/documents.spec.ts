import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import type { DocumentView } from '../../src/handover/documents/documents.service.js';
import { dossierSchemaCheck } from '../../src/handover/dossier-schema.js';
import { digests } from '../../src/handover/digests.js';
import { AgencyEntity, DebtorDocumentEntity, HandoverCaseEntity } from '../../src/handover/handover.entity.js';
import { checkDossier } from '../../src/handover/rules/document/check-dossier.js';
import { ManualClock } from '../../src/kernel/clock.js';
import { readPdf } from '../support/pdf.js';
import { type RunningService, startService } from '../support/running-service.js';
import { Creditor, type TestAgency } from './support/handed-over.js';

/** Evidence from upload to the agency, over real sockets. */

const clock = new ManualClock(new Date('2026-11-23T08:15:30Z'));
const PDF = '%PDF-1.7\n% evidence\n%%EOF\n';
let house: RunningService;
let creditor: Creditor;

beforeAll(async () => {
  house = await startService(clock, { moneybirdUrl: 'http://127.0.0.1:9', smtpUrl: 'smtp://127.0.0.1:9' });
});
afterAll(() => house.stop());
beforeEach(async () => {
  clock.set(new Date('2026-11-23T08:15:30Z'));
  creditor = await Creditor.in(house, clock);
});

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
const listed = async (): Promise<DocumentView[]> => (await creditor.ask('GET', '/debtors/d-1/documents')).json() as Promise<DocumentView[]>;
const kept = async (content = PDF, fields = {}): Promise<DocumentView> => {
  const answer = await creditor.upload(content, fields);
  expect(answer.status).toBe(201);
  return (await answer.json()) as DocumentView;
};
const refused = async (answer: Promise<Response> | Response): Promise<[number, string]> => {
  const got = await answer;
  return [got.status, ((await got.json()) as { code: string }).code];
};

describe('an upload', () => {
  it('is kept under a clean name by what it is, and comes back to the byte', async () => {
    const document = await kept(PDF, { name: '../../x\u202Egpj.exe.jpg', kind: 'INVOICE', invoiceId: 'id-F-1' });
    expect(document).toMatchObject({
      fileName: 'xgpj.exe.pdf',
      mediaType: 'application/pdf',
      bytes: PDF.length,
      sha256: sha256(PDF),
      invoiceId: 'id-F-1',
    });
    const answer = await creditor.ask('GET', `/debtors/d-1/documents/${document.id}`);
    expect(await answer.text()).toBe(PDF);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="xgpj.exe.pdf"; filename*=UTF-8''xgpj.exe.pdf`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
  });

  it('of the same content is there once, also from several at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, (_, at) => creditor.upload(PDF, { name: `${at}.pdf` })));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(await listed()).toHaveLength(1);
    expect(await creditor.within((manager) => manager.countBy(DebtorDocumentEntity, { administrationId: creditor.id }))).toBe(1);
  });

  it('that was removed comes back under what it is called now', async () => {
    const { id } = await kept(PDF, { kind: 'ORDER' });
    expect((await creditor.ask('DELETE', `/debtors/d-1/documents/${id}`)).status).toBe(204);
    expect(await listed()).toEqual([]);
    expect(await refused(creditor.ask('DELETE', `/debtors/d-1/documents/${id}`))).toEqual([404, 'unknown-document']);
    expect(await kept(PDF, { kind: 'CONTRACT', name: 'new.pdf' })).toMatchObject({ id, kind: 'CONTRACT', fileName: 'new.pdf' });
  });

  it.each<[string, string, object, [number, string]]>([
    ['a zip', 'PK\x03\x04', {}, [422, 'file-refused']],
    ['nothing', '', {}, [422, 'file-empty']],
    ['an unknown kind', PDF, { kind: 'PASSPORT' }, [422, 'unknown-kind']],
    ['an unknown invoice', PDF, { invoiceId: 'id-F-9' }, [404, 'unknown-invoice']],
    [
      'an e-mail that carries an archive',
      `From: a@proef.example\r\nDate: Mon, 23 Nov 2026 08:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nzie bijlage\r\n--b\r\nContent-Type: application/pdf; name=f.pdf\r\nContent-Disposition: attachment; filename=f.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from('PK\x03\x04 macro').toString('base64')}\r\n--b--\r\n`,
      { name: 'mail.eml' },
      [422, 'file-refused'],
    ],
  ])('with %s is refused, and nothing is kept', async (_, content, fields, why) => {
    expect(await refused(creditor.upload(content, fields))).toEqual(why);
    expect(await listed()).toEqual([]);
  });

  it('may have 25 MB and not a byte more, and a debtor 100 MB in all', async () => {
    const most = 25 * 1024 ** 2;
    const content = Buffer.alloc(most + 1, ' ');
    content.write('%PDF-1.7');
    content.write('%%EOF', most - 10);
    expect(await refused(creditor.upload(content))).toEqual([422, 'too-large']);
    expect((await creditor.upload(content.subarray(0, most))).status).toBe(201);
    // Three more as large, without the weight.
    await creditor.within(async (manager) => {
      const [row] = await manager.find(DebtorDocumentEntity, { where: { administrationId: creditor.id } });
      const light = [1, 2, 3].map(() => ({ ...row, id: crypto.randomUUID(), content: Buffer.from('x') }));
      await manager.insert(DebtorDocumentEntity, light as never);
    });
    expect(await refused(creditor.upload(PDF))).toEqual([422, 'case-full']);
    expect(await listed()).toHaveLength(4);
  });

  it('for a debtor or an invoice of another administration is unknown', async () => {
    const { id } = await kept();
    const other = await Creditor.in(house, clock);
    expect((await other.ask('GET', `/debtors/d-1/documents/${id}`)).status).toBe(404);
    expect((await other.ask('DELETE', `/debtors/d-1/documents/${id}`)).status).toBe(404);
    const form = new FormData();
    form.append('kind', 'ORDER');
    form.append('file', new Blob([PDF]), 'x.pdf');
    const url = `${house.url}/api/v1/administrations/${creditor.id}/debtors/d-1/documents`;
    const answer = await fetch(url, { method: 'POST', body: form, headers: { authorization: `Bearer ${other.key}` } });
    expect(answer.status).toBeGreaterThanOrEqual(403);
    expect(await listed()).toHaveLength(1);
  });
});

describe('an agency', () => {
  let agency: TestAgency;
  let document: DocumentView;
  let caseId: string;

  beforeEach(async () => {
    agency = await creditor.agency();
    document = await kept(PDF, { name: 'Café.pdf' });
    caseId = await creditor.handOver(agency);
  });

  it('fetches what its dossier names, and nothing that came later', async () => {
    const answer = await creditor.fetchAs(agency, 'GET', `/dossiers/${caseId}/documents/${document.id}`);
    expect([answer.status, await answer.text(), answer.headers.get('x-content-sha256')]).toEqual([200, PDF, sha256(PDF)]);
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="Cafe.pdf"; filename*=UTF-8''Caf%C3%A9.pdf`);
    const later = await kept(`${PDF}later\n%%EOF`);
    expect(await refused(creditor.fetchAs(agency, 'GET', `/dossiers/${caseId}/documents/${later.id}`))).toEqual([404, 'unknown-document']);
  });

  it('keeps a document that was removed since', async () => {
    await creditor.ask('DELETE', `/debtors/d-1/documents/${document.id}`);
    expect((await creditor.fetchAs(agency, 'GET', `/dossiers/${caseId}/documents/${document.id}`)).status).toBe(200);
  });

  it('gets the same answer for what is of another agency, another administration, and nobody', async () => {
    const rival = await creditor.agency();
    const elsewhere = await Creditor.in(house, clock);
    const foreign = await elsewhere.agency();
    const path = `/dossiers/${caseId}/documents/${document.id}`;
    const nobody = await (await creditor.fetchAs(rival, 'GET', `/dossiers/${crypto.randomUUID()}/documents/${document.id}`)).text();
    for (const other of [rival, foreign]) {
      const answer = await creditor.fetchAs(other, 'GET', path);
      expect([answer.status, await answer.text()]).toEqual([404, nobody]);
      for (const [method, each] of [
        ['POST', `${path}/link`],
        ['GET', `/dossiers/${caseId}/archive`],
        ['GET', `/dossiers/${caseId}`],
      ] as const) {
        expect((await creditor.fetchAs(other, method, each)).status).toBe(404);
      }
    }
    // Under another's name with its own key.
    expect((await creditor.fetchAs(agency, 'GET', path, rival)).status).toBe(401);
    expect((await fetch(`${house.url}/agencies/${agency.id}${path}`)).status).toBe(401);
  });

  it('gets nothing any more of a case it was taken off, or when it is disabled', async () => {
    const path = `/dossiers/${caseId}/documents/${document.id}`;
    const { url } = (await (await creditor.fetchAs(agency, 'POST', `${path}/link`)).json()) as { url: string };
    await creditor.within((manager) =>
      manager.update(AgencyEntity, { administrationId: creditor.id, id: agency.id }, { state: 'disabled' }),
    );
    expect(await refused(creditor.fetchAs(agency, 'GET', path))).toEqual([409, 'agency-disabled']);
    expect(await refused(follow(url))).toEqual([404, 'no-document']);
    await creditor.within(async (manager) => {
      await manager.update(AgencyEntity, { administrationId: creditor.id, id: agency.id }, { state: 'active' });
      await manager.update(
        HandoverCaseEntity,
        { administrationId: creditor.id, id: caseId },
        { state: 'WITHDRAWN', endedOn: '2026-11-24' as never },
      );
    });
    expect(await refused(creditor.fetchAs(agency, 'GET', path))).toEqual([404, 'unknown-case']);
    expect(await refused(follow(url))).toEqual([404, 'no-document']);
  });

  const follow = (url: string, method = 'GET'): Promise<Response> => fetch(`${house.url}${new URL(url).pathname}`, { method });
  const link = async (): Promise<{ url: string; expiresAt: string }> =>
    (await (await creditor.fetchAs(agency, 'POST', `/dossiers/${caseId}/documents/${document.id}/link`)).json()) as never;

  it('gives a link that works once, also for two at the same time', async () => {
    const { url, expiresAt } = await link();
    expect(expiresAt).toBe('2026-11-24T08:15:30.000Z');
    expect(url).toMatch(/\/dossiers\/links\/[\w-]{43}$/);
    expect((await follow(url, 'HEAD')).status).toBe(204);
    const answers = await Promise.all([follow(url), follow(url), follow(url)]);
    const [won] = answers.filter(({ status }) => status === 200);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
    expect(await won?.text()).toBe(PDF);
    expect(won?.headers.get('cache-control')).toBe('private, no-store');
    // The key itself is kept nowhere.
    const rows = await creditor.within((manager) => manager.query('SELECT row_to_json(l)::text AS t FROM document_link l'));
    expect(JSON.stringify(rows)).not.toContain(url.split('/').at(-1));
  });

  it('has a link for a day, and only the newest', async () => {
    const [first, second] = [await link(), await link()];
    expect(await refused(follow(first.url))).toEqual([404, 'no-document']);
    clock.advance(24 * 3_600_000 - 1);
    expect((await follow(second.url)).status).toBe(200);
    const third = await link();
    clock.advance(24 * 3_600_000);
    expect(await refused(follow(third.url))).toEqual([404, 'no-document']);
    expect((await follow((await link()).url)).status).toBe(200);
  });

  it('cannot be guessed at: every wrong link is answered alike', async () => {
    const { url } = await link();
    const wrong = [`${url}x`, url.slice(0, -1), `${url.slice(0, -43)}${'A'.repeat(43)}`, `${url.slice(0, -43)}%27%20OR%201=1`];
    const answers = await Promise.all(wrong.map((each) => follow(each)));
    expect(new Set(await Promise.all(answers.map((answer) => answer.text()))).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect((await follow(url)).status).toBe(200);
  });

  it('fetches everything as one archive, whose dossier is whole, twice the same', async () => {
    const fetched = async (): Promise<Uint8Array> =>
      new Uint8Array(await (await creditor.fetchAs(agency, 'GET', `/dossiers/${caseId}/archive`)).arrayBuffer());
    const archive = await fetched();
    clock.advance(3_600_000);
    expect(sha256(await fetched())).toBe(sha256(archive));
    const files = unzipSync(archive);
    expect(Object.keys(files)).toEqual(['cover.pdf', 'dossier.json', 'portal.csv', 'annexes/01 Café.pdf', 'manifest.json']);
    const manifest = JSON.parse(Buffer.from(files['manifest.json'] ?? []).toString()) as {
      files: { name: string; bytes: number; sha256: string }[];
    };
    expect(manifest.files).toEqual(
      Object.entries(files)
        .filter(([name]) => name !== 'manifest.json')
        .map(([name, content]) => ({ name, bytes: content.length, sha256: sha256(content) })),
    );
    expect(checkDossier(files['dossier.json'] ?? new Uint8Array(), dossierSchemaCheck(), digests).findings).toEqual([]);
    expect(Buffer.from(files['annexes/01 Café.pdf'] ?? []).toString()).toBe(PDF);
    expect(Buffer.from(files['portal.csv'] ?? []).toString()).toMatch(/^\ufeffcaseRef;/);
    expect(readPdf(Buffer.from(files['cover.pdf'] ?? [])).lines).toContain(`SHA-256 ${sha256(PDF)}`);
  });

  it('gets no archive of a document that is not the one the dossier names', async () => {
    await creditor.house.tenancy.within(creditor.id, (manager) =>
      manager.update(DebtorDocumentEntity, { administrationId: creditor.id, id: document.id }, { content: Buffer.from('swapped') }),
    );
    const answer = await creditor.fetchAs(agency, 'GET', `/dossiers/${caseId}/archive`);
    await expect(answer.arrayBuffer()).rejects.toThrow();
  });
});

describe('the page about evidence', () => {
  it('lists, takes and removes it for whoever is logged in, and says what is wrong with a file', async () => {
    const login = await fetch(`${house.url}/console/login`, {
      method: 'POST',
      body: new URLSearchParams({ key: creditor.key }),
      headers: { origin: house.url },
      redirect: 'manual',
    });
    const cookie = login.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ');
    const page = `${house.url}/console/administrations/${creditor.id}/debtors/d-1/documents`;
    const open = (path = '', init: RequestInit = {}): Promise<Response> =>
      fetch(`${page}${path}`, { redirect: 'manual', ...init, headers: { cookie, origin: house.url } });
    const send = (content: string): Promise<Response> => {
      const body = new FormData();
      body.append('kind', 'CONTRACT');
      body.append('file', new Blob([content]), '<script>alert(1)</script>.pdf');
      return open('', { method: 'POST', body });
    };
    expect((await send('PK\x03\x04')).status).toBe(422);
    expect((await send(PDF)).status).toBe(303);
    const [document] = await listed();
    const html = await (await open()).text();
    expect(html).toContain(`documents/${document?.id}`);
    expect(html).not.toContain('<script>alert');
    expect(await (await open(`/${document?.id}`)).text()).toBe(PDF);
    expect((await open(`/${document?.id}/remove`, { method: 'POST' })).status).toBe(303);
    expect(await listed()).toEqual([]);
    // Another page cannot have it done.
    const foreign = await fetch(page, { method: 'POST', headers: { cookie, origin: 'https://elsewhere.example' }, body: new FormData() });
    expect(foreign.status).toBe(403);
  });
});
