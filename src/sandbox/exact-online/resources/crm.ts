import type { DivisionBooks } from '../books.js';
import type { FieldRow } from '../records.js';
import { padAccountCode, padShortCode } from '../rules/codes.js';
import { isNone } from '../rules/edm.js';
import { dayToWall } from '../rules/wall-clock.js';
import { say } from '../texts.js';
import { tracked } from './common.js';
import { contactResources } from './contacts.js';
import { type Resource, type Writing, bool, byte, dateTime, empty, erased, fieldResource, stored, syncFields, text } from './resource.js';

const WRITABLE_ACCOUNT = [
  'AccountManager', 'AddressLine1', 'AddressLine2', 'AddressLine3', 'Blocked', 'ChamberOfCommerce', 'City', 'Classification1',
  'Classification2', 'Classification3', 'Classification4', 'Classification5', 'Classification6', 'Classification7', 'Classification8', 'Code',
  'Country', 'CreditLineSales', 'DiscountSales', 'Email', 'EndDate', 'GLAR', 'InvoiceAccount', 'InvoicingMethod', 'IsAgency', 'Language',
  'MainContact', 'Name', 'Parent', 'PaymentConditionSales', 'Phone', 'Postcode', 'Remarks', 'SalesCurrency', 'SearchCode', 'StartDate', 'Status',
  'Type', 'VATNumber', 'Website',
]; // prettier-ignore

const ACCOUNT_FILTERS = [
  'ID', 'Name', 'Code', 'Email', 'Status', 'Blocked', 'Classification1', 'Classification2', 'Classification3', 'Classification4',
  'Classification5', 'Classification6', 'Classification7', 'Classification8', 'Created', 'Modified', 'VATNumber', 'ChamberOfCommerce', 'Parent',
  'InvoiceAccount', 'SearchCode', 'StartDate', 'EndDate',
]; // prettier-ignore

const classificationFields = Array.from({ length: 8 }, (_, nth) => `Classification${nth + 1}`);

const ACCOUNT_WRITING: Writing = {
  table: 'accounts',
  create: WRITABLE_ACCOUNT,
  update: WRITABLE_ACCOUNT,
  required: ['Name'],
  references: {
    InvoiceAccount: 'accounts',
    Parent: 'accounts',
    MainContact: 'contacts',
    GLAR: 'glAccounts',
    ...Object.fromEntries(classificationFields.map((name) => [name, 'classifications' as const])),
  },
  defaults: (books, at) => ({
    Code: String(books.count('account code')),
    Blocked: false,
    Type: 'A',
    Country: books.profile.country,
    Language: 'NL',
    StartDate: dayToWall(books.day(at)),
    IsAgency: 0,
    InvoicingMethod: 2,
  }),
  refuse: ({ books, fields, id, language }) => {
    const [same] = books.where('accounts', 'Code', fields['Code'] ?? null).filter((row) => row.id !== id);
    if (same) return say(language, 'duplicate');
    const condition = fields['PaymentConditionSales'];
    return !isNone(condition) && !books.find('paymentConditions', 'Code', condition)
      ? say(language, 'unknown', 'PaymentConditionSales')
      : null;
  },
  topic: 'Accounts',
  deletedAs: 'Accounts',
};

export function crmResources(books: DivisionBooks): Resource<FieldRow>[] {
  return [...accountResources(books), ...contactResources(books), bankAccounts(books), ...classifications(books)];
}

function accountResources(books: DivisionBooks): Resource<FieldRow>[] {
  const condition = ({ fields }: FieldRow): FieldRow | null =>
    books.find('paymentConditions', 'Code', fields['PaymentConditionSales'] ?? null);
  const invoiceAccount = ({ fields }: FieldRow): FieldRow | undefined => books.accounts.get(String(fields['InvoiceAccount']));
  const own = {
    ...tracked<FieldRow>(books),
    ...stored(
      `s: AddressLine1 AddressLine2 AddressLine3 ChamberOfCommerce City Email Language Name PaymentConditionSales Phone Postcode Remarks
         SalesCurrency SearchCode Status Type VATNumber Website,
       g: AccountManager GLAR InvoiceAccount MainContact Parent ${classificationFields.join(' ')},
       d: CreditLineSales DiscountSales, b: Blocked, t: EndDate StartDate, y: IsAgency, i: InvoicingMethod`,
    ),
    Code: text<FieldRow>(({ fields }) => padAccountCode(String(fields['Code']))),
    Country: text<FieldRow>(({ fields }) => (isNone(fields['Country']) ? null : padShortCode(String(fields['Country'])))),
    CountryName: text<FieldRow>(() => null),
    CustomerSince: dateTime<FieldRow>(({ fields }) => (fields['Status'] === 'C' ? (fields['StartDate'] ?? null) : null)),
    InvoiceAccountCode: text<FieldRow>((row) => {
      const code = invoiceAccount(row)?.fields['Code'];
      return code === undefined ? null : padAccountCode(String(code));
    }),
    InvoiceAccountName: text<FieldRow>((row) => invoiceAccount(row)?.fields['Name'] ?? null),
    IsAnonymised: byte<FieldRow>(() => 0),
    IsSales: bool<FieldRow>(({ fields }) => fields['Status'] === 'C'),
    IsSupplier: bool<FieldRow>(({ fields }) => fields['IsSupplier'] === true),
    PaymentConditionSalesDescription: text<FieldRow>((row) => condition(row)?.fields['Description'] ?? null),
    EnableSalesPaymentLink: bool<FieldRow>(() => false),
    ...empty<FieldRow>(
      'Guid',
      'Accountant ActivitySector ActivitySubSector BusinessType CompanySize Document GLAP LeadSource PriceList Reseller',
    ),
    ...empty<FieldRow>('String', 'AccountManagerFullName Classification ClassificationDescription CustomField DunsNumber Fax GlnNumber'),
    ...empty<FieldRow>(
      'String',
      'LanguageDescription OINNumber PhoneExtension RSIN SalesCurrencyDescription SalesVATCode State StateName TradeName',
    ),
    ...empty<FieldRow>('Double', 'CreditLinePurchase DiscountPurchase Latitude Longitude'),
    ...empty<FieldRow>('Int32', 'AccountManagerHID InvoiceAttachmentType SecurityLevel'),
    ...empty<FieldRow>('DateTime', 'ControlledDate EstablishedDate StatusSince'),
    ...empty<FieldRow>(
      'String',
      'PaymentConditionPurchase PaymentConditionPurchaseDescription PurchaseCurrency PurchaseVATCode ResellerName',
    ),
  };
  const bank = bankAccounts(books);
  const expansions = {
    BankAccounts: { of: erased(bank), rows: ({ id }: FieldRow) => books.where('bankAccounts', 'Account', id) },
  };
  const common = { type: 'Account', scope: 'crm.accounts', own, table: 'accounts', filterable: ACCOUNT_FILTERS } as const;
  const lists = { mandatoryFilter: ACCOUNT_FILTERS };
  const usedIn = ({ id, fields }: FieldRow): string | null =>
    books.entries.where('accountId', ({ accountId }) => accountId, id).length > 0
      ? `Account ${fields['Code']} - Used in: Transactions`
      : null;
  return [
    fieldResource(books, {
      ...common,
      ...lists,
      path: 'crm/Accounts',
      methods: ['GET', 'POST', 'PUT', 'DELETE'],
      select: 'unless-top-1',
      expansions,
      write: { ...ACCOUNT_WRITING, usedIn },
    }),
    fieldResource(books, { ...common, ...lists, path: 'bulk/CRM/Accounts', methods: ['GET'], pageSize: 1_000, select: 'always' }),
    syncFields(books, { path: 'sync/CRM/Accounts', type: 'Sync.CRM.Account', scope: 'crm.accounts', own, table: 'accounts' }),
  ];
}

function bankAccounts(books: DivisionBooks): Resource<FieldRow> {
  const own = {
    ...tracked<FieldRow>(books),
    ...stored('g: Account Bank, s: BankAccount BankAccountHolderName BICCode Description Type, b: Blocked Main'),
    AccountName: text<FieldRow>(({ fields }) => books.accounts.get(String(fields['Account']))?.fields['Name'] ?? null),
    IBAN: text<FieldRow>(({ fields }) => fields['BankAccount'] ?? null),
    ...empty<FieldRow>('String', 'BankDescription BankName Format TypeDescription'),
  };
  const writable = ['Account', 'BankAccount', 'BankAccountHolderName', 'BICCode', 'Description', 'Main'];
  return fieldResource(books, {
    path: 'crm/BankAccounts',
    type: 'BankAccount',
    scope: 'crm.accounts',
    methods: ['GET', 'POST', 'PUT', 'DELETE'],
    own,
    table: 'bankAccounts',
    write: {
      table: 'bankAccounts',
      create: writable,
      update: writable,
      required: ['Account', 'BankAccount'],
      references: { Account: 'accounts' },
      defaults: () => ({ Type: 'A', Main: false, Blocked: false }),
      topic: 'BankAccounts',
    },
  });
}

function classifications(books: DivisionBooks): Resource<FieldRow>[] {
  const name = ({ fields }: FieldRow): FieldRow | undefined => books.classificationNames.get(String(fields['AccountClassificationName']));
  return [
    fieldResource(books, {
      path: 'crm/AccountClassificationNames',
      type: 'AccountClassificationName',
      scope: 'crm.accounts',
      methods: ['GET'],
      own: { ...tracked<FieldRow>(books), ...stored('s: Description, i: SequenceNumber') },
      table: 'classificationNames',
    }),
    fieldResource(books, {
      path: 'crm/AccountClassifications',
      type: 'AccountClassification',
      scope: 'crm.accounts',
      methods: ['GET'],
      own: {
        ...tracked<FieldRow>(books),
        ...stored('g: AccountClassificationName, s: Code Description'),
        AccountClassificationNameDescription: text<FieldRow>((row) => name(row)?.fields['Description'] ?? null),
      },
      table: 'classifications',
    }),
  ];
}
