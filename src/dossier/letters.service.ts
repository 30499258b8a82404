import type { ActEntity } from '../dunning/act.entity.js';
import { ActRepository } from '../dunning/act.repository.js';
import { type PlainDate, plainDateIn } from '../kernel/plain-date.js';
import { ContactEntity, DossierEntryEntity } from '../ledger/receivables.entity.js';
import type { Dossier, DossierDesk } from './dossier-desk.js';
import { accepted, refused, unknown } from './refusals.js';
import { acceptSentLetter } from './rules/sent-letter.js';

/** Letters that people print and post. */
export class SentLetters {
  constructor(private readonly desk: DossierDesk) {}

  /**
   * Notes that a letter on the list was posted; from that day its term runs. One that was taken off the list after it was posted is as much
   * of a fact: what waits of the same step falls away; so is one to a debtor who is gone since. Throws 404; 409 `not-on-the-list` and the codes of `acceptSentLetter`.
   */
  note(administrationId: string, actId: string, sentOn: PlainDate, receivedOn: PlainDate | null): Promise<void> {
    return this.desk.within(administrationId, async (dossier) => {
      const acts = new ActRepository(dossier.manager, administrationId);
      const act = await acts.find(actId);
      if (!act) throw unknown('act', actId);
      await dossier.lockDebtor(act.debtorId);
      const lapsedOn = act.state === 'cancelled' ? await lapsedDay(dossier, act) : null;
      if (act.channel !== 'letter' || (act.state !== 'to-do' && lapsedOn === null))
        throw refused('not-on-the-list', `act ${actId} is no letter that is still to be posted`);
      accepted(acceptSentLetter({ decidedOn: act.day, lapsedOn }, sentOn, receivedOn, dossier.on));
      const noted = lapsedOn === null ? acts.move(actId, 'done', null, ['to-do']) : acts.wasPostedAnyway(actId);
      if (!(await noted)) throw refused('not-on-the-list', `act ${actId} was closed meanwhile`);
      if (lapsedOn !== null) await acts.cancelWaiting(act, `it was posted on ${sentOn}`);
      await dossier.manager.insert(ContactEntity, {
        administrationId,
        id: actId,
        debtorId: act.debtorId,
        invoiceIds: (act.decision as { invoiceIds: string[] }).invoiceIds,
        step: act.step,
        kind: act.kind,
        channel: 'letter',
        sentOn,
        receivedOn,
      });
      await dossier.note(act.debtorId, 'letter-sent', { act: actId, step: act.step, sentOn, receivedOn });
    });
  }
}

/** The day an act was ended because it was no longer needed; null: it ended otherwise. */
async function lapsedDay({ manager }: Dossier, { administrationId, debtorId, id }: ActEntity): Promise<PlainDate | null> {
  const [entry] = await manager
    .createQueryBuilder(DossierEntryEntity, 'entry')
    .where('entry.administrationId = :administrationId AND entry.debtorId = :debtorId', { administrationId, debtorId })
    .andWhere(`entry.kind = 'act-lapsed' AND entry.body ->> 'act' = :id`, { id })
    .getMany();
  return entry ? plainDateIn(entry.at, 'Europe/Amsterdam') : null;
}
