import type { Calendar } from '../../kernel/calendar.js';
import { toRf } from '../../kernel/identifiers/payment-reference.js';
import { formatAmount } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import { type Result, unwrap } from '../../kernel/result.js';
import type { CamtVersion } from '../company/camt053.js';
import type { CompanyBooks, IssuedInvoice } from '../company/company-books.js';
import { fictitiousIban } from '../company/fictitious-iban.js';
import { generateCompany } from '../company/generate-company.js';
import type { SandboxWorld } from '../company/world.js';
import { Random } from '../random.js';
import type { SettableClock } from '../running-clock.js';
import type { Answer } from './answers.js';
import type { Act, Books } from './books.js';
import { createContact } from './contacts.js';
import { createInvoice, creditInvoice, sendInvoice } from './invoicing.js';
import { liveInvoice } from './life.js';
import type { MoneybirdSandbox } from './moneybird-sandbox.js';
import { registerPayment, settleCreditInvoice } from './payments.js';
import type { InvoiceRecord } from './records.js';
import { documentTotals } from './totals.js';

/** The sandbox company keeps its books in a Moneybird administration; everything goes through the same functions as the API. */
class MoneybirdCompanyBooks implements CompanyBooks {
  constructor(private readonly books: Books) {}

  addCustomer: CompanyBooks['addCustomer'] = (customer, at) =>
    done(
      createContact(
        this.books,
        {
          company_name: customer.business ? customer.name : null,
          firstname: customer.firstName,
          lastname: customer.lastName,
          address1: customer.street,
          zipcode: customer.zipcode,
          city: customer.city,
          country: customer.country,
          customer_id: customer.number,
          chamber_of_commerce: customer.registryNumber,
          tax_number: customer.vatNumber,
          bank_account: customer.ibanKnown ? customer.iban : null,
          send_invoices_to_email: customer.email,
          invoice_workflow_id: customer.termDays === 30 ? this.workflowOf(30) : null,
        },
        this.act(at),
      ),
    ).id;

  issueInvoice: CompanyBooks['issueInvoice'] = ({ customerRef, termDays, lines }, at) => {
    const details = lines.map(({ description, price, quantity }) => ({ description, price: formatAmount(price), amount: `${quantity} x` }));
    const input = { contact_id: customerRef, workflow_id: this.workflowOf(termDays), details_attributes: details };
    const draft = done(createInvoice(this.books, input, this.act(at)));
    return this.issued(done(sendInvoice(this.books, draft, { delivery_method: 'Email' }, this.act(at))));
  };

  creditInvoice: CompanyBooks['creditInvoice'] = (invoiceRef, { settle }, at) => {
    const credit = done(creditInvoice(this.books, this.invoiceAt(invoiceRef, at), this.act(at)));
    done(sendInvoice(this.books, credit, { delivery_method: 'Email' }, this.act(at)));
    if (settle) settleCreditInvoice(this.books, credit, this.act(at));
    return this.issued(credit);
  };

  registerPayment: CompanyBooks['registerPayment'] = (invoiceRef, { amount, date, cash }, at) => {
    const account = this.books.financialAccounts[0]?.id ?? null;
    const input = {
      payment_date: date,
      price: formatAmount(amount),
      financial_account_id: account,
      manual_payment_action: cash ? 'cash_payment' : null,
    };
    done(registerPayment(this.books, this.invoiceAt(invoiceRef, at), input, this.act(at)));
  };

  private workflowOf(termDays: number): string | null {
    return this.books.workflows.find(({ type, steps }) => type === 'InvoiceWorkflow' && steps[0]?.dueInterval === termDays)?.id ?? null;
  }

  /** The invoice as it is at that moment: late when it is. */
  private invoiceAt(ref: string, at: Date): InvoiceRecord {
    const invoice = this.books.invoice(ref);
    if (!invoice) throw new Error(`the books have no invoice ${ref}`);
    liveInvoice(this.books, invoice, this.books.day(at), at);
    return invoice;
  }

  private issued(invoice: InvoiceRecord): IssuedInvoice {
    return {
      ref: invoice.id,
      number: invoice.number ?? '',
      paymentReference: toRf(invoice.referenceBody ?? ''),
      issueDate: invoice.invoiceDate ?? this.books.day(invoice.createdAt),
      dueDate: invoice.dueDate,
      total: documentTotals(this.books, invoice).incl,
    };
  }

  private act(at: Date): Act {
    return { userId: this.books.owner.id, at };
  }
}

/** The company makes no mistakes in its own books: a refusal here is a bug. */
const done = <T>(result: Result<T, Answer>): T => unwrap(result);

export interface MoneybirdCompanyPlan {
  readonly name: string;
  readonly seed: number | string;
  readonly debtors: number;
  readonly invoices: number;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly bankingDays: Calendar;
  readonly statementVersion?: CamtVersion;
  readonly nativeReminders?: boolean;
  readonly clock?: SettableClock;
}

/** Adds a living company to the sandbox: an administration with a past, and the world it goes on in. */
export function addMoneybirdCompany(
  sandbox: MoneybirdSandbox,
  plan: MoneybirdCompanyPlan,
): { readonly books: Books; readonly world: SandboxWorld } {
  const iban = fictitiousIban('NL', new Random(`${plan.seed} account`));
  const profile = {
    name: plan.name,
    language: 'nl',
    country: 'NL',
    currency: 'EUR',
    timeZone: 'Europe/Amsterdam',
    periodStartDate: `${plan.from.slice(0, 4)}-01-01` as PlainDate,
    iban,
    city: 'Zandwijk',
    chamberOfCommerce: '00000001',
    taxNumber: 'NL000000012B01',
  } as const;
  const books = sandbox.addAdministration(
    { profile, nativeReminders: plan.nativeReminders ?? false },
    new Date(`${plan.from}T05:00:00.000Z`),
  );
  const world = generateCompany({
    ...plan,
    books: new MoneybirdCompanyBooks(books),
    account: { iban, owner: plan.name, bic: 'TEGONL2A' },
  });
  return { books, world };
}
