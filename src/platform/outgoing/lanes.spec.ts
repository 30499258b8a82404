import { describe, expect, it } from '@jest/globals';
import { memoryLanes } from './lanes.js';

describe('memoryLanes', () => {
  it('lets one at a time through per key, in order, and others beside it', async () => {
    const lanes = memoryLanes();
    const seen: string[] = [];
    let inFlight = 0;
    const work = (name: string) => async (): Promise<void> => {
      expect(++inFlight).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      inFlight--;
      seen.push(name);
    };
    await Promise.all(['a', 'b', 'c'].map((name) => lanes.run('one', work(name))));
    expect(seen).toEqual(['a', 'b', 'c']);
    // A lane that is taken holds up no other.
    const free = await new Promise((resolve) => lanes.run('one', () => lanes.run('two', async () => resolve('through'))));
    expect(free).toBe('through');
  });

  it('goes on after work that failed, and tells only its own author', async () => {
    const lanes = memoryLanes();
    const failing = lanes.run('one', async () => {
      throw new Error('mine');
    });
    const next = lanes.run('one', async () => 'done');
    await expect(failing).rejects.toThrow('mine');
    await expect(next).resolves.toBe('done');
  });
});
