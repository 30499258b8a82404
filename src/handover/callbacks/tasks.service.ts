import { ConflictException, NotFoundException } from '@nestjs/common';
import type { Clock } from '../../kernel/clock.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { Tenancy } from '../../platform/database/tenancy.js';
import { CaseNews } from '../case-news.js';
import { CaseRepository } from '../case.repository.js';
import { CaseTasks } from '../case-tasks.js';
import { ANSWERED } from '../rules/callback/tasks.js';

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

const LEGAL = 'approve-legal';

/** What agencies' words ask of people, over all cases of an administration. */
export class HandoverTasks {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
  ) {}

  /** What waits, due first, at most 200. */
  list(administrationId: string): Promise<TaskView[]> {
    return this.tenancy.within(administrationId, async (manager) =>
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
   * A person says yes to the legal action an agency proposed, and the agency is told so: `approved` true. Anything else it is answered is no
   * approval. Throws 404, and 409 `task-done` and `nothing-to-approve`.
   */
  approve(administrationId: string, taskId: string, by: string, note: string | null): Promise<void> {
    const now = this.clock.now();
    return this.tenancy.within(administrationId, async (manager) => {
      const task = await new CaseTasks(manager, administrationId).finish(taskId, by, note ?? 'approved', now);
      if (task.kind !== LEGAL) throw new ConflictException({ code: 'nothing-to-approve', message: 'This task asks for no approval.' });
      const found = await new CaseRepository(manager, administrationId).find(task.caseId);
      if (!found) throw new NotFoundException({ code: 'unknown-case', message: `This administration has no case ${task.caseId}.` });
      const said = { task: taskId, question: task.text, approved: true, answer: note ?? 'approved', answeredBy: by };
      await new CaseNews(manager, administrationId).tell(found, 'collection.case.question_answered', said, now);
    });
  }

  /** A task that needs no answer to the agency is done. Throws 404, and 409 `task-done`. */
  async finish(administrationId: string, taskId: string, by: string, note: string | null): Promise<void> {
    const now = this.clock.now();
    await this.tenancy.within(administrationId, (manager) => new CaseTasks(manager, administrationId).finish(taskId, by, note, now));
  }
}
