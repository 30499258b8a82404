import type { Dossier, DossierDesk } from '../../dossier/dossier-desk.js';
import { refused } from '../../dossier/refusals.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import { lockedCase, mustRun, noteForwarded } from '../case-desk.js';
import { CaseNews } from '../case-news.js';
import { CaseTasks } from '../case-tasks.js';
import type { HandoverTaskEntity } from '../handover.entity.js';
import { endReturnHold } from '../return-hold.js';
import { ANSWERABLE, ANSWERED, type TaskKind } from '../rules/callback/tasks.js';

export interface TaskView {
  readonly id: string;
  readonly caseId: string;
  readonly kind: string;
  readonly text: string;
  readonly dueOn: PlainDate | null;
  readonly madeAt: string;
  /** The answer goes to the agency. */
  readonly answered: boolean;
}

const LEGAL: TaskKind = 'approve-legal';
const RETURNED: readonly string[] = ['decide-after-return', 'take-back'] satisfies readonly TaskKind[];

/** What agencies' words ask of people, over all cases of an administration. */
export class HandoverTasks {
  constructor(private readonly desk: DossierDesk) {}

  /** What waits, due first, at most 200. */
  list(administrationId: string): Promise<TaskView[]> {
    return this.desk.within(administrationId, async ({ manager }) =>
      (await new CaseTasks(manager, administrationId).waiting(null)).map(({ id, caseId, kind, text, dueOn, madeAt }) => ({
        id,
        caseId,
        kind,
        text,
        dueOn,
        madeAt: madeAt.toISOString(),
        answered: ANSWERED.includes(kind),
      })),
    );
  }

  /**
   * Answers what the agency asked, or the debtor disputes there. A yes to legal action is said by {@link approve}. Throws 404; 409
   * `case-ended`, `task-done`, `other-case`, `not-answerable`.
   */
  answer(administrationId: string, caseId: string, taskId: string, answer: string, by: string): Promise<void> {
    return this.desk.within(administrationId, async (dossier) => {
      const task = await new CaseTasks(dossier.manager, administrationId).one(taskId);
      if (task.caseId !== caseId) throw refused('other-case', `The task ${taskId} is of another case.`);
      if (!ANSWERABLE.includes(task.kind)) throw refused('not-answerable', `The task ${taskId} asks for no answer to the agency.`);
      await reply(dossier, task, { answer, by });
    });
  }

  /**
   * A person says yes to the legal action an agency proposed, and the agency is told so: `approved` true. Anything else it is answered is no
   * approval. Throws 404; 409 `case-ended`, `task-done`, `nothing-to-approve`.
   */
  approve(administrationId: string, taskId: string, by: string, note: string | null): Promise<void> {
    return this.desk.within(administrationId, async (dossier) => {
      const task = await new CaseTasks(dossier.manager, administrationId).one(taskId);
      if (task.kind !== LEGAL) throw refused('nothing-to-approve', 'This task asks for no approval.');
      await reply(dossier, task, { answer: note ?? 'approved', by, approved: true });
    });
  }

  /**
   * A task that needs no answer to the agency is done. Who decided about what came back lets dunning go on where it was. Throws 404, and 409
   * `task-done`.
   */
  async finish(administrationId: string, taskId: string, by: string, note: string | null): Promise<void> {
    await this.desk.within(administrationId, async (dossier) => {
      const { kind, caseId } = await new CaseTasks(dossier.manager, administrationId).finish(taskId, by, note, dossier.now);
      if (RETURNED.includes(kind)) await endReturnHold(dossier, caseId, note);
    });
  }
}

/** Closes a task with an answer that goes to the agency and into the dossier. */
async function reply(
  dossier: Dossier,
  { id: task, caseId, text: question }: HandoverTaskEntity,
  { answer, by, ...yes }: { readonly answer: string; readonly by: string; readonly approved?: true },
): Promise<void> {
  const { manager, administration, now } = dossier;
  const found = await lockedCase(dossier, caseId);
  mustRun(found);
  await new CaseTasks(manager, administration.id).finish(task, by, answer, now);
  const event = 'collection.case.question_answered';
  await new CaseNews(manager, administration.id).tell(found, event, { task, question, ...yes, answer, answeredBy: by }, now);
  await noteForwarded(dossier, found, event, { task, ...yes, by });
}
