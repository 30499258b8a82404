import { type Command, Option } from 'commander';
import Table from 'cli-table3';
import { InputError } from '../kernel/errors.js';
import { systemClock, today } from '../kernel/clock.js';
import { type Minor, formatAmount, parseAmount } from '../kernel/money.js';
import { type PlainDate, parsePlainDate } from '../kernel/plain-date.js';
import type { Result } from '../kernel/result.js';
import { CAPACITIES, type Capacity } from '../ledger/rules/book.js';
import { print } from '../platform/cli/command.js';
import { loadLaw } from './law-tables.js';
import type { ClaimParts } from './rules/allocation.js';
import { collectionCosts } from './rules/collection-costs.js';
import { type Interest, interest } from './rules/interest.js';
import { DAY_COUNTS, type DayCount, type Law, REGIMES, type Regime } from './rules/law.js';
import { NOTICE_KINDS, type NoticeKind, noticeDates } from './rules/notices.js';
import { percent } from './rules/wording.js';

/** `tegoed law costs|interest|notice` (contracts.md): the rules of collection law over the dated tables, for one case. */
export function registerLaw(program: Command): void {
  const law = program.command('law').description('What Dutch, Belgian and European law allow a creditor to ask, and when.');
  registerCosts(law);
  registerInterest(law);
  registerNotice(law);
}

const regimeOption = (regimes: readonly Regime[] = REGIMES): Option =>
  new Option('--regime <regime>', 'whose law').choices(regimes).makeOptionMandatory();
const capacityOption = (): Option =>
  new Option('--capacity <capacity>', 'role in which the debtor bought').choices(CAPACITIES).makeOptionMandatory();

interface CostsOptions {
  regime: Regime;
  capacity: Capacity;
  principal: string[];
  vatNotDeductible?: boolean;
  clause: boolean;
  fixedSumPer?: Law['settings']['b2bFixedSumPer'];
  on?: string;
  json?: boolean;
}

function registerCosts(law: Command): void {
  law
    .command('costs')
    .description('Out-of-court collection costs for one demand.')
    .addOption(regimeOption())
    .addOption(capacityOption())
    .addOption(
      new Option('--principal <amount>', 'open principal of a claim in the demand, repeatable').argParser(collect).makeOptionMandatory(),
    )
    .option('--vat-not-deductible', 'the creditor cannot deduct VAT and says so to the debtor (nl)')
    .option('--no-clause', 'no clause on compensation was agreed (be consumers then owe none)')
    .addOption(
      new Option('--fixed-sum-per <what>', 'fixed sum between businesses: once per demand or for each invoice').choices([
        'invoice',
        'demand',
      ]),
    )
    .option('--on <date>', 'day on which the demand is made (default: today)')
    .option('--json', 'print JSON')
    .action((options: CostsOptions) => {
      const costs = usable(
        collectionCosts(withSettings(loadLaw(), options.fixedSumPer ? { b2bFixedSumPer: options.fixedSumPer } : {}), {
          regime: options.regime,
          capacity: options.capacity,
          principals: options.principal.map((text) => amountOf(text, '--principal')),
          vatDeductible: !options.vatNotDeductible,
          on: options.on === undefined ? today(systemClock) : dateOf(options.on, '--on'),
          clause: options.clause ? { kind: 'statutory-maximum' } : null,
        }),
      );
      const { fee, vatUplift, total, base, scheme, because } = costs;
      const amounts = { fee: formatAmount(fee), vatUplift: formatAmount(vatUplift), total: formatAmount(total), base: formatAmount(base) };
      print({ ...amounts, scheme, because }, options, listing);
    });
}

interface InterestOptions {
  regime: Regime;
  capacity: Capacity;
  principal: string;
  due: string;
  until: string;
  payment: string[];
  costs?: string;
  dayCount?: DayCount;
  contract?: string;
  json?: boolean;
}

function registerInterest(law: Command): void {
  law
    .command('interest')
    .description('Interest for late payment, with payments in between.')
    .addOption(regimeOption())
    .addOption(capacityOption())
    .requiredOption('--principal <amount>', 'principal')
    .requiredOption('--due <date>', 'last day on which payment was in time')
    .requiredOption('--until <date>', 'last interest day, inclusive')
    .addOption(new Option('--payment <date:amount>', 'a receipt, repeatable').argParser(collect).default([]))
    .option('--costs <amount>', 'collection costs already due: payments go to them first')
    .addOption(new Option('--day-count <mode>', 'how days become a part of a year').choices(DAY_COUNTS))
    .option('--contract <date>', 'day of the contract (other rates for contracts before 2013-03-16)')
    .option('--json', 'print JSON')
    .action((options: InterestOptions) => {
      const tables = loadLaw();
      const result = usable(
        interest(tables, {
          regime: options.regime,
          capacity: options.capacity,
          principal: amountOf(options.principal, '--principal'),
          due: dateOf(options.due, '--due'),
          until: dateOf(options.until, '--until'),
          payments: options.payment.map(paymentOf),
          costs: options.costs === undefined ? 0 : amountOf(options.costs, '--costs'),
          dayCount: options.dayCount ?? tables.settings.dayCount,
          contractedOn: options.contract === undefined ? null : dateOf(options.contract, '--contract'),
        }),
      );
      print(interestDocument(result), options, interestTable);
    });
}

type InterestDocument = ReturnType<typeof interestDocument>;

const interestDocument = ({ segments, left, paid, ...result }: Interest) => ({
  interest: formatAmount(result.interest),
  balance: formatAmount(result.balance),
  provisional: result.provisional,
  segments: segments.map(({ from, to, days, base, basisPoints, amountTenThousandths, provisional }) => ({
    from,
    to,
    days,
    base: formatAmount(base),
    percent: percent(basisPoints),
    amount: tenThousandths(amountTenThousandths),
    provisional,
  })),
  left: partsDocument(left),
  paid: partsDocument(paid),
  unallocated: formatAmount(result.unallocated),
  because: result.because,
});

const partsDocument = ({ costs, interest: part, principal }: ClaimParts): Record<string, string> => ({
  costs: formatAmount(costs),
  interest: formatAmount(part),
  principal: formatAmount(principal),
});

interface NoticeOptions {
  regime: Regime;
  kind: NoticeKind;
  sent: string;
  channel: 'letter' | 'email';
  received?: string;
  saturdayCounts?: boolean;
  json?: boolean;
}

function registerNotice(law: Command): void {
  law
    .command('notice')
    .description('The dates that follow from sending a fourteen-day letter, a first reminder or a notice of default.')
    .addOption(regimeOption(['nl', 'be']))
    .addOption(new Option('--kind <kind>', 'what was sent').choices(NOTICE_KINDS).makeOptionMandatory())
    .requiredOption('--sent <date>', 'day of sending')
    .addOption(new Option('--channel <channel>', 'how').choices(['letter', 'email']).makeOptionMandatory())
    .option('--received <date>', 'proven receipt (nl): signature, or delivery evidence of an e-mail')
    .option('--saturday-counts', "count Saturdays as working days (be): the law's reading instead of the careful one")
    .option('--json', 'print JSON')
    .action((options: NoticeOptions) => {
      const dates = usable(
        noticeDates(withSettings(loadLaw(), options.saturdayCounts ? { beSaturdayCounts: true } : {}), {
          regime: options.regime,
          kind: options.kind,
          sentOn: dateOf(options.sent, '--sent'),
          channel: options.channel,
          receivedOn: options.received === undefined ? null : dateOf(options.received, '--received'),
        }),
      );
      print(dates, options, listing);
    });
}

const collect = (value: string, before: string[] | undefined): string[] => [...(before ?? []), value];

const withSettings = (law: Law, settings: Partial<Law['settings']>): Law => ({ ...law, settings: { ...law.settings, ...settings } });

/** The value, or the failure as input that cannot be used. */
function usable<T>(result: Result<T>, where?: string): T {
  if (result.ok) return result.value;
  throw new InputError(result.error.code, where === undefined ? result.error.message : `${where}: ${result.error.message}`);
}

const amountOf = (text: string, option: string): Minor => usable(parseAmount(text), option);
const dateOf = (text: string, option: string): PlainDate => usable(parsePlainDate(text), option);

/** `DATE:AMOUNT`. */
function paymentOf(text: string): { on: PlainDate; amount: Minor } {
  const colon = text.indexOf(':');
  if (colon < 0) throw new InputError('invalid-payment', `--payment: "${text}" is not of the form DATE:AMOUNT`);
  return { on: dateOf(text.slice(0, colon), '--payment'), amount: amountOf(text.slice(colon + 1), '--payment') };
}

function tenThousandths(amount: bigint): string {
  const digits = String(amount).padStart(5, '0');
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

/** A document as lines of name and value, reasons below. */
function listing(document: object): string {
  const { because, ...fields } = document as { because: readonly string[] } & Record<string, unknown>;
  const width = Math.max(...Object.keys(fields).map((name) => name.length));
  const lines = Object.entries(fields).map(([name, value]) => `${name.padEnd(width)}  ${value ?? '-'}`);
  return [...lines, ...because.map((reason) => `- ${reason}`)].join('\n');
}

function interestTable({ segments, left, paid, ...rest }: InterestDocument): string {
  const table = new Table({ head: ['from', 'to', 'days', 'base', '%', 'interest', ''], style: { head: [], border: [] } });
  for (const { from, to, days, base, percent: rate, amount, provisional } of segments) {
    table.push([from, to, days, base, rate, amount, provisional ? 'provisional' : '']);
  }
  const inline = (parts: Record<string, string>): string => Object.entries(parts).flat().join(' ');
  return `${table.toString()}\n${listing({ ...rest, left: inline(left), paid: inline(paid) })}`;
}
