/**
 * What Exact Online is like: figures and names, no behaviour. Source: the fact sheet reference/exact-online.md (§ in each comment).
 * What we do about them is in the code beside.
 */
export const EXACT_ONLINE = {
  name: 'exact-online',
  apiPath: '/api/v1',

  /** Each country is a site of its own: neither clients nor tokens are good for another (§1). */
  sites: [
    { code: 'nl', name: 'Nederland', origin: 'https://start.exactonline.nl' },
    { code: 'be', name: 'België', origin: 'https://start.exactonline.be' },
    { code: 'de', name: 'Deutschland', origin: 'https://start.exactonline.de' },
    { code: 'fr', name: 'France', origin: 'https://start.exactonline.fr' },
    { code: 'es', name: 'España', origin: 'https://start.exactonline.es' },
    { code: 'uk', name: 'United Kingdom', origin: 'https://start.exactonline.co.uk' },
    { code: 'com', name: 'International', origin: 'https://start.exactonline.com' },
  ],

  /** An access token is absolute; it must be good until its request ends, because it is handed over internally (§1). */
  token: { lifetimeSeconds: 600, earliestRefreshSeconds: 570, latestUseBeforeEndSeconds: 10, asksPerDay: 200 },

  /**
   * Calls per client and division (§3): windows end at the full minute and at 00:00 UTC. `spare` is for other software under the same
   * client, and for the moments in which workers do not know of each other.
   */
  limits: {
    minute: { requests: 60, windowSeconds: 60, spare: 2 },
    day: { requests: 5_000, windowSeconds: 86_400, spare: 100 },
    /** More than ten errors per hour and endpoint block it for an hour; counted in hours of the clock, five in each never make eleven in one. */
    errors: { requests: 5, windowSeconds: 3_600, spare: 0 },
  },
  /** Statuses that count as errors (§3). */
  countedErrors: [400, 401, 403, 404] as readonly number[],
  /** A block says nothing that is known for sure; it lasts an hour (§3). */
  blockedSeconds: 3_600,

  /** Timestamps begin here (§4.8). */
  firstTimestamp: '1',
  /** The log of deletions goes back two months (§4.1); a fortnight of it is not trusted. */
  deletionsKeptDays: 45,
  /** Payment conditions have no log of changes: read again after so many days. */
  conditionsKeptDays: 7,

  /** What the vendor's own crash reads like, as opposed to a validation, which is a 500 too (§2). Languages of the user. */
  crash: [/^A problem has occurred/i, /^Er is een probleem opgetreden/i, /^Un problème est survenu/i, /^Ein Problem ist aufgetreten/i],

  /** Documents of ours (§5.1): `Miscellaneous`. */
  documentType: 55,
  /** Tasks of ours: somebody is to be called. */
  taskType: 1,
  /** Subjects and short texts; the real limits are not published. */
  subjectMaxLength: 100,
  notesMaxLength: 4_000,

  /** Before a write of unknown result is read back. */
  settleMs: 3_000,
} as const;

/** What is asked of each endpoint of the pull. Only fields that are mapped, because `$select` is obligatory and pages are wide (§2). */
export const FIELDS = {
  terms: [
    'ID', 'Account', 'AccountBankAccountNumber', 'AccountCode', 'AccountContact', 'AccountCountry', 'AccountName', 'AmountDC', 'AmountDiscountFC', 'AmountFC',
    'CashflowTransactionBatchCode', 'Currency', 'Description', 'DiscountDueDate', 'DueDate', 'EndDate', 'EndToEndID', 'EntryDate', 'EntryID', 'EntryNumber',
    'InvoiceDate', 'InvoiceNumber', 'IsFullyPaid', 'Journal', 'LastPaymentDate', 'PaymentCondition', 'PaymentMethod', 'PaymentReference',
    'Status', 'TransactionAmountDC', 'TransactionAmountFC', 'TransactionDueDate', 'TransactionEntryID', 'TransactionID',
    'TransactionIsReversal', 'TransactionType', 'YourRef',
  ],
  accounts: [
    'ID', 'AddressLine1', 'Blocked', 'ChamberOfCommerce', 'City', 'Code', 'Country', 'Created', 'CreditLineSales', 'CustomerSince', 'Email',
    'EndDate', 'Language', 'MainContact', 'Name', 'PaymentConditionSales', 'Phone', 'Postcode', 'Status', 'VATNumber',
  ],
  contacts: ['ID', 'Account', 'Email', 'EndDate', 'FullName', 'IsMainContact', 'Language'],
  deleted: ['EntityKey', 'EntityType', 'Timestamp'],
  conditions: ['ID', 'Code', 'CreditManagementScenario', 'CreditManagementScenarioDescription', 'Description', 'PaymentDays', 'PaymentEndOfMonths'],
  divisions: ['Code', 'BlockingStatus', 'Country', 'Currency', 'CustomerName', 'Description', 'DivisionMoveDate', 'Status'],
} as const; // prettier-ignore

/** Kinds of record in the log of deletions (§4.8). */
export const DELETED_KIND = { account: 2, contact: 5, term: 10 } as const;

/** `Status` of a term (§4.2). */
export const TERM_STATUS = { open: 20, selectedForCollection: 30, sentToBank: 40, matched: 50 } as const;

/** `LineType` of a term in the stream that payables share (§4.8). */
export const PAYABLE_LINE = 22;

/** `Type` of a booking (§4.7): what a sales entry makes, and what a sales credit note makes. */
export const ENTRY_TYPE = { invoice: 20, creditNote: 21 } as const;

/**
 * The rights the adapter needs, and what does not work without each (§2, rights probe). `essential`: without it there is no book.
 * Endpoints of the sync and bulk families are not asked for by name: they go with the scope of the plain one, and are looked at besides.
 */
export const NEEDED_RIGHTS: readonly NeededRight[] = [
  { endpoint: 'cashflow/Receivables', action: 'GET', for: 'open items' },
  { endpoint: 'crm/Accounts', action: 'GET', for: 'debtors' },
  { endpoint: 'crm/Contacts', action: 'GET', for: 'addresses of contacts' },
  { endpoint: 'cashflow/PaymentConditions', action: 'GET', for: 'payment terms, and reminders Exact Online sends by itself' },
  { endpoint: 'salesentry/SalesEntries', action: 'GET', for: 'the invoice a note is about' },
  { endpoint: 'activities/CommunicationNotes', action: 'POST', for: 'notes' },
  { endpoint: 'activities/Complaints', action: 'POST', for: 'disputes' },
  { endpoint: 'activities/Tasks', action: 'POST', for: 'promises' },
  { endpoint: 'documents/Documents', action: 'POST', for: 'letters and dossiers' },
  { endpoint: 'documents/DocumentAttachments', action: 'POST', for: 'the PDF of a letter' },
  { endpoint: 'crm/Accounts', action: 'PUT', for: 'credit limits and the mark of a handover' },
];

export interface NeededRight {
  /** As the vendor names it. */
  readonly endpoint: string;
  readonly action: 'GET' | 'POST' | 'PUT';
  /** What does not work without it, for people. */
  readonly for: string;
}

/**
 * Classifications a customer may have made for accounts that are handed over (§5.2 iv): the API can set them and cannot make them.
 * Lower case; the first one found is used.
 */
export const HANDOVER_CLASSIFICATIONS: readonly string[] = ['in collection', 'incasso', 'ter incasso', 'recouvrement', 'inkasso'];

/** The same for accounts whose deliveries are on hold (§5.2 vi). */
export const CREDIT_HOLD_CLASSIFICATIONS: readonly string[] = [
  'credit hold',
  'kredietstop',
  'kredietblokkade',
  'leveringsblokkade',
  'blocage crédit',
];

/** Webhook topics after which a pull brings something (§6). There is none for matching, so the entries behind a match stand for it. */
export const WEBHOOK_TOPICS = ['Accounts', 'Contacts', 'SalesEntries', 'BankEntries', 'CashEntries', 'GeneralJournalEntries'] as const;
