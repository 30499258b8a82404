import type { Minor } from '../../kernel/money.js';
import { type PlainDate, plainDateIn } from '../../kernel/plain-date.js';
import type { Random } from '../random.js';
import { IdMaker } from './ids.js';
import type {
  AnyInvoice,
  ContactRecord,
  CustomFieldRecord,
  EventRecord,
  ExternalInvoiceRecord,
  FinancialAccountRecord,
  GeneralDocumentRecord,
  IdentityRecord,
  InvoiceRecord,
  LedgerAccountRecord,
  MutationRecord,
  PaymentRecord,
  Stamped,
  StatementRecord,
  TaxRateRecord,
  UserRecord,
  WebhookRecord,
  WorkflowRecord,
} from './records.js';

/** What an administration is, as a test or the demo describes it. */
export interface AdministrationProfile {
  readonly name: string;
  readonly language: 'nl' | 'nl-be' | 'en';
  readonly country: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly periodStartDate: PlainDate;
  /** IBAN of its bank account. */
  readonly iban: string;
  readonly city: string;
  readonly chamberOfCommerce: string;
  readonly taxNumber: string;
}

/** Switches of an administration that a test may turn. */
export interface AdministrationSwitches {
  suspended: boolean;
  /** Writes dated up to and including this day are refused. */
  periodLockedUntil: PlainDate | null;
  /** Free plan: no more sales invoices a month than this. */
  salesInvoicesPerMonth: number | null;
  /**
   * Whether a note or an attachment moves the version of its parent. The vendor does not say (fact sheet §8 b); false is the harder
   * case for a client.
   */
  notesTouchParent: boolean;
}

export interface BooksOptions {
  readonly random: Random;
  readonly createdAt: Date;
}

/**
 * The records of one administration. Behaviour lives in the modules beside it (contacts, invoicing, payments, ...), which all take the
 * moment they happen at: the books hold no clock.
 */
export class Books {
  readonly id: string;
  readonly switches: AdministrationSwitches = {
    suspended: false,
    periodLockedUntil: null,
    salesInvoicesPerMonth: null,
    notesTouchParent: false,
  };
  readonly random: Random;

  readonly contacts = new Map<string, ContactRecord>();
  readonly invoices = new Map<string, InvoiceRecord>();
  readonly externalInvoices = new Map<string, ExternalInvoiceRecord>();
  readonly payments = new Map<string, PaymentRecord>();
  readonly workflows: WorkflowRecord[] = [];
  readonly taxRates: TaxRateRecord[] = [];
  readonly ledgerAccounts: LedgerAccountRecord[] = [];
  readonly users: UserRecord[] = [];
  readonly customFields: CustomFieldRecord[] = [];
  readonly financialAccounts: FinancialAccountRecord[] = [];
  readonly mutations = new Map<string, MutationRecord>();
  readonly statements = new Map<string, StatementRecord>();
  readonly generalDocuments = new Map<string, GeneralDocumentRecord>();
  readonly webhooks = new Map<string, WebhookRecord>();
  identity: IdentityRecord;
  readonly documentStyleId: string;
  /** The last day up to which the clock has been applied to the invoices. */
  livedThrough: PlainDate | null = null;

  private readonly ids: IdMaker;
  private readonly counters = new Map<string, number>();

  constructor(
    readonly profile: AdministrationProfile,
    { random, createdAt }: BooksOptions,
  ) {
    this.random = random;
    this.ids = new IdMaker(random.fork('ids'));
    this.id = this.ids.next(createdAt);
    this.documentStyleId = this.ids.next(createdAt);
    this.identity = {
      ...this.stamp(createdAt),
      companyName: profile.name,
      address: 'Kade 1',
      zipcode: '1000AA',
      city: profile.city,
      country: profile.country,
      email: 'administratie@sandbox.example',
      iban: profile.iban,
      chamberOfCommerce: profile.chamberOfCommerce,
      taxNumber: profile.taxNumber,
    };
  }

  /** Id and timestamps of a new record. */
  stamp(at: Date): Stamped {
    return { id: this.ids.next(at), createdAt: at, updatedAt: at };
  }

  /** The next number of a series, from 1. */
  count(series: string): number {
    const next = (this.counters.get(series) ?? 0) + 1;
    this.counters.set(series, next);
    return next;
  }

  /** The calendar day at a moment, where the administration is. */
  day(at: Date): PlainDate {
    return plainDateIn(at, this.profile.timeZone);
  }

  invoice(id: string): InvoiceRecord | null {
    return this.invoices.get(id) ?? null;
  }

  anyInvoice(id: string): AnyInvoice | null {
    return this.invoices.get(id) ?? this.externalInvoices.get(id) ?? null;
  }

  workflow(id: string): WorkflowRecord | null {
    return this.workflows.find((workflow) => workflow.id === id) ?? null;
  }

  /** The workflow a new invoice of the contact gets. */
  invoiceWorkflowOf(contact: ContactRecord): WorkflowRecord {
    const own = contact.fields.invoice_workflow_id === null ? null : this.workflow(contact.fields.invoice_workflow_id);
    const found = own ?? this.workflows.find(({ type, isDefault }) => type === 'InvoiceWorkflow' && isDefault);
    if (!found) throw new Error(`administration ${this.id} has no default invoice workflow`);
    return found;
  }

  taxRate(id: string): TaxRateRecord {
    const found = this.taxRates.find((rate) => rate.id === id);
    if (!found) throw new Error(`administration ${this.id} has no tax rate ${id}`);
    return found;
  }

  ledgerAccount(name: string): LedgerAccountRecord {
    const found = this.ledgerAccounts.find((account) => account.name === name);
    if (!found) throw new Error(`administration ${this.id} has no ledger account ${name}`);
    return found;
  }

  get owner(): UserRecord {
    const [first] = this.users;
    if (!first) throw new Error(`administration ${this.id} has no user`);
    return first;
  }
}

/** Puts an event on a record and moves its `updated_at`, and with that its version. */
export function happened(
  record: { readonly events: EventRecord[]; updatedAt: Date },
  action: string,
  by: { readonly userId: string; readonly at: Date },
  data: Readonly<Record<string, unknown>> = {},
  link: EventRecord['link'] = null,
): void {
  record.events.push({ action, userId: by.userId, at: by.at, data, link });
  touch(record, by.at);
}

/** A change never moves a record back in time, whatever the order in which the past is filled in. */
export function touch(record: { updatedAt: Date }, at: Date): void {
  if (at > record.updatedAt) record.updatedAt = at;
}

/** Who does something, and when. */
export interface Act {
  readonly userId: string;
  readonly at: Date;
}

/** Cents paid on a document so far. */
export const paidOn = (invoice: { readonly payments: readonly PaymentRecord[] }): Minor =>
  invoice.payments.reduce((total, payment) => total + payment.price, 0);
