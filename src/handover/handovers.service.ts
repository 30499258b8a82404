import type { Dossier, DossierDesk } from '../dossier/dossier-desk.js';
import { amountIn, refused } from '../dossier/refusals.js';
import { type Minor, formatAmount } from '../kernel/money.js';
import { debtorsOfMails } from '../ledger/debtors-of-mails.js';
import { EffectEntity } from '../platform/outbox/effect.entity.js';
import { CaseRepository } from './case.repository.js';
import type { PackageCopies } from './documents/package-copies.service.js';
import { type SealedVersion, notReady } from './handover-desk.js';
import { enact } from './handover-enact.js';
import { type HandoverRequest, type Prepared, prepare } from './handover-proposal.js';
import type { HandoverCaseEntity } from './handover.entity.js';

/** Somebody's yes. */
export interface HandoverApproval {
  readonly by: string;
  /** Decimal: what he was shown. */
  readonly principal: string;
}

export interface Rehearsal {
  readonly prepared: Prepared;
  /** What would go out; null, with the reason, when it cannot be made. */
  readonly sealed: SealedVersion | null;
  readonly because: string | null;
}

/** Hands claims over: from a proposal, or by hand, always with a person's approval and on the books of that moment. */
export class Handovers {
  constructor(
    private readonly desk: DossierDesk,
    /** Null: evidence is only what people upload. */
    private readonly copies: PackageCopies | null = null,
  ) {}

  /**
   * How a handover would go, with the dossier it would be sent with: made as if it were approved, and taken back. Throws 404, and 409 when
   * the act is no proposal.
   */
  async rehearse<T>(administrationId: string, request: HandoverRequest, use: (rehearsal: Rehearsal) => T): Promise<T> {
    await this.copies?.bring(administrationId, request);
    const rehearsed = new Rehearsed<T>();
    await this.desk
      .within(administrationId, async (dossier) => {
        const prepared = await prepare(dossier, request, null);
        const may = prepared.agency !== null && !prepared.readiness.reasons.some(({ code }) => NOT_EVEN_TRIED.includes(code));
        const tried = may ? await attempt(prepared) : { sealed: null, because: null };
        rehearsed.outcome = { value: use({ prepared, ...tried }) };
        throw rehearsed;
      })
      .catch((cause: unknown) => {
        if (cause !== rehearsed) throw cause;
      });
    if (!rehearsed.outcome) throw new Error('a rehearsal ends with an outcome');
    return rehearsed.outcome.value;
  }

  /**
   * Hands over. Everything is checked on the books of now; case, dossier, protection of the invoices and the event for the agency are
   * there together or not at all. Approved again, the same act gives the case it has. Throws 404; 409 `not-live`, `not-waiting`, `not-ready`
   * with the reasons, `handed-over-already`, `mail-under-way`, `mail-uncertain`, `books-changed`, and what {@link sealVersion} refuses.
   */
  async approve(administrationId: string, request: HandoverRequest, approval: HandoverApproval): Promise<HandoverCaseEntity> {
    await this.copies?.bring(administrationId, request);
    return this.desk.within(administrationId, async (dossier) => {
      if (dossier.administration.mode !== 'live') throw refused('not-live', 'this administration is not live: nothing is handed over');
      const principal = amountIn('principal', approval.principal, 'EUR');
      const existing = request.actId === null ? null : await settled(dossier, request.actId);
      if (existing) return sameAgain(existing, principal, request.agencyId);
      const prepared = await prepare(dossier, request, principal);
      // The debtor is locked since: whoever approved it at the same moment is done.
      const meanwhile = request.actId === null ? null : await settled(dossier, request.actId);
      if (meanwhile) return sameAgain(meanwhile, principal, request.agencyId);
      if (prepared.act && !PROPOSED.includes(prepared.act.state))
        throw refused('not-waiting', `Act ${prepared.act.id} does not wait for approval.`);
      // The debtor is locked: what is not on its way now is judged anew before it goes (correspondence), and then he is handed over.
      if (await isMailUnderWay(prepared))
        throw refused('mail-under-way', 'A message to this debtor is going out just now: try again in a minute.');
      if (await isInDoubt(prepared))
        throw refused('mail-uncertain', 'Nobody knows whether a message to this debtor went out: say so first (Today page).');
      if (prepared.readiness.result === 'BLOCKED') throw notReady(prepared.readiness, dossier.administration.language);
      return (await enact(prepared, { by: approval.by, principal })).opened;
    });
  }
}

/** Carries an outcome out of a unit of work that is taken back. */
class Rehearsed<T> extends Error {
  outcome: { readonly value: T } | null = null;
}

/** With these there is nothing to make a dossier of. */
const NOT_EVEN_TRIED: readonly string[] = [
  'nothing-to-hand-over',
  'not-an-invoice',
  'nothing-open',
  'handed-over',
  'disputed',
  'other-currency',
];
const PROPOSED: readonly string[] = ['awaiting-approval', 'to-do'];

const isMailUnderWay = ({ dossier: { manager, administration }, facts }: Prepared): Promise<boolean> =>
  manager.existsBy(EffectEntity, { administrationId: administration.id, debtorId: facts.debtor.id, kind: 'mail', state: 'sending' });

/** A message to whoever had it before counts as well. */
const isInDoubt = async ({ dossier: { manager, administration }, facts }: Prepared): Promise<boolean> =>
  (await debtorsOfMails(manager, administration.id, 'uncertain')).has(facts.debtor.id);

const settled = ({ manager, administration }: Dossier, actId: string): Promise<HandoverCaseEntity | null> =>
  new CaseRepository(manager, administration.id).ofAct(actId);

function sameAgain(known: HandoverCaseEntity, principal: Minor, agencyId: string | null): HandoverCaseEntity {
  if (known.principal === principal && (agencyId === null || known.agencyId === agencyId)) return known;
  throw refused('handed-over-already', `This was handed over on ${known.handedOverOn}, for ${formatAmount(known.principal)}.`);
}

/** The dossier as it would be; what it is refused for is told instead. */
async function attempt(prepared: Prepared): Promise<Pick<Rehearsal, 'sealed' | 'because'>> {
  try {
    const { sealed } = await enact(prepared, { by: 'preview', principal: prepared.readiness.principal });
    return { sealed, because: null };
  } catch (cause) {
    const { message } = cause as Error;
    return { sealed: null, because: message };
  }
}
