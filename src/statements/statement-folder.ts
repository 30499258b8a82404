import { lstat, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { InputError } from '../kernel/errors.js';
import { fileAt } from './spooled-file.js';
import type { StatementImport } from './statement-import.service.js';
import { type FileReport, refusalReport, successReport } from './rules/import/folder-report.js';

/** Files taken in one look. */
const BATCH = 50;
/** Names under which programs write what is not whole yet, and what the operating system leaves about. */
const UNFINISHED = /^\.|^~|\.(part|partial|tmp|temp|crdownload|filepart|swp)$|~$/i;

export type FolderOutcome = { readonly file: string; readonly report: FileReport };

/**
 * A folder in which bank statements are put. Each is imported over all administrations and moved to `imported/` or `refused/`, with a text
 * beside it that says why. A file that changed since the last look is still being written and is left. It is moved only after the import is
 * stored: broken off in between, it is imported again, which books nothing twice.
 */
export class StatementFolder {
  private seen = new Map<string, string>();

  constructor(
    private readonly folder: string,
    private readonly statements: Pick<StatementImport, 'importForAll'>,
  ) {}

  /** Takes the files that stand still since the last look, at most fifty. Throws what is no fault of a file: nothing is moved then. */
  async look(): Promise<FolderOutcome[]> {
    await mkdir(this.folder, { recursive: true });
    const now = await this.files();
    const still = [...now].filter(([name, state]) => this.seen.get(name) === state).slice(0, BATCH);
    this.seen = now;
    const outcomes: FolderOutcome[] = [];
    for (const [name] of still) {
      const report = await this.take(name);
      await this.move(name, report);
      outcomes.push({ file: name, report });
    }
    return outcomes;
  }

  /** The plain files, with what changes while somebody writes them. Links are not followed. */
  private async files(): Promise<Map<string, string>> {
    const files = new Map<string, string>();
    for (const name of (await readdir(this.folder)).sort()) {
      if (UNFINISHED.test(name)) continue;
      const stat = await lstat(join(this.folder, name)).catch(() => null);
      if (stat?.isFile()) files.set(name, `${stat.size} ${stat.mtimeMs}`);
    }
    return files;
  }

  private async take(name: string): Promise<FileReport> {
    try {
      return successReport(await this.statements.importForAll(name, fileAt(join(this.folder, name))));
    } catch (cause) {
      if (cause instanceof InputError) return refusalReport(cause);
      throw cause;
    }
  }

  /** Another instance may have moved it already: then there is nothing to do. */
  private async move(name: string, { imported, text }: FileReport): Promise<void> {
    const target = join(this.folder, imported ? 'imported' : 'refused');
    await mkdir(target, { recursive: true });
    const free = await this.freeName(target, name);
    const note = join(target, `${free}.txt`);
    await writeFile(note, text);
    try {
      await rename(join(this.folder, name), join(target, free));
    } catch (cause) {
      await rm(note, { force: true });
      if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    }
  }

  /** A file of the same name may have come before: it is not written over. */
  private async freeName(target: string, name: string): Promise<string> {
    const taken = new Set(await readdir(target));
    const { name: stem, ext } = parse(name);
    let free = name;
    for (let count = 2; taken.has(free); count++) free = `${stem} (${count})${ext}`;
    return free;
  }
}
