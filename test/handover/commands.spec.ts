import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Command, CommanderError } from 'commander';
import { registerDossier } from '../../src/handover/dossier.command.js';
import { registerWebhook } from '../../src/handover/webhook.command.js';
import { ManualClock } from '../../src/kernel/clock.js';
import { InputError } from '../../src/kernel/errors.js';
import { exported, sampleDossier } from './support/sample-case.js';
import { catchingOutput } from '../support/output.js';

/** `tegoed webhook …` and `tegoed dossier …` in this process, over files. */

const NEW = 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';
const OLD = 'whsec_//79/Pv6+fj39vX08/Lx8O/u7ezr6uno5+bl5OPi4eA=';
const ID = 'msg_3Bq7fYw2kQ9xTn5LrVhE8s';
const BODY =
  '{"type":"collection.case.submitted","timestamp":"2026-11-23T08:15:30.000Z","data":{"caseId":"8b1f6c1e-4d0a-4f5e-9a57-2f8f4f0c1a11","principal":"1250.00","currency":"EUR","debtorName":"Café Zuiderzee B.V."}}';
const BY_NEW = 'v1,TDuwlx7Wi3ek0aSZmraZ0LPoSeFU1AlM5Q6khPRhOpA=';
const BY_OLD = 'v1,OHBCUTN2qynzb7ZdjqK0aZoiDTrkITkWfImP2tv1TIg=';

const folder = mkdtempSync(join(tmpdir(), 'tegoed-handover-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const body = file('body.json', BODY);

let written = '';
beforeEach(() => {
  written = '';
});
afterEach(() => {
  delete process.env['TEGOED_WEBHOOK_SECRET'];
});

/** What came on stdout, and the code of the refusal. */
async function run(...words: string[]): Promise<{ out: string; refused: string | null }> {
  written = '';
  const program = new Command('tegoed').exitOverride().configureOutput({ writeErr: () => undefined });
  registerWebhook(program, new ManualClock(new Date('2026-11-23T08:15:30Z')));
  registerDossier(program);
  const refused = await catchingOutput(
    (text) => (written += text),
    () => program.parseAsync(words, { from: 'user' }),
  ).then(
    () => null,
    (cause: unknown) => {
      if (cause instanceof InputError || cause instanceof CommanderError) return cause.code;
      throw cause;
    },
  );
  return { out: written, refused };
}

describe('webhook sign', () => {
  const sign = (...words: string[]) => run('webhook', 'sign', '--payload', body, ...words);

  it('gives the headers of the vectors', async () => {
    const { out } = await sign('--secret', NEW, '--secret', OLD, '--id', ID, '--timestamp', '1795421730', '--json');
    expect(JSON.parse(out)).toEqual({
      headers: { 'webhook-id': ID, 'webhook-timestamp': '1795421730', 'webhook-signature': `${BY_NEW} ${BY_OLD}` },
    });
  });

  it('takes the secrets from the environment, the time from the clock, and a fresh id', async () => {
    process.env['TEGOED_WEBHOOK_SECRET'] = `${NEW} ${OLD}`;
    const { out } = await sign();
    expect(out).toMatch(/^webhook-id: msg_[A-Za-z0-9_-]{24}\nwebhook-timestamp: 1795421730\nwebhook-signature: v1,\S{44} v1,\S{44}\n$/);
  });

  it.each([
    [['--secret', 'whsec_short'], 'not-a-secret'],
    [['--secret', NEW, '--id', 'a.b'], 'invalid-id'],
    [['--secret', NEW, '--payload', join(folder, 'nothing')], 'missing-file'],
    [['--secret', NEW, '--timestamp', 'soon'], 'commander.invalidArgument'],
    [[], 'commander.missingMandatoryOptionValue'],
  ])('refuses %j: %s', async (words, code) => {
    expect(await sign(...words)).toEqual({ out: '', refused: code });
  });
});

describe('webhook verify', () => {
  const verify = (...words: string[]) => run('webhook', 'verify', '--secret', NEW, '--id', ID, ...words, '--json');

  it.each([
    ['the same', ['--payload', body, '--signature', `${BY_OLD} ${BY_NEW}`, '--timestamp', '1795421730'], null],
    ['another time', ['--payload', body, '--signature', BY_NEW, '--timestamp', '1795421731'], 'wrong-signature'],
    ['an old one', ['--payload', body, '--signature', BY_NEW, '--timestamp', '1795421730', '--now', '1795422031'], 'too-old'],
    [
      'an old one for the patient',
      ['--payload', body, '--signature', BY_NEW, '--timestamp', '1795421730', '--now', '1795422031', '--tolerance', '301'],
      null,
    ],
    ['no number', ['--payload', body, '--signature', BY_NEW, '--timestamp', 'soon'], 'invalid-timestamp'],
    ['another body', ['--payload', file('other', `${BODY}\n`), '--signature', BY_NEW, '--timestamp', '1795421730'], 'wrong-signature'],
  ])('%s', async (_what, words, reason) => {
    const { out, refused } = await verify(...words);
    expect(JSON.parse(out)).toEqual({ valid: reason === null, reason });
    expect(refused).toBe(reason);
  });
});

describe('dossier validate', () => {
  const document = sampleDossier();
  const whole = file('dossier.json', exported(document));

  it('says that a dossier is whole', async () => {
    const { out, refused } = await run('dossier', 'validate', whole, '--json');
    expect(refused).toBeNull();
    expect(JSON.parse(out)).toMatchObject({
      file: whole,
      valid: true,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      schema: 'collection-dossier/1',
      caseId: document.caseId,
      version: 1,
      findings: [],
    });
    expect((await run('dossier', 'validate', whole)).out).toContain('whole and unaltered');
  });

  it('says what is wrong with it', async () => {
    const changed = file('changed.json', new TextDecoder().decode(exported(document)).replace('"open":"910.00"', '"open":"911.00"'));
    const { out, refused } = await run('dossier', 'validate', changed, '--json');
    expect(refused).toBe('seal-broken');
    const { valid, findings } = JSON.parse(out) as { valid: boolean; findings: { code: string }[] };
    expect(valid).toBe(false);
    expect(findings.map(({ code }) => code)).toEqual(expect.arrayContaining(['seal-broken', 'sum-differs']));
  });

  it('refuses what is no dossier, and what is not there', async () => {
    expect((await run('dossier', 'validate', body, '--json')).refused).toBe('schema');
    expect((await run('dossier', 'validate', file('x.json', 'hello'), '--json')).refused).toBe('not-json');
    expect(await run('dossier', 'validate', join(folder, 'nothing'), '--json')).toEqual({ out: '', refused: 'missing-file' });
  });
});
