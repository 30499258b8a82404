import { randomUUID } from 'node:crypto';
import { HOLD_STEPS, holdState } from '../dunning/rules/hold.js';
import { mayBecome } from '../dunning/rules/state-table.js';
import { type PlainDate, addDays } from '../kernel/plain-date.js';
import type { HoldKind } from '../ledger/rules/book.js';
import { HoldEntity, InvoiceEntity, InvoiceHoldEntity } from '../ledger/receivables.entity.js';
import type { Confirmed, Dossier, DossierDesk } from './dossier-desk.js';
import { accepted, refused, unknown } from './refusals.js';
import { type HoldReason, type NewHold, acceptHold, isNoted } from './rules/hold-request.js';

export interface HoldRequest {
  readonly debtorId: string;
  readonly reason: HoldReason;
  /** Null: today. */
  readonly from: PlainDate | null;
  readonly until: PlainDate | null;
  readonly note: string | null;
  /** Whether the debtor is told; only of a hold on request. */
  readonly confirm: boolean;
}

export interface NotedHold {
  readonly id: string;
  readonly kind: HoldKind;
  readonly from: PlainDate;
  readonly until: PlainDate | null;
  readonly confirmation: Confirmed | null;
}

/** To be asked when the debtor is locked: two requests at once see each other. */
async function mustBeNew({ manager, administration, on }: Dossier, wanted: Pick<HoldEntity, 'debtorId'> & NewHold): Promise<void> {
  const { debtorId, reason, until } = wanted;
  const there = await manager.findBy(HoldEntity, { administrationId: administration.id, debtorId });
  const known = there.map(({ startsOn: from, ...hold }) => ({ ...hold, from }));
  if (isNoted(wanted, known, on))
    throw refused(
      'already-on-hold',
      `Debtor ${debtorId} is on hold for ${reason} already, ${until ? `until ${until}` : 'without an end'}.`,
    );
}

/** One on an invoice alone, set when the books were rearranged in the package. */
async function endOfInvoice(dossier: Dossier, id: string, because: string): Promise<void> {
  const { manager, administration, on } = dossier;
  const where = { administrationId: administration.id, id };
  const found = await manager.findOneBy(InvoiceHoldEntity, where);
  if (!found) throw unknown('hold', id);
  if (found.endedOn !== null) throw refused('already-ended', `hold ${id} was ended on ${found.endedOn}`);
  const { debtorId } = await manager.findOneByOrFail(InvoiceEntity, { administrationId: administration.id, id: found.invoiceId });
  // Nobody else notes anything about the debtor meanwhile, as for every other hold.
  await dossier.debtor(debtorId);
  await manager.update(InvoiceHoldEntity, where, { endedOn: on });
  await dossier.note(debtorId, 'invoice-hold-ended', { hold: id, invoice: found.invoiceId, reason: found.reason, because });
}

/** Holds: everything stops for a debtor until they end. */
export class Holds {
  constructor(private readonly desk: DossierDesk) {}

  /** Sets one. Throws 404, 409 with the codes of `acceptHold`, and 409 `already-on-hold` for one that is there: it is told once. */
  set(administrationId: string, request: HoldRequest): Promise<NotedHold> {
    return this.desk.within(administrationId, async (dossier) => {
      const { debtorId, reason, until, note } = request;
      const from = request.from ?? dossier.on;
      const facts = await dossier.debtor(debtorId);
      const kind = accepted(acceptHold(reason, from, until, dossier.on));
      await mustBeNew(dossier, { debtorId, kind, reason, from, until });
      const id = randomUUID();
      await dossier.manager.insert(HoldEntity, { administrationId, id, debtorId, kind, reason, startsOn: from, until, endedOn: null });
      await dossier.note(debtorId, 'hold-set', { hold: id, kind, reason, from, until, note });
      const told = request.confirm && reason === 'REQUEST' && until !== null;
      const confirmation = told ? await dossier.confirm(facts, { confirmation: 'hold-noted', holdId: id, until }) : null;
      return { id, kind, from, until, confirmation };
    });
  }

  /** Ends one as of today, of a debtor or of one invoice: dunning resumes where it was. Throws 404, and 409 when it is over. */
  end(administrationId: string, id: string, reason: string): Promise<void> {
    return this.desk.within(administrationId, async (dossier) => {
      const found = await dossier.manager.findOneBy(HoldEntity, { administrationId, id });
      if (!found) return endOfInvoice(dossier, id, reason);
      await dossier.debtor(found.debtorId);
      const state = holdState({ kind: found.kind, from: found.startsOn, until: found.until }, dossier.on);
      if (state === 'ended' || !mayBecome(HOLD_STEPS, state, 'ended'))
        throw refused('already-ended', `hold ${id} is over since ${found.until}`);
      await dossier.manager.update(HoldEntity, { administrationId, id }, { until: addDays(dossier.on, -1), endedOn: dossier.on });
      await dossier.note(found.debtorId, 'hold-ended', { hold: id, kind: found.kind, reason: found.reason, because: reason });
    });
  }
}
