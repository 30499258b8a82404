import type { EntityManager } from 'typeorm';
import type { Calendars } from '../../platform/config/calendars.js';
import { plainDateIn } from '../../kernel/plain-date.js';
import { isLanguage } from '../../kernel/sentence.js';
import type { AdministrationEntity } from '../../ledger/administration.entity.js';
import { CaseTasks } from '../case-tasks.js';
import type { HandoverCaseEntity } from '../handover.entity.js';
import { type TaskWanted, taskText } from '../rules/callback/tasks.js';
import { CaseNotices } from './case-notices.js';

/** Makes tasks of what agencies say and leave unsaid, and tells people of them once; inside a unit of work of the administration. */
export class TaskDesk {
  constructor(
    private readonly manager: EntityManager,
    private readonly administration: AdministrationEntity,
    private readonly calendars: Calendars,
  ) {}

  get language() {
    const { language } = this.administration;
    return isLanguage(language) ? language : 'nl';
  }

  /**
   * Adds the tasks of a case that are not there yet. `madeBy` names what made them. Gives their texts: those that were there before are not
   * told again.
   */
  async add(of: HandoverCaseEntity, agencyName: string, wanted: readonly TaskWanted[], madeBy: string, now: Date): Promise<string[]> {
    const tasks = new CaseTasks(this.manager, this.administration.id);
    const texts: string[] = [];
    for (const task of wanted) {
      const text = taskText(task, agencyName, this.language);
      const dueOn = task.workingDays === undefined ? task.dueOn : this.workingDay(now, task.workingDays);
      const by = task.about === undefined ? madeBy : task.about;
      if (await tasks.add({ caseId: of.id, kind: task.kind, text, dueOn, madeBy: by }, now)) texts.push(text);
    }
    return texts;
  }

  /** The same, with a line for each in the mail to whoever runs the administration. */
  async addAndTell(of: HandoverCaseEntity, agencyName: string, wanted: readonly TaskWanted[], madeBy: string, now: Date): Promise<void> {
    const texts = await this.add(of, agencyName, wanted, madeBy, now);
    await new CaseNotices(this.manager, this.administration.id).tell(of.debtorId, texts, `${of.id} ${madeBy}`, now);
  }

  private workingDay(now: Date, days: number) {
    const calendar = this.administration.country === 'BE' ? this.calendars.be : this.calendars.nl;
    return calendar.addWorkingDays(plainDateIn(now, 'Europe/Amsterdam'), days);
  }
}
