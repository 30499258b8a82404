import { unwrap } from '../../../src/kernel/result.js';
import { plainDate } from '../../../src/kernel/plain-date.js';
import { digests } from '../../../src/handover/digests.js';
import type { CaseFile, CaseInvoice, Receipt, SentReminder } from '../../../src/handover/rules/document/case-file.js';
import { composeDossier } from '../../../src/handover/rules/document/compose-dossier.js';
import type { DossierDocument } from '../../../src/handover/rules/document/dossier.js';
import { dossierText } from '../../../src/handover/rules/document/seal.js';
import { LOG_START, append, withheld } from '../../../src/handover/rules/log/hash-chain.js';
import type { Debtor, Invoice } from '../../../src/ledger/rules/book.js';
import { LAW } from '../../law/law-fixture.js';

/** The claim of agency-handover.md §3: three invoices of a business debtor in the Netherlands, handed over on Monday 23 November 2026. */

export const ADMINISTRATION_ID = '5b1f6c1e-4d0a-4f5e-9a57-2f8f4f0c1a11';

export const debtor: Debtor = {
  id: 'd-1',
  number: '1001',
  name: 'Café Zuiderzee B.V.',
  capacity: 'business',
  country: 'NL',
  language: 'nl',
  email: 'administratie@zuiderzee.example',
  phone: null,
  ibans: ['NL02ABNA0123456789'],
  vatId: null,
  registryId: '87654321',
  creditLimit: null,
  paymentTermDays: 30,
  largeCompany: false,
  customerSince: null,
  segment: null,
  holds: [],
};

export function invoice(number: string, given: Partial<Invoice>): Invoice {
  return {
    id: `id-${number}`,
    number,
    debtorId: 'd-1',
    kind: 'invoice',
    issueDate: plainDate('2026-06-15'),
    dueDate: plainDate('2026-07-15'),
    amount: 0,
    open: 0,
    currency: 'EUR',
    paymentReference: null,
    description: null,
    dispute: null,
    collecting: false,
    handedOverOn: null,
    ...given,
  };
}

export function item(of: Invoice, given: Partial<CaseInvoice> = {}): CaseInvoice {
  const interruptions = [{ on: plainDate('2026-10-12'), kind: 'written-demand' as const }];
  return { invoice: of, dueDate: of.dueDate, disputedPart: 0, lastFreeDay: of.dueDate, interruptions, ...given };
}

export const payment = (number: string, on: string, amount: number, given: Partial<Receipt> = {}): Receipt => ({
  invoiceId: `id-${number}`,
  on: plainDate(on),
  amount,
  kind: 'payment',
  reversedOn: null,
  bankReference: null,
  ...given,
});

export function reminder(kind: SentReminder['contact']['kind'], sentOn: string, given: Partial<SentReminder> = {}): SentReminder {
  return {
    contact: {
      id: `c-${sentOn}`,
      debtorId: 'd-1',
      invoiceIds: ['id-F-1', 'id-F-2', 'id-F-3'],
      step: kind,
      kind,
      channel: kind === 'notice-of-default' ? 'letter' : 'email',
      sentOn: plainDate(sentOn),
      receivedOn: null,
    },
    sentAt: `${sentOn}T07:00:00.000Z`,
    addressUsed: 'administratie@zuiderzee.example',
    asked: 1787_25,
    costsAsked: 0,
    payBy: null,
    documentSha256: digests.sha256(kind),
    ...given,
  };
}

export function sampleCase(given: Partial<CaseFile> = {}): CaseFile {
  const owner = { administration: ADMINISTRATION_ID, debtor: 'd-1' };
  const log = unwrap(
    append(
      owner,
      LOG_START,
      [
        { at: '2026-07-20T07:00:00.000Z', kind: 'mail-sent', body: { step: 'friendly', response: null } },
        { at: '2026-09-01T09:30:00.000Z', kind: 'call-made', body: { note: 'for the house only' } },
        { at: '2026-10-12T07:00:00.000Z', kind: 'letter-sent', body: { step: 'notice-of-default', sentOn: '2026-10-12' } },
      ],
      digests,
    ),
  );
  return {
    caseId: '8b1f6c1e-4d0a-4f5e-9a57-2f8f4f0c1a11',
    version: 1,
    submittedAt: '2026-11-23T08:15:30.000Z',
    calculatedTo: plainDate('2026-11-23'),
    approval: { by: 'A. Janssen', at: '2026-11-23T08:15:00.000Z', principal: 1787_25 },
    service: 'AMICABLE',
    creditor: {
      administration: {
        id: ADMINISTRATION_ID,
        name: 'Voorbeeld Techniek B.V.',
        country: 'NL',
        currency: 'EUR',
        ibans: ['NL02ABNA0123456789'],
        vatDeductible: true,
        registry: { scheme: 'KVK', id: '12345678' },
      },
      address: ['Dorpsstraat 1', '1234 AB Voorbeeld'],
      email: 'administratie@voorbeeld.example',
      phone: null,
      vatId: 'NL123456789B01',
      iban: 'NL02ABNA0123456789',
    },
    debtor: {
      debtor,
      segmentBasis: 'REGISTRY',
      address: { street: 'Kade', houseNumber: '2', suffix: null, postcode: '1234 CD', city: 'Voorbeeld' },
    },
    legalBasis: {
      contractDate: null,
      orderReference: null,
      generalTerms: null,
      clause: null,
      termAgreed: true,
      vatStatedInLetter: false,
    },
    allocation: 'LEDGER',
    invoices: [
      item(invoice('F-1', { amount: 1210_00, open: 910_00 })),
      item(invoice('F-2', { issueDate: plainDate('2026-07-15'), dueDate: plainDate('2026-08-14'), amount: 605_00, open: 544_50 })),
      item(invoice('F-3', { issueDate: plainDate('2026-08-14'), dueDate: plainDate('2026-09-13'), amount: 332_75, open: 332_75 })),
    ],
    receipts: [payment('F-1', '2026-09-01', 300_00), payment('F-2', '2026-08-01', 60_50, { kind: 'credit-note' })],
    reminders: [reminder('reminder', '2026-07-20'), reminder('notice-of-default', '2026-10-12')],
    contacts: [{ on: plainDate('2026-09-01'), channel: 'phone', kind: 'call', outcome: 'NO_ANSWER' }],
    disputes: [],
    promises: [],
    arrangements: [],
    attachments: [
      { id: 'a-1', kind: 'INVOICE', fileName: 'F-1.pdf', mediaType: 'application/pdf', bytes: 48_211, sha256: digests.sha256('F-1') },
    ],
    instructions: {
      minimumInstalment: 50_00,
      planMonthsMax: 6,
      discountPercentMax: null,
      legalActionOnlyAfterApproval: true,
      questionsTo: 'administratie@voorbeeld.example',
    },
    log: log.map((entry) => (entry.kind === 'call-made' ? withheld(entry) : entry)),
    ...given,
  };
}

export const sampleDossier = (given: Partial<CaseFile> = {}): DossierDocument => unwrap(composeDossier(LAW, sampleCase(given), digests));

export const exported = (document: DossierDocument): Uint8Array => new TextEncoder().encode(unwrap(dossierText(document)));
