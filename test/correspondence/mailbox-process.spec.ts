import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { Mailer } from '../../src/correspondence/mailer.js';
import { readMailFolder } from '../../src/sandbox/mailbox/mail-folder.js';
import { fromSources } from '../support/from-sources.js';
import { mailOf } from './support.js';

const folder = mkdtempSync(join(tmpdir(), 'tegoed-mailbox-process-'));
const children: ChildProcess[] = [];

afterEach(() => children.splice(0).forEach((child) => child.kill('SIGKILL')));
afterAll(() => rmSync(folder, { recursive: true }));

function run(...parameters: string[]): ChildProcess {
  const child = spawn(process.execPath, fromSources('src/sandbox/mailbox/mailbox.process.ts', ...parameters), {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return child;
}

async function portOf(child: ChildProcess): Promise<number> {
  if (!child.stdout) throw new Error('no standard output');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return (JSON.parse(line) as { port: number }).port;
}

const send = (port: number, effectId: string): Promise<unknown> =>
  new Mailer({ host: '127.0.0.1', port, tls: 'none', login: null }).send(mailOf(effectId));

describe('the mailbox as a process', () => {
  it('has a mail on disk before it says so, also when it is killed at once, and the next one goes on from there', async () => {
    const first = run(folder);
    await send(await portOf(first), 'effect-1');
    first.kill('SIGKILL');
    await once(first, 'exit');
    const second = run(folder, '0');
    await send(await portOf(second), 'effect-2');
    expect((await readMailFolder(folder)).map(({ messageId }) => messageId)).toEqual([
      '<tegoed.effect-1@example.com>',
      '<tegoed.effect-2@example.com>',
    ]);
  });

  it('ends on SIGTERM by itself', async () => {
    const child = run(folder);
    await portOf(child);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('says how it is used', async () => {
    const child = run();
    const [said] = (await once(child.stderr ?? child, 'data')) as [Buffer];
    expect(String(said)).toContain('usage: mailbox.process FOLDER [PORT]');
    expect(await once(child, 'exit')).toEqual([64, null]);
  });
});
