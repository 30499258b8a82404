import type { EntityManager } from 'typeorm';
import { In, IsNull, MoreThanOrEqual } from 'typeorm';
import { type Minor, sum } from '../kernel/money.js';
import { type PlainDate, addDays } from '../kernel/plain-date.js';
import { AdministrationEntity } from './administration.entity.js';
import { askedByActs } from './asked-by-acts.js';
import { BankMoneyRepository } from './bank-money.repository.js';
import { FormerDebtors } from './former-debtors.js';
import { InvoiceSuccessors } from './invoice-successors.js';
import { pausedByPeople } from './package-pauses.js';
import {
  ArrangementEntity,
  ContactEntity,
  DebtorEntity,
  DisputeEntity,
  DossierEntryEntity,
  HoldEntity,
  InvoiceEntity,
  InvoiceHoldEntity,
  PromiseEntity,
  SettlementEntity,
} from './receivables.entity.js';
import type { Book, Channel, Contact, ContactKind, Debtor, Dispute, Freshness, Hold, Invoice, Payment } from './rules/book.js';
import { withOverrides } from './rules/debtor-overrides.js';
import { NOTHING_RETURNED, goodEmails } from './rules/returned-post.js';
import { returnedPost } from './returned-post.js';
import { controlDiffers } from './rules/control-total.js';
import { isOverruled } from './rules/package-pause.js';
import { type BookedAllocation, beyondItem, bookedByHand, notYetInPackage, openAmount } from './rules/open-amount.js';
import { OverpaidItems } from './overpaid-items.js';
import { overpaidBy } from './rules/overpaid.js';

/** How long a settled invoice stays in the book: long enough to recognise a double payment and to measure a year's behaviour. */
const SETTLED_KEPT_DAYS = 400;

/**
 * The ledger of one administration as the rules see it. All methods run inside a unit of work of that administration
 * (`Tenancy.within`); the administration's id is passed too, for it leads every index.
 */
export class LedgerRepository {
  constructor(private readonly manager: EntityManager) {}

  /** Whether there is such an administration in this unit of work. */
  knows(administrationId: string): Promise<boolean> {
    return this.manager.existsBy(AdministrationEntity, { id: administrationId });
  }

  /** The administration; throws when this unit of work was not opened for it. */
  administration(administrationId: string): Promise<AdministrationEntity> {
    return this.manager.findOneByOrFail(AdministrationEntity, { id: administrationId });
  }

  /**
   * The book on a day: every open item, and the settled ones of the last 400 days with their payments. A bank line that is allocated
   * counts at once, also while the package does not know it; one that waits for a person counts as the debtor's unallocated money,
   * so that nothing is asked for what may have been paid. With `only` it is the part of the book that is these debtors' own.
   * Matching leaves the waiting lines out, for they are what it is about to place.
   */
  async book(
    administrationId: string,
    asOf: PlainDate,
    only: readonly string[] | null = null,
    waiting: 'counted' | 'left-out' = 'counted',
  ): Promise<Book> {
    const administration = await this.administration(administrationId);
    const mine = { administrationId };
    const ofDebtors = only === null ? mine : { ...mine, debtorId: In([...only]) };
    const debtors = await this.manager.find(DebtorEntity, {
      where: { ...mine, ...(only !== null && { id: In([...only]) }), deletedAt: IsNull() },
      order: { id: 'ASC' },
      select: WITHOUT_RAW_DEBTOR,
    });
    const allInvoices = await this.manager.find(InvoiceEntity, {
      where: { ...ofDebtors, deletedAt: IsNull() },
      order: { id: 'ASC' },
      select: WITHOUT_RAW_INVOICE,
    });
    const invoiceIds = only === null ? null : allInvoices.map(({ id }) => id);
    const standing = await this.standing(administrationId, invoiceIds);
    const { settlements, pending, openOf } = standing;
    const overpaid = await this.overpaid(administration, allInvoices, standing);
    const disputeOf = await this.disputes(ofDebtors);
    const former = await FormerDebtors.of(this.manager, administrationId, only);
    // What was said about an invoice stands with the debtor whose it was then.
    const ofThem = only === null ? mine : { ...mine, debtorId: In([...only, ...former.ids]) };
    const heldInvoices = await this.heldInvoices(administrationId, invoiceIds);
    const returned = await returnedPost(this.manager, administrationId, only && [...only, ...former.ids]);
    const holdsOf = Map.groupBy(
      await this.manager.find(HoldEntity, { where: ofDebtors, order: { startsOn: 'ASC', id: 'ASC' } }),
      (hold) => hold.debtorId,
    );

    const since = addDays(asOf, -SETTLED_KEPT_DAYS);
    const recent = new Set(settlements.filter(({ settledOn }) => settledOn >= since).map(({ invoiceId }) => invoiceId));
    const debtorIds = new Set(debtors.map(({ id }) => id));
    const paused = await this.leftAlone(administration, allInvoices, debtors);
    const invoices = allInvoices
      .filter(({ debtorId }) => debtorIds.has(debtorId))
      .map((invoice) => toInvoice(invoice, openOf(invoice), disputeOf.get(invoice.id), paused.has(invoice.id)))
      .map((invoice) => withHistory(invoice, heldInvoices.get(invoice.id) ?? [], former.of(invoice.id)))
      .filter(({ id, open, dueDate }) => open !== 0 || recent.has(id) || dueDate >= since || overpaid.has(id));
    const kept = new Map(invoices.map((invoice) => [invoice.id, invoice]));

    const shared = repeated(settlements.map(({ id }) => id));
    const inBook = <T extends { readonly invoiceId: string }>(payment: T): (T & { readonly debtorId: string })[] => {
      const invoice = kept.get(payment.invoiceId);
      return invoice ? [{ ...payment, debtorId: invoice.debtorId }] : [];
    };
    const settled = settlements.flatMap(({ id, invoiceId, settledOn, amount }) =>
      // A package's payment over several invoices is one id on each of them.
      inBook({ id: shared.has(id) ? `${invoiceId}/${id}` : id, invoiceId, date: settledOn, amount }),
    );
    const payments: Payment[] = [
      ...overpaid.apartIn(kept, settled),
      ...pending.flatMap(({ id, invoiceId, bookedOn, amount }) => inBook({ id, invoiceId, date: bookedOn, amount })),
    ];

    const asHisWhoStands = <T extends { readonly debtorId: string }>(thing: T): T => ({
      ...thing,
      debtorId: former.standsFor(thing.debtorId),
    });
    const bank = new BankMoneyRepository(this.manager, administrationId);
    const unallocated = (await bank.unallocated(only && [...only, ...former.ids], waiting)).map(asHisWhoStands);
    const made = await InvoiceSuccessors.of(this.manager, administrationId);
    return {
      asOf,
      administration: {
        id: administration.id,
        name: administration.name,
        country: administration.country,
        currency: administration.currency,
        ibans: administration.ibans,
        vatDeductible: administration.vatDeductible,
        registry: administration.registry,
      },
      debtors: debtors.map((debtor) => toDebtor(debtor, holdsOf.get(debtor.id) ?? [], returned.get(debtor.id))),
      invoices,
      payments: [
        ...payments,
        ...unallocated.filter(({ debtorId }) => debtorIds.has(debtorId)).map((payment) => proposedForKept(payment, kept)),
      ],
      promises: (await this.manager.find(PromiseEntity, { where: { ...ofThem, withdrawnOn: IsNull() }, order: { id: 'ASC' } }))
        .map(({ id, debtorId, invoiceIds, madeOn, dueDate, amount }) => ({ id, debtorId, invoiceIds, madeOn, dueDate, amount }))
        .flatMap((promise) => aboutKept(asHisWhoStands(promise), kept)),
      arrangements: (await this.manager.find(ArrangementEntity, { where: { ...ofThem, withdrawnOn: IsNull() }, order: { id: 'ASC' } }))
        .map(({ id, debtorId, invoiceIds, instalments }) => ({ id, debtorId, invoiceIds, instalments }))
        .flatMap((arrangement) => aboutKept(asHisWhoStands(arrangement), kept)),
      contacts: (await this.contacts(administrationId, ofThem, kept, made))
        .filter(({ id, debtorId }) => !returned.get(debtorId)?.undelivered.has(id))
        .map(asHisWhoStands),
      freshness: await this.freshness(administrationId),
    };
  }

  /** The invoices whose reminders a person stopped in the package, where that counts here. */
  private async leftAlone(
    { id, remindsPer, respectsPauses }: AdministrationEntity,
    invoices: readonly InvoiceEntity[],
    debtors: readonly DebtorEntity[],
  ): Promise<ReadonlySet<string>> {
    if (!respectsPauses) return new Set();
    const paused = invoices.flatMap(({ id: invoiceId, debtorId, kind, packageOpen, pausedSince }) =>
      pausedSince !== null && kind === 'invoice' && packageOpen > 0 ? [{ id: invoiceId, debtorId, pausedSince }] : [],
    );
    const byPeople = await pausedByPeople(this.manager, id, remindsPer ?? 'item', paused);
    const overridesOf = new Map(debtors.map((debtor) => [debtor.id, debtor.overrides]));
    const isLeftAlone = ({ id: invoiceId, debtorId }: (typeof paused)[number]): boolean =>
      byPeople.has(invoiceId) && !isOverruled(overridesOf.get(debtorId) ?? {}, invoiceId);
    return new Set(paused.filter(isLeftAlone).map((invoice) => invoice.id));
  }

  /** Holds on invoices (null: on any) that nobody ended, by invoice. */
  private async heldInvoices(administrationId: string, invoiceIds: readonly string[] | null): Promise<ReadonlyMap<string, Hold[]>> {
    const rows = await this.manager.find(InvoiceHoldEntity, {
      where: { administrationId, endedOn: IsNull(), ...(invoiceIds !== null && { invoiceId: In([...invoiceIds]) }) },
      order: { startsOn: 'ASC', id: 'ASC' },
    });
    const byInvoice = Map.groupBy(rows, ({ invoiceId }) => invoiceId);
    return new Map([...byInvoice].map(([id, holds]) => [id, holds.map(({ kind, startsOn, until }) => ({ kind, from: startsOn, until }))]));
  }

  /** What was said to debtors about invoices of the book, with what our own notices and demands asked. */
  private async contacts(
    administrationId: string,
    where: object,
    kept: ReadonlyMap<string, Invoice>,
    made: InvoiceSuccessors,
  ): Promise<Contact[]> {
    const rows = await this.manager.find(ContactEntity, { where, order: { sentOn: 'ASC', id: 'ASC' } });
    const askedBy = await askedByActs(this.manager, administrationId, rows);
    return rows.map(({ id, debtorId, invoiceIds, step, kind, channel, sentOn, receivedOn }) => {
      const { asked, ...announced } = askedBy.get(id) ?? {};
      return {
        ...{ id, debtorId, step, sentOn, receivedOn },
        invoiceIds: made.about(id, invoiceIds).filter((each) => kept.has(each)),
        kind: kind as ContactKind,
        channel: channel as Channel,
        ...(asked && {
          asked: made.aboutParts(id, asked).filter(({ invoiceId }) => kept.has(invoiceId)),
        }),
        ...announced,
      };
    });
  }

  /** These invoices as they stand now, settled or not; those the package deleted are left out. */
  async items(administrationId: string, invoiceIds: readonly string[]): Promise<Invoice[]> {
    const rows = await this.manager.find(InvoiceEntity, {
      where: { administrationId, id: In([...invoiceIds]), deletedAt: IsNull() },
      order: { id: 'ASC' },
      select: WITHOUT_RAW_INVOICE,
    });
    const { openOf } = await this.standing(
      administrationId,
      rows.map(({ id }) => id),
    );
    return rows.map((row) => toInvoice(row, openOf(row), undefined));
  }

  /** These invoices as the book of today has them, each with the payments on it; those the package deleted are left out. */
  async itemsWithPayments(
    administrationId: string,
    invoiceIds: readonly string[],
  ): Promise<{ readonly invoice: Invoice; readonly payments: readonly Payment[] }[]> {
    const rows = await this.manager.find(InvoiceEntity, {
      where: { administrationId, id: In([...invoiceIds]), deletedAt: IsNull() },
      order: { id: 'ASC' },
      select: WITHOUT_RAW_INVOICE,
    });
    const standing = await this.standing(administrationId, invoiceIds);
    const { settlements, pending, openOf } = standing;
    const overpaid = await this.overpaid(await this.administration(administrationId), rows, standing);
    const disputeOf = await this.disputes({ administrationId, invoiceId: In([...invoiceIds]) });
    const settledOf = Map.groupBy(settlements, ({ invoiceId }) => invoiceId);
    const pendingOf = Map.groupBy(pending, ({ invoiceId }) => invoiceId);
    return rows.map((row) => {
      const own = { invoiceId: row.id, debtorId: row.debtorId };
      const settled = (settledOf.get(row.id) ?? []).map(({ id, settledOn, amount }) => ({ ...own, id, date: settledOn, amount }));
      const booked = (pendingOf.get(row.id) ?? []).map(({ id, bookedOn, amount }) => ({ ...own, id, date: bookedOn, amount }));
      return { invoice: toInvoice(row, openOf(row), disputeOf.get(row.id)), payments: [...overpaid.apart(row.id, settled), ...booked] };
    });
  }

  /** By how much each of these invoices is beyond its bounds ({@link beyondItem}), by id; those that are not are left out. */
  async beyond(administrationId: string, invoiceIds: readonly string[]): Promise<ReadonlyMap<string, Minor>> {
    const rows = await this.manager.find(InvoiceEntity, {
      where: { administrationId, id: In([...invoiceIds]) },
      select: WITHOUT_RAW_INVOICE,
    });
    const { beyondOf } = await this.standing(administrationId, invoiceIds);
    return new Map(rows.map((row) => [row.id, beyondOf(row)] as const).filter(([, beyond]) => beyond !== 0));
  }

  /** What the package and our bank lines together say of invoices (null: of all): what took something off them, and what is left. */
  private async standing(administrationId: string, invoiceIds: readonly string[] | null): Promise<Standing> {
    const known = await this.manager.find(SettlementEntity, {
      where: { administrationId, ...(invoiceIds !== null && { invoiceId: In([...invoiceIds]) }) },
      order: { settledOn: 'ASC', id: 'ASC' },
    });
    const undone = await new BankMoneyRepository(this.manager, administrationId).withdrawn(invoiceIds);
    const isWithdrawn = ({ invoiceId, id }: SettlementEntity): boolean => undone.has(`${invoiceId}/${id}`);
    const withdrawn = Map.groupBy(known.filter(isWithdrawn), ({ invoiceId }) => invoiceId);
    const settlements = known.filter((settlement) => !isWithdrawn(settlement));
    const allocations = await this.allocations(administrationId, invoiceIds);
    const pending = notYetInPackage(allocations, settlements);
    const pendingOf = Map.groupBy(pending, ({ invoiceId }) => invoiceId);
    const facts = (invoice: InvoiceEntity) =>
      [invoice, pendingOf.get(invoice.id) ?? [], sum((withdrawn.get(invoice.id) ?? []).map(({ amount }) => amount))] as const;
    return {
      settlements,
      allocations,
      pending,
      openOf: (invoice) => openAmount(...facts(invoice)),
      beyondOf: (invoice) => beyondItem(...facts(invoice)),
      overOf: (invoice) => overpaidBy(invoice, facts(invoice)[2]),
    };
  }

  /** The invoices on which, as the package says, more was paid than they are: what is too much is the debtor's unallocated money. */
  private overpaid(administration: AdministrationEntity, rows: readonly InvoiceEntity[], standing: Standing): Promise<OverpaidItems> {
    return OverpaidItems.read(new BankMoneyRepository(this.manager, administration.id), administration.currency, rows, standing);
  }

  /** Payments of the package since a day that were booked there by hand: no bank line of ours stands for them yet. */
  async bookedByHand(administrationId: string, since: PlainDate): Promise<readonly SettlementEntity[]> {
    const recent = await this.manager.find(SettlementEntity, {
      where: { administrationId, kind: 'payment', settledOn: MoreThanOrEqual(since) },
      order: { settledOn: 'ASC', id: 'ASC', invoiceId: 'ASC' },
    });
    if (recent.length === 0) return [];
    return bookedByHand(await this.allocations(administrationId, [...new Set(recent.map(({ invoiceId }) => invoiceId))]), recent);
  }

  /** How far the figures can be trusted. */
  async freshness(administrationId: string): Promise<Freshness> {
    const { pulledAt, ibans, controlTotal } = await this.administration(administrationId);
    return {
      pulledAt: pulledAt?.toISOString() ?? null,
      statementsThrough: await new BankMoneyRepository(this.manager, administrationId).statementsThrough(ibans),
      ...(controlTotal !== null && { controlDiffers: controlDiffers(controlTotal) }),
    };
  }

  /** What was said here about the invoices' disputes: the unresolved one, else the one resolved last. */
  private async disputes(where: object): Promise<Map<string, Dispute>> {
    const rows = await this.manager.find(DisputeEntity, {
      where,
      order: { openedOn: 'ASC', resolvedOn: { direction: 'ASC', nulls: 'LAST' }, id: 'ASC' },
    });
    return new Map(
      rows.map(({ invoiceId, code, openedOn, amount, resolvedOn, settlesAt }) => [
        invoiceId,
        { code, since: openedOn, amount, resolved: resolvedOn, ...(settlesAt !== null && { settlesAt }) },
      ]),
    );
  }

  /** The line is found by its id alone, within the administration by row-level security: see {@link BankMoneyRepository.unallocated}. */
  private async allocations(administrationId: string, invoiceIds: readonly string[] | null): Promise<BookedAllocation[]> {
    const rows = (await this.manager.query(
      `SELECT allocation.id, allocation.bank_line_id, allocation.invoice_id, allocation.amount::text AS amount, allocation.marker,
              allocation.settlement_id, line.booked_on::text AS booked_on
         FROM allocation
         JOIN bank_line line ON line.id = allocation.bank_line_id
        WHERE allocation.administration_id = $1 AND allocation.reversed_at IS NULL AND ($2::text[] IS NULL OR allocation.invoice_id = ANY ($2))
        ORDER BY line.booked_on, allocation.id`,
      [administrationId, invoiceIds],
    )) as AllocationRow[];
    return rows.map((row) => ({
      id: row.id,
      lineId: row.bank_line_id,
      invoiceId: row.invoice_id,
      amount: Number(row.amount),
      marker: row.marker,
      settlementId: row.settlement_id,
      bookedOn: row.booked_on,
    }));
  }

  /** Adds to the log of what happened with a debtor. */
  async appendToDossier(
    entries: readonly { administrationId: string; debtorId: string; at: Date; kind: string; body: object }[],
  ): Promise<void> {
    if (entries.length > 0) await this.manager.insert(DossierEntryEntity, [...entries]);
  }
}

interface AllocationRow {
  readonly id: string;
  readonly bank_line_id: string;
  readonly invoice_id: string;
  readonly amount: string;
  readonly marker: string;
  readonly settlement_id: string | null;
  readonly booked_on: PlainDate;
}

/** What the package and our bank lines together say of some invoices. */
interface Standing {
  /** Without payments of ours that were undone here. */
  readonly settlements: readonly SettlementEntity[];
  readonly allocations: readonly BookedAllocation[];
  readonly pending: readonly BookedAllocation[];
  openOf(invoice: InvoiceEntity): Minor;
  beyondOf(invoice: InvoiceEntity): Minor;
  /** {@link overpaidBy} */
  overOf(invoice: InvoiceEntity): Minor;
}

/** The vendor's record is evidence, not fact: heavy, and no rule reads it. */
const WITHOUT_RAW_DEBTOR = columnsWithout<DebtorEntity>(
  'administrationId', 'id', 'number', 'name', 'capacity', 'country', 'language', 'emails', 'phone', 'ibans', 'vatId', 'registryId',
  'creditLimit', 'paymentTermDays', 'largeCompany', 'customerSince', 'segment', 'holds', 'overrides',
); // prettier-ignore
const WITHOUT_RAW_INVOICE = columnsWithout<InvoiceEntity>(
  'administrationId', 'id', 'debtorId', 'number', 'kind', 'issueDate', 'dueDate', 'amount', 'packageOpen', 'currency', 'paymentReference',
  'description', 'collecting', 'writtenOff', 'dispute', 'handedOverOn', 'pausedSince', 'packageDispute', 'packageDisputeOn',
); // prettier-ignore

function columnsWithout<Entity>(...columns: (keyof Entity)[]): { [K in keyof Entity]?: true } {
  return Object.fromEntries(columns.map((column) => [column, true])) as { [K in keyof Entity]?: true };
}

function toDebtor(stored: DebtorEntity, holds: readonly HoldEntity[], returned = NOTHING_RETURNED): Debtor {
  const row = withOverrides(stored);
  return {
    id: row.id,
    number: row.number,
    name: row.name,
    capacity: row.capacity,
    country: row.country,
    language: row.language,
    email: goodEmails(row.emails, returned)[0] ?? null,
    ...(returned.letters && { lettersReturn: true as const }),
    phone: row.phone,
    ibans: row.ibans,
    vatId: row.vatId,
    registryId: row.registryId,
    creditLimit: row.creditLimit,
    paymentTermDays: row.paymentTermDays,
    largeCompany: row.largeCompany,
    customerSince: row.customerSince,
    segment: row.segment,
    holds: [...row.holds, ...holds.map(({ kind, startsOn, until }): Hold => ({ kind, from: startsOn, until }))],
  };
}

/** What the package has written off has nothing a reminder could ask for: it counts as settled. */
function toInvoice(row: InvoiceEntity, open: number, dispute: Dispute | null = row.dispute, isPausedInPackage = false): Invoice {
  return {
    id: row.id,
    number: row.number,
    debtorId: row.debtorId,
    kind: row.kind,
    issueDate: row.issueDate,
    dueDate: row.dueDate,
    amount: row.amount,
    open: row.writtenOff ? 0 : open,
    currency: row.currency,
    paymentReference: row.paymentReference,
    description: row.description,
    dispute,
    ...(row.packageDispute !== null && { packageDispute: { text: row.packageDispute, on: row.packageDisputeOn } }),
    ...(isPausedInPackage && { pausedInPackage: true as const }),
    collecting: row.collecting,
    handedOverOn: row.handedOverOn,
  };
}

/** An invoice with what the rearranging of the books left on it; almost always nothing. */
const withHistory = (invoice: Invoice, holds: readonly Hold[], formerDebtors: readonly string[]): Invoice => ({
  ...invoice,
  ...(holds.length > 0 && { holds }),
  ...(formerDebtors.length > 0 && { formerDebtors }),
});

/** An agreement with the invoices of it that are in the book; none when it was about others only (naming none means all of them). */
function aboutKept<T extends { readonly invoiceIds: readonly string[] }>(agreement: T, kept: ReadonlyMap<string, Invoice>): T[] {
  const invoiceIds = agreement.invoiceIds.filter((id) => kept.has(id));
  return invoiceIds.length === 0 && agreement.invoiceIds.length > 0 ? [] : [{ ...agreement, invoiceIds }];
}

/** A waiting payment with the invoices it was proposed for that are still in the book. */
const proposedForKept = ({ proposedFor, ...payment }: Payment, kept: ReadonlyMap<string, Invoice>): Payment =>
  proposedFor === undefined ? payment : { ...payment, proposedFor: proposedFor.filter(({ invoiceId }) => kept.has(invoiceId)) };

/** The texts that occur more than once. */
function repeated(texts: readonly string[]): ReadonlySet<string> {
  const [seen, again] = [new Set<string>(), new Set<string>()];
  for (const text of texts) (seen.has(text) ? again : seen).add(text);
  return again;
}
