import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { type Clock, today } from '../kernel/clock.js';
import { InputError } from '../kernel/errors.js';
import { parsePlainDate } from '../kernel/plain-date.js';
import { print, readJsonFile } from '../platform/cli/command.js';
import type { WithService } from '../platform/cli/with-service.js';
import { isUuid } from '../platform/database/ids.js';
import { bookToJson, parseBook } from './rules/book-json.js';

/** `tegoed book export|import` in the format `tegoed.book/1`. */
export function registerBook(program: Command, withService: WithService, clock: Clock): void {
  const book = program.command('book').description('The book of receivables as tegoed.book/1');
  book
    .command('export')
    .description('Write the book of an administration to stdout or a file.')
    .requiredOption('--administration <id>', 'which administration')
    .option('--on <date>', 'as of this day (default: today)')
    .option('--out <file>', 'write here instead of stdout')
    .option('--json', 'accepted for uniformity; the book is always JSON')
    .action(async (options: { administration: string; on?: string; out?: string }) => {
      const { administration } = options;
      if (!isUuid(administration)) throw new InputError('invalid-id', `"${administration}" is not the id of an administration`);
      const on = options.on === undefined ? today(clock) : dateOf(options.on);
      const [{ Tenancy }, { LedgerRepository }] = await Promise.all([
        import('../platform/database/tenancy.js'),
        import('./ledger.repository.js'),
      ]);
      const json = await withService((resolve) =>
        resolve(Tenancy).within(administration, async (manager) => {
          const ledger = new LedgerRepository(manager);
          if (!(await ledger.knows(administration)))
            throw new InputError('unknown-administration', `there is no administration ${administration}`);
          return bookToJson(await ledger.book(administration, on));
        }),
      );
      if (options.out === undefined) print(json, { json: true }, String);
      else writeFileSync(options.out, `${JSON.stringify(json)}\n`);
    });
  book
    .command('import')
    .description('Make an administration of a book, or bring the one that came from it up to it. In shadow mode.')
    .argument('<file>', 'a tegoed.book/1 document')
    .option('--json', 'one JSON document')
    .action(async (file: string, options: { json?: boolean }) => {
      const parsed = parseBook(readJsonFile(file), file);
      const { BookImport } = await import('./book-import.service.js');
      const administrationId = await withService((resolve) => resolve(BookImport).import(parsed));
      const result = { administrationId, debtors: parsed.debtors.length, invoices: parsed.invoices.length };
      print(
        result,
        options,
        () => `Administration ${administrationId}: ${result.debtors} debtors, ${result.invoices} invoices. Mode: shadow.`,
      );
    });
}

function dateOf(text: string): ReturnType<typeof today> {
  const parsed = parsePlainDate(text);
  if (!parsed.ok) throw new InputError(parsed.error.code, `--on: ${parsed.error.message}`);
  return parsed.value;
}
