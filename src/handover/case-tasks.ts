import { ConflictException, NotFoundException } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import type { PlainDate } from '../kernel/plain-date.js';
import { derivedUuid } from '../platform/database/ids.js';
import { HandoverTaskEntity } from './handover.entity.js';

/** Work for a person about a case. */
export interface NewCaseTask {
  readonly caseId: string;
  /** What is to be done, such as `answer-question`; one word per sort of work. */
  readonly kind: string;
  readonly text: string;
  readonly dueOn: PlainDate | null;
  /** What made it, such as the id of a webhook: the same again makes no second task. Default: its text. */
  readonly madeBy?: string;
}

/** The tasks of the cases of one administration; inside a unit of work of it. */
export class CaseTasks {
  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
  ) {}

  /** Adds a task, once. Gives whether it is new. */
  async add({ caseId, kind, text, dueOn, madeBy = text }: NewCaseTask, now: Date): Promise<boolean> {
    const { administrationId } = this;
    const id = this.idOf({ caseId, kind, madeBy });
    const row: HandoverTaskEntity = {
      administrationId,
      id,
      caseId,
      kind,
      text,
      dueOn,
      madeAt: now,
      doneAt: null,
      doneBy: null,
      answer: null,
    };
    const { raw } = await this.manager
      .createQueryBuilder()
      .insert()
      .into(HandoverTaskEntity)
      .values(row)
      .orIgnore()
      .returning('id')
      .execute();
    return (raw as unknown[]).length > 0;
  }

  /** Marks the task that this made done, when it still waits. */
  async finishMade(made: Required<Pick<NewCaseTask, 'caseId' | 'kind' | 'madeBy'>>, by: string, answer: string, now: Date): Promise<void> {
    const waits = { administrationId: this.administrationId, id: this.idOf(made), doneAt: IsNull() };
    await this.manager.update(HandoverTaskEntity, waits, { doneAt: now, doneBy: by, answer });
  }

  /** What waits for a person, of a case or of all of them: what is due first comes first, at most `limit`. */
  waiting(caseId: string | null, limit = 200): Promise<HandoverTaskEntity[]> {
    return this.manager.find(HandoverTaskEntity, {
      where: { administrationId: this.administrationId, doneAt: IsNull(), ...(caseId !== null && { caseId }) },
      order: { dueOn: { direction: 'ASC', nulls: 'LAST' }, madeAt: 'ASC', id: 'ASC' },
      take: limit,
    });
  }

  /** One task, done or not. Throws 404. */
  async one(id: string): Promise<HandoverTaskEntity> {
    const task = await this.manager.findOneBy(HandoverTaskEntity, { administrationId: this.administrationId, id });
    if (!task) throw new NotFoundException({ code: 'unknown-task', message: `This administration has no task ${id}.` });
    return task;
  }

  /** Marks a task done by somebody. Throws 404, and 409 `task-done` when it was before. */
  async finish(id: string, by: string, answer: string | null, now: Date): Promise<HandoverTaskEntity> {
    const { administrationId } = this;
    const task = await this.one(id);
    const done = { doneAt: now, doneBy: by, answer };
    const { affected } = await this.manager.update(HandoverTaskEntity, { administrationId, id, doneAt: IsNull() }, done);
    if (affected !== 1) throw new ConflictException({ code: 'task-done', message: `The task ${id} was done before.` });
    return { ...task, ...done };
  }

  private idOf({ caseId, kind, madeBy }: Required<Pick<NewCaseTask, 'caseId' | 'kind' | 'madeBy'>>): string {
    return derivedUuid('handover-task', this.administrationId, caseId, kind, madeBy);
  }
}
