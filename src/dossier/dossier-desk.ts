import type { EntityManager } from 'typeorm';
import { In, IsNull } from 'typeorm';
import type { Policies } from '../dunning/policy-files.js';
import type { DecisionContext } from '../dunning/rules/decide.js';
import { type DebtorFacts, factsByDebtor } from '../dunning/rules/facts.js';
import type { Policy } from '../dunning/rules/policy.js';
import type { Standing } from '../dunning/rules/standing.js';
import { type Clock, today } from '../kernel/clock.js';
import type { PlainDate } from '../kernel/plain-date.js';
import type { AdministrationEntity } from '../ledger/administration.entity.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { InvoiceEntity } from '../ledger/receivables.entity.js';
import { derivedUuid } from '../platform/database/ids.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { OutboxRepository } from '../platform/outbox/outbox.repository.js';
import { refused, unknown } from './refusals.js';
import { activeHold } from '../dunning/rules/hold.js';
import type { Confirmation, ConfirmationPayload } from './rules/confirmation.js';
import { isHardStop } from './rules/hold-request.js';
import { standingBy } from './rules/judgements.js';
import { leftToPerson } from './rules/who-tells.js';

/** Whether the debtor hears of it in writing, and if not, why. */
export type Confirmed =
  | { readonly queued: true; readonly mailId: string }
  | { readonly queued: false; readonly because: 'not-live' | 'package-reminds' | 'no-email' | 'hard-stop' };

/** Where people note what they agreed with debtors: opens units of work on the dossiers of an administration. */
export class DossierDesk {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly policies: Policies,
    private readonly context: DecisionContext,
  ) {}

  /** Runs `work` in one transaction; what it notes, stores and queues is there together or not at all. */
  within<T>(administrationId: string, work: (dossier: Dossier) => Promise<T>, on: PlainDate = today(this.clock)): Promise<T> {
    return this.tenancy.within(administrationId, async (manager) => {
      const administration = await new LedgerRepository(manager).administration(administrationId);
      const policy = this.policies.get(administration.policy);
      return work(new Dossier(manager, administration, policy, this.context, this.clock.now(), on));
    });
  }
}

/** The dossiers of one administration, inside one unit of work. */
export class Dossier {
  private readonly ledger: LedgerRepository;

  constructor(
    readonly manager: EntityManager,
    readonly administration: AdministrationEntity,
    readonly policy: Policy,
    readonly context: DecisionContext,
    readonly now: Date,
    readonly on: PlainDate,
  ) {
    this.ledger = new LedgerRepository(manager);
  }

  /**
   * What is known of a debtor. Until the unit of work ends nobody else notes anything about him, so what is checked stays so. Throws
   * 404 when the administration has no such debtor.
   */
  async debtor(debtorId: string): Promise<DebtorFacts> {
    const { id } = this.administration;
    const locked = (await this.manager.query(
      'SELECT 1 FROM debtor WHERE administration_id = $1 AND id = $2 AND deleted_at IS NULL FOR UPDATE',
      [id, debtorId],
    )) as unknown[];
    const [facts] = locked.length === 0 ? [] : factsByDebtor(await this.ledger.book(id, this.on, [debtorId]));
    if (!facts) throw unknown('debtor', debtorId);
    return facts;
  }

  /**
   * The same lock for what is a fact also of a debtor who was deleted in the package since: what was posted to him was posted. Throws 404
   * when there never was one.
   */
  async lockDebtor(debtorId: string): Promise<void> {
    const locked = (await this.manager.query('SELECT 1 FROM debtor WHERE administration_id = $1 AND id = $2 FOR UPDATE', [
      this.administration.id,
      debtorId,
    ])) as unknown[];
    if (locked.length === 0) throw unknown('debtor', debtorId);
  }

  /** What is known of the debtor whose invoices these are. Throws 404 for one that is not there, 409 when they are of several debtors. */
  async debtorOf(invoiceIds: readonly string[]): Promise<DebtorFacts> {
    const invoices = await this.manager.find(InvoiceEntity, {
      where: { administrationId: this.administration.id, id: In([...invoiceIds]), deletedAt: IsNull() },
      select: { administrationId: true, id: true, debtorId: true },
    });
    const missing = invoiceIds.find((each) => !invoices.some(({ id }) => id === each));
    const [first, other] = new Set(invoices.map(({ debtorId }) => debtorId));
    if (missing !== undefined || first === undefined) throw unknown('invoice', missing ?? '');
    if (other !== undefined) throw refused('several-debtors', 'the invoices are of several debtors; make an agreement with each');
    return this.debtor(first);
  }

  /** How a debtor stands today by the policy of the administration. */
  standing(facts: DebtorFacts): Standing {
    return standingBy(facts, this.policy, this.on, this.context);
  }

  /** Adds to the log of what happened with a debtor. Whether the administration was live then is part of it: only that is told to the package. */
  note(debtorId: string, kind: string, body: object): Promise<void> {
    const { id: administrationId, mode } = this.administration;
    return this.ledger.appendToDossier([{ administrationId, debtorId, at: this.now, kind, body: { ...body, mode } }]);
  }

  /**
   * Queues the written confirmation of something in the same transaction. Outside live mode nothing is queued: what was noted in shadow
   * mode must not go out the day somebody switches. What presses for payment is left to a person while the package reminds.
   */
  async confirm({ debtor }: DebtorFacts, said: Confirmation): Promise<Confirmed> {
    const { id: administrationId, mode, remindedBy } = this.administration;
    if (mode !== 'live') return { queued: false, because: 'not-live' };
    const left = leftToPerson(said.confirmation, remindedBy);
    if (left !== null) return { queued: false, because: left };
    const hold = activeHold(debtor.holds, this.on);
    if (hold && isHardStop(hold.kind)) return { queued: false, because: 'hard-stop' };
    if (debtor.email === null) return { queued: false, because: 'no-email' };
    const payload: ConfirmationPayload = { type: 'confirmation', ...said };
    const id = derivedUuid('confirmation', debtor.id, this.now.toISOString(), JSON.stringify(said));
    await new OutboxRepository(this.manager, administrationId).plan(
      [{ id, kind: 'mail', actId: null, debtorId: debtor.id, payload }],
      this.now,
    );
    return { queued: true, mailId: id };
  }
}
