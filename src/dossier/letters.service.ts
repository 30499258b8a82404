import { ActRepository } from '../dunning/act.repository.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { ContactEntity } from '../ledger/receivables.entity.js';
import type { DossierDesk } from './dossier-desk.js';
import { refused, unknown } from './refusals.js';
import { acceptSentLetter } from './rules/sent-letter.js';
import { accepted } from './refusals.js';

/** Letters that people print and post. */
export class SentLetters {
  constructor(private readonly desk: DossierDesk) {}

  /** Notes that a letter on the list was posted; from that day its term runs. Throws 404; 409 `not-on-the-list`, `not-yet`, `before-decision`. */
  note(administrationId: string, actId: string, sentOn: PlainDate, receivedOn: PlainDate | null): Promise<void> {
    return this.desk.within(administrationId, async (dossier) => {
      const acts = new ActRepository(dossier.manager, administrationId);
      const act = await acts.find(actId);
      if (!act) throw unknown('act', actId);
      await dossier.debtor(act.debtorId);
      if (act.channel !== 'letter' || act.state !== 'to-do')
        throw refused('not-on-the-list', `act ${actId} is no letter that is still to be posted`);
      accepted(acceptSentLetter(act.day, sentOn, receivedOn, dossier.on));
      if (!(await acts.move(actId, 'done', null, ['to-do']))) throw refused('not-on-the-list', `act ${actId} was closed meanwhile`);
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
