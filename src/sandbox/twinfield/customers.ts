import type { OfficeBooks } from './books.js';
import type { CreditManagement, CustomerRow } from './records.js';

/** What a person fills in of a customer. */
export type CustomerFields = Partial<Omit<CustomerRow, 'code' | 'uid' | 'createdAt' | 'touched' | 'modifiedAt' | 'credit'>> & {
  readonly credit?: Partial<CreditManagement>;
};

/** A block nobody filled in. */
export const emptyCredit = (): CreditManagement => ({
  responsibleUser: '',
  creditLimit: null,
  sendReminder: 'true',
  reminderEmail: '',
  blocked: false,
  blockedLocked: false,
  freetext1: '',
  freetext2: '',
  freetext3: '',
  comment: '',
});

/** A new customer; without a code it gets the next number. */
export function addCustomer(
  books: OfficeBooks,
  { code, uid, ...fields }: CustomerFields & { code?: string; uid?: string },
  at: Date,
): CustomerRow {
  const customer: CustomerRow = {
    code: code ?? freeCode(books),
    uid: uid ?? books.guid(),
    createdAt: at,
    name: '',
    shortname: '',
    status: 'active',
    touched: 0,
    modifiedAt: at,
    website: '',
    cocNumber: '',
    vatNumber: '',
    dueDays: 30,
    payAvailable: false,
    payCode: '',
    ebillMail: '',
    credit: emptyCredit(),
    addresses: [],
    banks: [],
  };
  if (books.customers.has(customer.code)) throw new Error(`office ${books.code} has a customer ${customer.code} already`);
  books.customers.set(customer.code, customer);
  return changeCustomer(customer, fields, at);
}

function freeCode(books: OfficeBooks): string {
  for (;;) {
    const code = String(books.count('customer', 1_001));
    if (!books.customers.has(code)) return code;
  }
}

/** Every write counts and is stamped. */
export function changeCustomer(customer: CustomerRow, { credit, ...fields }: CustomerFields, at: Date): CustomerRow {
  Object.assign(customer, fields);
  Object.assign(customer.credit, credit);
  customer.touched += 1;
  customer.modifiedAt = at;
  return customer;
}

/** Only one nothing was ever booked on can go. */
export function deleteCustomer(books: OfficeBooks, { code }: CustomerRow): void {
  if (books.isInUse(code)) throw new Error(`customer ${code} of office ${books.code} is in use`);
  books.customers.delete(code);
}
