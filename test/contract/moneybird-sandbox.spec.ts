import { afterEach, describe, expect, it } from '@jest/globals';
import { isRf } from '../../src/kernel/identifiers/payment-reference.js';
import { ManualClock } from '../../src/kernel/clock.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { addPayment } from '../../src/sandbox/moneybird/payments.js';
import { isWrite } from '../../src/sandbox/moneybird/faults.js';
import { MoneybirdSandbox } from '../../src/sandbox/moneybird/moneybird-sandbox.js';
import { MONEYBIRD_LIMITS } from '../../src/sandbox/moneybird/rules/rate-window.js';
import { PROFILE, type Json, type SandboxFixture, items, startSandbox } from './support/moneybird-client.js';

let fixture: SandboxFixture;
afterEach(() => fixture.sandbox.stop());

const LINE = { description: 'Levering', price: '250', amount: '4 x' };

/** A contact and a sent invoice of 1210.00 with fourteen days, both made over the API. */
async function openInvoice({ inside }: SandboxFixture, contact: object = {}): Promise<{ readonly id: string; readonly body: Json }> {
  const made = await inside('POST', '/contacts.json', {
    contact: { company_name: 'Bakkerij Vlierdonk', send_invoices_to_email: 'facturen@vlierdonk.example', ...contact },
  });
  const draft = await inside('POST', '/sales_invoices.json', {
    sales_invoice: { contact_id: made.body['id'], details_attributes: [LINE] },
  });
  const sent = await inside('PATCH', `/sales_invoices/${draft.body['id']}/send_invoice.json`, {
    sales_invoice_sending: { delivery_method: 'Manual' },
  });
  expect([made.status, draft.status, sent.status]).toEqual([201, 201, 200]);
  return { id: String(sent.body['id']), body: sent.body };
}

const at = (day: string): Date => new Date(`${day}T10:00:00.000Z`);
const actions = (invoice: Json): unknown[] => items(invoice['events'] as Json).map((event) => event['action']);

describe('records', () => {
  it('have ids of 18 digits, versions of whole seconds, minimal decimals and RF references with right check digits', async () => {
    fixture = await startSandbox('2026-09-01');
    fixture.clock.set(new Date('2026-09-01T10:00:00.999Z'));
    const { body } = await openInvoice(fixture);
    for (const key of ['id', 'contact_id', 'administration_id', 'workflow_id']) expect(body[key]).toMatch(/^\d{18}$/);
    // 1 September 2026, 10:00:00 UTC is 1788256800 seconds after 1970; the milliseconds fall away.
    expect(body['version']).toBe(1_788_256_800);
    expect([body['total_price_excl_tax'], body['total_price_incl_tax'], body['total_paid']]).toEqual(['1000.0', '1210.0', '0.0']);
    const [long, short] = [String(body['payment_reference']), String(body['short_payment_reference'])];
    expect([long.length, short.length, isRf(long), isRf(short)]).toEqual([25, 12, true, true]);
    expect(long.replace('0000000000000', '')).toBe(short);
    expect([body['invoice_id'], body['due_date'], body['next_reminder']]).toEqual(['2026-0001', '2026-09-15', '2026-09-15']);
  });

  it('never share the id of an administration, however many are made in one moment', () => {
    const sandbox = new MoneybirdSandbox({ clock: new ManualClock(at('2026-01-05')), seed: '27692686' });
    const made = Array.from({ length: 200 }, () => sandbox.addAdministration({ profile: PROFILE }).id);
    expect(new Set(made).size).toBe(200);
    expect(sandbox.state.administrations()).toHaveLength(200);
  });

  it('are served with and without .json, as XML not at all, and with the wrong verb neither', async () => {
    fixture = await startSandbox('2026-09-01');
    const { id } = await openInvoice(fixture);
    expect((await fixture.inside('GET', `/sales_invoices/${id}`)).body).toEqual(
      (await fixture.inside('GET', `/sales_invoices/${id}.json`)).body,
    );
    expect((await fixture.inside('GET', `/sales_invoices/${id}.xml`)).status).toBe(406);
    expect((await fixture.inside('PUT', `/sales_invoices/${id}.json`)).status).toBe(405);
    expect((await fixture.inside('GET', '/nonsense.json')).status).toBe(404);
  });
});

describe('the life of an invoice', () => {
  it('goes draft, open, late the day after the due date, reminded, late after the interval', async () => {
    fixture = await startSandbox('2026-09-01');
    const { inside, clock } = fixture;
    const { id, body } = await openInvoice(fixture);
    const state = async (): Promise<unknown> => (await inside('GET', `/sales_invoices/${id}.json`)).body['state'];
    clock.set(at('2026-09-15'));
    expect(await state()).toBe('open');
    clock.set(at('2026-09-16'));
    expect(await state()).toBe('late');
    const reminder = {
      contact_id: body['contact_id'],
      workflow_id: body['workflow_id'],
      document_style_id: body['document_style_id'],
      identity_id: body['identity_id'],
      sales_invoice_ids: [id],
      delivery_method: 'Manual',
    };
    const sent = await inside('POST', '/sales_invoices/send_reminders.json', { sales_invoice_reminders: [reminder] });
    expect([sent.status, sent.body]).toEqual([200, 200]);
    const after = (await inside('GET', `/sales_invoices/${id}.json`)).body;
    // The first reminder step of the default workflow gives ten days.
    expect([after['state'], after['reminder_count'], after['next_reminder']]).toEqual(['reminded', 1, '2026-09-26']);
    clock.set(at('2026-09-27'));
    expect(await state()).toBe('late');
    expect(actions((await inside('GET', `/sales_invoices/${id}.json`)).body)).toEqual([
      'sales_invoice_created',
      'sales_invoice_state_changed_to_open',
      'sales_invoice_send_manually',
      'sales_invoice_state_changed_to_late',
      'sales_invoice_state_changed_to_reminded',
      'sales_invoice_send_reminder_manually',
      'sales_invoice_state_changed_to_late',
    ]);
  });

  it('becomes late with the version of that night, whenever it is asked', async () => {
    fixture = await startSandbox('2026-09-01');
    const { id } = await openInvoice(fixture);
    fixture.clock.set(at('2026-11-01'));
    const [entry] = items((await fixture.inside('GET', '/sales_invoices/synchronization.json')).body);
    expect([entry?.['id'], entry?.['version']]).toEqual([id, Date.parse('2026-09-16T00:05:00Z') / 1000]);
  });

  it('refuses to remind what is not due, and what belongs to another group', async () => {
    fixture = await startSandbox('2026-09-01');
    const { id, body } = await openInvoice(fixture);
    const group = {
      contact_id: body['contact_id'],
      workflow_id: body['workflow_id'],
      document_style_id: body['document_style_id'],
      identity_id: body['identity_id'],
      sales_invoice_ids: [id],
    };
    const send = (one: object) => fixture.inside('POST', '/sales_invoices/send_reminders.json', { sales_invoice_reminders: [one] });
    expect((await send(group)).status).toBe(422);
    fixture.clock.set(at('2026-09-20'));
    const other = fixture.books.workflows.find(({ id: workflow }) => workflow !== String(body['workflow_id']));
    expect((await send({ ...group, workflow_id: other?.id })).status).toBe(422);
    expect((await send({ ...group, delivery_method: 'Post' })).status).toBe(400);
    expect((await send({ ...group, identity_id: undefined })).body['error']).toBe('Identity Id is required');
    expect((await send(group)).status).toBe(200);
  });

  it('is paused and resumed once each, in the words of the vendor', async () => {
    fixture = await startSandbox('2026-09-01');
    const { id } = await openInvoice(fixture);
    const paused = await fixture.inside('POST', `/sales_invoices/${id}/pause.json`, {});
    expect([paused.status, paused.body['paused'], paused.body['next_reminder']]).toEqual([201, true, '2099-01-01']);
    const again = await fixture.inside('POST', `/sales_invoices/${id}/pause.json`, {});
    expect([again.status, again.body['error']]).toEqual([400, 'The sales_invoice is already paused']);
    const resumed = await fixture.inside('POST', `/sales_invoices/${id}/resume.json`, {});
    expect([resumed.status, resumed.body['paused'], resumed.body['next_reminder']]).toEqual([201, false, '2026-09-15']);
    const twice = await fixture.inside('POST', `/sales_invoices/${id}/resume.json`, {});
    expect([twice.status, twice.body['error']]).toEqual([400, "The sales_invoice isn't paused"]);
  });

  it('is reminded by the package itself when the workflow says so, unless paused', async () => {
    fixture = await startSandbox('2026-09-01', {}, { nativeReminders: true });
    const ours = await openInvoice(fixture);
    const theirs = await openInvoice(fixture);
    await fixture.inside('POST', `/sales_invoices/${ours.id}/pause.json`, {});
    fixture.clock.set(at('2026-09-16'));
    const [mine, other] = [ours, theirs].map(({ id }) => fixture.sandbox.state.administration(fixture.books.id).invoice(id));
    expect([mine?.reminderCount, mine?.state]).toEqual([0, 'late']);
    expect([other?.reminderCount, other?.state, other?.nextReminder]).toEqual([1, 'reminded', '2026-09-26']);
    // Reminders go out on 16 and 27 September and on 3 October (10, 5 and 5 days); then the workflow has no more.
    fixture.clock.set(at('2026-12-01'));
    expect(fixture.sandbox.state.administration(fixture.books.id).invoice(theirs.id)?.reminderCount).toBe(3);
  });

  it('is planned and goes out on its day', async () => {
    fixture = await startSandbox('2026-09-01');
    const { inside, clock } = fixture;
    const { body } = await openInvoice(fixture);
    const draft = await inside('POST', '/sales_invoices.json', {
      sales_invoice: { contact_id: body['contact_id'], details_attributes: [LINE] },
    });
    const planned = await inside('PATCH', `/sales_invoices/${draft.body['id']}/send_invoice.json`, {
      sales_invoice_sending: { delivery_method: 'Email', sending_scheduled: true, invoice_date: '2026-09-10' },
    });
    expect([planned.body['state'], planned.body['invoice_id'], planned.body['payment_reference']]).toEqual(['scheduled', null, null]);
    clock.set(at('2026-09-10'));
    const sent = (await inside('GET', `/sales_invoices/${draft.body['id']}.json`)).body;
    expect([sent['state'], sent['invoice_id'], sent['due_date']]).toEqual(['open', '2026-0002', '2026-09-24']);
  });
});

describe('payments', () => {
  it('move totals, state and paid_at, and back when deleted', async () => {
    fixture = await startSandbox('2026-09-20');
    const { inside } = fixture;
    const { id } = await openInvoice(fixture);
    const path = `/sales_invoices/${id}`;
    const pay = (price: unknown, payment_date: string) => inside('POST', `${path}/payments.json`, { payment: { price, payment_date } });
    await pay('210,00', '2026-09-10');
    const part = (await inside('GET', path)).body;
    expect([part['state'], part['total_paid'], part['total_unpaid'], part['paid_at']]).toEqual(['open', '210.0', '1000.0', null]);
    const rest = await pay(1000, '2026-09-12');
    expect([rest.status, rest.body['price'], rest.body['invoice_id']]).toEqual([201, '1000.0', id]);
    const paid = (await inside('GET', path)).body;
    expect([paid['state'], paid['total_unpaid'], paid['paid_at']]).toEqual(['paid', '0.0', '2026-09-12']);
    fixture.clock.set(at('2026-10-20'));
    expect((await inside('DELETE', `${path}/payments/${rest.body['id']}.json`)).status).toBe(204);
    const reverted = (await inside('GET', path)).body;
    expect([reverted['state'], reverted['total_unpaid'], reverted['paid_at']]).toEqual(['late', '1000.0', null]);
  });

  it('are not taken twice by the package for what the client says twice', async () => {
    fixture = await startSandbox('2026-09-20');
    const { id } = await openInvoice(fixture);
    const payment = { payment: { price: '1210', payment_date: '2026-09-20', transaction_identifier: 'SAME' } };
    await fixture.inside('POST', `/sales_invoices/${id}/payments.json`, payment);
    expect((await fixture.inside('POST', `/sales_invoices/${id}/payments.json`, payment)).status).toBe(201);
    expect((await fixture.inside('GET', `/sales_invoices/${id}.json`)).body['total_unpaid']).toBe('-1210.0');
  });

  it('refuse drafts, missing fields and a locked period', async () => {
    fixture = await startSandbox('2026-09-20');
    const { inside, books } = fixture;
    const { id, body } = await openInvoice(fixture);
    const empty = await inside('POST', `/sales_invoices/${id}/payments.json`, { payment: {} });
    expect(empty.status).toBe(422);
    expect(empty.body).toEqual({
      error: { payment_date: ["can't be blank", 'is not a valid date'], price: ["can't be blank", 'is not a number'] },
      details: {
        payment_date: [{ error: 'blank' }, { error: 'is not a valid date' }],
        price: [{ error: 'blank' }, { error: 'not_a_number', value: null }],
      },
    });
    const draft = await inside('POST', '/sales_invoices.json', {
      sales_invoice: { contact_id: body['contact_id'], details_attributes: [LINE] },
    });
    const payment = { payment: { price: '1', payment_date: '2026-06-30' } };
    expect((await inside('POST', `/sales_invoices/${draft.body['id']}/payments.json`, payment)).status).toBe(400);
    books.switches.periodLockedUntil = plainDate('2026-06-30');
    expect((await inside('POST', `/sales_invoices/${id}/payments.json`, payment)).status).toBe(422);
    expect((await inside('GET', `/sales_invoices/${id}.json`)).body['total_paid']).toBe('0.0');
  });

  it('of a credit invoice settle both without cash', async () => {
    fixture = await startSandbox('2026-09-20');
    const { inside } = fixture;
    const { id } = await openInvoice(fixture);
    const credit = (await inside('PATCH', `/sales_invoices/${id}/duplicate_creditinvoice.json`, {})).body;
    expect([credit['state'], credit['total_price_incl_tax'], credit['original_sales_invoice_id']]).toEqual(['draft', '-1210.0', id]);
    await inside('PATCH', `/sales_invoices/${credit['id']}/send_invoice.json`, { sales_invoice_sending: { delivery_method: 'Manual' } });
    const settled = (await inside('PATCH', `/sales_invoices/${credit['id']}/register_payment_creditinvoice.json`, {})).body;
    const original = (await inside('GET', `/sales_invoices/${id}.json`)).body;
    expect([settled['state'], settled['total_unpaid'], original['state'], original['total_unpaid']]).toEqual([
      'paid',
      '0.0',
      'paid',
      '0.0',
    ]);
    expect([original['payments']?.[0]?.['credit_invoice_id'], original['payments']?.[0]?.['financial_mutation_id']]).toEqual([
      credit['id'],
      null,
    ]);
  });
});

describe('bank mutations', () => {
  it('are linked flat, in parts, and unlinked with a body', async () => {
    fixture = await startSandbox('2026-09-20');
    const { inside, books } = fixture;
    const { id } = await openInvoice(fixture);
    const statement = await inside('POST', '/financial_statements.json', {
      financial_statement: {
        reference: 'S1',
        financial_account_id: books.financialAccounts[0]?.id,
        financial_mutations_attributes: [{ date: '2026-09-20', amount: '1300', message: 'Factuur' }],
      },
    });
    const path = `/financial_mutations/${statement.body['financial_mutations']?.[0]?.['id']}`;
    const link = (body: object) => inside('PATCH', `${path}/link_booking.json`, body);
    expect((await link({ booking_type: 'SalesInvoice', booking_id: id })).body['error']).toBe("Price can't be nil");
    books.switches.periodLockedUntil = plainDate('2026-09-30');
    expect((await link({ booking_type: 'SalesInvoice', booking_id: id, price_base: '1210.0' })).status).toBe(422);
    books.switches.periodLockedUntil = null;
    expect((await link({ booking_type: 'SalesInvoice', booking_id: id, price_base: '1210.0' })).body).toBe(200);
    const open = (await inside('GET', `${path}.json`)).body;
    expect([open['amount_open'], open['state']]).toEqual(['90.0', 'unprocessed']);
    const costs = books.ledgerAccounts.find(({ name }) => name === 'Algemene kosten');
    await link({ booking_type: 'LedgerAccount', booking_id: costs?.id, price_base: '90.0' });
    const done = (await inside('GET', `${path}.json`)).body;
    expect([done['amount_open'], done['state']]).toEqual(['0.0', 'processed']);
    expect((await inside('GET', `/sales_invoices/${id}.json`)).body['state']).toBe('paid');
    const wrong = await inside('DELETE', `${path}/unlink_booking.json`, { booking_type: 'Payment', booking_id: id });
    expect([wrong.status, wrong.body['symbolic']]).toEqual([404, { booking_id: 'not_found' }]);
    await inside('DELETE', `${path}/unlink_booking.json`, { booking_type: 'Payment', booking_id: done['payments']?.[0]?.['id'] });
    expect((await inside('GET', `/sales_invoices/${id}.json`)).body['state']).toBe('open');
    const unlinked = (await inside('GET', `${path}.json`)).body;
    expect([unlinked['amount_open'], unlinked['state'], unlinked['payments']]).toEqual(['1210.0', 'unprocessed', []]);
  });
});

describe('lists and synchronization', () => {
  it('page with Link headers and refuse pages out of range', async () => {
    fixture = await startSandbox('2026-09-01');
    const { inside, url, books } = fixture;
    for (let made = 0; made < 5; made++) await inside('POST', '/contacts.json', { contact: { company_name: `Firma ${made}` } });
    const base = `${url}/api/v2/${books.id}/contacts.json`;
    const first = await inside('GET', '/contacts.json?per_page=2');
    expect(items(first.body).map((contact) => contact['company_name'])).toEqual(['Firma 4', 'Firma 3']);
    expect(first.headers.get('link')).toBe(`<${base}?per_page=2&page=2>; rel="next"`);
    const second = await inside('GET', '/contacts.json?per_page=2&page=2');
    expect(second.headers.get('link')).toBe(`<${base}?per_page=2&page=3>; rel="next", <${base}?per_page=2&page=1>; rel="prev"`);
    const last = await inside('GET', '/contacts.json?per_page=2&page=3');
    expect(last.headers.get('link')).toBe(`<${base}?per_page=2&page=2>; rel="prev"`);
    expect((await inside('GET', '/contacts.json?per_page=101')).body).toEqual({ error: 'per_page does not have a valid value' });
    expect((await inside('GET', '/contacts.json?page=0')).body).toEqual({ error: 'page does not have a valid value' });
  });

  it('give invoices of this year only, unless a filter says otherwise; the synchronization gives all', async () => {
    fixture = await startSandbox('2025-12-01');
    const { inside, clock } = fixture;
    const old = await openInvoice(fixture);
    clock.set(at('2026-01-15'));
    const young = await openInvoice(fixture);
    const numbers = async (path: string): Promise<unknown[]> => items((await inside('GET', path)).body).map((invoice) => invoice['id']);
    expect(await numbers('/sales_invoices.json')).toEqual([young.id]);
    expect(await numbers('/sales_invoices.json?filter=state:late|open')).toEqual([young.id, old.id]);
    expect(await numbers('/sales_invoices.json?filter=period:prev_year,state:all')).toEqual([old.id]);
    expect(await numbers('/sales_invoices.json?filter=state:late,nonsense:1')).toEqual([old.id]);
    expect(await numbers('/sales_invoices/synchronization.json')).toEqual([young.id, old.id]);
    const refused = await inside('GET', '/sales_invoices.json?filter=state:lost');
    expect([refused.status, refused.body]).toEqual([400, { error: 'Status is not included in the list', symbolic: { filter: 'invalid' } }]);
    const openEnded = await inside('GET', '/sales_invoices.json?filter=period:20250101..');
    expect(openEnded.body).toEqual({ error: 'Period must have both a start and end date' });
  });

  it('cut at a hundred ids, newest first, and say nothing of the rest', async () => {
    fixture = await startSandbox('2026-09-01');
    const ids: string[] = [];
    for (let made = 0; made < 103; made++) {
      fixture.clock.advance(1_000);
      const contact = await fixture.inside('POST', '/contacts.json', { contact: { company_name: `Firma ${made}` } });
      ids.push(String(contact.body['id']));
    }
    const got = await fixture.inside('POST', '/contacts/synchronization.json', { ids: [...ids, '1'] });
    expect(items(got.body).map((contact) => contact['id'])).toEqual(ids.slice(0, 100).reverse());
    const list = items((await fixture.inside('GET', '/contacts/synchronization.json')).body);
    expect(list).toHaveLength(103);
    expect((await fixture.inside('POST', '/contacts/synchronization.json', {})).body).toEqual({
      error: 'Ids is required',
      symbolic: { ids: 'required' },
    });
  });

  it('hide archived contacts unless asked', async () => {
    fixture = await startSandbox('2026-09-01');
    const { inside } = fixture;
    const { body } = await inside('POST', '/contacts.json', { contact: { company_name: 'Weg' } });
    expect((await inside('PATCH', `/contacts/${body['id']}/archive.json`, {})).status).toBe(204);
    expect((await inside('PATCH', `/contacts/${body['id']}/archive.json`, {})).body['symbolic']).toEqual({ id: 'can_not_be_archived' });
    expect(items((await inside('GET', '/contacts/synchronization.json')).body)).toEqual([]);
    expect(items((await inside('GET', '/contacts/synchronization.json?filter=archived:true')).body)).toEqual([]);
    expect(items((await inside('GET', '/contacts/synchronization.json?include_archived=true')).body)).toHaveLength(1);
  });
});

describe('notes', () => {
  it('are posted, read on their parent and deleted; they move no version unless the administration is set so', async () => {
    fixture = await startSandbox('2026-09-01');
    const { inside, clock, books } = fixture;
    const { id, body } = await openInvoice(fixture);
    clock.set(at('2026-09-02'));
    const note = await inside('POST', `/sales_invoices/${id}/notes.json`, { note: { note: 'Gebeld [cc:7F3K2]' } });
    const after = (await inside('GET', `/sales_invoices/${id}.json`)).body;
    expect([items(after['notes'] as Json).map((one) => one['note']), after['version']]).toEqual([['Gebeld [cc:7F3K2]'], body['version']]);
    expect((await inside('GET', `/sales_invoices/${id}/notes.json`)).status).toBe(405);
    books.switches.notesTouchParent = true;
    expect((await inside('DELETE', `/sales_invoices/${id}/notes/${note.body['id']}.json`)).status).toBe(204);
    expect((await inside('DELETE', `/sales_invoices/${id}/notes/${note.body['id']}.json`)).status).toBe(404);
    const gone = (await inside('GET', `/sales_invoices/${id}.json`)).body;
    expect([items(gone['notes'] as Json), gone['version']]).toEqual([[], Number(body['version']) + 86_400]);
  });

  it('for an assignee are to-dos; blank ones are refused', async () => {
    fixture = await startSandbox('2026-09-01');
    const { id } = await openInvoice(fixture);
    const post = (note: object) => fixture.inside('POST', `/sales_invoices/${id}/notes.json`, { note });
    expect((await post({ note: 'Nabellen', assignee_id: fixture.books.users[1]?.id })).body['todo']).toBe(true);
    expect((await post({ note: 'Nabellen', assignee_id: '1' })).status).toBe(422);
    expect((await post({ note: '' })).body).toEqual({
      error: { note: ["can't be blank"], todo_type: ["can't be blank"] },
      details: { note: [{ error: 'blank' }], todo_type: [{ error: 'blank' }] },
    });
  });
});

describe('who may what', () => {
  it('tells a bad token from a missing right', async () => {
    fixture = await startSandbox('2026-09-01');
    const { call, books, sandbox } = fixture;
    const invalid = { error: 'token is invalid', symbolic: { request: 'invalid_grant' } };
    for (const token of [null, 'nonsense']) {
      const refused = await call('GET', '/administrations.json', undefined, token);
      expect([refused.status, refused.body]).toEqual([401, invalid]);
    }
    const bank = sandbox.tokens.issuePersonal({ scopes: ['bank'] });
    const refused = await call('GET', `/${books.id}/reports/debtors.json`, undefined, bank);
    expect([refused.status, refused.body]).toEqual([401, { error: 'No access to sales_invoices' }]);
    expect((await call('GET', `/${books.id}/contacts.json`, undefined, bank)).status).toBe(200);
    const note = await call('POST', `/${books.id}/sales_invoices/1/notes.json`, { note: { note: 'x' } }, bank);
    expect([note.status, note.body['symbolic']]).toEqual([400, { user: 'insufficient_permissions' }]);
    sandbox.tokens.revoke(bank);
    expect((await call('GET', `/${books.id}/contacts.json`, undefined, bank)).status).toBe(401);
  });

  it('keeps two administrations apart, also when one token opens both', async () => {
    fixture = await startSandbox('2026-09-01');
    const { call, books, sandbox } = fixture;
    const other = sandbox.addAdministration({ profile: { ...PROFILE, name: 'Andere B.V.' } });
    const { id } = await openInvoice(fixture);
    expect(items((await call('GET', '/administrations.json')).body).map((one) => one['name'])).toEqual([PROFILE.name, 'Andere B.V.']);
    expect((await call('GET', `/${other.id}/sales_invoices/${id}.json`)).status).toBe(404);
    const single = sandbox.tokens.issuePersonal({ administrations: [other.id] });
    expect(items((await call('GET', '/administrations.json', undefined, single)).body)).toHaveLength(1);
    expect((await call('GET', `/${books.id}/sales_invoices/${id}.json`, undefined, single)).status).toBe(404);
  });

  it('reads but does not write in a suspended administration, and stops at the limit of a plan', async () => {
    fixture = await startSandbox('2026-09-01');
    const { inside, books } = fixture;
    const { body } = await openInvoice(fixture);
    books.switches.suspended = true;
    expect((await inside('GET', '/sales_invoices/synchronization.json')).status).toBe(200);
    expect((await inside('POST', '/contacts.json', { contact: { company_name: 'X' } })).status).toBe(402);
    books.switches.suspended = false;
    books.switches.salesInvoicesPerMonth = 1;
    const limited = await inside('POST', '/sales_invoices.json', {
      sales_invoice: { contact_id: body['contact_id'], details_attributes: [LINE] },
    });
    expect([limited.status, limited.body['symbolic']]).toEqual([402, { administration: 'limit_reached' }]);
  });

  it('does not take a customer number or mandate of another contact, archived or not', async () => {
    fixture = await startSandbox('2026-09-01');
    const { inside } = fixture;
    const first = await inside('POST', '/contacts.json', { contact: { company_name: 'A', sepa_mandate_id: 'M1', customer_id: 'D-1' } });
    await inside('PATCH', `/contacts/${first.body['id']}/archive.json`, {});
    const second = await inside('POST', '/contacts.json', { contact: { company_name: 'B', customer_id: 'D-1' } });
    expect([second.status, second.body['error']]).toEqual([422, { customer_id: ['is already in use'] }]);
    const third = await inside('POST', '/contacts.json', { contact: { company_name: 'C', sepa_mandate_id: 'M1' } });
    expect(third.body['error']).toEqual({ sepa_mandate_id: ['is already in use'] });
  });
});

describe('OAuth', () => {
  const client = { id: 'app', secret: 'hush', redirectUris: ['http://127.0.0.1:9/back'] };
  const authorize = (query: Record<string, string>) =>
    fetch(`${fixture.url}/oauth/authorize?${new URLSearchParams(query).toString()}`, { redirect: 'manual' });
  const exchange = async (form: Record<string, string>): Promise<{ status: number; body: Json }> => {
    const fields = { client_id: client.id, client_secret: client.secret, ...form };
    const response = await fetch(`${fixture.url}/oauth/token`, { method: 'POST', body: new URLSearchParams(fields) });
    return { status: response.status, body: (await response.json()) as Json };
  };
  const ask = {
    client_id: client.id,
    redirect_uri: 'http://127.0.0.1:9/back',
    response_type: 'code',
    scope: 'sales_invoices bank',
    state: 's1',
  };

  it('gives a code once, a token without expiry, and leaves out what a refresh does not change', async () => {
    fixture = await startSandbox('2026-09-01');
    fixture.sandbox.tokens.registerClient(client);
    const sent = new URL((await authorize(ask)).headers.get('location') ?? '');
    expect([sent.origin + sent.pathname, sent.searchParams.get('state')]).toEqual([ask.redirect_uri, 's1']);
    const code = { grant_type: 'authorization_code', code: sent.searchParams.get('code') ?? '', redirect_uri: ask.redirect_uri };
    const granted = await exchange(code);
    expect(Object.keys(granted.body).sort()).toEqual(['access_token', 'created_at', 'refresh_token', 'scope', 'token_type']);
    expect([granted.body['token_type'], granted.body['scope']]).toEqual(['bearer', 'sales_invoices bank']);
    expect((await fixture.call('GET', '/administrations.json', undefined, String(granted.body['access_token']))).status).toBe(200);
    expect((await exchange(code)).body['error']).toBe('invalid_grant');
    const refreshed = await exchange({ grant_type: 'refresh_token', refresh_token: String(granted.body['refresh_token']) });
    expect(Object.keys(refreshed.body).sort()).toEqual(['access_token', 'created_at', 'token_type']);
    expect((await fixture.call('GET', '/administrations.json', undefined, String(granted.body['access_token']))).status).toBe(401);
  });

  it('can refuse a fresh token for two seconds, let tokens expire and rotate refresh tokens', async () => {
    fixture = await startSandbox('2026-09-01');
    const { tokens } = fixture.sandbox;
    tokens.registerClient(client);
    tokens.options = { freshTokenDelaySeconds: 2, expiresInSeconds: 3_600, rotateRefreshTokens: true };
    const sent = new URL((await authorize(ask)).headers.get('location') ?? '');
    const code = { grant_type: 'authorization_code', code: sent.searchParams.get('code') ?? '', redirect_uri: ask.redirect_uri };
    const { body } = await exchange(code);
    expect(body['expires_in']).toBe(3_600);
    const status = async (): Promise<number> =>
      (await fixture.call('GET', '/administrations.json', undefined, String(body['access_token']))).status;
    expect(await status()).toBe(401);
    fixture.clock.advance(2_000);
    expect(await status()).toBe(200);
    fixture.clock.advance(3_600_000);
    expect(await status()).toBe(401);
    const refresh = { grant_type: 'refresh_token', refresh_token: String(body['refresh_token']) };
    const refreshed = await exchange(refresh);
    expect([refreshed.status, typeof refreshed.body['refresh_token']]).toEqual([200, 'string']);
    expect((await exchange(refresh)).body['error']).toBe('invalid_grant');
  });

  it('sends nobody to an address that is not registered, and passes a denial on', async () => {
    fixture = await startSandbox('2026-09-01');
    fixture.sandbox.tokens.registerClient(client);
    expect((await authorize({ ...ask, redirect_uri: 'http://127.0.0.1:9/elsewhere' })).status).toBe(400);
    expect((await authorize({ ...ask, client_id: 'nobody' })).status).toBe(401);
    fixture.sandbox.tokens.consent = 'deny';
    expect(new URL((await authorize(ask)).headers.get('location') ?? '').searchParams.get('error')).toBe('access_denied');
    expect((await exchange({ grant_type: 'refresh_token', client_secret: 'wrong' })).status).toBe(401);
  });
});

describe('the rate limit', () => {
  it('is 150 in 300 seconds for all tenants of an address and 50 for reports, with the vendor odd headers', async () => {
    fixture = await startSandbox('2026-09-01', { limits: MONEYBIRD_LIMITS });
    const { call, inside, clock } = fixture;
    const now = clock.now().getTime() / 1_000;
    const first = await call('GET', '/administrations.json');
    expect(['limit', 'remaining', 'requestsremaining', 'reset'].map((name) => first.headers.get(`ratelimit-${name}`))).toEqual([
      '150',
      '300',
      '149',
      String(now + 300),
    ]);
    for (let sent = 1; sent < 150; sent++) await inside('GET', '/workflows.json');
    clock.advance(113_000);
    const refused = await call('GET', '/administrations.json', undefined, fixture.sandbox.tokens.issuePersonal());
    expect([refused.status, refused.body]).toEqual([429, 'Retry later']);
    expect(['ratelimit-remaining', 'ratelimit-requestsremaining', 'retry-after'].map((name) => refused.headers.get(name))).toEqual([
      '187',
      '0',
      String(now + 300),
    ]);
    expect((await inside('GET', '/reports/debtors.json')).headers.get('ratelimit-requestsremaining')).toBe('49');
    clock.advance(187_000);
    expect((await call('GET', '/administrations.json')).status).toBe(200);
  });
});

describe('faults', () => {
  const contact = { contact: { company_name: 'Firma' } };
  const made = (): number => fixture.books.contacts.size;

  it('can be planned for the next requests, in order and for some only', async () => {
    fixture = await startSandbox('2026-09-01');
    const { faults } = fixture.sandbox;
    faults.next('server-error');
    faults.next('unavailable', { times: 2, match: isWrite });
    const statuses: number[] = [];
    for (const method of ['GET', 'GET', 'POST', 'POST', 'POST']) {
      statuses.push((await fixture.inside(method, '/contacts.json', method === 'POST' ? contact : undefined)).status);
    }
    expect(statuses).toEqual([500, 200, 503, 503, 201]);
    expect(made()).toBe(1);
  });

  it('answer 429 with headers, or as a page of the proxy without', async () => {
    fixture = await startSandbox('2026-09-01');
    fixture.sandbox.faults.next('rate-limited');
    fixture.sandbox.faults.next('rate-limited-html');
    const limited = await fixture.inside('GET', '/contacts.json');
    const retryAt = fixture.clock.now().getTime() / 1_000 + 60;
    expect([limited.status, limited.body, limited.headers.get('retry-after')]).toEqual([429, 'Retry later', String(retryAt)]);
    expect([limited.headers.get('ratelimit-requestsremaining'), limited.headers.get('ratelimit-remaining')]).toEqual(['0', '60']);
    const page = await fixture.inside('GET', '/contacts.json');
    expect([page.status, page.headers.get('content-type'), page.headers.get('ratelimit-limit')]).toEqual([
      429,
      'text/html; charset=utf-8',
      null,
    ]);
  });

  it.each([
    ['drop', 0],
    ['drop-after', 1],
  ] as const)('%s closes the connection with %d write applied', async (kind, applied) => {
    fixture = await startSandbox('2026-09-01');
    fixture.sandbox.faults.next(kind);
    await expect(fixture.inside('POST', '/contacts.json', contact)).rejects.toThrow('fetch failed');
    expect(made()).toBe(applied);
    expect(fixture.sandbox.log.requests.at(-1)).toMatchObject({ status: 0, fault: kind });
  });

  it.each([
    ['hang', 0],
    ['hang-after', 1],
  ] as const)('%s never answers, with %d write applied, and does not keep the sandbox from stopping', async (kind, applied) => {
    fixture = await startSandbox('2026-09-01');
    fixture.sandbox.faults.next(kind);
    const request = fetch(`${fixture.url}/api/v2/${fixture.books.id}/contacts.json`, {
      method: 'POST',
      headers: { authorization: `Bearer ${fixture.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(contact),
      signal: AbortSignal.timeout(300),
    });
    await expect(request).rejects.toThrow(/timeout/i);
    expect(made()).toBe(applied);
  });

  it('slow answers late', async () => {
    fixture = await startSandbox('2026-09-01');
    fixture.sandbox.faults.next('slow', { delayMs: 120 });
    const started = performance.now();
    expect((await fixture.inside('GET', '/contacts.json')).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThanOrEqual(110);
  });
});

describe('files', () => {
  it('are uploaded without an id, found on the parent and fetched from another host within thirty seconds', async () => {
    fixture = await startSandbox('2026-09-01');
    const { inside, clock, sandbox, token } = fixture;
    const { id } = await openInvoice(fixture);
    const form = new FormData();
    form.set('file', new Blob(['%PDF brief'], { type: 'application/pdf' }), 'brief.pdf');
    const uploaded = await inside('POST', `/sales_invoices/${id}/attachments.json`, form);
    expect([uploaded.status, uploaded.body]).toEqual([200, 200]);
    const [attachment] = items((await inside('GET', `/sales_invoices/${id}.json`)).body['attachments'] as Json);
    expect(attachment).toMatchObject({ filename: 'brief.pdf', content_type: 'application/pdf', size: 10, attachable_id: id });
    const redirected = await inside('GET', `/sales_invoices/${id}/attachments/${attachment?.['id']}/download.json`);
    const location = redirected.headers.get('location') ?? '';
    expect([redirected.status, new URL(location).hostname]).toEqual([302, 'localhost']);
    const link = location.replace('localhost', '127.0.0.1');
    expect(await (await fetch(link)).text()).toBe('%PDF brief');
    expect((await fetch(link, { headers: { authorization: `Bearer ${token}` } })).status).toBe(400);
    expect(sandbox.storage.tokenLeaks).toBe(1);
    clock.advance(31_000);
    expect((await fetch(link)).status).toBe(403);
  });
});

describe('reports', () => {
  it('say per contact what was open at the end of a month', async () => {
    fixture = await startSandbox('2026-08-10');
    const { inside, clock, books } = fixture;
    const { id, body } = await openInvoice(fixture);
    clock.set(at('2026-09-20'));
    const invoice = books.invoice(id);
    if (!invoice) throw new Error('no invoice');
    addPayment(books, invoice, { price: 21_000, paymentDate: plainDate('2026-09-05') }, { userId: books.owner.id, at: clock.now() });
    const debtors = async (period: string): Promise<unknown> =>
      (await inside('GET', `/reports/debtors.json?period=${period}`)).body['debtors'];
    expect(await debtors('202607')).toEqual([]);
    expect(await debtors('202608')).toEqual([{ contact_id: body['contact_id'], amount: '1210.0' }]);
    expect(await debtors('202609')).toEqual([{ contact_id: body['contact_id'], amount: '1000.0' }]);
    const aging = (await inside('GET', '/reports/debtors_aging.json')).body['debtors']?.[0];
    expect(items(aging?.['aging_buckets'] as Json).map((bucket) => bucket['amount'])).toEqual(['0.0', '1000.0', '0.0', '0.0', '0.0']);
    expect((await inside('GET', '/reports/debtors.json?period=this_year')).body).toEqual({ error: 'Period cannot exceed 1 month' });
  });
});

describe('for people', () => {
  it('shows what is inside and what was asked', async () => {
    fixture = await startSandbox('2026-09-01');
    const { inside, url, books, sandbox } = fixture;
    const { id } = await openInvoice(fixture);
    await inside('POST', `/sales_invoices/${id}/notes.json`, { note: { note: 'Gebeld' } });
    await inside('POST', `/sales_invoices/${id}/pause.json`, {});
    const page = async (path: string): Promise<Json> => (await (await fetch(`${url}${path}`)).json()) as Json;
    expect((await page('/sandbox'))['administrations']?.[0]).toMatchObject({ open: '1210.0', paused: 1, notesOnInvoices: 1 });
    expect((await page(`/sandbox/administrations/${books.id}/invoices`))[0]).toMatchObject({
      id,
      number: '2026-0001',
      notes: ['Gebeld'],
      paused: true,
    });
    expect(await page('/sandbox/requests')).toMatchObject({ total: 5, statuses: { 200: 1, 201: 4 } });
    expect(sandbox.log.count(({ method }) => method === 'PATCH')).toBe(1);
  });
});
