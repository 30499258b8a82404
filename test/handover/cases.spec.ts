import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { digests } from '../../src/handover/digests.js';
import { dossierSchemaCheck } from '../../src/handover/dossier-schema.js';
import { checkDossier } from '../../src/handover/rules/document/check-dossier.js';
import type { DossierDocument } from '../../src/handover/rules/document/dossier.js';
import { DossierLog } from '../../src/handover/dossier-log.js';
import { dossierText } from '../../src/handover/rules/document/seal.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { unwrap } from '../../src/kernel/result.js';
import { AdministrationEntity } from '../../src/ledger/administration.entity.js';
import { DebtorEntity } from '../../src/ledger/receivables.entity.js';
import { pushesOf } from '../../src/writeback/dossier-pushes.js';
import { dossierFact } from '../../src/writeback/rules/dossier-note.js';
import { debtorRow } from '../support/rows.js';
import { type DunnedCompany, DunningHouse, PROPOSED } from './support/dunned-company.js';

/** From the proposal to the agency, on a real database and over sockets. */

const house = new DunningHouse();
beforeAll(() => house.start());
afterAll(() => house.stop());
afterEach(() => {
  house.agency.got.length = 0;
  house.agency.moods.length = 0;
});

const dossierSchemaCheckOnce = dossierSchemaCheck();
const check = (text: string) => checkDossier(Buffer.from(text), dossierSchemaCheckOnce, digests).findings.map(({ code }) => code);
const codes = (body: { errors?: { field: string }[] }): string[] => (body.errors ?? []).map(({ field }) => field);

describe('a handover', () => {
  let company: DunnedCompany;
  let exported = '';
  beforeAll(async () => {
    company = await house.proposed();
  });

  it('is shown before as it would be, and leaves nothing behind', async () => {
    const preview = await company.preview();
    expect(preview).toMatchObject({
      ...{ result: 'READY_WITH_WARNINGS', principal: '450.00', dropped: [], because: null },
      agency: { name: 'Incasso Proef', channel: 'webhook' },
      dossier: { version: 1, totals: { principal: '450.00' } },
    });
    expect(preview.reasons).toEqual([expect.objectContaining({ code: 'contract-missing', severity: 'warns' })]);
    expect(await company.rows('SELECT 1 FROM handover_case WHERE administration_id = $1')).toEqual([]);
    expect(await company.rows('SELECT 1 FROM debtor_document WHERE administration_id = $1 AND origin = $2', ['sent'])).toEqual([]);
    expect((await company.proposal()).state).toBe('awaiting-approval');
  });

  it('is not approved where acts are, one by one or all at once', async () => {
    const { id, day } = await company.proposal();
    const refusal = { status: 409, body: { code: 'needs-agency' } };
    expect(await company.call('POST', `/acts/${id}/approve`)).toMatchObject(refusal);
    expect(await company.call('POST', '/acts/approve', { day, kind: 'propose-handover' })).toMatchObject(refusal);
    expect((await company.proposal()).state).toBe('awaiting-approval');
  });

  it('is for the amount that was shown', async () => {
    const { status, body } = await company.approve({ principal: '449.99' });
    expect({ status, body }).toMatchObject({ status: 409, body: { code: 'not-ready' } });
    expect(codes(body)).toContain('approval-other-amount');
    expect(await company.rows('SELECT 1 FROM handover_case WHERE administration_id = $1')).toEqual([]);
  });

  it('happens once, however often and however fast it is approved', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => company.approve()));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect((await company.approve()).body.id).toBe(answers[0]?.body.id);
    expect(await company.approve({ principal: '1.00' })).toMatchObject({ status: 409, body: { code: 'handed-over-already' } });
    expect(await company.rows('SELECT count(*)::int AS n FROM handover_case WHERE administration_id = $1')).toEqual([{ n: 1 }]);
    expect(await company.rows("SELECT count(*)::int AS n FROM effect WHERE administration_id = $1 AND kind = 'webhook'")).toEqual([
      { n: 1 },
    ]);
    expect((await company.proposal()).state).toBe('done');
  });

  it('reaches the agency whole and unaltered, and then counts as submitted', async () => {
    const [{ id, state, approvedBy }] = await company.done<[{ id: string; state: string; approvedBy: string }]>('GET', '/handovers');
    expect({ state, approvedBy }).toEqual({ state: 'APPROVED', approvedBy: 'A. Janssen' });
    expect(await company.deliver()).toEqual({ delivered: 1, later: 0, failed: 0 });
    const [told] = await company.told();
    exported = (await company.call('GET', `/handovers/${id}/dossier?version=1`)).text;
    expect(check(exported)).toEqual([]);
    expect({ type: told?.type, data: told?.data }).toEqual({ type: 'submitted', data: JSON.parse(exported) });
    expect((await company.call('GET', `/handovers/${id}`)).body).toMatchObject({ state: 'SUBMITTED', deliveries: [{ state: 'done' }] });
  });

  it('says what was claimed: principal of the books, interest to today, costs once, and each letter by its hash', async () => {
    const dossier = JSON.parse(exported) as DossierDocument;
    // By hand: 35 days from 13 October at 10.40 %: 300.00 gives 2.99, 150.00 gives 1.50; 15 % of 450.00 is 67.50.
    expect(dossier.totals).toEqual({ principal: '450.00', interest: '4.49', costs: '67.50', claim: '521.99' });
    expect(dossier.interest).toMatchObject({ calculatedTo: '2026-11-16', continuesFrom: '2026-11-17', regime: 'NL_6_119a' });
    expect(dossier.costs).toMatchObject({ scheme: 'NL_SCALE', base: '450.00', alreadyClaimed: false });
    expect(dossier.creditor).toMatchObject({ registry: { scheme: 'KVK', id: '12345678' }, settlementIban: 'NL02ABNA0123456789' });
    expect(dossier.debtor).toMatchObject({ address: { city: 'Proefstad' }, segmentBasis: 'REGISTRY' });
    expect(dossier.reminders.map(({ type, channel }) => [type, channel])).toEqual([
      ['FRIENDLY', 'EMAIL'],
      ['FRIENDLY', 'EMAIL'],
      ['DEMAND', 'EMAIL'],
    ]);
    const files = dossier.attachments.filter(({ kind }) => kind === 'REMINDER').map(({ sha256 }) => sha256);
    expect(files.sort()).toEqual(dossier.reminders.map(({ documentSha256 }) => documentSha256 ?? '').sort());
    expect(dossier.reminders[0]).toMatchObject({ addressUsed: expect.stringContaining('@proef.example'), amountAsked: '450.00' });
    expect(dossier.log.entries.at(-1)).toMatchObject({ kind: 'handed-over', body: { principal: '450.00' } });
    // What is said inside the house stays there; its hash does not.
    expect(dossier.log.entries.filter(({ kind }) => kind === 'act-decided').every(({ body }) => body === undefined)).toBe(true);
  });

  it('cannot be changed by a byte, or lose an entry, unnoticed', () => {
    const bytes = Buffer.from(exported);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const changed = Buffer.from(bytes);
        changed.writeUInt8((changed.readUInt8(at) ^ flip) & 0xff, at);
        expect(checkDossier(changed, dossierSchemaCheckOnce, digests).findings).not.toEqual([]);
      }),
      { numRuns: 300 },
    );
    const dossier = JSON.parse(exported) as DossierDocument;
    for (const at of dossier.log.entries.keys()) {
      const without = { ...dossier, log: { ...dossier.log, entries: dossier.log.entries.toSpliced(at, 1) } };
      expect(check(unwrap(dossierText(without as DossierDocument)))).toContain('log-entry-missing');
    }
  });

  it('keeps its invoices from our own dunning, and tells the package which agency has them', async () => {
    const entries = await company.rows<{ kind: string; body: object }>(
      "SELECT kind, body FROM dossier_entry WHERE administration_id = $1 AND kind = 'handed-over'",
    );
    expect(entries).toEqual([{ kind: 'handed-over', body: expect.objectContaining({ mode: 'live', agency: 'Incasso Proef' }) }]);
    const fact = dossierFact('handed-over', entries[0]?.body as never, 'EUR');
    const about = { debtorId: company.debtorId, on: PROPOSED, invoiceIds: [company.idOf('F-1')], fact };
    expect(pushesOf(about, [], 'en')).toEqual([
      {
        kind: 'handover',
        about: { item: company.idOf('F-1') },
        on: PROPOSED,
        text: expect.stringMatching(/^Handed to Incasso Proef, file [0-9A-F]{8}, 16-11-2026\.$/),
      },
    ]);
    const plan = await company.done<{ acts: unknown[]; skipped: { reason: string }[] }>('GET', '/plan');
    expect(plan.acts).toEqual([]);
    expect(new Set(plan.skipped.map(({ reason }) => reason))).toEqual(new Set(['handed-over']));
    await company.goTo(plainDate('2026-12-01'));
    const mails = house.mailbox.mails.length;
    await company.runDay(plainDate('2026-12-01'));
    expect(house.mailbox.mails).toHaveLength(mails);
  });

  it('is nobody’s but this company’s', async () => {
    const [{ id }] = await company.done<[{ id: string }]>('GET', '/handovers');
    const other = await house.company();
    await other.hire();
    for (const path of [`/handovers/${id}`, `/handovers/${id}/dossier`]) {
      expect(await other.call('GET', path)).toMatchObject({ status: 404, body: { code: 'unknown-case' } });
      expect(await other.callOf(company, 'GET', path)).toMatchObject({ status: 404, body: { code: 'unknown-administration' } });
    }
    for (const [path, body] of [
      ['withdraw', { reason: 'x' }],
      ['hold', { reason: 'x' }],
      ['corrections/approve', { principal: '1.00' }],
    ] as const) {
      expect(await other.call('POST', `/handovers/${id}/${path}`, body)).toMatchObject({ status: 404, body: { code: 'unknown-case' } });
    }
    const invoiceIds = [company.idOf('F-1')];
    expect(await other.call('POST', '/handovers/approve', { invoiceIds, principal: '300.00' })).toMatchObject({ status: 404 });
    // Its own claim does not go to somebody else's agency.
    await other.invoice('F-9', 80_00);
    const theirs = { invoiceIds: [other.idOf('F-9')], agencyId: company.agencyId };
    const preview = await other.done<{ agency: unknown; agencies: unknown[] }>('POST', '/handovers/readiness', theirs);
    expect(preview.agency).toBeNull();
    expect(JSON.stringify(preview)).not.toContain(company.agencyId);
  });

  it('is corrected by a new version of the whole dossier, for the amount that is open then', async () => {
    const [{ id }] = await company.done<[{ id: string }]>('GET', '/handovers');
    await company.bank('F-2', 50_00, plainDate('2026-11-30'));
    const corrections = `/handovers/${id}/corrections/approve`;
    expect(await company.call('POST', corrections, { principal: '450.00' })).toMatchObject({
      status: 409,
      body: { code: 'approval-other-amount' },
    });
    expect(await company.done('POST', corrections, { principal: '400.00' })).toMatchObject({ version: 2, open: '400.00' });
    await company.deliver();
    const told = (await company.told()).at(-1);
    expect(told).toMatchObject({ type: 'updated', data: { version: 2, totals: { principal: '400.00' }, payments: [{ amount: '50.00' }] } });
    const second = await company.call('GET', `/handovers/${id}/dossier`);
    expect(check(second.text)).toEqual([]);
    expect((await company.call('GET', `/handovers/${id}/dossier?version=1`)).text).toBe(exported);
    // It is in the new version: it is not told once more as a payment.
    await company.runDay(plainDate('2026-12-01'));
    await company.deliver();
    expect((await company.told()).map(({ type }) => type)).toEqual(['updated']);
  });

  it('is taken back: the agency is told, the invoices are ours again, and a person decides', async () => {
    const [{ id }] = await company.done<[{ id: string }]>('GET', '/handovers');
    await company.done('POST', `/handovers/${id}/hold`, { reason: 'talks with the debtor' });
    house.clock.advance(1_000);
    expect(await company.call('POST', `/handovers/${id}/release`, { reason: 'x' })).toMatchObject({
      status: 409,
      body: { code: 'still-running' },
    });
    await company.done('POST', `/handovers/${id}/withdraw`, { reason: 'agreed with the debtor' });
    expect(await company.call('POST', `/handovers/${id}/withdraw`, { reason: 'again' })).toMatchObject({
      status: 409,
      body: { code: 'case-ended' },
    });
    await company.deliver();
    expect((await company.told()).slice(-2)).toMatchObject([
      { type: 'hold_requested', data: { reason: 'talks with the debtor' } },
      { type: 'withdrawn', data: { reason: 'agreed with the debtor' } },
    ]);
    const one = await company.done<{ state: string; openTasks: { kind: string }[]; awaitsDecision: boolean }>('GET', `/handovers/${id}`);
    expect(one).toMatchObject({ state: 'WITHDRAWN', awaitsDecision: false });
    expect(one.openTasks.map(({ kind }) => kind)).toContain('decide-after-return');
    expect(await company.rows('SELECT handed_over_on FROM invoice WHERE administration_id = $1')).toEqual([
      { handed_over_on: null },
      { handed_over_on: null },
    ]);
  });

  it('that was taken back does not go out again with costs an agency has collected already', async () => {
    const invoiceIds = [company.idOf('F-1')];
    const codesNow = async (): Promise<string[]> => {
      const { reasons } = await company.done<{ reasons: { code: string }[] }>('POST', '/handovers/readiness', { invoiceIds });
      return reasons.map(({ code }) => code);
    };
    expect(await codesNow()).not.toContain('collected-before');
    const [{ id }] = await company.done<[{ id: string }]>('GET', '/handovers');
    await company.rows(
      `INSERT INTO handover_settlement (administration_id, agency_id, settlement_id, received_at, currency, remitted, expected, findings, state, content_sha256)
       SELECT $1, agency_id, 'S-1', now(), 'EUR', 1000, 1000, '[]', 'parked', repeat('0', 64) FROM handover_case WHERE administration_id = $1 AND id = $2`,
      [id],
    );
    await company.rows(
      `INSERT INTO handover_settlement_line (administration_id, agency_id, settlement_id, line_no, case_id, invoice_number, received_on,
                                             gross, principal, interest, costs, court_costs, commission, vat_on_commission, net)
       SELECT $1, agency_id, 'S-1', 1, id, 'F-1', handed_over_on, 1000, 0, 0, 1000, 0, 0, 0, 1000 FROM handover_case WHERE administration_id = $1 AND id = $2`,
      [id],
    );
    expect(await codesNow()).toContain('collected-before');
  });
});

describe('a case that was taken back', () => {
  const TUESDAY = plainDate('2026-11-17');
  const other = { debtorId: 'ander', dueDate: plainDate('2026-11-06'), issueDate: plainDate('2026-10-07') };
  let company: DunnedCompany;
  beforeEach(async () => {
    company = await house.proposed();
    const { id } = (await company.approve()).body;
    await company.done('POST', `/handovers/${id}/withdraw`, { reason: 'agreed with the debtor' });
    await company.within((manager) =>
      manager.insert(DebtorEntity, debtorRow({ administrationId: company.id, id: 'ander', emails: ['ander@proef.example'] }) as never),
    );
    await company.invoice('F-3', 80_00, other);
  });
  const on = async (day: typeof TUESDAY): Promise<void> => {
    await company.goTo(day);
    await company.runDay(day);
  };
  const begun = async (): Promise<string[]> =>
    (await company.acts()).filter(({ day }) => day > PROPOSED).map(({ debtorId, step, state }) => `${debtorId} ${step} ${state}`);
  const skipped = async (): Promise<Set<string>> => {
    const plan = await company.done<{ skipped: { debtorId: string; reason: string }[] }>('GET', '/plan');
    return new Set(plan.skipped.filter(({ debtorId }) => debtorId === company.debtorId).map(({ reason }) => reason));
  };

  it('stops nobody’s day, and its debtor is left alone until a person decided', async () => {
    await on(TUESDAY);
    expect(await begun()).toEqual(['ander friendly-reminder done']);
    expect(await skipped()).toEqual(new Set(['hold']));
    expect(await company.rows("SELECT 1 FROM effect WHERE administration_id = $1 AND kind = 'mail' AND act_id IS NULL")).toEqual([]);
    const tasks = await company.done<{ id: string; kind: string; dueOn: string }[]>('GET', '/handover-tasks');
    const task = tasks.find(({ kind }) => kind === 'decide-after-return');
    expect(task?.dueOn).toBe('2026-11-21');
    await company.done('POST', `/handover-tasks/${task?.id}/done`, { note: 'another agency' });
    await on(plainDate('2026-11-18'));
    expect(await begun()).toContain(`${company.debtorId} propose-handover awaiting-approval`);
    const holds = "SELECT kind FROM dossier_entry WHERE administration_id = $1 AND kind LIKE 'hold-%' ORDER BY sequence";
    expect(await company.rows(holds)).toEqual([{ kind: 'hold-set' }, { kind: 'hold-ended' }]);
  });

  it('is proposed again when nobody decided in time', async () => {
    await on(plainDate('2026-11-20'));
    expect(await skipped()).toEqual(new Set(['hold']));
    await on(plainDate('2026-11-23'));
    expect(await begun()).toContain(`${company.debtorId} propose-handover awaiting-approval`);
  });

  it('holds no debtor who owes nothing of it any more', async () => {
    const paid = await house.proposed();
    const { id } = (await paid.approve()).body;
    await paid.rows('UPDATE invoice SET package_open = 0 WHERE administration_id = $1');
    await paid.done('POST', `/handovers/${id}/withdraw`, { reason: 'paid' });
    expect(await paid.rows('SELECT 1 FROM debtor_hold WHERE administration_id = $1')).toEqual([]);
  });
});

describe('what stands in the way', () => {
  it.each([
    ['the administration is in shadow mode', { mode: 'shadow' as const }, 'not-live', undefined],
    ['the books are stale', { pulledAt: new Date('2026-11-01T08:00:00Z') }, 'not-ready', 'stale-pull'],
  ])('%s', async (_, change, code, reason) => {
    const company = await shared();
    await company.within((manager) => manager.update(AdministrationEntity, { id: company.id }, change));
    const { status, body } = await company.approve();
    expect({ status, code: body.code }).toEqual({ status: 409, code });
    if (reason !== undefined) expect(codes(body)).toContain(reason);
    await company.within((manager) =>
      manager.update(AdministrationEntity, { id: company.id }, { mode: 'live', pulledAt: house.clock.now() }),
    );
  });

  const broken = async (sql: string, back: string): Promise<string[]> => {
    const company = await shared();
    await company.rows(sql, [company.debtorId]);
    const { status, body } = await company.approve();
    await company.rows(back, [company.debtorId]);
    expect({ status, code: body.code }).toEqual({ status: 409, code: 'not-ready' });
    return codes(body);
  };

  it.each([
    [
      'debtor-not-identified',
      'UPDATE debtor SET registry_id = NULL WHERE administration_id = $1 AND id = $2',
      "UPDATE debtor SET registry_id = '87654321' WHERE administration_id = $1 AND id = $2",
    ],
    [
      'invoice-copy-missing',
      "UPDATE debtor_document SET removed_at = now() WHERE administration_id = $1 AND debtor_id = $2 AND kind = 'INVOICE'",
      'UPDATE debtor_document SET removed_at = NULL WHERE administration_id = $1 AND debtor_id = $2',
    ],
    [
      'agency-not-configured',
      "UPDATE agency SET state = 'disabled' WHERE administration_id = $1 AND $2::text <> ''",
      "UPDATE agency SET state = 'active' WHERE administration_id = $1 AND $2::text <> ''",
    ],
    [
      'not-due',
      "UPDATE invoice SET due_date = '2026-12-24' WHERE administration_id = $1 AND debtor_id = $2",
      "UPDATE invoice SET due_date = '2026-10-12' WHERE administration_id = $1 AND debtor_id = $2",
    ],
    [
      'collecting',
      'UPDATE invoice SET collecting = true WHERE administration_id = $1 AND debtor_id = $2',
      'UPDATE invoice SET collecting = false WHERE administration_id = $1 AND debtor_id = $2',
    ],
    [
      'disputed',
      "UPDATE invoice SET package_dispute = 'B2 Prijs' WHERE administration_id = $1 AND debtor_id = $2",
      'UPDATE invoice SET package_dispute = NULL WHERE administration_id = $1 AND debtor_id = $2',
    ],
    [
      'paused-in-package',
      'UPDATE invoice SET paused = true, paused_since = now() WHERE administration_id = $1 AND debtor_id = $2',
      'UPDATE invoice SET paused = false, paused_since = NULL WHERE administration_id = $1 AND debtor_id = $2',
    ],
    [
      'insolvency',
      `UPDATE debtor SET holds = '[{"kind":"insolvency","from":"2026-11-01","until":null}]' WHERE administration_id = $1 AND id = $2`,
      "UPDATE debtor SET holds = '[]' WHERE administration_id = $1 AND id = $2",
    ],
  ])('%s', async (reason, sql, back) => {
    expect(await broken(sql, back)).toContain(reason);
  });

  it('a dispute, a promise, an insured claim nobody asked the insurer about, and money that is on no item', async () => {
    const company = await shared();
    const { id: disputeId } = await company.done<{ id: string }>('POST', '/disputes', { invoiceId: company.idOf('F-1'), code: 'PRICE' });
    await company.done('PUT', '/handover-settings', { insured: true, minimum: '1000.00' });
    await company.done('POST', '/promises', { invoiceIds: [company.idOf('F-2')], dueDate: '2026-11-20' });
    const { body } = await company.approve();
    expect(codes(body)).toEqual(expect.arrayContaining(['disputed', 'promise', 'insurer-not-consulted', 'below-minimum']));
    await company.done('PUT', '/handover-settings', {});
    await company.done('POST', `/disputes/${disputeId}/resolve`, { outcome: 'REJECTED' });
    expect(await company.rows('SELECT 1 FROM handover_case WHERE administration_id = $1')).toEqual([]);
  });

  it('books that cannot be told as receipts: nothing is handed over, and the reason is said', async () => {
    const company = await shared();
    await company.rows('UPDATE promise SET withdrawn_on = made_on WHERE administration_id = $1');
    // The package says less is open than what it says was paid: 100.00 are gone that nothing stands for.
    await company.rows('UPDATE invoice SET package_open = package_open - 10000 WHERE administration_id = $1 AND number = $2', ['F-1']);
    const answer = await company.approve({ principal: '350.00' });
    expect(answer).toMatchObject({ status: 409, body: { code: 'does-not-add-up' } });
    expect(await company.rows('SELECT 1 FROM handover_case WHERE administration_id = $1')).toEqual([]);
    expect(await company.rows("SELECT 1 FROM effect WHERE administration_id = $1 AND kind = 'webhook'")).toEqual([]);
    expect(await company.rows('SELECT 1 FROM invoice WHERE administration_id = $1 AND handed_over_on IS NOT NULL')).toEqual([]);
    expect((await company.proposal()).state).toBe('awaiting-approval');
    await company.rows('UPDATE invoice SET package_open = amount WHERE administration_id = $1');
  });

  it('a demand that nobody can show: notice-missing', async () => {
    const company = await shared();
    const turn = (from: string, to: string) =>
      house.superuser(company.id, `UPDATE contact SET kind = '${to}' WHERE kind = '${from}' AND step = 'final-notice'`);
    await turn('demand', 'statement');
    expect(codes((await company.approve()).body)).toContain('notice-missing');
    await turn('statement', 'demand');
  });

  it('a dossier that was changed in the database', async () => {
    const company = await shared();
    await company.within((manager) => new DossierLog(manager, company.id).link(company.debtorId));
    await house.superuser(company.id, `UPDATE dossier_entry SET body = body || '{"step":"other"}' WHERE kind = 'mail-sent'`);
    expect(await company.approve()).toMatchObject({ status: 409, body: { code: 'log-broken' } });
    await house.superuser(company.id, `UPDATE dossier_entry SET body = body || '{"step":"friendly-reminder"}' WHERE kind = 'mail-sent'`);
  });

  /** One company for all of these: nothing of it is ever handed over. */
  let waiting: DunnedCompany | null = null;
  async function shared(): Promise<DunnedCompany> {
    waiting ??= await house.proposed();
    return waiting;
  }
});
