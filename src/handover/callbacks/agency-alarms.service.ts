import type { EntityManager } from 'typeorm';
import type { Clock } from '../../kernel/clock.js';
import { plainDateIn } from '../../kernel/plain-date.js';
import { type Sentence, isLanguage, say } from '../../kernel/sentence.js';
import { LedgerRepository } from '../../ledger/ledger.repository.js';
import type { Calendars } from '../../platform/config/calendars.js';
import { isUuid } from '../../platform/database/ids.js';
import type { Tenancy } from '../../platform/database/tenancy.js';
import { CaseRepository } from '../case.repository.js';
import { AgencyEntity, type HandoverCaseEntity } from '../handover.entity.js';
import { type SilentCase, UNDECIDED, silenceOf } from '../rules/callback/silence.js';
import { CaseNotices } from './case-notices.js';
import { TaskDesk } from './task-desk.js';

const WRONG_SIGNATURES: Sentence = {
  nl: '{agency}: er komen veel berichten binnen met een verkeerde handtekening. Het bureau gebruikt een oude sleutel, of iemand anders doet zich voor als het bureau.',
  fr: '{agency} : de nombreux messages arrivent avec une signature incorrecte. L’agence utilise une ancienne clé, ou quelqu’un se fait passer pour elle.',
  en: '{agency}: many messages come with a wrong signature. The agency uses an old key, or somebody passes for it.',
};

/** What agencies leave unsaid, and what others say in their name. */
export class AgencyAlarms {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly calendars: Calendars,
  ) {}

  /** Cases whose agency keeps silent too long: a task and a line in the mail, once each. */
  silence(administrationId: string): Promise<void> {
    const now = this.clock.now();
    return this.tenancy.within(administrationId, async (manager) => {
      const administration = await new LedgerRepository(manager).administration(administrationId);
      const calendar = administration.country === 'BE' ? this.calendars.be : this.calendars.nl;
      const desk = new TaskDesk(manager, administration, this.calendars);
      const agencies = new Map((await manager.findBy(AgencyEntity, { administrationId })).map((agency) => [agency.id, agency]));
      const waiting = (await new CaseRepository(manager, administrationId).running()).filter(({ state }) => UNDECIDED.includes(state));
      const delivered = await deliveredAt(manager, administrationId, waiting);
      for (const each of waiting) {
        const agency = agencies.get(each.agencyId);
        if (!agency) continue;
        const facts: SilentCase = {
          state: each.state,
          channel: agency.channel,
          deliveredAt: delivered.get(each.id) ?? null,
          approvedAt: each.approvedAt,
        };
        for (const kind of silenceOf(facts, now, calendar)) {
          await desk.addAndTell(each, agency.name, [{ kind, args: {}, dueOn: plainDateIn(now, 'Europe/Amsterdam') }], kind, now);
        }
      }
    });
  }

  /** Many wrong signatures in the name of an agency: a line in the mail, once a day. Nothing for one there is not. */
  async wrongSignatures(agencyId: string): Promise<void> {
    if (!isUuid(agencyId)) return;
    const agency = await this.tenancy.directory((manager) => manager.findOne(AgencyEntity, { where: { id: agencyId } }));
    if (!agency) return;
    const now = this.clock.now();
    await this.tenancy.within(agency.administrationId, async (manager) => {
      const { id, language } = await new LedgerRepository(manager).administration(agency.administrationId);
      const text = say(WRONG_SIGNATURES, { agency: agency.name }, isLanguage(language) ? language : 'nl');
      const about = `signatures ${agencyId} ${plainDateIn(now, 'Europe/Amsterdam')}`;
      await new CaseNotices(manager, id).tell(null, [text], about, now);
    });
  }
}

/** When the dossier of each case was taken by its agency; those it was not are left out. */
async function deliveredAt(
  manager: EntityManager,
  administrationId: string,
  cases: readonly HandoverCaseEntity[],
): Promise<ReadonlyMap<string, Date>> {
  const rows = (await manager.query(
    `SELECT payload ->> 'stream' AS id, min(ended_at) AS at FROM effect
      WHERE administration_id = $1 AND kind = 'webhook' AND state = 'done' AND payload ->> 'stream' = ANY ($2::text[])
        AND payload ->> 'type' = 'collection.case.submitted'
      GROUP BY 1`,
    [administrationId, cases.map(({ id }) => id)],
  )) as { id: string; at: Date }[];
  return new Map(rows.map(({ id, at }) => [id, at]));
}
