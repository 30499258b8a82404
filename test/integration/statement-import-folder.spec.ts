import { mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { StatementFolder } from '../../src/statements/statement-folder.js';
import { type StatementPlan, camt } from '../support/bank-files.js';
import { type StatementDesk, statementDesk, told } from '../support/imports.js';

let count = 0;
/** Accounts of this test alone: the folder reaches every administration. */
const account = (): string => `ACCOUNT${++count}`;
const day = (of: string, id = 'S-1'): StatementPlan => ({
  id,
  account: of,
  through: '2026-03-02',
  opening: 0,
  closing: 1_000,
  entries: [{ amount: 1_000, day: '2026-03-02', name: 'Jansen', text: 'factuur 1' }],
});

describe('a watched folder', () => {
  let desk: StatementDesk;
  let path: string;
  let mine: string;
  let administration: string;
  beforeAll(async () => {
    desk = await statementDesk();
  });
  afterAll(() => desk.close());
  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'tegoed-folder-'));
    mine = account();
    administration = await desk.administration({ ibans: [mine] });
  });
  afterEach(() => rm(path, { recursive: true }));

  const put = (name: string, content: string): Promise<void> => writeFile(join(path, name), content);
  const names = async (of = ''): Promise<string[]> =>
    (await readdir(join(path, of), { withFileTypes: true })).filter((each) => !each.isDirectory()).map(({ name }) => name).sort(); // prettier-ignore
  const note = (file: string): Promise<string> => readFile(join(path, file), 'utf8');
  const lines = async (): Promise<string[]> => told(await desk.lines(administration));
  const LINE = '2026-03-02 10.00 Jansen factuur 1';

  it('gives every administration its statements and moves the file, with a note of what was taken', async () => {
    const other = account();
    const neighbour = await desk.administration({ ibans: [other] });
    const folder = new StatementFolder(path, desk.statements);
    await put('bank.xml', camt([day(mine), day(other)]));
    await folder.look();
    expect(await names()).toEqual(['bank.xml']);
    await folder.look();
    expect(await names()).toEqual([]);
    expect(await names('imported')).toEqual(['bank.xml', 'bank.xml.txt']);
    expect(await note('imported/bank.xml.txt')).toContain(`${mine} through 2026-03-02: 1 new, 0 known`);
    expect(await lines()).toEqual([LINE]);
    expect(told(await desk.lines(neighbour))).toEqual([LINE]);
  });

  it('puts what cannot be used apart and says why', async () => {
    const folder = new StatementFolder(path, desk.statements);
    await put('cut.xml', camt([day(mine)]).slice(0, -30));
    await put('nobody.xml', camt([day('NOBODY')]));
    await folder.look();
    await folder.look();
    expect(await names('refused')).toEqual(['cut.xml', 'cut.xml.txt', 'nobody.xml', 'nobody.xml.txt']);
    expect(await note('refused/cut.xml.txt')).toMatch(/^Not imported: .*line \d+/);
    expect(await note('refused/nobody.xml.txt')).toContain('NOBODY');
    expect(await lines()).toEqual([]);
  });

  it('imports what is known and names the account that is not, so that the file can be put back', async () => {
    const folder = new StatementFolder(path, desk.statements);
    await put('mixed.xml', camt([day(mine), day('NOBODY')]));
    await folder.look();
    await folder.look();
    expect(await lines()).toEqual([LINE]);
    expect(await note('imported/mixed.xml.txt')).toContain('NOT imported: NOBODY');
  });

  it('leaves a file alone while it grows, and what is not whole or no file', async () => {
    const folder = new StatementFolder(path, desk.statements);
    const content = camt([day(mine)]);
    await put('growing.xml', content.slice(0, 100));
    await put('.hidden.xml', content);
    await put('download.xml.part', content);
    await symlink(join(path, 'growing.xml'), join(path, 'link.xml'));
    await folder.look();
    await put('growing.xml', content.slice(0, 200));
    await folder.look();
    expect(await names()).toContain('growing.xml');
    await put('growing.xml', content);
    await folder.look();
    await folder.look();
    expect(await names()).toEqual(['.hidden.xml', 'download.xml.part', 'link.xml']);
    expect(await lines()).toEqual([LINE]);
  });

  it('writes over no file of the same name', async () => {
    const folder = new StatementFolder(path, desk.statements);
    for (const id of ['S-1', 'S-2']) {
      await put('bank.xml', camt([day(mine, id)]));
      await folder.look();
      await folder.look();
    }
    expect(await names('imported')).toEqual(['bank (2).xml', 'bank (2).xml.txt', 'bank.xml', 'bank.xml.txt']);
  });

  it('books nothing twice when it broke off after the import and before the move', async () => {
    const dying = new StatementFolder(path, {
      importForAll: async (file, source) => {
        await desk.statements.importForAll(file, source);
        throw new Error('the process was killed');
      },
    });
    await put('bank.xml', camt([day(mine)]));
    await dying.look();
    await expect(dying.look()).rejects.toThrow('killed');
    expect(await names()).toEqual(['bank.xml']);
    const next = new StatementFolder(path, desk.statements);
    await next.look();
    await next.look();
    expect(await note('imported/bank.xml.txt')).toContain('0 new, 1 known');
    expect(await lines()).toEqual([LINE]);
  });

  it('gives nothing to an administration that is off', async () => {
    const off = account();
    await desk.administration({ ibans: [off], mode: 'off' });
    const folder = new StatementFolder(path, desk.statements);
    await put('off.xml', camt([day(off)]));
    await folder.look();
    await folder.look();
    expect(await names('refused')).toEqual(['off.xml', 'off.xml.txt']);
  });
});

describe('after an import', () => {
  let desk: StatementDesk;
  beforeAll(async () => {
    desk = await statementDesk();
  });
  afterAll(() => desk.close());

  it('stages to the right are told for whom, once it is stored, and a listener that fails undoes nothing', async () => {
    const heard: { readonly id: string; readonly lines: number }[] = [];
    desk.imported.subscribe(async ([id = '']) => {
      heard.push({ id, lines: (await desk.lines(id)).length });
      throw new Error('no queue');
    });
    const mine = account();
    const administration = await desk.administration({ ibans: [mine] });
    await desk.statements.importInto(administration, 'day.xml', [Buffer.from(camt([day(mine)]))]);
    expect(heard).toEqual([{ id: administration, lines: 1 }]);
    await expect(desk.statements.importInto(administration, 'cut.xml', [Buffer.from('<Document>')])).rejects.toThrow();
    expect(heard).toHaveLength(1);
  });
});
