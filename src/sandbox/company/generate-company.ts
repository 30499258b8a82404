import type { Calendar } from '../../kernel/calendar.js';
import { InputError } from '../../kernel/errors.js';
import { type PlainDate, addDays } from '../../kernel/plain-date.js';
import { Random } from '../random.js';
import type { SettableClock } from '../running-clock.js';
import type { CamtVersion } from './camt053.js';
import type { CompanyBooks } from './company-books.js';
import { type Customer, CustomerMaker } from './customer.js';
import { type CompanyAccount, SandboxWorld } from './world.js';

export interface CompanyPlan {
  readonly books: CompanyBooks;
  readonly account: CompanyAccount;
  readonly seed: number | string;
  readonly debtors: number;
  /** Over the whole past. */
  readonly invoices: number;
  /** The past: both days included. The world then stands at the morning after `to`. */
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly bankingDays: Calendar;
  readonly statementVersion?: CamtVersion;
  readonly clock?: SettableClock;
  /** So many Dutch businesses never pay, however they are asked; absent: it is left to chance. */
  readonly unwilling?: number;
}

/**
 * A company with a past: customers, and invoices most of which are paid and booked by its bookkeeper. What is open at the end is what Tegoed
 * finds. Throws {@link InputError} for a plan that cannot be.
 */
export function generateCompany(plan: CompanyPlan): SandboxWorld {
  const { books, account, bankingDays, from, to } = plan;
  if (plan.debtors < 1) throw new InputError('no-debtors', 'a sandbox company needs at least one debtor');
  const workingDays = bankingDays.workingDaysBetween(addDays(from, -1), to);
  if (workingDays < 1) throw new InputError('no-working-days', `there is no working day from ${from} to ${to}`);
  const random = new Random(plan.seed);
  const maker = new CustomerMaker(random.fork('customers'));
  const world = new SandboxWorld({
    books,
    account,
    bankingDays,
    from,
    random: random.fork('life'),
    customers: unwilling(
      Array.from({ length: plan.debtors }, () => maker.next()),
      plan.unwilling ?? 0,
    ),
    invoicesPerWorkingDay: plan.invoices / workingDays,
    statementVersion: plan.statementVersion ?? '001.08',
    ...(plan.clock && { clock: plan.clock }),
  });
  world.advanceTo(addDays(to, 1), { bookkeeper: true });
  return world;
}

/** The first Dutch businesses of the list pay nothing. */
function unwilling(customers: readonly Customer[], count: number): Customer[] {
  const who = customers.filter(({ business, country }) => business && country === 'NL').slice(0, count);
  return customers.map((customer) => (who.includes(customer) ? { ...customer, habit: 'never' } : customer));
}
