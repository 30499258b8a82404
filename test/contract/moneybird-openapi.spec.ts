import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plainDate } from '../../src/kernel/plain-date.js';
import { MONEYBIRD_ROUTES } from '../../src/sandbox/moneybird/routes/all-routes.js';
import { MONEYBIRD_LIMITS } from '../../src/sandbox/moneybird/rules/rate-window.js';
import { type Json, type SandboxFixture, items, startSandbox } from './support/moneybird-client.js';
import { type ContractValidator, moneybirdDocumentIsThere, moneybirdValidator } from './support/openapi.js';

const suite = moneybirdDocumentIsThere("the Moneybird simulator against the vendor's document") ? describe : describe.skip;

suite("the Moneybird simulator against the vendor's document", () => {
  let fixture: SandboxFixture;
  let validator: ContractValidator;

  beforeAll(async () => {
    validator = moneybirdValidator();
    fixture = await startSandbox('2026-09-01', { limits: { ...MONEYBIRD_LIMITS, general: { requests: 1_000, windowSeconds: 300 } } });
    const made = await makeRecords(fixture);
    await readEverything(fixture, made);
    await writeToInvoices(fixture, made);
    await writeElsewhere(fixture, made);
    await beRefused(fixture, made);
    await cleanUp(fixture, made);
  });
  afterAll(() => fixture.sandbox.stop());

  it('answers as the document describes, whatever is asked and however it ends', () => {
    const problems = fixture.exchanges.flatMap(({ method, path, status, received }) =>
      validator.response(method, path, status, received).map((problem) => `${method} ${path} ${status}: ${problem}`),
    );
    expect(problems).toEqual([]);
    expect(fixture.exchanges.length).toBeGreaterThan(100);
  });

  it('gives the same keys as the vendor recorded, none missing', () => {
    const recorded = [...validator.recordedResponses()].filter(({ status }) => status < 300);
    for (const template of [
      'sales_invoices',
      'external_sales_invoices',
      'contacts',
      'financial_mutations',
      'documents/general_documents',
    ]) {
      const path = `/{administration_id}/${template}/{id}{format}`;
      const theirs = recorded.find((one) => one.template === path && one.method === 'get');
      const ours = fixture.exchanges.find(
        (one) => one.method === 'GET' && one.status === 200 && validator.template('get', one.path) === path,
      );
      expect([template, Object.keys(ours?.received ?? {}).sort()]).toEqual([template, Object.keys(theirs?.value ?? {}).sort()]);
    }
  });

  it('was asked nothing the document would not allow, refusals apart', () => {
    const problems = fixture.exchanges
      .filter(({ status }) => status < 400)
      .flatMap(({ method, path, sent }) => validator.request(method, path, sent).map((problem) => `${method} ${path}: ${problem}`));
    expect(problems).toEqual([]);
  });

  it('serves only operations of the document, and every one of them was seen to succeed', () => {
    const succeeded = new Set(
      fixture.exchanges
        .filter(({ status }) => status < 400)
        .map(({ method, path }) => `${method.toLowerCase()} ${validator.template(method, path)}`),
    );
    const served = MONEYBIRD_ROUTES.map(({ method, path }) => {
      const example = `/1${path.replaceAll(/:[a-z_]+/g, '2')}.json`;
      return `${method.toLowerCase()} ${validator.template(method, example)}`;
    });
    expect(served.filter((operation) => operation.endsWith('null'))).toEqual([]);
    expect(served.filter((operation) => !succeeded.has(operation))).toEqual([]);
  });

  it('was seen with every status it can answer that the document knows', () => {
    const statuses = new Set(fixture.exchanges.map(({ status }) => status));
    expect([...statuses].sort((a, b) => a - b)).toEqual([200, 201, 204, 302, 400, 401, 402, 404, 422, 429]);
  });
});

interface Made {
  readonly contact: Json;
  readonly invoice: Json;
  readonly external: Json;
  readonly statement: Json;
  readonly document: Json;
  readonly webhook: Json;
}

const LINES = [{ description: 'Levering', price: '250,00', amount: '4 x' }];
const FILE = (): FormData => {
  const form = new FormData();
  form.set('file', new Blob(['een brief'], { type: 'application/pdf' }), 'brief.pdf');
  return form;
};

async function makeRecords({ inside, books }: SandboxFixture): Promise<Made> {
  const [limit, , project] = books.customFields;
  const contact = await inside('POST', '/contacts.json', {
    contact: {
      company_name: 'Bakkerij Vlierdonk B.V.',
      send_invoices_to_email: 'facturen@vlierdonk.example',
      customer_id: 'D-1',
      custom_fields_attributes: [{ id: limit?.id, value: '5000' }],
    },
  });
  expect(project).toBeDefined();
  const draft = await inside('POST', '/sales_invoices.json', {
    sales_invoice: { contact_id: contact.body['id'], reference: 'PO/55', details_attributes: LINES },
  });
  await inside('PATCH', `/sales_invoices/${draft.body['id']}.json`, { sales_invoice: { reference: 'PO-55' } });
  const invoice = await inside('PATCH', `/sales_invoices/${draft.body['id']}/send_invoice.json`, {
    sales_invoice_sending: { delivery_method: 'Email', email_message: 'Hierbij' },
  });
  const external = await inside('POST', '/external_sales_invoices.json', {
    external_sales_invoice: {
      contact_id: contact.body['id'],
      reference: 'WEB-1',
      date: '2026-08-01',
      due_date: '2026-08-15',
      details_attributes: { 0: LINES[0] },
    },
  });
  const statement = await inside('POST', '/financial_statements.json', {
    financial_statement: {
      reference: '2026-09-01',
      financial_account_id: books.financialAccounts[0]?.id,
      financial_mutations_attributes: {
        0: { date: '2026-09-01', amount: '1210.00', message: 'Factuur', contra_account_number: 'NL33TEGO0417164300' },
      },
    },
  });
  const document = await inside('POST', '/documents/general_documents.json', {
    general_document: {
      reference: 'Dossier',
      date: '2026-09-01',
      contact_id: contact.body['id'],
      reminder: { date: '2026-10-01', message: 'Nabellen' },
    },
  });
  const webhook = await inside('POST', '/webhooks.json', { url: 'https://connector.example/hook', enabled_events: ['payment'] });
  return {
    contact: contact.body,
    invoice: invoice.body,
    external: external.body,
    statement: statement.body,
    document: document.body,
    webhook: webhook.body,
  };
}

async function readEverything({ call, inside }: SandboxFixture, made: Made): Promise<void> {
  const { contact, invoice, external, statement, document } = made;
  const mutation = statement['financial_mutations']?.[0];
  await call('GET', '/administrations.json');
  await call('GET', '/administrations');
  for (const path of [
    '/contacts.json?per_page=1&include_archived=true&query=vlier',
    '/contacts/filter.json?filter=contact_type:company',
    '/contacts/synchronization.json?include_archived=true',
    `/contacts/${contact['id']}`,
    '/contacts/customer_id/D-1.json',
    '/sales_invoices.json?per_page=100&page=1&filter=state:open|late,period:this_year',
    '/sales_invoices/synchronization',
    `/sales_invoices/${invoice['id']}.json`,
    `/sales_invoices/find_by_invoice_id/${invoice['invoice_id']}.json`,
    '/sales_invoices/find_by_reference/PO-55.json',
    `/sales_invoices/${invoice['id']}/download_pdf.json`,
    '/external_sales_invoices.json?filter=state:late',
    '/external_sales_invoices/synchronization.json',
    `/external_sales_invoices/${external['id']}.json`,
    '/workflows.json',
    '/custom_fields.json',
    '/users.json?include_api_users=true',
    '/tax_rates.json',
    '/ledger_accounts.json',
    '/identities.json',
    '/identities/default.json',
    '/document_styles.json',
    '/financial_accounts.json',
    '/financial_mutations.json?filter=period:this_month,state:unprocessed,amount_from:1',
    '/financial_mutations/synchronization.json',
    `/financial_mutations/${mutation?.['id']}.json`,
    '/documents/general_documents.json',
    '/documents/general_documents/synchronization.json',
    `/documents/general_documents/${document['id']}.json`,
    '/webhooks.json',
    '/reports/debtors.json?period=202609',
    '/reports/debtors_aging.json?period_until=202609',
    `/customer_contact_portal/${contact['id']}.json`,
  ]) {
    await inside('GET', path);
  }
  const [workflow] = items((await inside('GET', '/workflows.json')).body);
  await inside('GET', `/workflows/${workflow?.['id']}.json`);
  await inside('POST', '/contacts/synchronization.json', { ids: [contact['id']] });
  await inside('POST', '/sales_invoices/synchronization.json', { ids: [invoice['id']] });
  await inside('POST', '/external_sales_invoices/synchronization.json', { ids: [external['id']] });
  await inside('POST', '/financial_mutations/synchronization.json', { ids: [mutation?.['id']] });
  await inside('POST', '/documents/general_documents/synchronization.json', { ids: [document['id']] });
}

async function writeToInvoices({ inside, clock, books }: SandboxFixture, { contact, invoice, external }: Made): Promise<void> {
  const parents = [
    { path: `/sales_invoices/${invoice['id']}`, upload: 'attachments' },
    { path: `/external_sales_invoices/${external['id']}`, upload: 'attachment' },
  ];
  for (const { path, upload } of parents) {
    await noteAndFile({ inside }, path, upload);
    const payment = await inside('POST', `${path}/payments.json`, { payment: { payment_date: '2026-09-01', price: '210,00' } });
    await inside('GET', `/payments/${payment.body['id']}.json`);
    await inside('DELETE', `${path}/payments/${payment.body['id']}.json`);
  }
  await noteAndFile({ inside }, `/contacts/${contact['id']}`, null);
  await inside('POST', `/sales_invoices/${invoice['id']}/pause.json`, {});
  await inside('POST', `/sales_invoices/${invoice['id']}/pause.json`, {});
  await inside('POST', `/sales_invoices/${invoice['id']}/resume.json`, {});
  await inside('POST', `/sales_invoices/${invoice['id']}/resume.json`, {});
  clock.set(new Date('2026-09-20T10:00:00.000Z'));
  await inside('POST', '/sales_invoices/send_reminders.json', {
    sales_invoice_reminders: [
      {
        contact_id: contact['id'],
        workflow_id: invoice['workflow_id'],
        document_style_id: invoice['document_style_id'],
        identity_id: invoice['identity_id'],
        sales_invoice_ids: [invoice['id']],
        delivery_method: 'Manual',
      },
    ],
  });
  await inside('PATCH', `/sales_invoices/${invoice['id']}/mark_as_dubious.json`, { dubious_date: '2026-09-20' });
  await inside('PATCH', `/external_sales_invoices/${external['id']}/mark_as_dubious.json`, {});
  await inside('PATCH', `/external_sales_invoices/${external['id']}/mark_as_uncollectible.json`, {});
  const credit = await inside('PATCH', `/sales_invoices/${invoice['id']}/duplicate_creditinvoice.json`, {});
  await inside('PATCH', `/sales_invoices/${credit.body['id']}/send_invoice.json`, { sales_invoice_sending: { delivery_method: 'Manual' } });
  await inside('PATCH', `/sales_invoices/${credit.body['id']}/register_payment_creditinvoice.json`, {});
  const lost = await inside('POST', '/sales_invoices.json', { sales_invoice: { contact_id: contact['id'], details_attributes: LINES } });
  await inside('PATCH', `/sales_invoices/${lost.body['id']}/send_invoice.json`, { sales_invoice_sending: { delivery_method: 'Manual' } });
  await inside('PATCH', `/sales_invoices/${lost.body['id']}/mark_as_uncollectible.json`, { uncollectible_date: '2026-09-20' });
  const planned = await inside('POST', '/sales_invoices.json', { sales_invoice: { contact_id: contact['id'], details_attributes: LINES } });
  await inside('PATCH', `/sales_invoices/${planned.body['id']}/send_invoice.json`, {
    sales_invoice_sending: { delivery_method: 'Email', sending_scheduled: true, invoice_date: '2026-10-01' },
  });
  expect(books.day(clock.now())).toBe('2026-09-20');
}

async function noteAndFile({ inside }: Pick<SandboxFixture, 'inside'>, path: string, upload: string | null): Promise<void> {
  const note = await inside('POST', `${path}/notes.json`, { note: { note: 'Gebeld', todo: true } });
  await inside('GET', `${path}.json`);
  await inside('DELETE', `${path}/notes/${note.body['id']}.json`);
  if (upload === null) return;
  await inside('POST', `${path}/${upload}.json`, FILE());
  const [attachment] = items((await inside('GET', `${path}.json`)).body['attachments'] as Json);
  await inside('GET', `${path}/attachments/${attachment?.['id']}/download.json`);
  await inside('DELETE', `${path}/attachments/${attachment?.['id']}.json`);
}

async function writeElsewhere({ inside }: SandboxFixture, { contact, invoice, statement, document, webhook }: Made): Promise<void> {
  await inside('PATCH', `/contacts/${contact['id']}.json`, { contact: { city: 'Zandwijk' } });
  await noteAndFile({ inside }, `/documents/general_documents/${document['id']}`, 'attachments');
  await inside('PATCH', `/webhooks/${webhook['id']}/deactivate.json`, {});
  await inside('PATCH', `/webhooks/${webhook['id']}/activate.json`, {});
  const mutation = statement['financial_mutations']?.[0];
  const path = `/financial_mutations/${mutation?.['id']}`;
  await inside('PATCH', `${path}/link_booking.json`, { booking_type: 'SalesInvoice', booking_id: invoice['id'], price_base: '210.0' });
  const linked = await inside('GET', `${path}.json`);
  await inside('DELETE', `${path}/unlink_booking.json`, { booking_type: 'Payment', booking_id: linked.body['payments']?.[0]?.['id'] });
}

async function beRefused(fixture: SandboxFixture, { contact, invoice }: Made): Promise<void> {
  const { call, inside, books, sandbox } = fixture;
  await call('GET', '/administrations.json', undefined, null);
  const narrow = sandbox.tokens.issuePersonal({ scopes: ['bank'] });
  await call('GET', `/${books.id}/sales_invoices.json`, undefined, narrow);
  await call('POST', `/${books.id}/sales_invoices/${invoice['id']}/notes.json`, { note: { note: 'x' } }, narrow);
  for (const path of [
    '/contacts/1.json',
    '/sales_invoices/1.json',
    '/sales_invoices/find_by_reference/x.json',
    '/workflows/1.json',
    '/payments/1.json',
  ]) {
    await inside('GET', path);
  }
  await inside('GET', '/sales_invoices.json?per_page=101');
  await inside('GET', '/contacts.json?page=0');
  await inside('GET', '/sales_invoices/synchronization.json?filter=state:lost');
  await inside('GET', '/reports/debtors.json?period=this_year');
  await inside('POST', '/sales_invoices/synchronization.json', {});
  await inside('POST', '/contacts.json', {});
  await inside('POST', '/contacts.json', { contact: {} });
  await inside('POST', '/contacts.json', { contact: { company_name: 'X', customer_id: contact['customer_id'] } });
  await inside('POST', `/sales_invoices/${invoice['id']}/notes.json`, { note: { note: ' ' } });
  await inside('POST', `/sales_invoices/${invoice['id']}/payments.json`, { payment: {} });
  await inside('POST', '/sales_invoices/send_reminders.json', { sales_invoice_reminders: [{}] });
  await inside('PATCH', `/sales_invoices/${invoice['id']}/mark_as_uncollectible.json`, {});
  books.switches.periodLockedUntil = plainDate('2026-12-31');
  await inside('POST', `/sales_invoices/${invoice['id']}/payments.json`, { payment: { payment_date: '2026-09-01', price: 1 } });
  books.switches.periodLockedUntil = null;
  books.switches.salesInvoicesPerMonth = 0;
  await inside('POST', '/sales_invoices.json', { sales_invoice: { contact_id: contact['id'], details_attributes: LINES } });
  books.switches.salesInvoicesPerMonth = null;
  sandbox.faults.next('rate-limited');
  await inside('GET', '/contacts.json');
  for (let sent = 0; sent <= MONEYBIRD_LIMITS.reports.requests; sent++) await inside('GET', '/reports/debtors.json');
}

async function cleanUp({ inside }: SandboxFixture, { document, webhook }: Made): Promise<void> {
  await inside('DELETE', `/documents/general_documents/${document['id']}.json`);
  await inside('DELETE', `/webhooks/${webhook['id']}.json`);
  const spare = await inside('POST', '/contacts.json', { contact: { firstname: 'Noor', lastname: 'Zilverschoon' } });
  await inside('PATCH', `/contacts/${spare.body['id']}/archive.json`, {});
  await inside('DELETE', `/contacts/${spare.body['id']}.json`);
  const other = await inside('POST', '/contacts.json', { contact: { company_name: 'Oeverzwaluw' } });
  const draft = await inside('POST', '/sales_invoices.json', {
    sales_invoice: { contact_id: other.body['id'], details_attributes: LINES },
  });
  await inside('DELETE', `/sales_invoices/${draft.body['id']}.json`);
}
