import type { Minor } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { InvoiceState } from './rules/invoice-state.js';

/** What the simulator keeps. Money is in cents; the vendor's shapes are made in `render/`. */
export interface Stamped {
  readonly id: string;
  readonly createdAt: Date;
  updatedAt: Date;
}

export type NoteParent = 'SalesInvoice' | 'ExternalSalesInvoice' | 'Contact' | 'Document';

export interface NoteRecord extends Stamped {
  readonly parentId: string;
  readonly parentType: NoteParent;
  readonly userId: string;
  readonly note: string;
  readonly todo: boolean;
  readonly assigneeId: string | null;
  readonly todoType: string | null;
}

export interface EventRecord {
  readonly action: string;
  readonly userId: string;
  readonly at: Date;
  readonly data: Readonly<Record<string, unknown>>;
  readonly link: { readonly id: string; readonly type: string } | null;
}

export interface AttachmentRecord extends Stamped {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Uint8Array;
}

/** Keys of a contact that the API can write; values as the vendor gives them back. */
export interface ContactFields {
  company_name: string | null;
  firstname: string | null;
  lastname: string | null;
  address1: string | null;
  address2: string | null;
  zipcode: string | null;
  city: string | null;
  country: string;
  phone: string | null;
  delivery_method: 'Email' | 'Post' | 'Manual' | 'Simplerinvoicing' | 'Peppol' | null;
  customer_id: string;
  tax_number: string | null;
  chamber_of_commerce: string | null;
  bank_account: string | null;
  send_invoices_to_attention: string | null;
  send_invoices_to_email: string | null;
  send_estimates_to_attention: string | null;
  send_estimates_to_email: string | null;
  sepa_active: boolean;
  sepa_iban: string | null;
  sepa_iban_account_name: string | null;
  sepa_bic: string | null;
  sepa_mandate_id: string | null;
  sepa_mandate_date: PlainDate | null;
  sepa_sequence_type: 'RCUR' | 'FRST' | 'OOFF' | 'FNAL';
  si_identifier_type: string | null;
  si_identifier: string | null;
  invoice_workflow_id: string | null;
  estimate_workflow_id: string | null;
  email_ubl: boolean;
  direct_debit: boolean;
}

export interface ContactRecord extends Stamped {
  fields: ContactFields;
  archived: boolean;
  readonly customFields: Map<string, string>;
  readonly notes: NoteRecord[];
  readonly events: EventRecord[];
}

export interface DetailRecord extends Stamped {
  readonly description: string;
  readonly amount: string | null;
  readonly quantityMilli: number;
  readonly price: Minor;
  readonly taxRateId: string;
  readonly ledgerAccountId: string;
}

export type InvoiceType = 'SalesInvoice' | 'ExternalSalesInvoice';

export interface PaymentRecord extends Stamped {
  readonly invoiceType: InvoiceType;
  readonly invoiceId: string;
  readonly userId: string;
  readonly price: Minor;
  readonly paymentDate: PlainDate;
  readonly financialAccountId: string | null;
  /** Null until a bank line is linked. */
  financialMutationId: string | null;
  readonly transactionIdentifier: string | null;
  readonly manualPaymentAction: string | null;
  readonly ledgerAccountId: string | null;
  readonly creditInvoiceId: string | null;
  readonly linkedPaymentId: string | null;
}

/** What sales invoices and external sales invoices have in common. */
export interface ReceivableRecord extends Stamped {
  readonly currency: string;
  details: DetailRecord[];
  readonly pricesAreInclTax: boolean;
  readonly payments: PaymentRecord[];
  readonly notes: NoteRecord[];
  readonly attachments: AttachmentRecord[];
  readonly events: EventRecord[];
  paidAt: PlainDate | null;
  markedDubiousOn: PlainDate | null;
  markedUncollectibleOn: PlainDate | null;
}

export interface InvoiceRecord extends ReceivableRecord {
  readonly type: 'SalesInvoice';
  readonly contactId: string;
  /** The invoice number, null while draft. */
  number: string | null;
  readonly draftId: number;
  state: InvoiceState;
  invoiceDate: PlainDate | null;
  dueDate: PlainDate;
  sentAt: PlainDate | null;
  /** Body of the RF reference (8 characters), null while draft. */
  referenceBody: string | null;
  reference: string | null;
  workflowId: string;
  readonly documentStyleId: string;
  readonly identityId: string;
  readonly firstDueInterval: number | null;
  readonly originalInvoiceId: string | null;
  readonly customFields: Map<string, string>;
  paused: boolean;
  reminderCount: number;
  /** End of the running reminder interval: the due date before the first reminder. Shown as 2099-01-01 while paused. */
  nextReminder: PlainDate;
  publicViewCode: string | null;
}

export const EXTERNAL_STATES = ['new', 'open', 'late', 'paid', 'uncollectible', 'pending_payment'] as const;
export type ExternalState = (typeof EXTERNAL_STATES)[number];

export interface ExternalInvoiceRecord extends ReceivableRecord {
  readonly type: 'ExternalSalesInvoice';
  readonly contactId: string | null;
  state: ExternalState;
  readonly date: PlainDate;
  dueDate: PlainDate | null;
  reference: string | null;
  readonly entryNumber: number;
  readonly source: string | null;
  readonly sourceUrl: string | null;
}

export type AnyInvoice = InvoiceRecord | ExternalInvoiceRecord;

export interface WorkflowStep extends Stamped {
  readonly dueInterval: number;
  readonly reminderDelay: number;
  readonly reminderText: string | null;
  reminderAutoSend: boolean;
}

export interface WorkflowRecord extends Stamped {
  readonly type: 'InvoiceWorkflow' | 'EstimateWorkflow';
  readonly name: string;
  readonly isDefault: boolean;
  active: boolean;
  readonly language: string;
  readonly currency: string;
  /** Step 0 is the payment term, the others are reminders. */
  readonly steps: WorkflowStep[];
}

export interface TaxRateRecord extends Stamped {
  readonly name: string;
  /** Hundredths of a percent. */
  readonly basisPoints: number;
  readonly country: string | null;
}

export interface LedgerAccountRecord extends Stamped {
  readonly name: string;
  readonly accountType: 'current_assets' | 'revenue' | 'current_liabilities' | 'expenses';
  readonly number: string;
}

export interface UserRecord extends Stamped {
  readonly name: string;
  readonly email: string;
  readonly userType: 'owner' | 'employee' | 'accountant' | 'api_user';
}

export interface CustomFieldRecord extends Stamped {
  readonly name: string;
  readonly source: 'sales_invoice' | 'estimate' | 'contact' | 'identity';
}

export interface FinancialAccountRecord extends Stamped {
  readonly type: 'BankAccount' | 'CreditCardAccount' | 'PspAccount';
  readonly name: string;
  readonly identifier: string;
  /** Absent: that of the administration. */
  readonly currency?: string;
  /** False: no longer in use, and no longer listed; its mutations are. Absent: it is. */
  active?: boolean;
}

export interface LedgerBookingRecord extends Stamped {
  readonly ledgerAccountId: string;
  readonly price: Minor;
  readonly description: string | null;
}

export interface MutationRecord extends Stamped {
  readonly amount: Minor;
  readonly date: PlainDate;
  readonly message: string | null;
  readonly contraName: string | null;
  readonly contraNumber: string | null;
  readonly sepaFields: Readonly<Record<string, string>> | null;
  readonly batchReference: string | null;
  readonly code: string | null;
  readonly servicerTransactionId: string | null;
  readonly financialAccountId: string;
  readonly financialStatementId: string;
  readonly payments: PaymentRecord[];
  readonly bookings: LedgerBookingRecord[];
  processedAt: Date | null;
}

export interface StatementRecord extends Stamped {
  readonly reference: string;
  readonly financialAccountId: string;
  readonly officialDate: PlainDate | null;
  readonly officialBalance: Minor | null;
  readonly mutationIds: string[];
}

export interface GeneralDocumentRecord extends Stamped {
  readonly contactId: string | null;
  readonly reference: string;
  readonly date: PlainDate;
  readonly dueDate: PlainDate | null;
  readonly entryNumber: number;
  readonly notes: NoteRecord[];
  readonly attachments: AttachmentRecord[];
  readonly events: EventRecord[];
}

export interface WebhookRecord extends Stamped {
  readonly url: string;
  readonly enabledEvents: readonly string[];
  readonly token: string;
  readonly secret: string;
  deactivatedAt: Date | null;
  lastHttpStatus: number | null;
  lastHttpBody: string | null;
}

export interface IdentityRecord extends Stamped {
  readonly companyName: string;
  readonly address: string;
  readonly zipcode: string;
  readonly city: string;
  readonly country: string;
  readonly email: string;
  readonly iban: string;
  readonly chamberOfCommerce: string;
  readonly taxNumber: string;
}
