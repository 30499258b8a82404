/** Lets one at a time through, per key: for vendors that want one request in flight. */
export interface Lanes {
  /** Runs the work when it is its turn, in the order asked. Throws what the work throws. */
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
}

/** Among the workers of this process. */
export function memoryLanes(): Lanes {
  const last = new Map<string, Promise<unknown>>();
  return {
    async run(key, work) {
      const before = last.get(key) ?? Promise.resolve();
      const mine = before.then(work, work);
      last.set(key, mine);
      try {
        return await mine;
      } finally {
        if (last.get(key) === mine) last.delete(key);
      }
    },
  };
}

/** A session of a database that keeps its locks until it ends. */
export interface LaneSession {
  query(sql: string, parameters: unknown[]): Promise<unknown>;
  release(): Promise<void> | void;
}

/**
 * Among all workers on the same PostgreSQL: an advisory lock of a session of its own. A session that ends lets go of it, so a crashed
 * worker stops nobody. In line within the process first, so that each key takes one session at most. The work must need no other session,
 * or all of them may be held by those who wait.
 */
export function sharedLanes(open: () => Promise<LaneSession>): Lanes {
  const inProcess = memoryLanes();
  return {
    run: (key, work) =>
      inProcess.run(key, async () => {
        const session = await open();
        try {
          await session.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [key]);
          try {
            return await work();
          } finally {
            await session.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [key]);
          }
        } finally {
          await session.release();
        }
      }),
  };
}
