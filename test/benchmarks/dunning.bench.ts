/**
 * How many decisions a second, and in how much memory: `npm run bench -- dunning [invoices …]` (10k, 100k and 1M when none are named).
 * One day's plan by the default policy over a book with a tenth as many debtors, smallest book first, in one process.
 */
import Table from 'cli-table3';
import { decide } from '../../src/dunning/rules/decide.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { context, policies } from '../dunning/support/house.js';
import { openBook } from './dunning-book.js';

const DEFAULT_SIZES = [10_000, 100_000, 1_000_000];
const MEGABYTE = 2 ** 20;

interface Figures {
  readonly invoices: number;
  readonly seconds: number;
  readonly decisionsPerSecond: number;
  readonly acts: number;
  readonly skipped: number;
  /** The process with book and plan in it. */
  readonly residentMegabytes: number;
}

function measure(invoices: number): Figures {
  const book = openBook(invoices);
  const policy = policies.get('default');
  const started = performance.now();
  const { acts, skipped } = decide(book, policy, plainDate('2026-11-20'), context);
  const seconds = (performance.now() - started) / 1000;
  return {
    invoices,
    seconds,
    decisionsPerSecond: book.debtors.length / seconds,
    acts: acts.length,
    skipped: skipped.length,
    residentMegabytes: process.memoryUsage().rss / MEGABYTE,
  };
}

export default function run(args: readonly string[]): void {
  const sizes = args.length > 0 ? args.map(Number) : DEFAULT_SIZES;
  const table = new Table({
    style: { head: [], border: [] },
    head: ['open invoices', 'seconds', 'µs per invoice', 'debtors decided per s', 'acts', 'left alone', 'resident MB'],
    colAligns: Array.from({ length: 7 }, () => 'right' as const),
  });
  for (const size of sizes) {
    const { invoices, seconds, decisionsPerSecond, acts, skipped, residentMegabytes } = measure(size);
    const perInvoice = ((seconds * 1e6) / invoices).toFixed(1);
    table.push([invoices, seconds.toFixed(2), perInvoice, Math.round(decisionsPerSecond), acts, skipped, Math.round(residentMegabytes)]);
  }
  process.stdout.write(`${table.toString()}\n`);
}
