import { PgBoss } from 'pg-boss';
import type { DataSource } from 'typeorm';
import type { Logger } from '../observability/logger.js';

/** What a job is given; kept small, the facts are in the ledger. */
export type JobData = { readonly [key: string]: string };

export interface Queue {
  readonly name: string;
  /** Jobs of one key never run beside each other, and wait at most once: the key is the administration. See also `everySeconds`. */
  readonly handle: (data: JobData, signal: AbortSignal) => Promise<void>;
  /** After this a job counts as lost and is tried again. */
  readonly expireInSeconds: number;
  /**
   * Jobs of one key begin at most once in each stretch of so many seconds; one that comes again in the same stretch waits for the next, so
   * that the last word is heard. They may then run beside each other when one takes longer than a stretch.
   */
  readonly everySeconds?: number;
}

/**
 * Jobs on pg-boss, over the same connections as everything else (the embedded database has but one). Several instances on one
 * PostgreSQL share the work.
 */
export class Jobs {
  private readonly boss: PgBoss;
  private readonly queues = new Map<string, Queue>();

  constructor(
    dataSource: DataSource,
    embedded: boolean,
    private readonly logger: Logger,
  ) {
    this.boss = new PgBoss({
      db: { executeSql: async (text, values) => ({ rows: toRows(await dataSource.query(text, values as unknown[])) }) },
      backend: embedded ? 'pglite' : 'postgres',
      schema: 'tegoed_jobs',
      schedule: false,
    });
    this.boss.on('error', (error) => this.logger.error({ error: (error as Error).message }, 'jobs'));
  }

  /** Names the queues; call before `start`. */
  declare(queue: Queue): void {
    this.queues.set(queue.name, queue);
  }

  /** Prepares the queues, and, when this process is to work, takes jobs from them. */
  async start(work: boolean): Promise<void> {
    await this.boss.start();
    for (const queue of this.queues.values()) {
      await this.boss.createQueue(queue.name, {
        policy: queue.everySeconds === undefined ? 'exclusive' : 'standard',
        expireInSeconds: queue.expireInSeconds,
        retryLimit: 5,
        retryDelay: 30,
        retryBackoff: true,
        deleteAfterSeconds: 7 * 86_400,
      });
      if (!work) continue;
      await this.boss.work<JobData>(queue.name, { pollingIntervalSeconds: 2, batchSize: 1 }, async ([job]) => {
        if (job) await queue.handle(job.data, job.signal);
      });
    }
  }

  /** Puts a job in the queue unless one with the same key is waiting or running, or waits for the next stretch; false then. */
  async enqueue(queue: string, key: string, data: JobData): Promise<boolean> {
    const singletonSeconds = this.queues.get(queue)?.everySeconds;
    const stretch = singletonSeconds === undefined ? {} : { singletonSeconds, singletonNextSlot: true };
    return (await this.boss.send(queue, data, { singletonKey: key, ...stretch })) !== null;
  }

  /** Lets running jobs come to their end (at most 20 seconds) and takes no new ones. */
  async stop(): Promise<void> {
    await this.boss.stop({ graceful: true, timeout: 20_000 });
  }
}

/** TypeORM gives rows for SELECT, and rows with a count for changes. */
function toRows(result: unknown): unknown[] {
  if (!Array.isArray(result)) return [];
  return result.length === 2 && Array.isArray(result[0]) && typeof result[1] === 'number' ? result[0] : result;
}
