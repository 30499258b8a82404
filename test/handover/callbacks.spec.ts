import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AdministrationEntity } from '../../src/ledger/administration.entity.js';
import { InvoiceEntity } from '../../src/ledger/receivables.entity.js';
import type { TaskView } from '../../src/handover/callbacks/tasks.service.js';
import { PushPlan } from '../../src/writeback/push-plan.service.js';
import { AgencyHouse, type Company } from './support/agency-house.js';

/** What agencies tell, over real sockets, signed by the library of Standard Webhooks (agency-handover.md §10, §13.1, §13.7). */

const house = new AgencyHouse();
let company: Company;

beforeAll(() => house.start());
afterAll(() => house.stop());
beforeEach(async () => {
  house.reset();
  company = await house.company();
});

const data = (given: object = {}) => ({ caseId: company.caseId, ...given });
const tasks = async (of = company) => (await house.call<TaskView[]>(of, 'GET', '/handover-tasks')).body;
const kinds = async () => (await tasks()).map(({ kind }) => kind).sort();
const entries = (kind: string) =>
  house.rows<{ body: Record<string, unknown> }>(
    company,
    `SELECT body FROM dossier_entry WHERE administration_id = $1 AND kind = '${kind}' ORDER BY sequence`,
  );
const notices = () =>
  house.rows<{ payload: { news: { text: string }[] }; not_before: Date }>(
    company,
    `SELECT payload, not_before FROM effect WHERE administration_id = $1 AND kind = 'notice' ORDER BY created_at`,
  );
const events = () => house.rows<{ outcome: string }>(company, 'SELECT outcome FROM handover_event WHERE administration_id = $1');
const after = (steps: number): string => new Date(house.clock.now().getTime() + steps * 1_000).toISOString();
/** News of the n-th second. */
const told = async (type: string, sequence: number, given: object = {}) => {
  house.clock.advance(1_000);
  return house.callback(company, type, data({ sequence, ...given }));
};

describe('a callback', () => {
  it('is taken in once, and known when it comes again', async () => {
    const message = [company, 'received', data({ sequence: 1 }), { id: 'msg_1' }] as const;
    expect(await house.callback(...message)).toMatchObject({ status: 202, body: { status: 'accepted', outcome: 'applied' } });
    expect(await house.callback(...message)).toMatchObject({ status: 200, body: { status: 'duplicate' } });
    // A month later, signed anew: the store of ids outlives every retry.
    house.clock.advance(45 * 86_400_000);
    const again = { id: 'msg_1', timestamp: '2026-11-23T08:15:30.000Z' };
    expect(await house.callback(company, 'received', data({ sequence: 1 }), again)).toMatchObject({ status: 200 });
    expect(await house.case(company)).toMatchObject({ state: 'RECEIVED', stateAs: { sequence: 1 } });
    expect(await events()).toHaveLength(1);
    expect(await entries('agency-told')).toHaveLength(1);
  });

  it('is taken in once, though it comes ten times at once', async () => {
    const all = await Promise.all(
      Array.from({ length: 10 }, () => house.callback(company, 'dispute_raised', data({ code: 'PRICE', text: 'No.' }), { id: 'msg_x' })),
    );
    expect(all.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 200, 200, 200, 200, 202]);
    expect(await kinds()).toEqual(['answer-dispute']);
    expect((await notices()).flatMap(({ payload }) => payload.news)).toHaveLength(1);
  });

  it('that says something else under the same id is refused', async () => {
    await house.callback(company, 'received', data({ sequence: 1 }), { id: 'msg_2' });
    const other = await house.callback(company, 'received', data({ sequence: 2 }), { id: 'msg_2' });
    expect(other).toMatchObject({ status: 409, body: { code: 'id-used' } });
  });

  it.each([
    [-301, 401],
    [-299, 202],
    [299, 202],
    [301, 401],
  ])('signed %i seconds from now: %i', async (seconds, status) => {
    const at = new Date(house.clock.now().getTime() + seconds * 1000);
    expect(await house.callback(company, 'received', data(), { at })).toMatchObject({ status });
  });

  it('is refused without a detail, whatever is wrong with who sent it', async () => {
    const other = await house.company('Another');
    const body = Buffer.from(JSON.stringify({ type: 'agency.case.received', timestamp: after(0), data: data() }));
    const own = house.signature(company.secret, body);
    const strangers: [string, Record<string, string>][] = [
      [company.agencyId, {}],
      [company.agencyId, house.signature(other.secret, body)],
      [company.agencyId, { ...own, 'webhook-signature': 'v1,AAAA' }],
      [company.agencyId, { ...own, 'webhook-id': `${own['webhook-id']}x` }],
      [company.agencyId, { ...own, 'webhook-timestamp': 'now' }],
      [company.agencyId, { ...own, 'webhook-signature': (own['webhook-signature'] ?? '').replace('v1,', 'v2,') }],
      [other.agencyId, own],
      [randomUUID(), own],
      ['nobody', own],
    ];
    const answers = new Set<string>();
    for (const [agencyId, headers] of strangers) {
      const { status, text } = await house.send(
        'POST',
        `/callbacks/agencies/${agencyId}`,
        { 'content-type': 'application/json', ...headers },
        body,
      );
      answers.add(`${status} ${text}`);
    }
    expect([...answers]).toEqual([expect.stringMatching(/^401 .*"signature-refused"/)]);
    expect(await events()).toHaveLength(0);
    // One entry of an unknown version beside ours does not harm.
    const more = { ...own, 'webhook-signature': `v9,AAAA ${own['webhook-signature']}` };
    expect(
      await house.send('POST', `/callbacks/agencies/${company.agencyId}`, { 'content-type': 'application/json', ...more }, body),
    ).toMatchObject({
      status: 202,
    });
  });

  it('is refused when any byte of it was changed on its way', async () => {
    const body = Buffer.from(
      JSON.stringify({ type: 'agency.case.received', timestamp: after(0), data: data({ agencyReference: 'Café 😀' }) }),
    );
    const headers = { 'content-type': 'application/json', ...house.signature(company.secret, body) };
    const places = fc.tuple(fc.nat(body.length - 1), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(places, async ([at, flip]) => {
        const forged = Buffer.from(body);
        forged[at] = (forged[at] ?? 0) ^ flip;
        const { status } = await house.send('POST', `/callbacks/agencies/${company.agencyId}`, headers, forged);
        expect([401, 429]).toContain(status);
      }),
      { numRuns: 40 },
    );
    expect(await events()).toHaveLength(0);
    // Whoever signs rightly is not kept out by that.
    expect(await house.send('POST', `/callbacks/agencies/${company.agencyId}`, headers, body)).toMatchObject({ status: 202 });
    expect(await house.case(company)).toMatchObject({ agencyReference: 'Café 😀' });
  });

  it('in bursts with a wrong signature raises the alarm once', async () => {
    const statuses: number[] = [];
    for (let time = 0; time < 30; time++) {
      statuses.push((await house.raw(company.agencyId, `whsec_${Buffer.alloc(32).toString('base64')}`, Buffer.from('{}'))).status);
    }
    expect(statuses.slice(0, 20).every((status) => status === 401)).toBe(true);
    expect(statuses.slice(20).every((status) => status === 429)).toBe(true);
    expect((await notices()).flatMap(({ payload }) => payload.news.map(({ text }) => text))).toEqual([
      'Agency of Café Zuiderzee: many messages come with a wrong signature. The agency uses an old key, or somebody passes for it.',
    ]);
  });

  it('that is too large, or no JSON, is refused before anything else', async () => {
    const large = Buffer.alloc(256 * 1024 + 1, 32);
    expect(await house.raw(company.agencyId, company.secret, large)).toMatchObject({ status: 413 });
    expect(await house.raw(company.agencyId, company.secret, Buffer.alloc(1_200_000, 32))).toMatchObject({ status: 413 });
    for (const type of ['text/plain', 'application/xml', 'application/jsonp', 'multipart/form-data; boundary=x']) {
      expect([type, (await house.raw(company.agencyId, company.secret, Buffer.from('{}'), { type })).status]).toEqual([type, 415]);
    }
    const charset = Buffer.from(JSON.stringify({ type: 'agency.case.received', timestamp: after(0), data: data() }));
    expect(await house.raw(company.agencyId, company.secret, charset, { type: 'application/json; charset=utf-8' })).toMatchObject({
      status: 202,
    });
  });

  it.each<[string, object | string, string]>([
    ['no JSON', '{', ''],
    ['a list', '[]', ''],
    ['nothing', '', ''],
    ['an unknown type', { type: 'agency.case.sold', data: {} }, 'type'],
    ['no case', { type: 'agency.case.received', data: {} }, 'data.caseId'],
    ['accepted without its file number', { type: 'agency.case.accepted', data: { caseId: randomUUID() } }, 'data.agencyReference'],
    ['closed without saying why', { type: 'agency.case.closed', data: { caseId: randomUUID() } }, 'data.closeCode'],
    ['closed for a reason of its own', { type: 'agency.case.closed', data: { caseId: randomUUID(), closeCode: 'BORED' } }, 'data.closeCode'],
    ['a status without a word', { type: 'agency.case.status_changed', data: { caseId: randomUUID() } }, 'data.to'],
    [
      'a payment in euros and a half cent',
      { type: 'agency.case.payment_registered', data: { caseId: randomUUID(), amount: '1,00', currency: 'EUR', receivedOn: '2026-11-31' } },
      'data.amount',
    ],
    ['news of next year', { type: 'agency.case.received', data: { caseId: randomUUID(), occurredAt: '2027-11-23T08:15:30Z' } }, 'data.occurredAt'],
    ['a line without a net', { type: 'agency.case.settlement_issued', data: { caseId: randomUUID(), settlement: { settlementId: 's-1', currency: 'EUR', remitted: '1.00', lines: [{ lineNo: 1 }] } } }, 'data.settlement.lines.0.net'],
  ])('with %s is told what and where', async (_what, body, field) => {
    const text = typeof body === 'string' ? body : JSON.stringify({ timestamp: '2026-11-23T08:15:30Z', ...body });
    const answer = await house.raw<{ code: string; errors: { field: string }[] }>(company.agencyId, company.secret, Buffer.from(text));
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-callback' } });
    expect(answer.body.errors.map((each) => each.field)).toContain(field);
  }); // prettier-ignore

  it('that is hostile JSON is refused or kept as text, and never a fault', async () => {
    const nested = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
    const deep = `{"type":"agency.case.received","timestamp":"2026-11-23T08:15:30Z","data":{"caseId":"${company.caseId}","x":${nested}}}`;
    expect(await house.raw(company.agencyId, company.secret, Buffer.from(deep))).toMatchObject({ status: 400 });
    // The library signs texts; these bytes are none.
    const bytes = Buffer.from([0x7b, 0xff, 0x7d]);
    const key = Buffer.from(company.secret.slice('whsec_'.length), 'base64');
    const seconds = String(Math.floor(house.clock.now().getTime() / 1000));
    const signature = createHmac('sha256', key).update(`msg_b.${seconds}.`).update(bytes).digest('base64');
    const headers = { 'webhook-id': 'msg_b', 'webhook-timestamp': seconds, 'webhook-signature': `v1,${signature}` };
    expect(await house.raw(company.agencyId, company.secret, bytes, { headers })).toMatchObject({ status: 400 });
    const text = '<script>alert(1)</script>\\u0000\\u202e\\ud800 https://evil.example/x\\r\\nBcc: all@example';
    const odd = `{"type":"agency.case.info_required","timestamp":"2026-11-23T08:15:30Z","data":{"caseId":"${company.caseId}","question":"${text}","__proto__":{"to":"CLOSED"},"constructor":{"x":1}}}`;
    expect(await house.raw(company.agencyId, company.secret, Buffer.from(odd))).toMatchObject({ status: 202 });
    const [task] = await tasks();
    expect(task?.text).toBe('Agency of Café Zuiderzee asks: <script>alert(1)</script> \ufffd https://evil.example/x Bcc: all@example');
    expect((await house.case(company)).state).toBe('INFO_REQUIRED');
  });

  it('tolerates what it does not know, and applies nothing it has no say in', async () => {
    const known = await house.case(company);
    const given = {
      creditor: { name: 'Mallory' },
      principal: '1.00',
      claims: [],
      bankAccount: 'NL02ABNA0123456789',
      colour: 'blue',
      sequence: 1,
    };
    expect(await house.callback(company, 'received', data(given))).toMatchObject({ status: 202 });
    const now = await house.case(company);
    expect({ ...now, state: '', stateAs: null }).toEqual({ ...known, state: '', stateAs: null });
    expect((await entries('agency-told'))[0]?.body).toMatchObject({ ignored: ['bankAccount', 'claims', 'creditor', 'principal'] });
    expect(await tasks()).toEqual([]);
  });

  it('with another account for the money makes a task and changes nothing', async () => {
    for (const place of [{ settlementIban: 'NL91 ABNA 0417 1643 00' }, { creditor: { iban: 'nl91abna0417164300' } }]) {
      expect(await house.callback(company, 'received', data(place))).toMatchObject({ status: 202 });
    }
    const waiting = await tasks();
    expect(waiting.map(({ kind }) => kind)).toEqual(['check-iban']);
    expect(waiting[0]?.text).toContain('…4300');
    expect(waiting[0]?.text).not.toContain('NL91');
    const [administration] = await house.rows<{ sender: { iban: string } }>(company, 'SELECT sender FROM administration WHERE id = $1');
    expect(administration?.sender.iban).toBe('NL02ABNA0123456789');
  });
});

describe('a case', () => {
  it('is unknown when it is another agency’s, another administration’s, or nobody’s: the same answer', async () => {
    const other = await house.company('Another');
    // A second agency of the same creditor.
    const beside = await house.agency(company, 'Beside');
    const texts = new Set<string>();
    for (const caseId of [other.caseId, company.caseId, randomUUID()]) {
      const { status, text } = await house.callback(beside, 'received', { caseId });
      texts.add(`${status} ${text}`);
    }
    expect([...texts]).toEqual([expect.stringMatching(/^404 .*"unknown-case"/)]);
    for (const each of [other, company]) expect((await house.case(each)).state).toBe('SUBMITTED');
    const dossier = `/agencies/${beside.agencyId}/cases/${company.caseId}/dossier`;
    expect(await house.fetch(beside, dossier)).toMatchObject({ status: 404 });
    expect(await house.fetch(beside, `/agencies/${company.agencyId}/events`)).toMatchObject({ status: 401 });
  });

  it('goes the way its agency says, with a file number, to its end', async () => {
    const given = { agencyReference: '2026-104477' };
    await told('received', 1);
    await told('accepted', 2, given);
    expect(await house.case(company)).toMatchObject({ state: 'ACCEPTED', ...given });
    await told('status_changed', 3, { from: 'ACCEPTED', to: 'AMICABLE', rawStatus: 'Aanmaning verzonden' });
    const arrangement = { instalments: 4, amount: '530.00', currency: 'EUR', first: '2026-12-15', interval: 'P1M' };
    await told('arrangement_agreed', 4, { arrangement });
    expect(await house.case(company)).toMatchObject({ state: 'ARRANGEMENT', ...given });
    expect((await entries('agency-told')).at(-1)?.body).toMatchObject({ state: 'ARRANGEMENT', plan: { ...arrangement } });
    await told('payment_registered', 5, { amount: '530.00', currency: 'EUR', receivedOn: '2026-12-15' });
    await told('closed', 6, { closeCode: 'PAID_FULL' });
    expect(await house.case(company)).toMatchObject({ state: 'CLOSED', closeCode: 'PAID_FULL', endedOn: '2026-11-23' });
    expect(await kinds()).toEqual(['decide-rest', 'expect-settlement']);
    expect(await entries('handover-ended')).toHaveLength(1);
    // What is still open stays protected until a person decides.
    const invoices = await house.house.tenancy.within(company.administrationId, (manager) =>
      manager.findBy(InvoiceEntity, { administrationId: company.administrationId }),
    );
    expect(invoices.every(({ handedOverOn }) => handedOverOn === '2026-11-23')).toBe(true);
  });

  it('does not go backwards, nor on after its end, and opens again in so many words', async () => {
    await told('status_changed', 3, { to: 'AMICABLE' });
    expect(await told('received', 4)).toMatchObject({ status: 409, body: { code: 'impossible' } });
    expect(await told('rejected', 5, { reason: 'Too late' })).toMatchObject({ status: 409 });
    await told('closed', 6, { closeCode: 'UNECONOMICAL' });
    expect(await told('status_changed', 7, { to: 'AMICABLE' })).toMatchObject({ status: 409 });
    expect(await told('dispute_raised', 8, { code: 'PRICE', text: 'No' })).toMatchObject({ status: 409 });
    expect(await events()).toHaveLength(2);
    expect(await told('reopened', 9, { to: 'AMICABLE' })).toMatchObject({ status: 202, body: { outcome: 'applied' } });
    expect(await house.case(company)).toMatchObject({ state: 'AMICABLE', endedOn: null, closeCode: null });
  });

  it('ends up the same in whatever order and however often its news come', async () => {
    const story: [string, object][] = [
      ['received', {}],
      ['accepted', { agencyReference: 'A-1' }],
      ['status_changed', { to: 'AMICABLE', agencyReference: 'A-2' }],
      ['dispute_raised', { code: 'PRICE', text: 'The price is wrong' }],
      ['status_changed', { to: 'LEGAL_ADVICE' }],
      ['closed', { closeCode: 'DISPUTE_NO_LEGAL' }],
    ];
    const messages = story.map(([type, given], at) => ({ type, given: { ...given, sequence: at + 1 }, id: `msg_${at}` }));
    const order = fc.shuffledSubarray([...messages, ...messages], { minLength: messages.length * 2 });
    await fc.assert(
      fc.asyncProperty(order, async (shuffled) => {
        company = await house.company();
        for (const { type, given, id } of shuffled) {
          const timestamp = '2026-11-23T08:15:30.000Z';
          expect([200, 202]).toContain((await house.callback(company, type, data(given), { id, timestamp })).status);
        }
        expect(await house.case(company)).toMatchObject({ state: 'CLOSED', closeCode: 'DISPUTE_NO_LEGAL', agencyReference: 'A-2' });
        expect(await kinds()).toEqual(['answer-dispute', 'decide-rest']);
        expect(await events()).toHaveLength(6);
        expect([...(await entries('agency-told')), ...(await entries('handover-ended'))]).toHaveLength(6);
      }),
      { numRuns: 8 },
    );
  });

  it('that is rejected gives its invoices back, with a task', async () => {
    expect(await told('rejected', 1, { reason: 'No contract', reasonCode: 'DOCS' })).toMatchObject({ status: 202 });
    expect(await house.case(company)).toMatchObject({ state: 'REJECTED' });
    const rows = await house.rows<{ released_on: unknown; handed_over_on: unknown }>(
      company,
      `SELECT item.released_on, invoice.handed_over_on FROM handover_item item
         JOIN invoice ON invoice.administration_id = $1 AND invoice.id = item.invoice_id WHERE item.administration_id = $1`,
    );
    expect(rows).toHaveLength(3);
    expect(rows.every(({ released_on: back, handed_over_on: over }) => back !== null && over === null)).toBe(true);
    const [task] = await tasks();
    expect(task).toMatchObject({ kind: 'take-back', text: expect.stringContaining('No contract') });
    // Nobody is dunned before somebody has decided.
    const holds = () =>
      house.rows<{ reason: string; over: boolean }>(
        company,
        'SELECT reason, ended_on IS NOT NULL AS over FROM debtor_hold WHERE administration_id = $1',
      );
    expect(await holds()).toEqual([{ reason: 'RETURNED', over: false }]);
    await house.call(company, 'POST', `/handover-tasks/${task?.id}/done`, {});
    expect(await holds()).toEqual([{ reason: 'RETURNED', over: true }]);
    // It is ours again: only a new handover brings it back to an agency.
    expect(await told('reopened', 2)).toMatchObject({ status: 409 });
  });

  it('that we have withdrawn stays so: the agency confirms it, and what crossed is late', async () => {
    await house.rows(
      company,
      `UPDATE handover_case SET state = 'WITHDRAWN', state_as = NULL, ended_on = '2026-11-24' WHERE administration_id = $1`,
    );
    house.clock.advance(2 * 86_400_000);
    expect(await told('status_changed', 3, { to: 'AMICABLE', occurredAt: '2026-11-24T10:00:00Z' })).toMatchObject({
      body: { outcome: 'late' },
    });
    expect(await told('status_changed', 4, { to: 'LEGAL', occurredAt: '2026-11-25T08:00:00Z' })).toMatchObject({ status: 409 });
    expect(await told('closed', 5, { closeCode: 'WITHDRAWN_BY_CREDITOR' })).toMatchObject({ status: 202, body: { outcome: 'kept' } });
    expect(await told('reopened', 6)).toMatchObject({ status: 409 });
    expect((await house.case(company)).state).toBe('WITHDRAWN');
  });

  it('with a word nobody has mapped is not guessed about', async () => {
    await house.setVocabulary(company, 'dutch');
    expect(await told('status_changed', 1, { to: 'AMICABLE', rawStatus: 'Betalingsregeling' })).toMatchObject({
      body: { outcome: 'applied' },
    });
    expect((await house.case(company)).state).toBe('ARRANGEMENT');
    expect(await told('status_changed', 2, { rawStatus: 'Bijna klaar' })).toMatchObject({ status: 202, body: { outcome: 'unmapped' } });
    expect((await house.case(company)).state).toBe('ARRANGEMENT');
    expect((await tasks())[0]).toMatchObject({ kind: 'map-status', text: expect.stringContaining('"Bijna klaar"') });
    await house.setVocabulary(company, 'canonical');
    // Closed, and not why; withdrawn, which is ours to say.
    expect(await told('status_changed', 3, { to: 'CLOSED' })).toMatchObject({ body: { outcome: 'unmapped' } });
    expect(await told('status_changed', 4, { to: 'WITHDRAWN' })).toMatchObject({ body: { outcome: 'unmapped' } });
    expect((await house.case(company)).state).toBe('ARRANGEMENT');
  });

  it('in another currency than its own is not believed', async () => {
    const payment = { amount: '10.00', currency: 'USD', receivedOn: '2026-11-20' };
    expect(await told('payment_registered', 1, payment)).toMatchObject({ status: 400, body: { detail: expect.stringContaining('EUR') } });
    const arrangement = { schedule: [{ dueDate: '2026-12-01', amount: '0.00' }], currency: 'EUR' };
    expect(await told('arrangement_agreed', 2, { arrangement })).toMatchObject({ status: 400 });
  });
});

describe('the work news make', () => {
  it('is answered to the agency: a dispute, and legal action only when a person approves it', async () => {
    await told('status_changed', 1, { to: 'AMICABLE' });
    await told('dispute_raised', 2, { code: 'QUALITY_DAMAGE', text: 'Broken on arrival', deadline: '2026-12-04' });
    await told('legal_proposed', 3, { action: 'Summons', cost: '350.00', currency: 'EUR', deadline: '2026-12-10' });
    const [dispute, legal] = await tasks();
    expect(dispute).toMatchObject({ kind: 'answer-dispute', dueOn: '2026-12-04', answered: true, text: expect.stringContaining('QUALITY_DAMAGE') });
    expect(legal).toMatchObject({ kind: 'approve-legal', dueOn: '2026-12-10', text: expect.stringContaining('EUR 350.00') });
    expect(await house.call(company, 'POST', `/handover-tasks/${dispute?.id}/approve`, {})).toMatchObject({ status: 409 });
    expect(await house.call(company, 'POST', `/handovers/${company.caseId}/answers`, { taskId: dispute?.id, answer: 'Photos were sent.' })).toMatchObject({ status: 204 });
    expect(await house.call(company, 'POST', `/handover-tasks/${legal?.id}/approve`, { note: 'Go on' })).toMatchObject({ status: 204 });
    expect(await house.call(company, 'POST', `/handover-tasks/${legal?.id}/approve`, {})).toMatchObject({ status: 409, body: { code: 'task-done' } });
    const sent = await house.rows<{ body: string }>(
      company,
      `SELECT payload ->> 'body' AS body FROM effect WHERE administration_id = $1 AND kind = 'webhook' ORDER BY (payload ->> 'number')::int`,
    );
    expect(sent.map(({ body }) => JSON.parse(body) as object)).toMatchObject([
      { type: 'collection.case.question_answered', data: { caseId: company.caseId, answer: 'Photos were sent.' } },
      { type: 'collection.case.question_answered', data: { task: legal?.id, approved: true } },
    ]);
    expect((await entries('handover-forwarded')).map(({ body }) => body)).toMatchObject([
      { case: company.caseId, event: 'collection.case.question_answered', task: dispute?.id },
      { case: company.caseId, event: 'collection.case.question_answered', task: legal?.id, approved: true },
    ]);
  }); // prettier-ignore

  it('of a case that ended gets no answer: the agency hears nothing more, and the task waits', async () => {
    await told('status_changed', 1, { to: 'AMICABLE' });
    await told('legal_proposed', 2, { action: 'Summons', cost: '350.00', currency: 'EUR', deadline: '2026-12-10' });
    await told('info_required', 3, { question: 'Which order?' });
    await house.rows(company, "UPDATE handover_case SET state = 'WITHDRAWN', ended_on = '2026-11-18' WHERE administration_id = $1");
    const ended = { status: 409, body: { code: 'case-ended' } };
    const waiting = await tasks();
    const of = (kind: string) => waiting.find((task) => task.kind === kind)?.id;
    expect(await house.call(company, 'POST', `/handover-tasks/${of('approve-legal')}/approve`, {})).toMatchObject(ended);
    const answer = { taskId: of('answer-question'), answer: 'Order 12.' };
    expect(await house.call(company, 'POST', `/handovers/${company.caseId}/answers`, answer)).toMatchObject(ended);
    expect(await house.rows(company, "SELECT 1 FROM effect WHERE administration_id = $1 AND kind = 'webhook'")).toEqual([]);
    expect(await entries('handover-forwarded')).toEqual([]);
    expect(await tasks()).toHaveLength(2);
  });

  it('is told to whoever runs the administration in one mail, and trifles are not', async () => {
    await told('received', 1);
    expect(await notices()).toEqual([]);
    await told('accepted', 2, { agencyReference: 'A-1' });
    await told('info_required', 3, { question: 'Which order?' });
    await told('status_changed', 4, { to: 'AMICABLE' });
    await told('status_changed', 2, { to: 'ACCEPTED' });
    const [mail, ...more] = await notices();
    expect(more).toEqual([]);
    expect(mail?.payload.news.map(({ text }) => text)).toEqual([
      'Agency of Café Zuiderzee: accepted',
      'Agency of Café Zuiderzee asks: Which order?',
      'Agency of Café Zuiderzee: amicable collection',
    ]);
    // What comes after it has gone begins the next.
    house.clock.advance(16 * 60_000);
    await told('payment_registered', 5, { amount: '10.00', currency: 'EUR', receivedOn: '2026-11-23' });
    expect((await notices())[1]?.payload.news.map(({ text }) => text)).toEqual([
      'Agency of Café Zuiderzee: payment of EUR 10.00 received on 2026-11-23',
    ]);
  });

  it('leaves a short note in the package about each invoice, none for trifles and what is late', async () => {
    await told('received', 1);
    await told('accepted', 3, { agencyReference: 'A-1' });
    await told('status_changed', 2, { to: 'RECEIVED' });
    await told('payment_registered', 4, { amount: '10.00', currency: 'EUR', receivedOn: '2026-11-23' });
    await told('closed', 5, { closeCode: 'UNCOLLECTIBLE_NO_MEANS', text: 'He is a bad man' });
    const capabilities = Object.fromEntries(['note', 'handover-status'].map((kind) => [kind, 'native']));
    await house.house.service.app.get(PushPlan, { strict: false }).run(company.administrationId, capabilities as never);
    const pushes = await house.rows<{ payload: { kind: string; text: string; about: { item: string } } }>(
      company,
      `SELECT payload FROM effect WHERE administration_id = $1 AND kind = 'push'`,
    );
    const texts = pushes.map(({ payload }) => payload.text);
    expect([...new Set(texts)].sort()).toEqual([
      'Agency of Café Zuiderzee (A-1): accepted.',
      'Agency of Café Zuiderzee (A-1): closed.',
      'Agency of Café Zuiderzee (A-1): payment of EUR 10.00 received on 23-11-2026.',
    ]);
    expect(pushes).toHaveLength(9);
    expect(new Set(pushes.map(({ payload }) => payload.about.item))).toEqual(new Set(company.invoiceIds));
    expect(pushes.every(({ payload }) => payload.kind === 'handover-status')).toBe(true);
  });

  it('is in the language of the administration', async () => {
    await house.house.tenancy.within(company.administrationId, (manager) =>
      manager.update(AdministrationEntity, { id: company.administrationId }, { language: 'fr' }),
    );
    await told('info_required', 1, { question: 'Quelle commande ?' });
    expect((await tasks())[0]?.text).toBe('Agency of Café Zuiderzee demande : Quelle commande ?');
  });
});

describe('the secret of callbacks', () => {
  it('is not the one we sign with, is shown once, and the old one is good for a week', async () => {
    const old = company;
    const { body } = await house.call<{ secret: string }>(company, 'POST', `/agencies/${company.agencyId}/callback-key`, {});
    const fresh = { ...company, secret: body.secret };
    expect(body.secret).toMatch(/^whsec_/);
    expect((await house.call(company, 'GET', `/agencies/${company.agencyId}/terms`)).text).not.toContain(body.secret);
    const [row] = await house.rows<{ callback_keys: Buffer }>(company, 'SELECT callback_keys FROM agency WHERE administration_id = $1');
    expect(row?.callback_keys.toString('utf8')).not.toContain(body.secret.slice(6, 20));
    for (const each of [old, fresh]) expect(await house.callback(each, 'received', data())).toMatchObject({ status: 202 });
    house.clock.advance(7 * 86_400_000 + 1_000);
    expect(await house.callback(old, 'received', data())).toMatchObject({ status: 401 });
    expect(await house.callback(fresh, 'received', data())).toMatchObject({ status: 202 });
    const leaked = await house.call<{ secret: string }>(company, 'POST', `/agencies/${company.agencyId}/callback-key`, { atOnce: true });
    expect(await house.callback(fresh, 'received', data())).toMatchObject({ status: 401 });
    expect(await house.callback({ ...company, secret: leaked.body.secret }, 'received', data())).toMatchObject({ status: 202 });
    // The outgoing one opens nothing here.
    const outgoing = await house.call<{ secret: string }>(company, 'POST', `/agencies/${company.agencyId}/key`, {});
    expect(await house.callback({ ...company, secret: outgoing.body.secret }, 'received', data())).toMatchObject({ status: 401 });
  });

  it('is refused where an address for news is not one that is called', async () => {
    const terms = { vocabulary: 'dutch', statusUrl: 'http://169.254.169.254/' };
    expect(await house.call(company, 'PUT', `/agencies/${company.agencyId}/terms`, terms)).toMatchObject({ status: 422, body: { code: 'not-https' } });
    expect(await house.call(company, 'PUT', `/agencies/${company.agencyId}/terms`, { vocabulary: 'klingon' })).toMatchObject({ status: 400 });
    expect(await house.call(company, 'PUT', `/agencies/${randomUUID()}/terms`, { vocabulary: 'dutch' })).toMatchObject({ status: 404 });
    expect(await house.call(company, 'PUT', `/agencies/${company.agencyId}/terms`, { vocabulary: 'dutch' })).toMatchObject({ status: 200, body: { vocabulary: 'dutch' } });
  }); // prettier-ignore
});
