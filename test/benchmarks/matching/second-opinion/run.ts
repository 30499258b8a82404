import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBookFile } from '../../../../src/ledger/book-file.reader.js';
import { readBankLines } from '../../../../src/matching/match.command.js';
import { matchStatements } from '../../../../src/matching/rules/match.js';
import { reportToJson } from '../../../../src/matching/rules/report-json.js';
import { period } from './mix.js';
import { type Mix, office } from './office.js';
import { book, statements } from './paper.js';
import type { Case, Said } from './verdict.js';

/** One office, its book and statements as files, through what `tegoed match --json` does, each line beside its truth. */
export async function secondOpinion(seed: number, mix: Mix, { firms, lines }: { firms: number; lines: number }): Promise<Case[]> {
  const books = office(seed, mix, firms);
  const entries = period(books, seed, lines);
  const { files, places } = statements(books, entries, seed);
  const folder = mkdtempSync(join(tmpdir(), 'second-opinion-'));
  try {
    const paths = files.map((_, at) => join(folder, `statement-${at}.xml`));
    writeFileSync(join(folder, 'book.json'), JSON.stringify(book(books)));
    for (const [at, path] of paths.entries()) writeFileSync(path, files[at]!);
    const ledger = await readBookFile(join(folder, 'book.json'));
    const { transactions } = reportToJson(matchStatements(ledger, await readBankLines(paths)), 'EUR');
    const said = new Map(
      (transactions as unknown as (Said & { file: string; entry: number; transaction: number })[]).map((row) => [
        `${row.file} ${row.entry} ${row.transaction}`,
        row,
      ]),
    );
    return [...places].map(([line, { file, entry, transaction }]) => {
      const row = said.get(`${paths[file]} ${entry} ${transaction}`);
      if (row === undefined) throw new Error(`tegoed match says nothing of entry ${entry}, transaction ${transaction} of ${paths[file]}`);
      const undoes = line.truth.undoes === undefined ? null : places.get(line.truth.undoes)!;
      return { said: row, truth: line.truth, line, undoes };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
