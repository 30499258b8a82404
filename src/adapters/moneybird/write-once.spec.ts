import { describe, expect, it } from '@jest/globals';
import { PackageError } from '../accounting-package.port.js';
import type { WriteOutcome } from '../write-once.js';
import { writeOnce } from './write-once.js';

const done = (id: string): WriteOutcome => ({ applied: 'yes', body: { id } });
const unknown: WriteOutcome = { applied: 'unknown', why: 'ECONNRESET' };

/** Scripts of what writing and looking give, in order. */
function run(writes: readonly WriteOutcome[], finds: readonly (string | null | Error)[]) {
  const waits: number[] = [];
  let [written, looked] = [0, 0];
  const write = async (): Promise<WriteOutcome> => writes[written++] ?? unknown;
  const find = async (): Promise<string | null> => {
    const found = finds[looked++] ?? null;
    if (found instanceof Error) throw found;
    return found;
  };
  const sleep = async (milliseconds: number): Promise<void> => void waits.push(milliseconds);
  const result = writeOnce('note', write, find, { sleep, settleMs: 3_000 });
  return { result, counts: () => ({ written, looked, waits }) };
}

describe('writeOnce', () => {
  it('gives the id of what was written', async () => {
    const { result, counts } = run([done('5')], []);
    expect(await result).toBe('5');
    expect(counts()).toEqual({ written: 1, looked: 0, waits: [] });
  });

  it('finds what was written although the answer got lost', async () => {
    const { result, counts } = run([unknown], ['5']);
    expect(await result).toBe('5');
    expect(counts()).toEqual({ written: 1, looked: 1, waits: [3_000] });
  });

  it('writes again only after it proved absent', async () => {
    const { result, counts } = run([unknown, done('6')], [null]);
    expect(await result).toBe('6');
    expect(counts()).toMatchObject({ written: 2, looked: 1 });
  });

  it('gives up when it stays absent: nothing was done', async () => {
    const { result, counts } = run([unknown, unknown], [null, null]);
    await expect(result).rejects.toMatchObject({ kind: 'unavailable' });
    expect(counts()).toMatchObject({ written: 2, looked: 2 });
  });

  it('is uncertain when it cannot look', async () => {
    const { result, counts } = run([unknown], [new PackageError('unavailable', 'outage')]);
    await expect(result).rejects.toMatchObject({ kind: 'uncertain' });
    expect(counts()).toMatchObject({ written: 1, looked: 1 });
  });

  it('takes a state for found that has no id', async () => {
    expect(await run([unknown], ['']).result).toBeNull();
  });
});
