import type { Calendar } from '../../kernel/calendar.js';
import { toRf } from '../../kernel/identifiers/payment-reference.js';
import { scale, sum } from '../../kernel/money.js';
import { type PlainDate, addDays } from '../../kernel/plain-date.js';
import type { CamtVersion } from '../company/camt053.js';
import type { CompanyBooks, IssuedInvoice } from '../company/company-books.js';
import type { Customer } from '../company/customer.js';
import { fictitiousIban } from '../company/fictitious-iban.js';
import { generateCompany } from '../company/generate-company.js';
import type { SandboxWorld } from '../company/world.js';
import { Random } from '../random.js';
import type { SettableClock } from '../running-clock.js';
import { bookInvoice, creditInvoice, payInvoice } from './bookings.js';
import type { OfficeBooks } from './books.js';
import { addCustomer } from './customers.js';
import type { Organisation } from './organisation.js';
import type { Address, LineRow } from './records.js';
import type { TwinfieldSandbox } from './twinfield-sandbox.js';

const VAT_PERCENT = 21;

/** The sandbox company keeps its books in a Twinfield office. An invoice's ref is `DAYBOOK/NUMBER/LINE`. */
class TwinfieldCompanyBooks implements CompanyBooks {
  private readonly lines = new Map<string, LineRow>();

  constructor(private readonly books: OfficeBooks) {}

  addCustomer: CompanyBooks['addCustomer'] = (customer, at) =>
    addCustomer(
      this.books,
      {
        // Codes are short and have no dash here, where the customer's own number is `D-1001`.
        code: customer.number.replace(/\D/g, ''),
        name: customer.name,
        cocNumber: customer.registryNumber ?? '',
        vatNumber: customer.vatNumber ?? '',
        dueDays: customer.termDays,
        addresses: [addressOf(customer)],
        banks: customer.ibanKnown
          ? [{ id: 1, isDefault: true, ascription: customer.name.slice(0, 40), iban: customer.iban, bic: '', country: customer.country }]
          : [],
      },
      at,
    ).code;

  issueInvoice: CompanyBooks['issueInvoice'] = ({ customerRef, termDays, lines }, at) => {
    const net = sum(lines.map(({ price, quantity }) => price * quantity));
    const vat = scale(net, VAT_PERCENT, 100);
    const date = this.books.day(at);
    const nth = this.books.count('invoice');
    const line = bookInvoice(
      this.books,
      {
        customer: customerRef,
        date,
        dueDate: addDays(date, termDays),
        amount: net + vat,
        vat,
        invoiceNumber: `${date.slice(0, 4)}-${String(nth).padStart(4, '0')}`,
        paymentReference: toRf(String(1_000_000 + nth)),
        description: (lines[0]?.description ?? '').slice(0, 40),
      },
      at,
    );
    return this.issued(line);
  };

  creditInvoice: CompanyBooks['creditInvoice'] = (invoiceRef, { settle }, at) =>
    this.issued(creditInvoice(this.books, this.line(invoiceRef), { settle }, at));

  registerPayment: CompanyBooks['registerPayment'] = (invoiceRef, { amount, date, cash }, at) =>
    void payInvoice(this.books, this.line(invoiceRef), { amount, date, cash }, at);

  private issued(line: LineRow): IssuedInvoice {
    const { code, number, invoiceNumber, paymentReference, date, dueDate } = line.transaction;
    const ref = `${code}/${number}/${line.id}`;
    this.lines.set(ref, line);
    return {
      ref,
      number: invoiceNumber,
      paymentReference: paymentReference ?? '',
      issueDate: date,
      dueDate: dueDate ?? date,
      total: line.value,
    };
  }

  private line(ref: string): LineRow {
    const line = this.lines.get(ref);
    if (!line) throw new Error(`the books have no invoice ${ref}`);
    return line;
  }
}

const addressOf = (customer: Customer): Address => ({
  id: 1,
  type: 'invoice',
  isDefault: true,
  name: customer.name,
  country: customer.country,
  city: customer.city,
  postcode: customer.zipcode,
  telephone: '',
  email: customer.email,
  contact: customer.lastName === null ? '' : `${customer.firstName} ${customer.lastName}`,
  fields: [
    customer.lastName === null ? '' : `${customer.firstName} ${customer.lastName}`,
    customer.street,
    '',
    customer.vatNumber ?? '',
    customer.registryNumber ?? '',
    '',
  ],
});

export interface TwinfieldCompanyPlan {
  readonly name: string;
  readonly seed: number | string;
  readonly debtors: number;
  readonly invoices: number;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly bankingDays: Calendar;
  readonly organisation: Organisation;
  /** Code of the office. */
  readonly code: string;
  readonly statementVersion?: CamtVersion;
  readonly clock?: SettableClock;
}

/** Adds a living company to the sandbox: an office of an organisation with a past, and the world it goes on in. */
export function addTwinfieldCompany(
  sandbox: TwinfieldSandbox,
  plan: TwinfieldCompanyPlan,
): { readonly books: OfficeBooks; readonly world: SandboxWorld } {
  const iban = fictitiousIban('NL', new Random(`${plan.seed} account`));
  const books = sandbox.addOffice(plan.organisation, plan.code, { name: plan.name, iban });
  const world = generateCompany({
    ...plan,
    books: new TwinfieldCompanyBooks(books),
    account: { iban, owner: plan.name, bic: 'TEGONL2A' },
  });
  return { books, world };
}
