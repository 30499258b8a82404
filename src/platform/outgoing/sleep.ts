import { setTimeout as wait } from 'node:timers/promises';

/** Waits; rejects at once when the signal is aborted, with its reason. */
export type Sleep = (milliseconds: number, signal?: AbortSignal) => Promise<void>;

export const realSleep: Sleep = async (milliseconds, signal) => {
  signal?.throwIfAborted();
  try {
    await wait(milliseconds, undefined, { signal });
  } catch (cause) {
    signal?.throwIfAborted();
    throw cause;
  }
};
