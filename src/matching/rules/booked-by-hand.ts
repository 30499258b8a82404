import { type Minor, sum } from '../../kernel/money.js';
import { daysBetween } from '../../kernel/plain-date.js';
import { SAME_PAYMENT_DAYS } from '../../ledger/rules/open-amount.js';
import type { BookIndex } from './book-index.js';
import { readLine } from './read-line.js';
import type { BankLine, Evidence, LineOutcome, PackagePayment } from './vocabulary.js';

/**
 * Lines that the bookkeeper booked in the package before we saw them: there the invoice is paid already, and without this it would look paid twice. A
 * line is such a payment when the same amount was booked within some days on the invoices it names or, when it names none, in one payment of the debtor whose
 * account it is. Each payment stands for one line; a line that still finds its items open is left to matching.
 *
 * `receipts` are positions in `lines`; gives the outcome of each line recognised, by position.
 */
export function bookedByHand(lines: readonly BankLine[], receipts: readonly number[], known: Known): ReadonlyMap<number, LineOutcome> {
  const { index, evidence } = known;
  const outcomes = new Map<number, LineOutcome>();
  if (evidence.packagePayments.length === 0) return outcomes;
  const free = new Set(evidence.packagePayments.filter(({ invoiceId }) => index.position(invoiceId) !== undefined));
  for (const at of [...receipts].sort((a, b) => byDay(lines[a] as BankLine, lines[b] as BankLine) || a - b)) {
    const line = lines[at] as BankLine;
    const near = [...free].filter((payment) => isNear(line, payment) && !isUndone(line, payment, evidence));
    if (near.length === 0) continue;
    const payments = paymentsOf(line, near, known);
    if (payments === null) continue;
    for (const payment of payments) free.delete(payment);
    outcomes.set(at, outcomeOf(line, payments, index));
  }
  return outcomes;
}

const byDay = (a: BankLine, b: BankLine): number => (a.date === b.date ? 0 : (a.date ?? '') < (b.date ?? '') ? -1 : 1);

const isNear = ({ date }: BankLine, payment: PackagePayment): boolean =>
  date !== null && Math.abs(daysBetween(date, payment.date)) <= SAME_PAYMENT_DAYS;

const isUndone = ({ key }: BankLine, { invoiceId }: PackagePayment, { undone }: Evidence): boolean =>
  undone.some((pair) => pair.line === key && pair.invoiceId === invoiceId);

interface Known {
  readonly index: BookIndex;
  readonly evidence: Evidence;
  readonly open: ArrayLike<Minor>;
}

/** The payments in the package that are this line, null when none is or more than one may be. */
function paymentsOf(line: BankLine, near: readonly PackagePayment[], known: Known): readonly PackagePayment[] | null {
  const { index, evidence, open } = known;
  const { references, numbers, payer } = readLine(line, index, evidence);
  const sure = numbers.hits.filter(({ doubt }) => doubt === null);
  const named = new Set([...references.named, ...sure].map(({ invoice }) => invoice));
  const [debtor, ...others] = payer.byIban;
  if (named.size > 0) return ofNamed(line, near, named, known);
  const owesTheSame = debtor !== undefined && index.itemsOf(debtor).some((at) => open[at] === line.amount);
  if (debtor === undefined || others.length > 0 || owesTheSame) return null;
  const own = near.filter(({ invoiceId }) => index.debtorOf[index.position(invoiceId) as number] === debtor);
  const [one, ...rivals] = [...Map.groupBy(own, ({ id }) => id).values()].filter((payments) => isWhole(line, payments, known));
  return one === undefined || rivals.length > 0 ? null : one;
}

/** One payment for the one invoice named, or one for each of several. */
function ofNamed(
  line: BankLine,
  near: readonly PackagePayment[],
  named: ReadonlySet<number>,
  known: Known,
): readonly PackagePayment[] | null {
  const payments = near.filter(({ invoiceId }) => named.has(known.index.position(invoiceId) as number));
  const single = payments.find((payment) => isWhole(line, [payment], known));
  if (named.size === 1 && single !== undefined) return [single];
  const oneEach = new Set(payments.map(({ invoiceId }) => invoiceId)).size === payments.length;
  return oneEach && isWhole(line, payments, known) ? payments : null;
}

/** They add up to the line, and none of it is still asked for. */
function isWhole({ amount, currency }: BankLine, payments: readonly PackagePayment[], { index, open }: Known): boolean {
  const isSettled = (payment: PackagePayment): boolean => {
    const at = index.position(payment.invoiceId) as number;
    return index.invoice(at).currency === currency && (open[at] as Minor) < payment.amount;
  };
  return sum(payments.map((payment) => payment.amount)) === amount && payments.every(isSettled);
}

function outcomeOf(line: BankLine, payments: readonly PackagePayment[], index: BookIndex): LineOutcome {
  const debtors = new Set(payments.map(({ invoiceId }) => index.invoice(index.position(invoiceId) as number).debtorId));
  const [debtorId = null] = debtors;
  const numbers = payments.map(({ invoiceId }) => index.invoice(index.position(invoiceId) as number).number).join(', ');
  return {
    line,
    outcome: 'matched',
    allocations: payments.map(({ id, invoiceId, amount }) => ({ invoiceId, amount, settles: null, packagePaymentId: id })),
    debtorId: debtors.size === 1 ? debtorId : null,
    confidence: 0.98,
    remainder: { amount: 0, kind: null },
    returnOf: null,
    alternatives: [],
    because: [
      `the package has this payment on ${numbers} already, booked on ${payments[0]?.date}: it is the same money, not a second payment`,
    ],
  };
}
