import type { EntityManager } from 'typeorm';
import { type ItemOn, itemOn } from '../credit/rules/open-on.js';
import { debtorItems } from '../credit/rules/debtor-items.js';
import { factsByDebtor } from '../dunning/rules/facts.js';
import type { Calendar } from '../kernel/calendar.js';
import { InputError } from '../kernel/errors.js';
import { batches } from '../kernel/batches.js';
import type { Minor } from '../kernel/money.js';
import { type PlainDate, addDays } from '../kernel/plain-date.js';
import { FormerDebtors } from '../ledger/former-debtors.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import type { Book, BookAdministration, Debtor, Invoice, Payment } from '../ledger/rules/book.js';
import { SAME_PAYMENT_DAYS } from '../ledger/rules/open-amount.js';
import { unallocatedReceipts } from '../ledger/rules/unallocated.js';
import {
  type FigureQuery,
  type FigureScope,
  type PromiseRow,
  debtorSegments,
  disputed,
  invoicesOf,
  looseLines,
  orphans,
  promisesDue,
  unreconciled,
} from './figure-queries.js';
import { type MovedRow, dailySales, movedItems, openFlows, openItems, paidBeforeIssue } from './item-queries.js';
import { bucketOf } from './rules/ageing.js';
import { DebtorSums } from './rules/debtor-sums.js';
import { type Flow, addFlows, addSales, flowDays } from './rules/flow-sums.js';
import type { Period } from './rules/period.js';
import { PeriodTotals } from './rules/period-totals.js';
import { promiseOutcomes } from './rules/promise-record.js';
import { ReportTotals } from './rules/report-totals.js';

/** What an administration's ledger comes to in some periods. */
export interface LedgerTotals {
  /** Of the first period. */
  readonly totals: ReportTotals;
  /** Of each further one, only what its figures need. */
  readonly trend: readonly PeriodTotals[];
  readonly debtors: DebtorSums;
}

/** Hears of each reading and the milliseconds it took; for measurements. */
export type Told = (query: FigureQuery<unknown>, milliseconds: number) => void;

/** Items that are read one by one, and loose money, at a time. */
const BATCH = 5000;
/** Longer than any grace a promise has: two banking days. */
const PROMISE_MARGIN_DAYS = 30;

/**
 * Figures of one stored ledger. The database adds up the items that are plain ({@link movedItems} says which); those that are not, the
 * disputed ones and the promises come here one by one and go through the same rules as a book does. So the figures are those of a book
 * of today with all history, and what is read grows with what was open or moved in the periods.
 */
export class FiguresRepository {
  constructor(
    /** A unit of work of the administration; its readings have to see the same state (`REPEATABLE READ`). */
    private readonly manager: EntityManager,
    private readonly scope: FigureScope,
    private readonly banking: Calendar,
    private readonly told: Told = () => undefined,
  ) {}

  async totals(administration: BookAdministration, periods: readonly [Period, ...Period[]]): Promise<LedgerTotals> {
    const { scope } = this;
    const [main, ...others] = periods;
    const on = main.to;
    const days = flowDays(periods);
    const segments = new Map((await this.rows(debtorSegments(scope))).map(({ id, segment }) => [id, segment]));
    const gone = await this.rows(orphans(scope));
    const odd = new Set<string>();
    for (const { id } of await this.rows(unreconciled(scope, SAME_PAYMENT_DAYS))) odd.add(id);
    for (const { id } of await this.rows(disputed(scope, main.from, on))) odd.add(id);
    const totals = new ReportTotals(main, scope.asOf);
    const moved = await this.rows(movedItems(scope, days, main, [...odd, ...gone.map(({ id }) => id)]));
    for (const { odd: more, unexplained, unexplained_amount } of moved) {
      for (const id of more ?? []) odd.add(id);
      totals.withoutDate.items += Number(unexplained);
      totals.withoutDate.amount += minor(unexplained_amount);
    }
    for (const { id } of gone) odd.delete(id);
    const apart = [...odd, ...gone.map(({ id }) => id)];

    const trend = others.map((period) => new PeriodTotals(period));
    const debtors = new DebtorSums(segments);
    const open = (await this.rows(openFlows(scope, days, apart))).map(({ amount, ...row }): Flow => ({
      ...row,
      paid: null,
      amount: minor(amount),
      amountDays: null,
    }));
    const flows = [...moved.flatMap(paidFlow), ...open];
    const sold = await this.sales(on, gone);
    totals.knowHistory(sold.reduce<PlainDate | null>((least, { issued }) => (least === null || issued < least ? issued : least), null));
    for (const sums of [totals.sums, ...trend]) {
      addFlows(sums, flows, days);
      addSales(sums, sold);
    }
    await this.addOpen(totals, debtors, on, apart);
    await this.addOdd(totals, trend, debtors, [...odd], segments);
    await this.addLoose(administration, totals, debtors, on, apart, segments);
    return { totals, trend, debtors };
  }

  private async rows<Row>(query: FigureQuery<Row>): Promise<Row[]> {
    const started = performance.now();
    const rows = (await this.manager.query(query.text, [...query.parameters])) as Row[];
    this.told(query, performance.now() - started);
    return rows;
  }

  /** Sales by day, without those of debtors that are gone. */
  private async sales(on: PlainDate, gone: readonly { readonly issued: PlainDate; readonly currency: string; readonly amount: string }[]) {
    // A segment has only debtors that are there.
    const theirs = this.scope.segment === null ? gone.filter(({ currency }) => currency === this.scope.currency) : [];
    const byDay = Map.groupBy(theirs, ({ issued }) => issued);
    return (await this.rows(dailySales(this.scope, on))).flatMap(({ issued, items, amount }) => {
      const without = byDay.get(issued) ?? [];
      const left = without.reduce((sum, one) => sum - minor(one.amount), minor(amount));
      return Number(items) === without.length ? [] : [{ issued, amount: left }];
    });
  }

  private async addOpen(totals: ReportTotals, debtors: DebtorSums, on: PlainDate, apart: readonly string[]): Promise<void> {
    const foreign = new Map<string, { currency: string; open: Minor; overdue: Minor; invoices: number }>();
    for (const row of await this.rows(openItems(this.scope, on, apart))) {
      const [amount, overdue, invoices] = [minor(row.amount), minor(row.overdue), Number(row.items)];
      if (row.debtor_id !== null) {
        if (row.currency === this.scope.currency) debtors.add(row.debtor_id, { open: amount, overdue });
      } else if (row.currency === this.scope.currency) {
        totals.ageing.addRow({ bucket: bucketOf(row.credit ? -1 : 1, row.days ?? 0), amount, invoices, disputed: 0 });
      } else {
        const so = foreign.get(row.currency) ?? { currency: row.currency, open: 0, overdue: 0, invoices: 0 };
        foreign.set(row.currency, { ...so, open: so.open + amount, overdue: so.overdue + overdue, invoices: so.invoices + invoices });
      }
    }
    totals.addForeign([...foreign.values()]);
  }

  /** Items that are not plain, through the rule. Their sales are in the sums of the days already. */
  private async addOdd(
    totals: ReportTotals,
    trend: readonly PeriodTotals[],
    debtors: DebtorSums,
    ids: readonly string[],
    segments: ReadonlyMap<string, string | null>,
  ): Promise<void> {
    const { scope } = this;
    const on = totals.sums.period.to;
    for (const batch of batches(ids, BATCH)) {
      for (const { invoice, payments } of await this.items(batch)) {
        if (!segments.has(invoice.debtorId)) continue;
        const own = debtorItems({ administration: scope, invoices: [invoice], payments }, scope.asOf, on);
        totals.addItems(own, 'sales-counted');
        debtors.add(invoice.debtorId, {
          open: own.items.reduce((sum, { open }) => sum + open, 0),
          overdue: own.items.reduce((sum, { open }) => sum + (open > 0 && invoice.dueDate < on ? open : 0), 0),
          unallocated: own.unallocated,
        });
        if (invoice.currency !== scope.currency) continue;
        const item: ItemOn = itemOn(invoice, payments, scope.asOf, on);
        for (const sums of trend) sums.add(item, scope.asOf, 'sales-counted');
      }
    }
  }

  private items(ids: readonly string[]): Promise<readonly { readonly invoice: Invoice; readonly payments: readonly Payment[] }[]> {
    return new LedgerRepository(this.manager).itemsWithPayments(this.scope.administrationId, ids);
  }

  /** Money that stands on no invoice, and the promises, which it counts for. */
  private async addLoose(
    administration: BookAdministration,
    totals: ReportTotals,
    debtors: DebtorSums,
    on: PlainDate,
    apart: readonly string[],
    segments: ReadonlyMap<string, string | null>,
  ): Promise<void> {
    const lines = await this.rows(looseLines(this.scope));
    const former = await FormerDebtors.of(this.manager, this.scope.administrationId, null);
    const loose = unallocatedReceipts(
      lines.map((line) => ({
        id: line.id,
        bookedOn: line.booked_on,
        amount: minor(line.amount),
        foreign: line.currency === administration.currency ? null : line.currency,
        allocated: minor(line.allocated),
        debtorId: line.debtor_id,
        waits: line.outcome === 'proposed',
        returnOf: line.return_of,
        mayPay: line.may_pay,
      })),
    )
      .map((payment) => ({ ...payment, debtorId: former.standsFor(payment.debtorId) }))
      .filter(({ debtorId, currency }) => segments.has(debtorId) && currency === undefined);
    const early = await this.rows(paidBeforeIssue(this.scope, on, apart));
    const unallocated = [
      ...loose.filter(({ date }) => date <= on),
      ...early.map(({ debtor_id, amount }) => ({ debtorId: debtor_id, amount: minor(amount) })),
    ];
    for (const { debtorId, amount } of unallocated) {
      totals.unallocated += amount;
      debtors.add(debtorId, { unallocated: amount });
    }
    const { from } = totals.sums.period;
    const promises = await this.rows(promisesDue(this.scope, addDays(from, -PROMISE_MARGIN_DAYS), on));
    for (const batch of batches(promises, BATCH)) await this.addPromises(administration, totals, batch, loose, segments);
  }

  private async addPromises(
    administration: BookAdministration,
    totals: ReportTotals,
    rows: readonly PromiseRow[],
    loose: readonly Payment[],
    segments: ReadonlyMap<string, string | null>,
  ): Promise<void> {
    const { scope, banking } = this;
    const everything = rows.filter(({ invoice_ids }) => invoice_ids.length === 0).map(({ debtor_id }) => debtor_id);
    const ids = new Set(rows.flatMap(({ invoice_ids }) => invoice_ids));
    if (everything.length > 0) for (const { id } of await this.rows(invoicesOf(scope, everything))) ids.add(id);
    const items = [];
    for (const batch of batches([...ids], BATCH)) items.push(...(await this.items(batch)));
    const kept = new Set(items.map(({ invoice }) => invoice.id));
    const promises = rows
      .map((row) => ({
        id: row.id,
        debtorId: row.debtor_id,
        invoiceIds: row.invoice_ids.filter((id) => kept.has(id)),
        madeOn: row.made_on,
        dueDate: row.due_date,
        amount: minor(row.amount),
        named: row.invoice_ids.length,
      }))
      .filter(({ invoiceIds, named }) => named === 0 || invoiceIds.length > 0);
    const owners = new Set([...promises.map(({ debtorId }) => debtorId), ...items.map(({ invoice }) => invoice.debtorId)]);
    const part: Book = {
      asOf: scope.asOf,
      administration,
      debtors: [...owners].filter((id) => segments.has(id)).map((id) => ({ ...NOBODY, id })),
      invoices: items.map(({ invoice }) => invoice),
      payments: [...items.flatMap(({ payments }) => payments), ...loose.filter(({ debtorId }) => owners.has(debtorId))],
      promises,
      arrangements: [],
      contacts: [],
      freshness: { pulledAt: null, statementsThrough: null },
    };
    const on = totals.sums.period.to;
    for (const facts of factsByDebtor(part)) {
      const { paymentsOf } = debtorItems(facts, scope.asOf, on);
      totals.addPromises(promiseOutcomes(facts, paymentsOf, scope.asOf, banking, on));
    }
  }
}

/** What was paid; nothing for a row without plain items. */
function paidFlow({ credit, issued, paid, due, amount, to_pay: toPay, late }: MovedRow): Flow[] {
  if (amount === null || toPay === null || late === null) return [];
  return [{ credit, issued, paid, due, amount: minor(amount), amountDays: { toPay: BigInt(toPay), late: BigInt(late) } }];
}

/** Promises are judged by money alone: who made them does not matter. */
const NOBODY: Debtor = {
  id: '', number: null, name: '', capacity: 'unknown', country: 'NL', language: null, email: null, phone: null, ibans: [], vatId: null,
  registryId: null, creditLimit: null, paymentTermDays: null, largeCompany: false, customerSince: null, segment: null, holds: [],
}; // prettier-ignore

/** Throws `InputError` `amounts-too-large` for what cannot be counted exactly. */
function minor(text: string): Minor {
  const amount = Number(text);
  if (Number.isSafeInteger(amount)) return amount;
  throw new InputError('amounts-too-large', 'the amounts of the ledger together are outside the range of amounts');
}
