import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unwrap } from '../../../kernel/result.js';
import { toDebtor } from './contact.js';
import { NO_TERMS, invoiceTerms } from './workflow.js';

const bakery = {
  id: '430550127733998214',
  company_name: 'Bakkerij Korenaar B.V.',
  firstname: 'Jet',
  lastname: 'Meulenbelt',
  country: 'NL',
  phone: '',
  customer_id: 'D-1042',
  tax_number: 'NL001234567B01',
  chamber_of_commerce: '08123456',
  // NL20 INGB 0001 2345 67 with blanks as people type it; its check digits hold.
  bank_account: 'NL20 INGB 0001 2345 67',
  sepa_iban: 'NL20INGB0001234567',
  email: 'oud@korenaar.example',
  send_invoices_to_email: 'facturen@korenaar.example, directie@korenaar.example',
  invoice_workflow_id: '402118851200000001',
  created_at: '2025-02-03T23:30:20.004Z',
  custom_fields: [{ id: '470000000000000101', name: 'Kredietlimiet', value: '€ 5.000,00' }],
  archived: false,
};

const terms = invoiceTerms([
  {
    id: '402118851200000001',
    type: 'InvoiceWorkflow',
    language: 'nl-be',
    steps: [
      { step_order: 1, due_interval: 7 },
      { step_order: 0, due_interval: 21 },
    ],
  },
  {
    id: '402118851200000002',
    type: 'InvoiceWorkflow',
    language: 'nl',
    default: true,
    active: true,
    steps: [{ step_order: 0, due_interval: 14 }],
  },
  {
    id: '402118851200000003',
    type: 'EstimateWorkflow',
    language: 'en',
    default: true,
    active: true,
    steps: [{ step_order: 0, due_interval: 60 }],
  },
]);

describe('toDebtor', () => {
  it('maps a company with everything filled in', () => {
    expect(unwrap(toDebtor(bakery, terms))).toEqual({
      ref: '430550127733998214',
      number: 'D-1042',
      name: 'Bakkerij Korenaar B.V.',
      isBusiness: true,
      country: 'NL',
      language: 'nl',
      emails: ['facturen@korenaar.example', 'directie@korenaar.example'],
      phone: null,
      ibans: ['NL20INGB0001234567'],
      vatId: 'NL001234567B01',
      registryId: '08123456',
      creditLimit: 500_000,
      paymentTermDays: 21,
      archived: false,
      // Half past midnight on the fourth in Amsterdam.
      createdOn: '2025-02-04',
      raw: bakery,
    });
  });

  it('says of a person only what the package says', () => {
    const person = {
      id: '430550127733998215',
      company_name: '',
      firstname: 'Noor',
      lastname: 'de Wilde',
      tax_number: null,
      bank_account: 'onbekend',
      archived: true,
    };
    const debtor = unwrap(toDebtor(person, terms));
    expect(debtor).toMatchObject({
      number: null,
      name: 'Noor de Wilde',
      isBusiness: null,
      country: null,
      emails: [],
      ibans: [],
      creditLimit: null,
      paymentTermDays: 14, // the default workflow's
      language: 'nl',
      archived: true,
      createdOn: null,
    });
  });

  it.each([
    ['the only name there is', { lastname: 'Zandstra' }, 'Zandstra'],
    ['the number', { customer_id: '77' }, '77'],
    ['the id', {}, '1'],
  ])('calls a contact without company by %s', (_what, fields, name) => {
    expect(unwrap(toDebtor({ id: '1', ...fields }, NO_TERMS)).name).toBe(name);
  });

  it('falls back on the read-only address, and keeps only addresses', () => {
    const contact = { id: '1', send_invoices_to_email: '', email: 'a@b.example; c@d.example,geen adres,a@b.example' };
    expect(unwrap(toDebtor(contact, NO_TERMS)).emails).toEqual(['a@b.example', 'c@d.example']);
  });

  it('knows no term of a workflow it has not seen', () => {
    expect(unwrap(toDebtor({ id: '1', invoice_workflow_id: '9' }, terms)).paymentTermDays).toBeNull();
  });

  it('refuses an id that lost its last digits as a JSON number', () => {
    const result = toDebtor({ id: 4.30550127733998e17, company_name: 'X' }, NO_TERMS);
    expect(result).toEqual({ ok: false, error: { code: 'unreadable-record', message: 'contact (without id): id is no id' } });
  });

  it('takes whatever else stands in the fields', () => {
    const hostile = fc.dictionary(fc.constantFrom(...Object.keys(bakery).filter((key) => key !== 'id')), fc.jsonValue());
    fc.assert(
      fc.property(hostile, (fields) => {
        expect(toDebtor({ ...fields, id: '1' }, terms).ok).toBe(true);
      }),
    );
  });
});
