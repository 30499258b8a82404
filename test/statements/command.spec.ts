import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readCommand } from '../../src/statements/statement.command.js';

const fixtures = fileURLToPath(new URL('../../fixtures/statements/', import.meta.url));
const sound = join(fixtures, 'nl-001.02.xml');
const truncated = join(fixtures, 'truncated.xml');

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tegoed-test-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

class Sink extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

async function run(
  files: string[],
  json: boolean,
  stdin: Readable = new PassThrough().end(),
): Promise<{ status: number; out: string; err: string }> {
  const stdout = new Sink();
  const stderr = new Sink();
  const status = await readCommand(files, { json }, { stdin, stdout, stderr });
  return { status, out: stdout.text, err: stderr.text };
}

describe('tegoed statement read', () => {
  it('prints one JSON document in the shape of the contract', async () => {
    const { status, out, err } = await run([sound], true);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    const document = JSON.parse(out) as { files: Record<string, unknown>[] };
    expect(Object.keys(document)).toEqual(['files']);
    const [file] = document.files;
    expect(new Set(Object.keys(file ?? {}))).toEqual(
      new Set(['file', 'sha256', 'message', 'version', 'messageId', 'createdAt', 'page', 'statements', 'warnings']),
    );
    const [statement] = file?.statements as Record<string, unknown>[];
    for (const key of 'id electronicSequence legalSequence account period opening closing balances bookedCredit bookedDebit reconciles difference entries'.split(
      ' ',
    )) {
      expect(statement).toHaveProperty(key);
    }
    const [entry] = statement?.entries as Record<string, unknown>[];
    for (const key of 'index status amount currency bookingDate valueDate reversal entryReference servicerReference bankCode batch information transactions'.split(
      ' ',
    )) {
      expect(entry).toHaveProperty(key);
    }
    const [transaction] = entry?.transactions as Record<string, unknown>[];
    for (const key of 'index amount currency amountSource endToEndId mandateId transactionId servicerReference structuredReferences unstructured purpose counterparty return charges original'.split(
      ' ',
    )) {
      expect(transaction).toHaveProperty(key);
    }
  });

  it('puts a refused file in its place among the others and ends with 2', async () => {
    const { status, out, err } = await run([sound, truncated, join(folder, 'nowhere.xml'), sound], true);
    expect(status).toBe(2);
    const { files } = JSON.parse(out) as { files: { file: string; error?: { code: string; line?: number }; statements?: unknown[] }[] };
    expect(files.map(({ file, error }) => [file, error?.code ?? null])).toEqual([
      [sound, null],
      [truncated, 'truncated'],
      [join(folder, 'nowhere.xml'), 'missing-file'],
      [sound, null],
    ]);
    expect(Object.keys(files[1] ?? {})).toEqual(['file', 'error']);
    expect(Object.keys(files[1]?.error ?? {})).toEqual(['code', 'message', 'line', 'column']);
    const told = err
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { error: { code: string; file: string } });
    expect(told.map(({ error }) => [error.code, error.file])).toEqual([
      ['truncated', truncated],
      ['missing-file', join(folder, 'nowhere.xml')],
    ]);
  });

  it('prints nothing of a refused file in the table either', async () => {
    const { status, out } = await run([truncated], false);
    expect({ status, out }).toEqual({ status: 2, out: '' });
  });

  it('prints a table for people', async () => {
    const { out } = await run([sound], false);
    expect(out).toContain('Statement NL-2026-061 of NL13TEST0123456789 Voorbeeld Installaties B.V.');
    expect(out).toMatch(/2026-03-02 +363\.00 {2}EUR {2}J\. de Boer e\/o · Factuur 2026- 0117 dank u/);
    expect(out).toContain('adds up');
  });

  it('writes amounts in it with the decimals of their currency', async () => {
    const text = readFileSync(sound, 'utf8').replace('>1598.35<', '>1598.4<').replace('>1000.00<', '>1000<');
    const { out } = await run(['-'], false, Readable.from([Buffer.from(text)]));
    expect(out).toMatch(/opening 1000\.00 .*closing 1598\.40 .*DOES NOT ADD UP: 0\.05 is unexplained/);
  });

  it('says in words why a file cannot be read', async () => {
    const nowhere = join(folder, 'nowhere.xml');
    const { err } = await run([nowhere, folder], false);
    expect(
      err
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { error: { message: string } }).error.message),
    ).toEqual([`cannot read ${nowhere}: there is no such file`, `cannot read ${folder}: it is a folder; name the files in it`]);
  });

  it('reads standard input and gzip', async () => {
    const { out } = await run(['-'], true, Readable.from([gzipSync(readFileSync(sound))]));
    const { files } = JSON.parse(out) as { files: { file: string; statements: unknown[] }[] };
    expect(files).toMatchObject([{ file: '-', statements: [{ id: 'NL-2026-061' }] }]);
  });

  it('refuses a gzip that is cut off', async () => {
    const { status, err } = await run(['-'], true, Readable.from([gzipSync(readFileSync(sound)).subarray(0, 400)]));
    expect(status).toBe(2);
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'damaged-archive', file: '-' } });
  });

  it('keeps output that outgrows memory apart until the file has proved sound, and leaves nothing behind', async () => {
    const text = readFileSync(sound, 'utf8');
    const entry = text.slice(text.indexOf('      <Ntry>'), text.indexOf('</Ntry>') + '</Ntry>\n'.length);
    const before = text.slice(0, text.indexOf('      <Ntry>'));
    const many = join(folder, 'many.xml');
    const left = (): string[] => readdirSync(tmpdir()).filter((name) => /^tegoed-[A-Za-z0-9]{6}$/.test(name));
    const already = left();
    const entries = 6_000; // about 5 MB of output, more than is held in memory
    writeFileSync(many, `${before}${entry.repeat(entries)}</Stmt></BkToCstmrStmt></Document>`);
    const whole = await run([many], true);
    const { files } = JSON.parse(whole.out) as { files: { statements: { entries: unknown[]; bookedCredit: string }[] }[] };
    expect(files[0]?.statements[0]?.entries).toHaveLength(entries);
    expect(files[0]?.statements[0]?.bookedCredit).toBe('2178000.00'); // 6000 times 363.00

    writeFileSync(many, `${before}${entry.repeat(entries)}</Stmt>`);
    const cut = await run([many], true);
    expect(JSON.parse(cut.out)).toMatchObject({ files: [{ file: many, error: { code: 'truncated' } }] });
    expect(left()).toEqual(already);
  });
});

describe('zip archives', () => {
  /** Packs with Python's zipfile where there is one, an implementation that is not ours. */
  const pack = (members: Record<string, Buffer>): Buffer | null => {
    const names = Object.keys(members);
    names.forEach((_, index) => writeFileSync(join(folder, `member-${index}`), members[names[index] as string] as Buffer));
    const script = `import sys,zipfile\nz=zipfile.ZipFile(sys.argv[1],'w',zipfile.ZIP_DEFLATED)\nfor i,n in enumerate(sys.argv[3:]): z.write(f'{sys.argv[2]}/member-{i}',n)\nz.close()`;
    try {
      execFileSync('python3', ['-c', script, join(folder, 'packed.zip'), folder, ...names], { stdio: 'ignore' });
    } catch {
      process.stderr.write('command.spec: no python3 to pack a zip with; skipped\n');
      return null;
    }
    return readFileSync(join(folder, 'packed.zip'));
  };

  it('reads the statements, leaves other files alone and writes nothing by the names in it', async () => {
    const zip = pack({ '../outside.xml': readFileSync(sound), 'letter.txt': Buffer.from('Dear'), '__MACOSX/._a.xml': Buffer.from('\0\0') });
    if (zip === null) return;
    const { status, out } = await run(['-'], true, Readable.from([zip]));
    expect(status).toBe(0);
    expect((JSON.parse(out) as { files: { file: string }[] }).files.map(({ file }) => file)).toEqual(['-#../outside.xml']);
  });

  it('does not pass over what may hold statements: an archive in it, a file named as a statement', async () => {
    for (const [name, content, code] of [
      ['more.zip', Buffer.from('PK\x03\x04'), 'nested-archive'],
      ['more.xml.gz', gzipSync(readFileSync(sound)), 'nested-archive'],
      ['march.sta', Buffer.from('nothing to read'), 'not-a-statement'],
      ['march.xml', Buffer.alloc(0), 'not-a-statement'],
    ] as const) {
      const zip = pack({ 'a.xml': readFileSync(sound), [name]: content });
      if (zip === null) return;
      expect(JSON.parse((await run(['-'], true, Readable.from([zip]))).out)).toMatchObject({ files: [{ error: { code } }] });
    }
    const letter = pack({ 'a.xml': readFileSync(sound), 'letter.docx': Buffer.from('PK\x03\x04') });
    expect((await run(['-'], true, Readable.from([letter as Buffer]))).status).toBe(0);
  });

  it('refuses the whole archive for one member, and any archive that is cut or damaged', async () => {
    const zip = pack({ 'a.xml': readFileSync(sound), 'b.xml': readFileSync(truncated) });
    if (zip === null) return;
    expect(JSON.parse((await run(['-'], true, Readable.from([zip]))).out)).toMatchObject({
      files: [{ file: '-', error: { code: 'truncated' } }],
    });

    const good = pack({ 'a.xml': readFileSync(sound) }) as Buffer;
    for (let length = 4; length < good.length; length += 97) {
      expect((await run(['-'], true, Readable.from([good.subarray(0, length)]))).status).toBe(2);
    }
    const flipped = Buffer.from(good);
    flipped[200] = (flipped[200] as number) ^ 1;
    expect((await run(['-'], true, Readable.from([flipped]))).status).toBe(2);
  });

  it('stops at what unpacks to far more than a statement can be', async () => {
    const bomb = pack({ 'big.xml': Buffer.concat([Buffer.from('<Document>'), Buffer.alloc(30_000_000, 0x20)]) });
    if (bomb === null) return;
    const { err } = await run(['-'], true, Readable.from([bomb]));
    expect(JSON.parse(err)).toMatchObject({ error: { code: 'too-large' } });
  });
});
