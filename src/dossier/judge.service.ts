import { IsNull } from 'typeorm';
import { ARRANGEMENT_STEPS, type ArrangementState, type JudgedArrangement } from '../dunning/rules/arrangement.js';
import { type DebtorFacts, factsByDebtor } from '../dunning/rules/facts.js';
import { type JudgedPromise, PROMISE_STEPS, type PromiseState } from '../dunning/rules/promise.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { formatAmount } from '../kernel/money.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { ArrangementEntity, PromiseEntity } from '../ledger/receivables.entity.js';
import type { Confirmed, Dossier, DossierDesk } from './dossier-desk.js';
import { canFollow, judgementsOf } from './rules/judgements.js';

export interface JudgeFigures {
  /** Promises and arrangements whose state changed. */
  readonly changed: number;
}

/** Judges what was agreed, each day, from the bank lines; what changed is noted in the dossier once. */
export class AgreementJudge {
  constructor(private readonly desk: DossierDesk) {}

  /**
   * Writes down what became of promises and arrangements by `day`. Run again it finds nothing changed. On stale figures it judges nothing.
   * A broken arrangement is told to the debtor, by a person while the package reminds: from then on dunning goes on where it was.
   */
  run(administrationId: string, day: PlainDate): Promise<JudgeFigures> {
    return this.desk.within(
      administrationId,
      async (dossier) => {
        if (dossier.administration.mode === 'off') return { changed: 0 };
        const where = { administrationId, withdrawnOn: IsNull() };
        const promises = await dossier.manager.find(PromiseEntity, { where, order: { id: 'ASC' } });
        const arrangements = await dossier.manager.find(ArrangementEntity, { where, order: { id: 'ASC' } });
        if (promises.length + arrangements.length === 0) return { changed: 0 };
        const concerned = [...new Set([...promises, ...arrangements].map(({ debtorId }) => debtorId))];
        const book = await new LedgerRepository(dossier.manager).book(administrationId, day, concerned);
        const judged = judgementsOf(book, dossier.policy, day, dossier.context);
        if (!judged) return { changed: 0 };
        const facts = new Map(factsByDebtor(book).map((each) => [each.debtor.id, each]));
        let changed = 0;
        for (const promise of promises) if (await notePromise(dossier, promise, judged.promises.get(promise.id))) changed++;
        for (const arrangement of arrangements) {
          const own = facts.get(arrangement.debtorId);
          if (own && (await noteArrangement(dossier, arrangement, judged.arrangements.get(arrangement.id), own))) changed++;
        }
        return { changed };
      },
      day,
    );
  }
}

async function notePromise(dossier: Dossier, row: PromiseEntity, judged: JudgedPromise | undefined): Promise<boolean> {
  const from = row.state as PromiseState;
  if (!judged || !canFollow(PROMISE_STEPS, from, judged.state)) return false;
  const { id: administrationId, currency } = dossier.administration;
  await dossier.manager.update(PromiseEntity, { administrationId, id: row.id }, { state: judged.state });
  await dossier.note(row.debtorId, 'promise-judged', {
    promise: row.id,
    invoices: row.invoiceIds,
    from,
    to: judged.state,
    amount: formatAmount(row.amount, currency),
    paid: formatAmount(judged.paid, currency),
    currency,
    dueDate: row.dueDate,
  });
  return true;
}

async function noteArrangement(
  dossier: Dossier,
  row: ArrangementEntity,
  judged: JudgedArrangement | undefined,
  facts: DebtorFacts,
): Promise<boolean> {
  if (!judged) return false;
  const from = row.state as ArrangementState;
  const moves = canFollow(ARRANGEMENT_STEPS, from, judged.state);
  const state = moves ? judged.state : from;
  const instalmentStates = judged.instalments.map((instalment, at): PromiseState => {
    const before = (row.instalmentStates[at] ?? 'open') as PromiseState;
    return canFollow(PROMISE_STEPS, before, instalment.state) ? instalment.state : before;
  });
  const known = judged.instalments.map((_, at) => row.instalmentStates[at] ?? 'open');
  if (!moves && instalmentStates.every((each, at) => each === known[at])) return false;

  const { id: administrationId, currency } = dossier.administration;
  await dossier.manager.update(ArrangementEntity, { administrationId, id: row.id }, { state, instalmentStates });
  const isBreach = moves && state === 'broken' && judged.brokenBy !== null;
  const notice: Confirmed | null = isBreach ? await giveNotice(dossier, row, judged, facts) : null;
  await dossier.note(row.debtorId, 'arrangement-judged', {
    arrangement: row.id,
    invoices: row.invoiceIds,
    from,
    to: state,
    instalments: judged.instalments.map(({ dueDate, amount }, at) => ({
      dueDate,
      amount: formatAmount(amount, currency),
      state: instalmentStates[at],
    })),
    currency,
    notice,
  });
  return true;
}

function giveNotice(dossier: Dossier, row: ArrangementEntity, { brokenBy }: JudgedArrangement, facts: DebtorFacts): Promise<Confirmed> {
  if (!brokenBy) throw new Error('an arrangement is broken by an instalment');
  return dossier.confirm(facts, {
    confirmation: 'arrangement-broken',
    arrangementId: row.id,
    invoiceIds: row.invoiceIds,
    missed: { dueDate: brokenBy.dueDate, amount: brokenBy.amount },
  });
}
