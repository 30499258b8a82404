/**
 * A report over a large administration: `npm run bench -- report [open paid]` (10k + 50k, 100k + 500k and 1M + 5M when none are named).
 * First the rule, over a book: debtors come one after the other with their own items, so that only the figures stay in memory; making
 * the items is not in it. Then, with the largest size, the report from a PostgreSQL (`TEGOED_TEST_DATABASE_URL`, else the one on
 * loopback): spread over a hundred administrations, and all of it in one, which fails when it takes more than its bound (report/stored.ts).
 */
import Table from 'cli-table3';
import type { DebtorFacts } from '../../src/dunning/rules/facts.js';
import { addDays, plainDate } from '../../src/kernel/plain-date.js';
import type { Invoice, Payment } from '../../src/ledger/rules/book.js';
import { loadCalendars } from '../../src/platform/config/calendars.js';
import { periodEnding } from '../../src/reporting/rules/period.js';
import { type Report, ReportBuilder } from '../../src/reporting/rules/report.js';
import { book, debtor, invoice, payment, promise } from '../dunning/support/books.js';
import { measureStored } from './report/stored.js';

const DEFAULT_SIZES: readonly (readonly [number, number])[] = [
  [10_000, 50_000],
  [100_000, 500_000],
  [1_000_000, 5_000_000],
];
const DAY = plainDate('2026-11-20');
const OPEN_PER_DEBTOR = 10;
/** Two years of history and a little before. */
const DATES = Array.from({ length: 800 }, (_, daysAgo) => addDays(DAY, -daysAgo));
const daysAgo = (days: number) => DATES[Math.max(0, Math.min(days, DATES.length - 1))] ?? DAY;

const { administration, freshness } = book();

/** A debtor with ten open invoices, some part paid or disputed, some credit notes, and his share of paid ones. */
function facts(at: number, paid: number): DebtorFacts {
  const id = `d${String(at).padStart(7, '0')}`;
  const invoices: Invoice[] = [];
  const payments: Payment[] = [];
  for (let one = 0; one < OPEN_PER_DEBTOR; one++) {
    const [own, issued, amount] = [`${id}-o${one}`, (at * 7 + one * 13) % 150, 10_00 + ((at * 31 + one * 977) % 2_000_00)];
    const isCredit = (at + one) % 40 === 0;
    const isPart = !isCredit && (at + one) % 10 === 0;
    const dispute = (at + one) % 50 === 1 ? { code: 'PRICE', since: daysAgo(issued - 5), amount: null, resolved: null } : null;
    if (isPart) payments.push(payment({ id: `${own}-p`, debtorId: id, date: daysAgo(issued - 20), amount: 5_00, invoiceId: own }));
    invoices.push(
      invoice({
        id: own,
        debtorId: id,
        issueDate: daysAgo(issued),
        dueDate: daysAgo(issued - 30),
        amount: isCredit ? -amount : amount,
        open: isCredit ? -amount : amount - (isPart ? 5_00 : 0),
        dispute,
      }),
    );
  }
  for (let one = 0; one < paid; one++) {
    const [own, issued, amount] = [`${id}-p${one}`, 40 + ((at * 3 + one * 17) % 700), 10_00 + ((at * 13 + one * 577) % 2_000_00)];
    invoices.push(invoice({ id: own, debtorId: id, issueDate: daysAgo(issued), dueDate: daysAgo(issued - 30), amount, open: 0 }));
    payments.push(payment({ id: `${own}-p`, debtorId: id, date: daysAgo(issued - 25 - (at % 30)), amount, invoiceId: own }));
  }
  const promises =
    at % 20 === 0 ? [promise({ id: `b${at}`, debtorId: id, invoiceIds: [`${id}-o0`], madeOn: daysAgo(30), dueDate: daysAgo(20) })] : [];
  return {
    administration,
    freshness,
    debtor: debtor({ id, creditLimit: 5_000_00 }),
    invoices,
    payments,
    promises,
    arrangements: [],
    contacts: [],
  };
}

function measure(open: number, paid: number): { readonly report: Report; readonly seconds: number } {
  const builder = new ReportBuilder({ administration, asOf: DAY, period: periodEnding(DAY, 90), banking: loadCalendars().target });
  const debtors = Math.ceil(open / OPEN_PER_DEBTOR);
  let milliseconds = 0;
  for (let at = 0; at < debtors; at++) {
    const own = facts(at, Math.round(paid / debtors));
    const started = performance.now();
    builder.add(own);
    milliseconds += performance.now() - started;
  }
  const started = performance.now();
  const report = builder.finish();
  return { report, seconds: (milliseconds + performance.now() - started) / 1000 };
}

export default async function run(args: readonly string[]): Promise<void> {
  const sizes = args.length > 0 ? [[Number(args[0]), Number(args[1])] as const] : DEFAULT_SIZES;
  const table = new Table({
    style: { head: [], border: [] },
    head: ['open invoices', 'paid invoices', 'debtors', 'seconds', 'µs per invoice', 'resident MB'],
    colAligns: Array.from({ length: 6 }, () => 'right' as const),
  });
  let ruleSeconds = 0;
  for (const [open, paid] of sizes) {
    const { report, seconds } = measure(open, paid);
    ruleSeconds = seconds;
    const resident = Math.round(process.memoryUsage().rss / 2 ** 20);
    table.push([open, paid, report.debtors.length, seconds.toFixed(2), ((seconds * 1e6) / (open + paid)).toFixed(2), resident]);
  }
  process.stdout.write(`By the rule, over a book:\n${table.toString()}\nFrom the database, a load of 0 being a free machine:\n`);
  const [open, paid] = sizes.at(-1) ?? [0, 0];
  await measureStored(
    [
      { administrations: 100, open, paid, plans: 'one-of-a-hundred' },
      { administrations: 1, open, paid, plans: 'one' },
    ],
    ruleSeconds,
  );
}
