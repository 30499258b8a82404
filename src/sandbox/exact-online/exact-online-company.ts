import { textOrNull } from './rules/edm.js';
import type { Calendar } from '../../kernel/calendar.js';
import { toRf } from '../../kernel/identifiers/payment-reference.js';
import { scale, sum } from '../../kernel/money.js';
import { type PlainDate, addDays } from '../../kernel/plain-date.js';
import type { CamtVersion } from '../company/camt053.js';
import type { CompanyBooks, IssuedInvoice } from '../company/company-books.js';
import { fictitiousIban } from '../company/fictitious-iban.js';
import { generateCompany } from '../company/generate-company.js';
import type { SandboxWorld } from '../company/world.js';
import { Random } from '../random.js';
import type { SettableClock } from '../running-clock.js';
import { addAccount, addBankAccount, addContact } from './accounts.js';
import type { DivisionBooks } from './books.js';
import type { ExactOnlineSandbox } from './exact-online-sandbox.js';
import type { ExactUser } from './oauth-chains.js';
import { creditInvoice, invoiceAndPrint, payInvoice } from './receivables.js';
import type { EntryRow } from './records.js';

const VAT_PERCENT = 21;

/** The sandbox company keeps its books in an Exact Online division. An invoice's ref is its `TransactionEntryID`. */
class ExactCompanyBooks implements CompanyBooks {
  constructor(private readonly books: DivisionBooks) {}

  addCustomer: CompanyBooks['addCustomer'] = (customer, at) => {
    const account = addAccount(
      this.books,
      {
        Name: customer.name,
        // Codes are numbers here, where the customer's own is `D-1001`.
        Code: customer.number.replace(/\D/g, ''),
        SearchCode: customer.number,
        AddressLine1: customer.street,
        Postcode: customer.zipcode,
        City: customer.city,
        Country: customer.country,
        Email: customer.email,
        ChamberOfCommerce: customer.registryNumber,
        VATNumber: customer.vatNumber,
        PaymentConditionSales: String(customer.termDays),
      },
      at,
    );
    if (customer.lastName !== null) {
      addContact(this.books, account, { FirstName: customer.firstName, LastName: customer.lastName, Email: customer.email }, at);
    }
    if (customer.ibanKnown) addBankAccount(this.books, account, customer.iban, at);
    return account.id;
  };

  issueInvoice: CompanyBooks['issueInvoice'] = ({ customerRef, termDays, lines }, at) => {
    const kept = lines.map(({ description, price, quantity }) => ({ description, amount: price * quantity }));
    const net = sum(kept.map(({ amount }) => amount));
    const vat = scale(net, VAT_PERCENT, 100);
    const date = this.books.day(at);
    const account = this.books.account(customerRef);
    const entry = invoiceAndPrint(
      this.books,
      {
        accountId: customerRef,
        date,
        dueDate: addDays(date, termDays),
        amount: net + vat,
        vat,
        lines: kept,
        paymentCondition: String(termDays),
        paymentReference: toRf(String(1_000_000 + this.books.count('payment reference'))),
        description: lines[0]?.description ?? null,
        contactId: textOrNull(account.fields['MainContact']),
      },
      at,
    );
    return issued(entry);
  };

  creditInvoice: CompanyBooks['creditInvoice'] = (invoiceRef, { settle }, at) =>
    issued(creditInvoice(this.books, this.entry(invoiceRef), { settle }, at));

  registerPayment: CompanyBooks['registerPayment'] = (invoiceRef, { amount, date }, at) =>
    void payInvoice(this.books, this.entry(invoiceRef), { amount, date }, at);

  private entry(ref: string): EntryRow {
    const entry = this.books.entries.get(ref);
    if (!entry) throw new Error(`the books have no invoice ${ref}`);
    return entry;
  }
}

const issued = (entry: EntryRow): IssuedInvoice => ({
  ref: entry.id,
  number: String(entry.invoiceNumber),
  paymentReference: entry.paymentReference ?? '',
  issueDate: entry.date,
  dueDate: entry.dueDate,
  total: entry.amount,
});

export interface ExactCompanyPlan {
  readonly name: string;
  readonly seed: number | string;
  readonly debtors: number;
  readonly invoices: number;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly bankingDays: Calendar;
  readonly users: readonly ExactUser[];
  readonly statementVersion?: CamtVersion;
  readonly clock?: SettableClock;
}

/** Adds a living company to the sandbox: a division with a past, and the world it goes on in. */
export function addExactCompany(
  sandbox: ExactOnlineSandbox,
  plan: ExactCompanyPlan,
): { readonly books: DivisionBooks; readonly world: SandboxWorld } {
  const iban = fictitiousIban('NL', new Random(`${plan.seed} account`));
  const profile = { name: plan.name, customerName: plan.name, country: 'NL', currency: 'EUR', iban } as const;
  const books = sandbox.addDivision(profile, { users: plan.users, createdAt: new Date(`${plan.from}T05:00:00.000Z`) });
  const world = generateCompany({
    ...plan,
    books: new ExactCompanyBooks(books),
    account: { iban, owner: plan.name, bic: 'TEGONL2A' },
  });
  return { books, world };
}
