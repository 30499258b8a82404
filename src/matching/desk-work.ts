import type { EntityManager } from 'typeorm';
import { In, IsNull } from 'typeorm';
import { type Minor, formatAmount, parseAmount } from '../kernel/money.js';
import type { Failure, Result } from '../kernel/result.js';
import { BankLineEntity } from '../ledger/bank.entity.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { DebtorEntity, InvoiceEntity } from '../ledger/receivables.entity.js';
import type { Invoice } from '../ledger/rules/book.js';
import { isUuid } from '../platform/database/ids.js';
import { AllocationsRepository } from './allocations.repository.js';
import { type Doing, EvidenceRepository } from './evidence.repository.js';
import { type PaymentEvent, dossierEntries } from './payment-log.js';
import { type Bookable, bookableParts } from './rules/booking.js';
import { type CheckedAllocations, checkAllocations } from './rules/check-allocations.js';
import { type DeskAction, type LineState, stepOf } from './rules/desk-steps.js';
import { type Meaning, changeOf } from './rules/learn.js';
import { bankLines, isFromStatement, proposalOf } from './stored-line.js';

/** An amount, a decimal text in the currency of the line, given to an invoice. */
export interface Given {
  readonly invoiceId: string;
  readonly amount: string;
}

export type Dismissal =
  { readonly reason: 'not-a-receivable'; readonly why: string } | { readonly reason: 'unknown'; readonly why: string | null };

/** Ends an action and rolls back what it began. */
export class DeskRefusal extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

const refuse = (code: string, message: string): never => {
  throw new DeskRefusal({ code, message });
};

function orRefuse<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new DeskRefusal(result.error);
}

/** What is to be booked of a line. */
interface Booking {
  readonly checked: CheckedAllocations;
  /** Whose the rest is; null: nothing is left, or it is the bank's fee. */
  readonly restOf: string | null;
  readonly returnOf: string | null;
  readonly why: string | null;
  readonly confidence: number | null;
  readonly because: readonly string[];
}

/** One action of a person on a bank line, inside a unit of work of its administration. Throws {@link DeskRefusal}. */
export class DeskWork {
  private readonly ledger: LedgerRepository;
  private readonly allocations: AllocationsRepository;
  private readonly evidence: EvidenceRepository;

  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
    private readonly doing: Doing,
  ) {
    this.ledger = new LedgerRepository(manager);
    this.allocations = new AllocationsRepository(manager, administrationId);
    this.evidence = new EvidenceRepository(manager, administrationId);
  }

  /** The line, with everybody else kept away from allocating until the end. */
  async take(lineId: string): Promise<BankLineEntity> {
    await this.allocations.lock();
    const line = isUuid(lineId)
      ? await this.manager.findOneBy(BankLineEntity, { administrationId: this.administrationId, id: lineId })
      : null;
    return line ?? refuse('unknown-line', `there is no bank line ${lineId}`);
  }

  async confirm(line: BankLineEntity, alternative: number | null): Promise<void> {
    await this.step('confirm', line);
    const proposal = proposalOf(line) ?? refuse('no-proposal', 'nothing is proposed for this line');
    const chosen =
      alternative === null ? { allocations: proposal.allocations, confidence: line.confidence } : proposal.alternatives[alternative];
    if (chosen === undefined)
      return refuse('no-proposal', `there is no alternative ${alternative}: the line has ${proposal.alternatives.length}`);
    const foreign = chosen.allocations.find(({ settles }) => settles !== null)?.settles;
    if (foreign) refuse('other-currency', `the invoice is in ${foreign.currency}, the line in ${line.currency}: book it in the package`);
    const checked = checkAllocations(line, bookableParts(line.amount, chosen.allocations), await this.items(chosen.allocations));
    if (!checked.ok) {
      return refuse(
        'stale-proposal',
        `${checked.error.message}: that changed after it was proposed. Correct the line, or let it be matched again`,
      );
    }
    const returnOf = alternative === null ? proposal.returnOf : null;
    if (returnOf !== null && (await this.returnTo(returnOf)) !== null) {
      return refuse(
        'stale-proposal',
        'another line is booked meanwhile as taking the same payment back: correct the line, or let it be matched again',
      );
    }
    const own = alternative === null ? proposal.debtorId : null;
    const booking = {
      checked: checked.value,
      restOf: this.restOf(line, checked.value, own),
      returnOf,
      why: null,
      confidence: chosen.confidence,
      because: alternative === null ? line.because : ['a person chose it among the alternatives'],
    };
    await this.book(line, booking, alternative === null ? [] : proposal.allocations);
  }

  async correct(line: BankLineEntity, given: readonly Given[], why: string | null): Promise<void> {
    await this.step('correct', line);
    const before = await this.clear(line, why ?? 'corrected');
    const checked = orRefuse(checkAllocations(line, this.parts(line, given), await this.items(given)));
    const returnOf = await this.stillReturns(line, checked.parts);
    const because = ['a person allocated it'];
    await this.book(line, { checked, restOf: this.restOf(line, checked, null), returnOf, why, confidence: null, because }, before);
  }

  async split(
    line: BankLineEntity,
    given: readonly Given[],
    rest: { readonly debtorId: string; readonly amount?: string } | null,
    why: string | null,
  ): Promise<void> {
    await this.step('correct', line);
    const before = await this.clear(line, why ?? 'split');
    const checked = orRefuse(checkAllocations(line, this.parts(line, given), await this.items(given)));
    const told = rest === null ? 0 : rest.amount === undefined ? checked.rest : this.amount(line, rest.amount);
    if (told !== checked.rest) {
      const total = formatAmount(line.amount - checked.rest + told, line.currency);
      refuse('not-the-amount', `the parts are ${total} together, the line is ${formatAmount(line.amount, line.currency)} ${line.currency}`);
    }
    if (rest !== null) await this.known(rest.debtorId);
    const returnOf = await this.stillReturns(line, checked.parts);
    const because = ['a person split it'];
    await this.book(line, { checked, restOf: rest?.debtorId ?? null, returnOf, why, confidence: null, because }, before);
  }

  async dismiss(line: BankLineEntity, dismissal: Dismissal): Promise<void> {
    const outcome = await this.step(dismissal.reason === 'unknown' ? 'leave' : 'dismiss', line);
    const refused = proposalOf(line)?.allocations ?? [];
    await this.evidence.refuse(
      line.id,
      refused.map(({ invoiceId }) => invoiceId),
      this.doing,
    );
    await this.log('payment-dismissed', line, refused, null, [dismissal.why ?? 'nobody knows what it is']);
    await this.decided(line, { outcome, debtorId: null, confidence: null, proposal: null, because: [] }, dismissal.why);
  }

  async undo(line: BankLineEntity, why: string): Promise<void> {
    const outcome = await this.step('undo', line);
    await this.clear(line, why);
    if (line.outcome === 'not-a-receipt' && line.decidedAt !== null) {
      await this.evidence.revoke(['undone'], { bankLineId: line.id, learnedAt: line.decidedAt }, this.doing, why);
    }
    await this.decided(line, { outcome, debtorId: null, confidence: null, proposal: null, because: [], returnOf: null }, why);
  }

  /**
   * Takes back what was booked of a line: the former open amounts are there again, the pairs are remembered, and what the line had taught
   * no longer counts. Gives the parts it had: booked, or else proposed.
   */
  private async clear(line: BankLineEntity, why: string): Promise<readonly Bookable[]> {
    const booked = await this.takeBack(line, why);
    if (line.outcome !== 'matched') return proposalOf(line)?.allocations ?? [];
    await this.evidence.refuse(
      line.id,
      booked.map(({ invoiceId }) => invoiceId),
      this.doing,
    );
    await this.evidence.revoke(['iban-link', 'prefix'], { bankLineId: line.id }, this.doing, why);
    await this.log('payment-undone', line, booked, line.debtorId, [why]);
    if (line.returnOf !== null) {
      await this.allocations.notTakenBack(line.returnOf, this.doing);
      await this.manager.update(BankLineEntity, { administrationId: this.administrationId, id: line.id }, { returnOf: null });
    }
    return booked;
  }

  /** Reverses what a line gave. Not when others have built on it since: an invoice it had reopened and that was paid again, or the other way round. */
  private async takeBack(line: BankLineEntity, why: string): Promise<readonly Bookable[]> {
    const ids = (await this.allocations.ofLines([line.id])).map(({ invoiceId }) => invoiceId);
    const before = await this.ledger.beyond(this.administrationId, ids);
    const booked = await this.allocations.reverse(line.id, this.doing, why);
    const after = await this.ledger.beyond(this.administrationId, ids);
    const worse = [...after].find(([id, beyond]) => Math.abs(beyond) > Math.abs(before.get(id) ?? 0));
    if (worse !== undefined) {
      const number = (await this.invoices([worse[0]])).get(worse[0])?.number ?? worse[0];
      refuse('built-upon', `${number} was ${line.amount < 0 ? 'paid again' : 'taken back'} since by another line: undo that one first`);
    }
    return booked;
  }

  /** The earlier line that a line still takes back when a person gives it to other amounts: as long as only that one's invoices are meant. */
  private async stillReturns(line: BankLineEntity, parts: readonly Bookable[]): Promise<string | null> {
    const original = line.returnOf ?? (line.outcome === 'proposed' ? proposalOf(line)?.returnOf : null) ?? null;
    if (original === null || (await this.returnTo(original)) !== null) return null;
    const given = new Set((await this.allocations.ofLines([original])).map(({ invoiceId }) => invoiceId));
    return parts.length > 0 && parts.every(({ invoiceId }) => given.has(invoiceId)) ? original : null;
  }

  private async book(
    line: BankLineEntity,
    { checked, restOf, returnOf, why, confidence, because }: Booking,
    before: readonly Bookable[],
  ): Promise<void> {
    await this.allocations.book(
      checked.parts.map((part) => ({ ...part, bankLineId: line.id })),
      this.doing,
    );
    if (returnOf !== null) await this.allocations.takenBack([returnOf], this.doing.at);
    const [debtorId = null] = checked.debtorIds;
    const owner = restOf ?? (checked.debtorIds.length === 1 ? debtorId : null);
    await this.decided(line, { outcome: 'matched', debtorId: owner, confidence, because: [...because], returnOf }, why);
    await this.log(line.amount < 0 ? 'payment-returned' : 'payment-allocated', line, checked.parts, restOf, because);
    await this.learn(line, checked, restOf, before);
  }

  private async learn(
    line: BankLineEntity,
    { parts, debtorIds }: CheckedAllocations,
    restOf: string | null,
    before: readonly Bookable[],
  ): Promise<void> {
    const kept = parts.map(({ invoiceId }) => invoiceId);
    await this.evidence.pardon(line.id, kept, this.doing);
    const refused = before.map(({ invoiceId }) => invoiceId).filter((id) => !kept.includes(id));
    await this.evidence.refuse(line.id, refused, this.doing);

    const [asLine] = await bankLines(this.manager, this.administrationId, [line]);
    if (asLine === undefined) throw new Error(`bank line ${line.id} is not from a statement`);
    const invoices = await this.invoices([...kept, ...refused]);
    const meaning = (ids: readonly string[], debtors: readonly string[]): Meaning => ({
      line: asLine,
      invoices: ids.flatMap((id) => invoices.get(id) ?? []),
      debtorIds: [...new Set(debtors)],
    });
    const { ibans } = await this.ledger.administration(this.administrationId);
    const change = changeOf(
      meaning(kept, [...debtorIds, ...(restOf === null ? [] : [restOf])]),
      refused.length === 0
        ? null
        : meaning(
            refused,
            refused.flatMap((id) => invoices.get(id)?.debtorId ?? []),
          ),
      await this.evidence.learned(asLine.iban === null ? [] : [asLine.iban]),
      { ownIbans: ibans, neutralIbans: await this.evidence.neutralIbans() },
    );
    await this.evidence.forget(change.forget, this.doing, 'a person decided otherwise for a later line');
    await this.evidence.learn(change.learn, line.id, this.doing);
  }

  /** What is left of a receipt belongs to a debtor; what is left of money going back is the bank's fee. */
  private restOf(line: BankLineEntity, { rest, debtorIds, parts }: CheckedAllocations, own: string | null): string | null {
    if (parts.length === 0)
      return own ?? refuse('no-proposal', 'the proposal names neither an invoice nor a debtor: correct or split the line');
    if (rest <= 0 || line.amount < 0) return null;
    const [only] = debtorIds;
    if (debtorIds.length === 1 && only !== undefined) return only;
    const left = `${formatAmount(rest, line.currency)} ${line.currency}`;
    return refuse('rest-of-nobody', `${left} is left and the invoices are of several debtors: split the line and say whose it is`);
  }

  /** Id of the line that is booked as taking this one back. */
  private async returnTo(lineId: string): Promise<string | null> {
    const back = await this.manager.findOne(BankLineEntity, {
      where: { administrationId: this.administrationId, returnOf: lineId },
      select: { administrationId: true, id: true },
    });
    return back?.id ?? null;
  }

  private async step(action: DeskAction, line: BankLineEntity): Promise<LineState> {
    const takenBack = (await this.returnTo(line.id)) !== null;
    const fromStatement = isFromStatement(line);
    return orRefuse(stepOf(action, { outcome: line.outcome, byPerson: line.decidedBy !== null, fromStatement, takenBack }));
  }

  private parts(line: BankLineEntity, given: readonly Given[]): readonly Bookable[] {
    return given.map(({ invoiceId, amount }) => ({ invoiceId, amount: this.amount(line, amount) }));
  }

  private amount = (line: BankLineEntity, text: string): Minor => orRefuse(parseAmount(text, line.currency));

  private async items(parts: readonly { readonly invoiceId: string }[]): Promise<ReadonlyMap<string, Invoice>> {
    const items = await this.ledger.items(
      this.administrationId,
      parts.map(({ invoiceId }) => invoiceId),
    );
    return new Map(items.map((item) => [item.id, item]));
  }

  private async invoices(ids: readonly string[]): Promise<ReadonlyMap<string, InvoiceEntity>> {
    const rows = await this.manager.find(InvoiceEntity, {
      where: { administrationId: this.administrationId, id: In([...ids]) },
      select: { administrationId: true, id: true, number: true, issueDate: true, debtorId: true },
    });
    return new Map(rows.map((row) => [row.id, row]));
  }

  private async known(debtorId: string): Promise<void> {
    const known = await this.manager.existsBy(DebtorEntity, { administrationId: this.administrationId, id: debtorId, deletedAt: IsNull() });
    if (!known) refuse('unknown-debtor', `there is no debtor ${debtorId}`);
  }

  private async decided(line: BankLineEntity, change: Partial<BankLineEntity>, why: string | null): Promise<void> {
    const { by, at } = this.doing;
    await this.manager.update(BankLineEntity, { administrationId: this.administrationId, id: line.id }, {
      ...change,
      decidedBy: by,
      decidedAt: at,
      decidedWhy: why,
    } as never);
  }

  private async log(
    kind: PaymentEvent,
    { id, bookedOn, amount, currency }: BankLineEntity,
    parts: readonly Bookable[],
    restOf: string | null,
    because: readonly string[],
  ): Promise<void> {
    const invoices = await this.invoices(parts.map(({ invoiceId }) => invoiceId));
    const debtorOf = new Map([...invoices].map(([invoiceId, { debtorId }]) => [invoiceId, debtorId]));
    const event = { kind, line: { id, bookedOn, amount, currency }, parts, restOf, by: this.doing.by, because };
    await this.ledger.appendToDossier(dossierEntries(this.administrationId, this.doing.at, event, debtorOf));
  }
}
