import type { DivisionBooks } from '../books.js';
import type { FieldRow } from '../records.js';
import { say } from '../texts.js';
import { tracked } from './common.js';
import { type Resource, empty, fieldResource, stored, text } from './resource.js';

/** Payment conditions, mandates, journals and ledger accounts. */
export function settingsResources(books: DivisionBooks): Resource<FieldRow>[] {
  return [paymentConditions(books), mandates(books), journals(books), glAccounts(books)];
}

function paymentConditions(books: DivisionBooks): Resource<FieldRow> {
  const writable = [
    'Code', 'CreditManagementScenario', 'Description', 'DiscountPaymentDays', 'DiscountPercentage', 'PaymentDays', 'PaymentEndOfMonths',
    'PaymentMethod', 'Percentage',
  ]; // prettier-ignore
  return fieldResource(books, {
    path: 'cashflow/PaymentConditions',
    type: 'PaymentCondition',
    scope: 'financial.cashflow',
    methods: ['GET', 'POST'],
    own: {
      ...tracked<FieldRow>(books),
      ...stored(
        `s: Code CreditManagementScenarioCode CreditManagementScenarioDescription Description DiscountCalculation PaymentDiscountType
           PaymentMethod VATCalculation,
         i: DiscountPaymentDays PaymentDays PaymentEndOfMonths, d: DiscountPercentage Percentage, g: CreditManagementScenario`,
      ),
    },
    table: 'paymentConditions',
    write: {
      table: 'paymentConditions',
      create: writable,
      update: [],
      required: ['Code', 'Description'],
      references: {},
      defaults: () => ({
        PaymentDays: 0,
        PaymentEndOfMonths: 0,
        PaymentMethod: 'B',
        DiscountPercentage: 0,
        DiscountPaymentDays: 0,
        Percentage: 1,
      }),
      refuse: ({ fields, language }) =>
        books.find('paymentConditions', 'Code', fields['Code'] ?? null) ? say(language, 'duplicate') : null,
    },
  });
}

function mandates(books: DivisionBooks): Resource<FieldRow> {
  const writable = [
    'Account', 'BankAccount', 'CancellationDate', 'Description', 'FirstSend', 'Main', 'PaymentType', 'Reference', 'SignatureDate', 'Type',
  ]; // prettier-ignore
  return fieldResource(books, {
    path: 'cashflow/DirectDebitMandates',
    type: 'Cashflow.DirectDebitMandate',
    scope: 'financial.cashflow',
    methods: ['GET', 'POST', 'PUT', 'DELETE'],
    own: {
      ...tracked<FieldRow>(books),
      ...stored(
        'g: Account BankAccount, s: Description Reference, h: PaymentType Type, y: FirstSend Main, t: CancellationDate SignatureDate',
      ),
    },
    table: 'mandates',
    write: {
      table: 'mandates',
      create: writable,
      update: writable,
      required: ['Account', 'BankAccount'],
      references: { Account: 'accounts', BankAccount: 'bankAccounts' },
      defaults: () => ({ Type: 0, PaymentType: 1, Main: 0, FirstSend: 1 }),
    },
  });
}

function journals(books: DivisionBooks): Resource<FieldRow> {
  const ledger = ({ fields }: FieldRow): FieldRow | undefined => books.glAccounts.get(String(fields['GLAccount']));
  return fieldResource(books, {
    path: 'financial/Journals',
    type: 'Journal',
    scope: 'financial.generalledgers',
    methods: ['GET'],
    own: {
      ...tracked<FieldRow>(books),
      ...stored('s: BankAccountIBAN Code Currency Description, i: Type, g: GLAccount, b: IsBlocked'),
      GLAccountCode: text<FieldRow>((row) => ledger(row)?.fields['Code'] ?? null),
      GLAccountDescription: text<FieldRow>((row) => ledger(row)?.fields['Description'] ?? null),
      ...empty<FieldRow>('Guid', 'Bank BankAccountID PaymentInTransitAccount'),
      ...empty<FieldRow>('String', 'BankName CurrencyDescription PaymentServiceProviderName'),
    },
    table: 'journals',
  });
}

function glAccounts(books: DivisionBooks): Resource<FieldRow> {
  return fieldResource(books, {
    path: 'financial/GLAccounts',
    type: 'GLAccount',
    scope: 'financial.generalledgers',
    methods: ['GET'],
    own: {
      ...tracked<FieldRow>(books),
      ...stored('s: BalanceSide BalanceType Code Description SearchCode TypeDescription, i: Type, b: IsBlocked'),
    },
    table: 'glAccounts',
  });
}
