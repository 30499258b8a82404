import type { Minor } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { Customer } from './customer.js';

/** An invoice as the bookkeeping issued it. */
export interface IssuedInvoice {
  /** The bookkeeping's id. */
  readonly ref: string;
  readonly number: string;
  /** RF reference without padding. */
  readonly paymentReference: string;
  readonly issueDate: PlainDate;
  readonly dueDate: PlainDate;
  /** With VAT; negative for a credit note. */
  readonly total: Minor;
}

export interface InvoiceLine {
  readonly description: string;
  /** Without VAT, in cents. */
  readonly price: Minor;
  readonly quantity: number;
}

/** What the sandbox company does in its bookkeeping package. Each simulated package has its own. */
export interface CompanyBooks {
  /** The id the package gives the customer. */
  addCustomer(customer: Customer, at: Date): string;
  /** Issues an invoice, sent and numbered, dated on the day of `at`. */
  issueInvoice(
    invoice: { readonly customerRef: string; readonly termDays: number; readonly lines: readonly InvoiceLine[] },
    at: Date,
  ): IssuedInvoice;
  /** Credits an invoice in full; `settle` sets the two off against each other. */
  creditInvoice(invoiceRef: string, options: { readonly settle: boolean }, at: Date): IssuedInvoice;
  /** What the bookkeeper registers by hand. */
  registerPayment(
    invoiceRef: string,
    payment: { readonly amount: Minor; readonly date: PlainDate; readonly cash: boolean },
    at: Date,
  ): void;
}
