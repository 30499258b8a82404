import { randomUUID } from 'node:crypto';
import { IsNull } from 'typeorm';
import { formatAmount } from '../kernel/money.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { ArrangementEntity } from '../ledger/receivables.entity.js';
import type { Confirmed, DossierDesk } from './dossier-desk.js';
import { accepted, amountIn, refused, unknown } from './refusals.js';
import { agreedItems } from './rules/agreed-items.js';
import { acceptArrangement } from './rules/arrangement-request.js';

export interface ArrangementRequest {
  readonly invoiceIds: readonly string[];
  /** Amounts are decimals in the administration's currency. */
  readonly instalments: readonly { readonly dueDate: PlainDate; readonly amount: string }[];
  readonly note: string | null;
}

export interface NotedArrangement {
  readonly id: string;
  readonly total: string;
  readonly confirmation: Confirmed;
}

/** Arrangements in instalments: made and withdrawn; whether they are kept is judged by itself (judge.service.ts). */
export class Arrangements {
  constructor(private readonly desk: DossierDesk) {}

  /** Makes one: dunning of its invoices stops while it is kept. Throws 404, and 409 with the codes of `agreedItems` and `acceptArrangement`. */
  make(administrationId: string, { invoiceIds, note, ...request }: ArrangementRequest): Promise<NotedArrangement> {
    return this.desk.within(administrationId, async (dossier) => {
      const { currency } = dossier.administration;
      const facts = await dossier.debtorOf(invoiceIds);
      const items = accepted(agreedItems(facts, invoiceIds, dossier.standing(facts)));
      const instalments = request.instalments.map(({ dueDate, amount }, at) => ({
        dueDate,
        amount: amountIn(`instalments[${at}].amount`, amount, currency),
      }));
      accepted(acceptArrangement(items, instalments, dossier.on, currency));
      const id = randomUUID();
      await dossier.manager.insert(ArrangementEntity, {
        administrationId,
        id,
        debtorId: facts.debtor.id,
        invoiceIds: [...invoiceIds],
        instalments,
        origin: 'dossier',
        madeOn: dossier.on,
        state: 'running',
        instalmentStates: instalments.map(() => 'open'),
      });
      const total = formatAmount(items.open, currency);
      await dossier.note(facts.debtor.id, 'arrangement-made', {
        arrangement: id,
        invoices: invoiceIds,
        total,
        currency,
        instalments: instalments.map(({ dueDate, amount }) => ({ dueDate, amount: formatAmount(amount, currency) })),
        note,
      });
      const confirmation = await dossier.confirm(facts, { confirmation: 'arrangement-made', arrangementId: id, invoiceIds, instalments });
      return { id, total, confirmation };
    });
  }

  /** Takes back an arrangement: dunning resumes where it was. Throws 404, 409. */
  withdraw(administrationId: string, id: string, reason: string): Promise<void> {
    return this.desk.within(administrationId, async (dossier) => {
      const found = await dossier.manager.findOneBy(ArrangementEntity, { administrationId, id });
      if (!found) throw unknown('arrangement', id);
      const { affected } = await dossier.manager.update(
        ArrangementEntity,
        { administrationId, id, withdrawnOn: IsNull() },
        { withdrawnOn: dossier.on },
      );
      if (affected !== 1) throw refused('already-withdrawn', `arrangement ${id} was withdrawn on ${found.withdrawnOn}`);
      await dossier.note(found.debtorId, 'arrangement-withdrawn', { arrangement: id, invoices: found.invoiceIds, because: reason });
    });
  }
}
