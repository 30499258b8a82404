import { createHmac } from 'node:crypto';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { plainDate } from '../../src/kernel/plain-date.js';
import { addAccount, addContact } from '../../src/sandbox/exact-online/accounts.js';
import { isWrite } from '../../src/sandbox/exact-online/faults.js';
import { bookCreditNote, bookInvoice, payInvoice, receive } from '../../src/sandbox/exact-online/receivables.js';
import type { EntryRow, FieldRow } from '../../src/sandbox/exact-online/records.js';
import { setComplaintStatus } from '../../src/sandbox/exact-online/resources/activities.js';
import { signedBody } from '../../src/sandbox/exact-online/webhooks.js';
import { type ExactFixture, type Json, type Reply, ask, dateMs, errorText, rows, startExact } from './support/exact-client.js';

let fixture: ExactFixture;
afterEach(() => fixture.sandbox.stop());

const NO_LIMITS = { limits: null };

/** A debtor and an invoice of 1210.00 of 1 September, due on 1 October. */
function openInvoice(
  { books, clock }: ExactFixture,
  changes: Partial<Parameters<typeof bookInvoice>[1]> = {},
): { account: FieldRow; entry: EntryRow } {
  const at = clock.now();
  const account = addAccount(books, { Name: 'Bakkerij Voorbeeld B.V.', Code: '1042', Email: 'administratie@bakkerij.example' }, at);
  const invoice = { accountId: account.id, date: plainDate('2026-09-01'), amount: 121_000, vat: 21_000, paymentCondition: '30' };
  return { account, entry: bookInvoice(books, { ...invoice, ...changes }, at) };
}

const RECEIVABLES = 'bulk/Cashflow/Receivables?$filter=Status eq 20 or Status eq 30';
const select = (...names: string[]): string => `&$select=${names.join(',')}`;
const PLEASE_SELECT = 'Please add a $select or a $top=1 statement to the query string.';
const SYNTAX = 'Bad Request - Error in query syntax.';
const accounts = (count: number): void => {
  for (let nth = 0; nth < count; nth++) addAccount(fixture.books, { Name: `Relatie ${nth}` }, fixture.clock.now());
};
const ALL_ACCOUNTS = "$filter=Created ge datetime'2000-01-01'";

describe('the wire', () => {
  it('answers Me with the local clock of Amsterdam, in summer and in winter', async () => {
    fixture = await startExact('2026-10-14');
    const me = async () => rows(await fixture.call('GET', 'current/Me?$select=CurrentDivision,ServerTime,ServerUtcOffset'))[0];
    expect(await me()).toMatchObject({ CurrentDivision: fixture.books.code, ServerTime: '2026-10-14T12:00:00', ServerUtcOffset: 7200 });
    // The clocks go back on 25 October 2026 at 01:00 UTC.
    fixture.clock.set(new Date('2026-10-25T01:30:00.000Z'));
    fixture.sandbox.oauth.rotate(fixture.chain);
    expect(await me()).toMatchObject({ ServerTime: '2026-10-25T02:30:00', ServerUtcOffset: 3600 });
  });

  it('writes times as the clock on the wall read as UTC, and dates as midnight', async () => {
    fixture = await startExact('2026-10-14');
    fixture.clock.set(new Date('2026-10-14T14:21:05.417Z'));
    fixture.sandbox.oauth.rotate(fixture.chain);
    openInvoice(fixture);
    const [row] = rows(await fixture.inside('GET', RECEIVABLES + select('Created', 'DueDate', 'InvoiceDate')));
    expect(dateMs(row?.['Created'])).toBe(Date.UTC(2026, 9, 14, 16, 21, 5, 417));
    expect([dateMs(row?.['InvoiceDate']), dateMs(row?.['DueDate'])]).toEqual([Date.UTC(2026, 8, 1), Date.UTC(2026, 9, 1)]);
  });

  it('pads codes, gives Int64 as text, puts the key first, and shows what was selected only', async () => {
    fixture = await startExact('2026-10-14');
    const { account } = openInvoice(fixture);
    const [row] = rows(
      await fixture.inside('GET', `crm/Accounts?$filter=ID eq guid'${account.id}'${select('Name', 'Code', 'Country', 'ID')}`),
    );
    expect(Object.keys(row ?? {})).toEqual(['__metadata', 'ID', 'Code', 'Country', 'Name']);
    expect([row?.['Code'], row?.['Country']]).toEqual(['              1042', 'NL ']);
    expect(row?.['__metadata']).toEqual({
      uri: `${fixture.url}/api/v1/${fixture.books.code}/crm/Accounts(guid'${account.id}')`,
      type: 'Exact.Web.Api.Models.Account',
    });
    const [list] = rows(await fixture.inside('GET', `read/financial/ReceivablesList?$select=HID,InvoiceNumber`));
    expect([list?.['HID'], list?.['InvoiceNumber']]).toEqual(['1', 26_700_001]);
  });

  it('gives a record by its key as the object itself, with its lines as a link or in it', async () => {
    fixture = await startExact('2026-10-14');
    const { entry } = openInvoice(fixture);
    const path = `salesentry/SalesEntries(guid'${entry.id}')`;
    const bare = (await fixture.inside('GET', path)).body['d'] as Json;
    expect(bare['SalesEntryLines']).toEqual({ __deferred: { uri: `${fixture.url}/api/v1/${fixture.books.code}/${path}/SalesEntryLines` } });
    const whole = (await fixture.inside('GET', `${path}?$expand=SalesEntryLines`)).body['d'] as Json;
    expect(whole['SalesEntryLines']?.['results']).toMatchObject([{ AmountFC: 1000, GLAccountCode: '8000', LineNumber: 1 }]);
    expect(whole).toMatchObject({ AmountFC: 1210, VATAmountFC: 210, Type: 20, Status: 20, PaymentConditionPaymentMethod: 'B' });
    expect((await fixture.inside('GET', `salesentry/SalesEntries(guid'${entry.accountId}')`)).status).toBe(404);
  });

  it('speaks Atom to who does not ask for JSON', async () => {
    fixture = await startExact('2026-10-14');
    openInvoice(fixture);
    const reply = await fixture.inside('GET', RECEIVABLES + select('AmountDC'), { headers: { accept: '*/*' } });
    expect(reply.headers.get('content-type')).toContain('application/atom+xml');
    expect(reply.text).toContain('<d:AmountDC>-1210</d:AmountDC>');
  });

  it('knows no other paths, keys and methods', async () => {
    fixture = await startExact('2026-10-14', NO_LIMITS);
    const status = async (method: string, path: string) =>
      (await fixture.inside(method, path, method === 'GET' ? {} : { body: {} })).status;
    expect(await status('GET', 'crm/Nonsense')).toBe(404);
    expect(await status('GET', "crm/Accounts(guid'no')")).toBe(404);
    expect(await status('PUT', 'activities/CommunicationNotes')).toBe(405);
    expect(await status('DELETE', 'sync/Deleted')).toBe(405);
    expect((await fixture.call('GET', '')).status).toBe(404);
    const long = `system/Divisions?$select=Code&$filter=${'Code eq 1 or '.repeat(500)}Code eq 2`;
    expect([await status('GET', long), await status('GET', long.replaceAll('Code eq 1 or ', ''))]).toEqual([400, 200]);
  });
});

describe('lists', () => {
  it('come in pages of 60, a thousand in bulk and sync, and the link to the next is followed as it is', async () => {
    fixture = await startExact('2026-10-14', NO_LIMITS);
    accounts(130);
    const first = await fixture.inside('GET', `crm/Accounts?${ALL_ACCOUNTS}&$select=ID`);
    const sizes: number[] = [];
    const ids: unknown[] = [];
    for (let page: Reply = first; ;) {
      sizes.push(rows(page).length);
      ids.push(...rows(page).map((row) => row['ID']));
      const next = page.body['d']?.['__next'];
      if (next === undefined) break;
      expect(String(next)).toMatch(
        /^http:\/\/127\.0\.0\.1:\d+\/api\/v1\/1234567\/crm\/Accounts\?\$filter=.*&\$select=ID&\$skiptoken=guid'[0-9a-f-]{36}'$/,
      );
      page = await ask(String(next), { headers: { accept: 'application/json', authorization: `Bearer ${fixture.chain.access?.value}` } });
    }
    expect(sizes).toEqual([60, 60, 10]);
    expect([new Set(ids).size, [...ids].sort()]).toEqual([130, ids]);
    expect(rows(await fixture.inside('GET', `bulk/CRM/Accounts?${ALL_ACCOUNTS}&$select=ID`))).toHaveLength(130);
  });

  it('come bare when $top fits a page, and with what is left to take when it does not', async () => {
    fixture = await startExact('2026-10-14', NO_LIMITS);
    accounts(130);
    const list = async (top: string) => (await fixture.inside('GET', `crm/Accounts?${ALL_ACCOUNTS}&$select=ID&${top}`)).body['d'] as Json;
    expect(Array.isArray(await list('$top=60'))).toBe(true);
    // As recorded: with $skip=0 beside it the same list is not bare.
    expect(Array.isArray(await list('$top=60&$skip=0'))).toBe(false);
    const many = await list('$top=100');
    expect(Object.values(many['results'] ?? {})).toHaveLength(60);
    expect(String(many['__next'])).toContain('$top=40');
    const counted = await list('$top=5&$inlinecount=allpages');
    expect([counted['__count'], Object.values(counted['results'] ?? {}).length]).toEqual(['130', 5]);
    expect((await fixture.inside('GET', `crm/Accounts/$count?${ALL_ACCOUNTS}&$select=ID`)).text).toBe('130');
  });

  it('ordered by a field carry its value in the link', async () => {
    fixture = await startExact('2026-10-14', NO_LIMITS);
    for (let nth = 0; nth < 70; nth++) {
      fixture.clock.advance(1_100);
      accounts(1);
    }
    const first = await fixture.inside('GET', `crm/Accounts?${ALL_ACCOUNTS}&$select=ID,Modified&$orderby=Modified desc`);
    const next = String(first.body['d']?.['__next']);
    // 60 of 70 from the newest: the last one shown is the 11th, 12.1 seconds after ten o'clock UTC.
    expect(next).toMatch(/\$skiptoken=datetime'2026-10-14T12%3A00%3A12\.100',guid'[0-9a-f-]{36}'$/);
    const second = await ask(next, { headers: { accept: 'application/json', authorization: `Bearer ${fixture.chain.access?.value}` } });
    const times = [...rows(first), ...rows(second)].map((row) => dateMs(row['Modified']));
    expect([times.length, [...times].sort((a, b) => b - a)]).toEqual([70, times]);
  });

  it.each([
    ["Name eq 'O''Brien'", 1],
    ["substringof('BRIE',Name) eq true", 1],
    ["substringof('brie',Name)", 1],
    ["startswith(Name,'Rel') and Blocked eq false", 2],
    ["trim(Code) eq '7'", 1],
    ["Code eq '                 7'", 1],
    ["Code eq '7'", 0],
    ["Email ne null or Name eq 'Relatie B'", 1],
    ["(Name eq 'Relatie A' or Name eq 'Relatie B') and Blocked eq true", 0],
    ["StartDate ge datetime'2026-10-14' and StartDate lt datetime'2026-10-15T00:00:00'", 3],
    ["EndDate gt datetime'2020-01-01'", 0],
    ["Modified gt datetime'2026-10-14T11:59:59'", 3],
    ["Modified gt datetime'2026-10-14T12:00:00'", 0],
  ])('filtered by %s find %i of three', async (filter, found) => {
    fixture = await startExact('2026-10-14', NO_LIMITS);
    for (const [Name, Code] of [['O\'Brien', '7'], ['Relatie A', '8'], ['Relatie B', '9']] as const) addAccount(fixture.books, { Name, Code }, fixture.clock.now()); // prettier-ignore
    const reply = await fixture.inside('GET', `crm/Accounts?$filter=${encodeURIComponent(filter)}&$select=ID`);
    expect([reply.status, rows(reply).length]).toEqual([200, found]);
  });

  it.each([
    'Name eq 5',
    'Name eq guid',
    "ID eq '3f0d2c4e-8a61-4d0b-9b7e-51c2a9e4d001'",
    "Created gt '2026-01-01'",
    "Created gt datetime'2026-02-30'",
    "Nonsense eq 'x'",
    "Name eq 'x' and",
    "(Name eq 'x'",
    "Name like 'x'",
    "endswith(Name,'x')",
    "Phone eq 'x'",
    "Name eq 'unfinished",
  ])('filtered by %s are refused', async (filter) => {
    fixture = await startExact('2026-10-14', NO_LIMITS);
    const reply = await fixture.inside('GET', `crm/Accounts?$filter=${encodeURIComponent(filter)}&$select=ID`);
    expect([reply.status, errorText(reply)]).toEqual([400, SYNTAX]);
  });

  it('want a $select or $top=1, and a $filter where there is a sync endpoint', async () => {
    fixture = await startExact('2026-10-14', NO_LIMITS);
    const refused = async (path: string) => {
      const reply = await fixture.inside('GET', path);
      return [reply.status, errorText(reply)];
    };
    expect(await refused(RECEIVABLES)).toEqual([400, PLEASE_SELECT]);
    expect(await refused(`${RECEIVABLES}&$top=1`)).toEqual([400, PLEASE_SELECT]);
    expect(await refused("crm/Accounts?$filter=Code eq '1'")).toEqual([400, PLEASE_SELECT]);
    expect((await fixture.inside('GET', "crm/Accounts?$filter=Code eq '1'&$top=1")).status).toBe(200);
    for (const path of ['bulk/Cashflow/Receivables', 'crm/Accounts', 'bulk/CRM/Accounts', 'salesinvoice/SalesInvoices']) {
      const [status, text] = await refused(`${path}?$select=Created`);
      expect(status).toBe(400);
      expect(text).toMatch(/^A GET request for this endpoint must have a \$filter parameter with one of the following fields in the url: /);
    }
  });

  it('refuse a field that bulk does not filter, and on sync everything but the timestamp with its L', async () => {
    fixture = await startExact('2026-10-14', NO_LIMITS);
    const status = async (path: string) => (await fixture.inside('GET', path)).status;
    for (const filter of ["DueDate lt datetime'2026-10-01'", 'IsFullyPaid eq false', "Modified gt datetime'2026-10-01'", 'AmountDC lt 0']) {
      expect(await status(`bulk/Cashflow/Receivables?$filter=${filter}&$select=ID`)).toBe(400);
    }
    expect(await status('cashflow/Receivables?$filter=IsFullyPaid eq false and AmountDC lt 0&$select=ID')).toBe(200);
    expect(await status('sync/Cashflow/PaymentTerms?$filter=Timestamp gt 1L&$select=ID')).toBe(200);
    expect(await status('sync/Cashflow/PaymentTerms?$filter=Timestamp gt 1&$select=ID')).toBe(400);
    expect(await status('sync/Cashflow/PaymentTerms?$filter=Status eq 20&$select=ID')).toBe(400);
    expect(await status('sync/Cashflow/PaymentTerms?$filter=Timestamp gt 1L&$select=*')).toBe(400);
    expect(await status('sync/Cashflow/PaymentTerms?$filter=Timestamp gt 1L&$select=Nonsense')).toBe(400);
  });
});

describe('receivables', () => {
  const open = async (...names: string[]) => rows(await fixture.inside('GET', RECEIVABLES + select(...names)));

  it('have an open invoice negative and a credit note and a receipt positive; the list of the site the other way round', async () => {
    fixture = await startExact('2026-10-14');
    const { account } = openInvoice(fixture);
    const at = fixture.clock.now();
    bookCreditNote(fixture.books, { accountId: account.id, date: plainDate('2026-09-05'), amount: -5_000 }, at);
    receive(fixture.books, { accountId: account.id, date: plainDate('2026-10-13'), amount: 9_550 }, at);
    const amounts = (list: Json[], name: string) => list.map((row) => Number(row[name])).sort((a, b) => a - b);
    const found = await open('AmountDC', 'TransactionAmountDC', 'TransactionType', 'InvoiceNumber', 'Journal');
    expect(amounts(found, 'AmountDC')).toEqual([-1210, 50, 95.5]);
    expect(amounts(found, 'TransactionAmountDC')).toEqual([-95.5, -50, 1210]);
    const receipt = found.find((row) => Number(row['AmountDC']) === 95.5);
    expect(receipt).toMatchObject({ InvoiceNumber: null, Journal: '20', TransactionType: 40 });
    const list = rows(await fixture.inside('GET', 'read/financial/ReceivablesList?$select=Amount'));
    expect(amounts(list, 'Amount')).toEqual([-95.5, -50, 1210]);
    const [total] = rows(await fixture.inside('GET', 'read/financial/OutstandingInvoicesOverview'));
    // 1210 − 50 − 95.50, three rows.
    expect(total).toMatchObject({ CurrencyCode: 'EUR', OutstandingReceivableInvoiceAmount: 1064.5, OutstandingReceivableInvoiceCount: 3 });
  });

  it('split on a part payment: one row matched, one open, of one invoice', async () => {
    fixture = await startExact('2026-10-14');
    const { entry } = openInvoice(fixture);
    payInvoice(fixture.books, entry, { amount: 50_000, date: plainDate('2026-10-02') }, fixture.clock.now());
    const [rest, ...others] = await open(
      'AmountDC',
      'TransactionAmountDC',
      'LastPaymentDate',
      'TransactionEntryID',
      'IsFullyPaid',
      'EndDate',
    );
    expect(others).toEqual([]);
    expect(rest).toMatchObject({
      AmountDC: -710,
      TransactionAmountDC: 1210,
      TransactionEntryID: entry.id,
      IsFullyPaid: false,
      EndDate: null,
    });
    expect(dateMs(rest?.['LastPaymentDate'])).toBe(Date.UTC(2026, 9, 2));
    const names = ['AmountDC', 'Status', 'EndDate', 'TransactionEntryID', 'IsFullyPaid'];
    const terms = rows(await fixture.inside('GET', `sync/Cashflow/PaymentTerms?$filter=Timestamp gt 1L${select(...names)}`));
    const mine = terms.filter((row) => String(row['TransactionEntryID']) === entry.id);
    expect(mine.map((row) => [Number(row['AmountDC']), Number(row['Status'])]).sort()).toEqual([
      [-500, 50],
      [-710, 20],
    ]);
    const matched = mine.find((row) => Number(row['Status']) === 50);
    expect([matched?.['IsFullyPaid'], dateMs(matched?.['EndDate'])]).toEqual([true, Date.UTC(2026, 9, 2)]);
  });

  it('in another currency have both amounts, the list the default one only', async () => {
    fixture = await startExact('2026-10-14');
    openInvoice(fixture, { currency: 'USD', rateMillionths: 920_000 });
    // 1210.00 × 0.92 = 1113.20
    expect(await open('AmountDC', 'AmountFC', 'Currency', 'RateFC')).toMatchObject([
      { AmountDC: -1113.2, AmountFC: -1210, Currency: 'USD', RateFC: 0.92 },
    ]);
    expect(rows(await fixture.inside('GET', 'read/financial/ReceivablesList?$select=Amount,CurrencyCode'))).toMatchObject([
      { Amount: 1113.2, CurrencyCode: 'EUR' },
    ]);
  });

  it('in instalments have a row for each, with discount the last day for it', async () => {
    fixture = await startExact('2026-10-14');
    openInvoice(fixture, { instalments: [{ percent: 33, days: 10 }, { percent: 67, days: 40 }] }); // prettier-ignore
    const found = await open('AmountDC', 'DueDate', 'EntryID');
    // 33 % of 1210.00 is 399.30; 1 September and 10 or 40 days.
    expect(found.map((row) => [Number(row['AmountDC']), dateMs(row['DueDate'])]).sort((a, b) => Number(a[1]) - Number(b[1]))).toEqual([
      [-399.3, Date.UTC(2026, 8, 11)],
      [-810.7, Date.UTC(2026, 9, 11)],
    ]);
    expect(new Set(found.map((row) => row['EntryID'])).size).toBe(1);
    const { entry } = openInvoice(fixture, { paymentCondition: '2K' });
    const [row] = rows(
      await fixture.inside(
        'GET',
        `cashflow/Receivables?$filter=TransactionEntryID eq guid'${entry.id}'${select('AmountDiscountDC', 'DiscountDueDate')}`,
      ),
    );
    // 2 % of 1210.00, within 8 days.
    expect([row?.['AmountDiscountDC'], dateMs(row?.['DiscountDueDate'])]).toEqual([24.2, Date.UTC(2026, 8, 9)]);
  });

  it('take three fields on a PUT, and nothing else', async () => {
    fixture = await startExact('2026-10-14');
    openInvoice(fixture);
    const [row] = await open('ID');
    const path = `cashflow/Receivables(guid'${String(row?.['ID'])}')`;
    const reply = await fixture.inside('PUT', path, { body: { Description: 'Anders', DueDate: '2027-01-01', Status: 50 } });
    expect([reply.status, reply.text]).toEqual([204, '']);
    const { body } = await fixture.inside('GET', path);
    expect(body['d']).toMatchObject({ Description: 'Anders', Status: 20, DueDate: `/Date(${Date.UTC(2026, 9, 1)})/` });
  });
});

describe('writing', () => {
  it('answers 201 with the address, and what was dropped in silence shows only when it is read', async () => {
    fixture = await startExact('2026-10-14');
    const { account } = openInvoice(fixture);
    const foreign = '11111111-2222-4333-a444-555555555555';
    const note = { Account: account.id, Contact: foreign, Subject: '[CC] 26700001', Notes: 'Gebeld', Date: '2026-10-14T00:00:00' };
    const made = await fixture.inside('POST', 'activities/CommunicationNotes', { body: note });
    const sent = made.body['d'] as Json;
    expect([made.status, sent['Contact'], sent['AccountName']]).toEqual([201, foreign, null]);
    const address = String(made.headers.get('location'));
    const read = await ask(address, { headers: { accept: 'application/json', authorization: `Bearer ${fixture.chain.access?.value}` } });
    expect(read.body['d']).toMatchObject({
      ID: sent['ID'],
      Contact: null,
      Account: account.id,
      AccountName: 'Bakkerij Voorbeeld B.V.',
      Notes: 'Gebeld',
    });
    expect(dateMs(read.body['d']?.['Date'])).toBe(Date.UTC(2026, 9, 14));
    const whole = await fixture.inside('POST', 'activities/CommunicationNotes', {
      body: note,
      headers: { prefer: 'return=representation' },
    });
    expect(whole.body['d']).toMatchObject({ Contact: null, AccountName: 'Bakkerij Voorbeeld B.V.' });
  });

  it('is refused as a 500 in the language of the user, a line for each field', async () => {
    fixture = await startExact('2026-10-14', NO_LIMITS);
    const text = async () => {
      const reply = await fixture.inside('POST', 'documents/Documents', { body: { Body: 'x' } });
      return [reply.status, errorText(reply)];
    };
    expect(await text()).toEqual([500, 'Verplicht: Onderwerp\r\nVerplicht: Type']);
    Object.assign(fixture.user, { language: 'fr' });
    expect(await text()).toEqual([500, 'Obligatoire: Sujet\r\nObligatoire: Type']);
    Object.assign(fixture.user, { language: 'en' });
    expect(await text()).toEqual([500, 'Mandatory: Subject\r\nMandatory: Type']);
  });

  it('is refused as a 400 when the framework cannot read it', async () => {
    fixture = await startExact('2026-10-14', NO_LIMITS);
    const post = (path: string, body: unknown) => fixture.inside('POST', path, { body });
    const note = (changes: object) => post('activities/CommunicationNotes', { Subject: 'x', ...changes });
    for (const reply of [
      await note({ Nonsense: 1 }),
      await note({ Subject: 5 }),
      await note({ Account: 'no guid' }),
      await note({ Date: 'yesterday' }),
      await post('documents/DocumentAttachments', { FileName: 'a.pdf', Attachment: '%PDF-1.4' }),
    ]) {
      expect([reply.status, errorText(reply)]).toEqual([400, expect.stringMatching(/^Error processing request stream\. /)]);
    }
  });

  it('of a time with a Z shifts it to the clock on the wall', async () => {
    fixture = await startExact('2026-10-14');
    const post = async (ActionDate: string) => {
      const made = await fixture.inside('POST', 'activities/Tasks', { body: { Description: 'Bellen', ActionDate } });
      return dateMs(made.body['d']?.['ActionDate']);
    };
    expect(await post('2026-10-20')).toBe(Date.UTC(2026, 9, 20));
    expect(await post('2026-10-19T22:00:00Z')).toBe(Date.UTC(2026, 9, 20));
    expect(await post('2026-10-20T00:00:00Z')).toBe(Date.UTC(2026, 9, 20, 2));
  });

  it('changes only what was sent, and links values that exist', async () => {
    fixture = await startExact('2026-10-14');
    const { account } = openInvoice(fixture);
    const path = `crm/Accounts(guid'${account.id}')`;
    const values = rows(await fixture.inside('GET', 'crm/AccountClassifications?$select=ID,Code'));
    const disputed = values.find((row) => String(row['Code']) === 'BETWIST')?.['ID'];
    const put = (body: unknown) => fixture.inside('PUT', path, { body });
    expect((await put({ CreditLineSales: 15_000, Classification1: disputed })).status).toBe(204);
    const read = async () => (await fixture.inside('GET', path)).body['d'] as Json;
    expect(await read()).toMatchObject({
      CreditLineSales: 15_000,
      Classification1: disputed,
      Name: 'Bakkerij Voorbeeld B.V.',
      Blocked: false,
    });
    await put({ CreditLineSales: null, Classification1: account.id });
    expect(await read()).toMatchObject({ CreditLineSales: null, Classification1: null });
    expect(errorText(await put({ Name: '' }))).toBe('Verplicht: Naam');
  });

  it('keeps codes apart and relations that were used', async () => {
    fixture = await startExact('2026-10-14');
    const { account } = openInvoice(fixture);
    const twice = await fixture.inside('POST', 'crm/Accounts', { body: { Name: 'Nog een', Code: '              1042' } });
    expect([twice.status, errorText(twice)]).toEqual([500, 'Gegeven bestaat reeds.']);
    const deleted = await fixture.inside('DELETE', `crm/Accounts(guid'${account.id}')`);
    expect([deleted.status, errorText(deleted)]).toEqual([500, 'Kan niet verwijderen: Account 1042 - Used in: Transactions']);
  });

  it('posts entries to active customers only, and deletes what is not matched', async () => {
    fixture = await startExact('2026-10-14');
    const { account, entry } = openInvoice(fixture);
    const [ledger] = fixture.books.where('glAccounts', 'Type', 110);
    const body = { Customer: account.id, Journal: '70', EntryDate: '2026-10-01', PaymentCondition: '14', SalesEntryLines: [{ AmountFC: 99.95, GLAccount: ledger?.id }] }; // prettier-ignore
    const made = await fixture.inside('POST', 'salesentry/SalesEntries', { body });
    expect([made.status, made.body['d']?.['AmountFC']]).toEqual([201, null]);
    const address = `salesentry/SalesEntries(guid'${String(made.body['d']?.['EntryID'])}')`;
    const whole = (await fixture.inside('GET', address)).body['d'];
    expect([whole?.['AmountFC'], dateMs(whole?.['DueDate'])]).toEqual([99.95, Date.UTC(2026, 9, 15)]);
    expect((await fixture.inside('DELETE', address)).status).toBe(204);
    expect((await fixture.inside('GET', address)).status).toBe(404);
    payInvoice(fixture.books, entry, { amount: 1, date: plainDate('2026-10-02') }, fixture.clock.now());
    expect((await fixture.inside('DELETE', `salesentry/SalesEntries(guid'${entry.id}')`)).status).toBe(500);
    expect(errorText(await fixture.inside('POST', 'salesentry/SalesEntries', { body: { ...body, SalesEntryLines: [] } }))).toBe(
      'Verplicht: Regels',
    );
    account.fields['EndDate'] = Date.UTC(2026, 8, 30);
    expect(errorText(await fixture.inside('POST', 'salesentry/SalesEntries', { body }))).toBe('Klant: non-actief');
  });

  it('wants bank entries to add up; they stand as receipts nobody allocated', async () => {
    fixture = await startExact('2026-10-14');
    const { account } = openInvoice(fixture);
    const [ledger] = fixture.books.where('glAccounts', 'Type', 20);
    const line = {
      Account: account.id,
      GLAccount: ledger?.id,
      AmountFC: 1210,
      Date: '2026-10-13',
      Description: '26700001',
      OurRef: 26_700_001,
    };
    const body = { JournalCode: '20', OpeningBalanceFC: 100, ClosingBalanceFC: 1310, BankEntryLines: [line] };
    const wrong = await fixture.inside('POST', 'financialtransaction/BankEntries', { body: { ...body, ClosingBalanceFC: 1300 } });
    expect(errorText(wrong)).toBe('Opening balance plus all bank entry lines should result in the closing balance');
    const made = await fixture.inside('POST', 'financialtransaction/BankEntries', { body });
    expect(made.status).toBe(201);
    const amounts = async () => rows(await fixture.inside('GET', RECEIVABLES + select('AmountDC'))).map((row) => Number(row['AmountDC']));
    expect((await amounts()).sort()).toEqual([-1210, 1210]);
    const address = `financialtransaction/BankEntries(guid'${String(made.body['d']?.['EntryID'])}')`;
    const whole = (await fixture.inside('GET', `${address}?$expand=BankEntryLines`)).body['d'];
    expect(whole?.['BankEntryLines']?.['results']).toMatchObject([{ AmountFC: 1210, OurRef: 26_700_001 }]);
    expect((await fixture.inside('DELETE', address)).status).toBe(204);
    expect(await amounts()).toEqual([-1210]);
  });

  it('stores documents and attachments, and gives their content back to who has the token', async () => {
    fixture = await startExact('2026-10-14');
    const { account } = openInvoice(fixture);
    const document = {
      Subject: '[CC:r2-26700001] Herinnering 2',
      Type: 55,
      Account: account.id,
      SalesInvoiceNumber: 26_700_001,
      Body: 'Tekst',
    };
    const made = (await fixture.inside('POST', 'documents/Documents', { body: document })).body['d'] as Json;
    expect(made['DocumentViewUrl']).toContain(`/docs/DocViewContent.aspx?ID=${String(made['ID'])}`);
    const file = { Document: made['ID'], FileName: 'herinnering.pdf', Attachment: Buffer.from('%PDF-1.4').toString('base64') };
    const attached = (await fixture.inside('POST', 'documents/DocumentAttachments', { body: file })).body['d'] as Json;
    expect(attached).toMatchObject({ Attachment: null, FileName: 'herinnering.pdf', FileSize: 8 });
    const authorization = `Bearer ${fixture.chain.access?.value}`;
    const address = `${String(attached['Url'])}&Download=1`;
    expect((await ask(address, { headers: { authorization } })).text).toBe('%PDF-1.4');
    expect((await ask(address)).status).toBe(401);
    const found = await fixture.inside(
      'GET',
      `documents/Documents?$filter=substringof('[CC:r2-26700001]',Subject)&$select=ID,TypeDescription`,
    );
    expect(rows(found)).toMatchObject([{ ID: made['ID'], TypeDescription: 'Miscellaneous' }]);
    const noType = await fixture.inside('POST', 'documents/Documents', { body: { ...document, Type: 31 } });
    expect(errorText(noType)).toBe('Ongeldig: Type');
  });

  it('makes activities that nobody can change or close from outside', async () => {
    fixture = await startExact('2026-10-14', NO_LIMITS);
    const { account } = openInvoice(fixture);
    const post = async (path: string, body: object) => (await fixture.inside('POST', path, { body })).body['d'] as Json;
    const complaint = await post('activities/Complaints', {
      Account: account.id,
      Complaint: 'Betwist 26700001',
      NextAction: '2026-10-28',
      Status: 50,
    });
    const task = await post('activities/Tasks', { Account: account.id, Description: 'Toezegging', TaskType: 1, ActionDate: '2026-10-20' });
    const read = async (path: string, { ID }: Json) => (await fixture.inside('GET', `${path}(guid'${String(ID)}')`)).body['d'];
    expect(await read('activities/Complaints', complaint)).toMatchObject({ Status: 20, StatusDescription: 'Open' });
    expect(await read('activities/Tasks', task)).toMatchObject({ Status: 20, TaskType: null });
    for (const method of ['PUT', 'DELETE']) {
      expect((await fixture.inside(method, `activities/Tasks(guid'${String(task['ID'])}')`, { body: {} })).status).toBe(405);
    }
    expect(errorText(await fixture.inside('POST', 'activities/Complaints', { body: { Complaint: 'x' } }))).toBe('Verplicht: Relatie');
    // Somebody closes it on the site: that can be read.
    const row = fixture.books.complaints.get(String(complaint['ID']));
    if (row) setComplaintStatus(fixture.books, row, 50, fixture.clock.now());
    expect(await read('activities/Complaints', complaint)).toMatchObject({ Status: 50, StatusDescription: 'Processed' });
  });
});

describe('sync', () => {
  const TERMS = 'sync/Cashflow/PaymentTerms';
  const since = async (path: string, from: unknown, names: string) =>
    rows(await fixture.inside('GET', `${path}?$filter=Timestamp gt ${String(from)}L&$select=${names}`));
  const highest = (list: Json[]): bigint => list.map((row) => BigInt(String(row['Timestamp']))).reduce((a, b) => (a > b ? a : b), 1n);

  it('brings what changed after the highest timestamp seen, paid ones too, and nothing in a quiet night', async () => {
    fixture = await startExact('2026-10-14');
    const { entry } = openInvoice(fixture);
    const first = await since(TERMS, 1, 'Timestamp,Status');
    expect([first.length, typeof first[0]?.['Timestamp']]).toEqual([1, 'string']);
    expect(await since(TERMS, highest(first), 'Timestamp')).toEqual([]);
    payInvoice(fixture.books, entry, { amount: 121_000, date: plainDate('2026-10-13') }, fixture.clock.now());
    const after = await since(TERMS, highest(first), 'Timestamp,Status,AmountDC');
    expect(after.map((row) => [Number(row['AmountDC']), Number(row['Status'])]).sort()).toEqual([
      [-1210, 50],
      [1210, 50],
    ]);
  });

  it('brings pages of a thousand in order of row version, the rows of a page in none', async () => {
    fixture = await startExact('2026-10-14', NO_LIMITS);
    accounts(1_001);
    const first = await fixture.inside('GET', 'sync/CRM/Accounts?$filter=Timestamp gt 1L&$select=Timestamp,ID');
    const next = String(first.body['d']?.['__next']);
    const stamps = rows(first).map((row) => Number(row['Timestamp']));
    expect([stamps.length, [...stamps].sort((a, b) => a - b)[0] !== stamps[0]]).toEqual([1_000, true]);
    expect(next).toContain(`$skiptoken=${Math.max(...stamps)}L`);
    const second = await ask(next, { headers: { accept: 'application/json', authorization: `Bearer ${fixture.chain.access?.value}` } });
    expect(rows(second)).toHaveLength(1);
  });

  it('tells of what was deleted for two months', async () => {
    fixture = await startExact('2026-10-14');
    const { books, clock } = fixture;
    const { entry } = openInvoice(fixture);
    const [term] = books.termsOf(entry);
    await fixture.inside('DELETE', `salesentry/SalesEntries(guid'${entry.id}')`);
    const deleted = async () => (await since('sync/Deleted', 1, 'EntityKey,EntityType')).filter((row) => Number(row['EntityType']) === 10);
    expect(await deleted()).toMatchObject([{ EntityKey: term?.id, EntityType: 10 }]);
    expect(await since(TERMS, 1, 'ID')).toEqual([]);
    clock.advance(63 * 86_400_000);
    fixture.sandbox.oauth.rotate(fixture.chain);
    expect(await deleted()).toEqual([]);
  });

  it('starts anew with lower timestamps when the division was moved', async () => {
    fixture = await startExact('2026-10-14');
    openInvoice(fixture);
    const before = highest(await since(TERMS, 1, 'Timestamp'));
    const moved = async () => rows(await fixture.inside('GET', 'system/Divisions?$select=DivisionMoveDate'))[0]?.['DivisionMoveDate'];
    expect(await moved()).toBeNull();
    fixture.books.move(fixture.clock.now());
    expect(dateMs(await moved())).toBe(Date.UTC(2026, 9, 14, 12));
    expect(highest(await since(TERMS, 1, 'Timestamp')) < before).toBe(true);
  });

  it('has lines of the ledger that balance, and invoices with their lines beside them', async () => {
    fixture = await startExact('2026-10-14');
    const { entry } = openInvoice(fixture);
    const lines = await since('sync/Financial/TransactionLines', 1, 'AmountDC,GLAccountCode,LineNumber,OffsetID,EntryID');
    // The receivable is debit, revenue and VAT are credit.
    expect(lines.map((row) => [Number(row['LineNumber']), Number(row['AmountDC']), String(row['GLAccountCode'])]).sort()).toEqual([
      [0, 1210, '1300'],
      [1, -1000, '8000'],
      [2, -210, '1500'],
    ]);
    payInvoice(fixture.books, entry, { amount: 121_000, date: plainDate('2026-10-13') }, fixture.clock.now());
    const bulk = await fixture.inside(
      'GET',
      `financialtransaction/TransactionLines?$filter=InvoiceNumber eq ${entry.invoiceNumber}&$select=OffsetID,LineNumber`,
    );
    const header = rows(bulk).find((row) => Number(row['LineNumber']) === 0);
    expect(header?.['OffsetID']).not.toBeNull();
  });
});

describe('limits', () => {
  const me = () => fixture.inside('GET', 'system/Divisions?$select=Code');

  it('are 60 a minute of the clock; a refusal has the headers of the minute only and no body', async () => {
    fixture = await startExact('2026-10-14');
    fixture.clock.set(new Date('2026-10-14T10:00:59.000Z'));
    const first = await me();
    expect(Object.fromEntries([...first.headers].filter(([name]) => name.startsWith('x-ratelimit')))).toEqual({
      'x-ratelimit-limit': '5000',
      'x-ratelimit-remaining': '4999',
      // Midnight UTC after 14 October, and the next whole minute.
      'x-ratelimit-reset': String(Date.UTC(2026, 9, 15)),
      'x-ratelimit-minutely-limit': '60',
      'x-ratelimit-minutely-remaining': '59',
      'x-ratelimit-minutely-reset': String(Date.UTC(2026, 9, 14, 10, 1)),
    });
    for (let call = 2; call <= 60; call++) expect((await me()).status).toBe(200);
    const refused = await me();
    const names = [...refused.headers.keys()].filter((name) => name.startsWith('x-ratelimit'));
    expect([refused.status, refused.text, names]).toEqual([429, '', ['x-ratelimit-minutely-limit', 'x-ratelimit-minutely-remaining', 'x-ratelimit-minutely-reset']]); // prettier-ignore
    fixture.clock.advance(1_000);
    expect((await me()).status).toBe(200);
  });

  it('are 5000 a day, with the headers of the day only; another division has its own', async () => {
    fixture = await startExact('2026-10-14');
    const { sandbox, clock, app, books, user } = fixture;
    for (let minute = 0; minute < 84; minute++) {
      sandbox.guard.useUpBudget(app.id, books.code, 60);
      clock.advance(60_000);
    }
    sandbox.oauth.rotate(fixture.chain);
    const refused = await me();
    expect([refused.status, refused.headers.get('x-ratelimit-remaining'), refused.headers.has('x-ratelimit-minutely-limit')]).toEqual([
      429,
      '0',
      false,
    ]);
    expect(sandbox.guard.callsToday(app.id, books.code)).toBe(5_000);
    const second = sandbox.addDivision(books.profile, { users: [user] });
    expect((await fixture.call('GET', `${second.code}/system/Divisions?$select=Code`)).status).toBe(200);
  });

  it('shut an endpoint for an hour after more than ten errors, twice as long the next time', async () => {
    fixture = await startExact('2026-10-14');
    const wrong = async () => (await fixture.inside('GET', 'crm/Contacts?$filter=x')).status;
    const right = async () => (await fixture.inside('GET', "crm/Contacts?$filter=Email eq 'x'&$select=ID")).status;
    const hour = (): void => {
      fixture.clock.advance(3_600_000);
      fixture.sandbox.oauth.rotate(fixture.chain);
    };
    for (let time = 0; time < 11; time++) expect(await wrong()).toBe(400);
    expect([await right(), await wrong()]).toEqual([429, 429]);
    // Other endpoints go on.
    expect((await me()).status).toBe(200);
    hour();
    expect(await right()).toBe(200);
    for (let time = 0; time < 11; time++) await wrong();
    hour();
    expect(await right()).toBe(429);
    hour();
    expect(await right()).toBe(200);
  });

  it('take three requests of a division at once, not four', async () => {
    fixture = await startExact('2026-10-14');
    fixture.sandbox.faults.next('slow', { times: 3, delayMs: 100 });
    const statuses = (await Promise.all([me(), me(), me(), me()])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 200, 200, 429]);
    expect(fixture.sandbox.mostInFlight).toBe(4);
  });
});

describe('faults', () => {
  const read = () => fixture.inside('GET', 'system/Divisions?$select=Code');

  it('answer instead, and are used up', async () => {
    fixture = await startExact('2026-10-14');
    const { faults } = fixture.sandbox;
    const page = { status: 503, type: 'text/html; charset=utf-8' };
    const seen = async () => {
      const { status, headers } = await read();
      return { status, type: headers.get('content-type') };
    };
    faults.next('maintenance');
    faults.next('maintenance-200');
    expect([await seen(), await seen()]).toEqual([page, { ...page, status: 200 }]);
    faults.next('crash');
    expect(errorText(await read())).toBe('A problem has occurred. The cause of this issue will be investigated as soon as possible.');
    faults.next('unauthorized');
    expect((await read()).status).toBe(401);
    faults.next('rate-limited-day');
    expect((await read()).headers.has('x-ratelimit-minutely-reset')).toBe(false);
    expect((await read()).status).toBe(200);
  });

  it('leave a write undone, or do it and lose the answer', async () => {
    fixture = await startExact('2026-10-14');
    const { books, sandbox } = fixture;
    const note = () => fixture.inside('POST', 'activities/CommunicationNotes', { body: { Subject: 'x' } });
    sandbox.faults.next('drop', { match: isWrite });
    await expect(note()).rejects.toThrow();
    expect(books.communicationNotes.size).toBe(0);
    sandbox.faults.next('drop-after', { match: isWrite });
    await expect(note()).rejects.toThrow();
    expect(books.communicationNotes.size).toBe(1);
    expect(sandbox.log.count(isWrite)).toBe(2);
  });

  it('lose the answer of a refresh, which is the end of the consent', async () => {
    fixture = await startExact('2026-10-14');
    const { clock, app, chain } = fixture;
    const form = { grant_type: 'refresh_token', client_id: app.id, client_secret: app.secret, refresh_token: chain.refresh.value };
    clock.advance(580_000);
    fixture.sandbox.faults.next('drop-after', { match: ({ path }) => path === '/api/oauth2/token' });
    await expect(fixture.token(form)).rejects.toThrow();
    expect((await fixture.token(form)).status).toBe(401);
  });

  it('let the clock of the server run four minutes ahead', async () => {
    fixture = await startExact('2026-10-14');
    fixture.sandbox.driftMs = 240_000;
    const reply = await read();
    expect(reply.headers.get('date')).toBe('Wed, 14 Oct 2026 10:04:00 GMT');
    expect(reply.headers.get('x-ratelimit-minutely-reset')).toBe(String(Date.UTC(2026, 9, 14, 10, 5)));
  });

  it('let the access token run out between two pages', async () => {
    fixture = await startExact('2026-10-14');
    accounts(61);
    const first = await fixture.inside('GET', `crm/Accounts?${ALL_ACCOUNTS}&$select=ID`);
    const headers = { accept: 'application/json', authorization: `Bearer ${fixture.chain.access?.value}` };
    fixture.sandbox.oauth.expireAccess(fixture.chain);
    const next = String(first.body['d']?.['__next']);
    expect((await ask(next, { headers })).status).toBe(401);
    fixture.sandbox.oauth.rotate(fixture.chain);
    const again = await ask(next, { headers: { ...headers, authorization: `Bearer ${fixture.chain.access?.value}` } });
    expect(rows(again)).toHaveLength(1);
  });

  it('turn the sign of an endpoint round', async () => {
    fixture = await startExact('2026-10-14');
    openInvoice(fixture);
    fixture.books.switches.receivablesSign = -1;
    fixture.books.switches.receivablesListSign = -1;
    const [receivable] = rows(await fixture.inside('GET', RECEIVABLES + select('AmountDC')));
    const [listed] = rows(await fixture.inside('GET', 'read/financial/ReceivablesList?$select=Amount'));
    expect([receivable?.['AmountDC'], listed?.['Amount']]).toEqual([1210, -1210]);
  });
});

describe('webhooks', () => {
  interface Received {
    readonly body: string;
    readonly length: string | undefined;
  }
  let receiver: Server | null = null;
  let status = 200;
  const received: Received[] = [];
  afterEach(async () => {
    receiver?.closeAllConnections();
    await new Promise((resolve) => (receiver ? receiver.close(resolve) : resolve(null)));
    received.splice(0);
    status = 200;
    receiver = null;
  });

  /** A receiver behind https://tegoed.example. */
  async function listen(): Promise<void> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        received.push({ body: Buffer.concat(chunks).toString('utf8'), length: request.headers['content-length'] });
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    receiver = server;
    fixture.sandbox.webhooks.route('https://tegoed.example', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }
  const subscribe = (changes: object = {}) =>
    fixture.inside('POST', 'webhooks/WebhookSubscriptions', {
      body: { CallbackURL: 'https://tegoed.example/hook', Topic: 'Accounts', ...changes },
    });

  it('try the address with an empty request, and refuse it when that is refused', async () => {
    fixture = await startExact('2026-10-14');
    await listen();
    expect((await subscribe()).status).toBe(201);
    expect(received).toEqual([{ body: '', length: '0' }]);
    const again = await subscribe();
    expect([again.status, errorText(again)]).toEqual([500, 'Gegeven bestaat reeds.']);
    status = 500;
    const failing = await subscribe({ Topic: 'Contacts' });
    expect([failing.status, errorText(failing)]).toEqual([
      500,
      expect.stringMatching(/^Invalid: Post to callback URL endpoint returns 500/),
    ]);
    expect((await subscribe({ Topic: 'Contacts', CallbackURL: 'http://tegoed.example/hook' })).status).toBe(500);
    expect((await subscribe({ Topic: 'Receivables' })).status).toBe(500);
  });

  it('send the topic and the key, signed over the text of the content', async () => {
    fixture = await startExact('2026-10-14');
    await listen();
    await subscribe();
    received.splice(0);
    const { account, entry } = openInvoice(fixture);
    payInvoice(fixture.books, entry, { amount: 121_000, date: plainDate('2026-10-13') }, fixture.clock.now());
    expect(await fixture.sandbox.webhooks.deliver()).toEqual([200]);
    const [{ body } = { body: '' }] = received;
    const { Content, HashCode } = JSON.parse(body) as { Content: Record<string, unknown>; HashCode: string };
    expect(Content).toEqual({
      Topic: 'Accounts',
      ClientId: fixture.app.id,
      Division: fixture.books.code,
      Action: 'Create',
      Key: account.id,
      ExactOnlineEndpoint: `${fixture.url}/api/v1/${fixture.books.code}/crm/Accounts(guid'${account.id}')`,
      EventCreatedOn: '2026-10-14T12:00:00',
    });
    const raw = body.slice('{"Content":'.length, body.indexOf(',"HashCode":"'));
    expect(HashCode).toBe(createHmac('sha256', 'example-webhook-secret').update(raw).digest('hex').toUpperCase());
  });

  it('end with the subscription, which can be made anew', async () => {
    fixture = await startExact('2026-10-14');
    await listen();
    const made = await subscribe();
    accounts(1);
    expect(fixture.sandbox.webhooks.waiting).toBe(1);
    const gone = await fixture.inside('DELETE', `webhooks/WebhookSubscriptions(guid'${String(made.body['d']?.['ID'])}')`);
    accounts(1);
    expect([gone.status, fixture.sandbox.webhooks.waiting]).toEqual([204, 1]);
    expect((await subscribe()).status).toBe(201);
  });

  it('sign as the recorded delivery was signed', async () => {
    fixture = await startExact('2026-10-14');
    // Fact sheet §7.9, with its secret.
    const address = "https://start.exactonline.nl/api/v1/1234567/crm/Accounts(guid'3f0d2c4e-8a61-4d0b-9b7e-51c2a9e4d001')";
    const event = { division: 1_234_567, topic: 'Accounts', action: 'Update', key: '3f0d2c4e-8a61-4d0b-9b7e-51c2a9e4d001', address, at: new Date('2026-10-14T14:21:07.213Z') } as const; // prettier-ignore
    const body = signedBody({ id: '6b1f3a52-0d7e-4c1b-9a55-2f8f0a1c7d10', webhookSecret: 'example-webhook-secret' }, event);
    expect(body).toContain('"HashCode":"4BA5CAC67CEE29EA8180D939CB5E82E0E5824324ABAF7C58322C00FB0ADF1031"');
  });

  it('can come twice, in the wrong order, or not at all', async () => {
    fixture = await startExact('2026-10-14');
    await listen();
    await subscribe();
    received.splice(0);
    accounts(3);
    expect(await fixture.sandbox.webhooks.deliver({ twice: true, reversed: true, lost: [1] })).toHaveLength(4);
    const keys = received.map(({ body }) => (JSON.parse(body) as { Content: { Key: string } }).Content.Key);
    const [first, , third] = [...fixture.books.accounts.values()].map(({ id }) => id);
    expect(keys).toEqual([third, third, first, first]);
  });
});

describe('relations', () => {
  it('have contacts, of which one is the main one, and a list of receivables of their own', async () => {
    fixture = await startExact('2026-10-14');
    const { account } = openInvoice(fixture);
    openInvoice(fixture);
    const contact = addContact(
      fixture.books,
      account,
      { FirstName: 'Noor', LastName: 'van Dijk', Email: 'noor@bakkerij.example' },
      fixture.clock.now(),
    );
    const list = await fixture.inside(
      'GET',
      `crm/Contacts?$filter=Account eq guid'${account.id}'${select('ID', 'FullName', 'IsMainContact', 'Email')}`,
    );
    expect(rows(list)).toMatchObject([{ ID: contact.id, FullName: 'Noor van Dijk', IsMainContact: true }]);
    const mine = await fixture.inside('GET', `read/financial/ReceivablesListByAccount?accountId=guid'${account.id}'`);
    expect(rows(mine)).toMatchObject([{ AccountId: account.id, Amount: 1210 }]);
  });
});
