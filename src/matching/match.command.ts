import { createReadStream } from 'node:fs';
import Table from 'cli-table3';
import type { Command } from 'commander';
import { InputError } from '../kernel/errors.js';
import { readBookFile } from '../ledger/book-file.reader.js';
import { print } from '../platform/cli/command.js';
import type { StatementHeader } from '../statements/rules/statement.js';
import { readStatements } from '../statements/statement.reader.js';
import { type EntryLines, withoutDuplicates } from './rules/duplicates.js';
import { entryLines } from './rules/lines.js';
import { matchStatements } from './rules/match.js';
import { type MatchJson, reportToJson } from './rules/report-json.js';
import type { BankLine } from './rules/vocabulary.js';

interface Options {
  readonly book: string;
  readonly statement: readonly string[];
  readonly json?: boolean;
}

/** `tegoed match`: what would be booked of these statements, and why. Changes nothing. */
export function registerMatch(program: Command): void {
  program
    .command('match')
    .description('match bank statements with the open items of a book')
    .requiredOption('--book <file>', 'the open items, a tegoed.book/1 document')
    .requiredOption('--statement <file>', 'a bank statement (CAMT.053/052/054, MT940, zip or gzip of them); may be repeated', gather)
    .option('--json', 'one JSON document on stdout')
    .action(async (options: Options) => {
      const book = await readBookFile(options.book);
      const lines = await readBankLines(options.statement);
      print(reportToJson(matchStatements(book, lines), book.administration.currency), options, asTable);
    });
}

const gather = (value: string, former: readonly string[] = []): string[] => [...former, value];

/**
 * The lines of statement files; copies of the same booking are set aside. All or nothing: throws {@link InputError} naming the file when one of them
 * cannot be read.
 */
export async function readBankLines(files: readonly string[]): Promise<BankLine[]> {
  const entries: EntryLines[] = [];
  for (const [at, path] of files.entries()) {
    const reading = files.slice(0, at).filter((earlier) => earlier === path).length;
    for (const entry of await readFile(path, reading)) entries.push(entry);
  }
  return withoutDuplicates(entries);
}

async function readFile(path: string, reading: number): Promise<EntryLines[]> {
  const entries: EntryLines[] = [];
  let file = path;
  let message: 'camt.053' | 'camt.052' | 'camt.054' | 'mt940' = 'camt.053';
  let header: StatementHeader | null = null;
  try {
    for await (const event of readStatements(path, path === '-' ? process.stdin : createReadStream(path))) {
      if (event.type === 'file') file = event.file;
      else if (event.type === 'message') message = event.header.message;
      else if (event.type === 'statement-start') header = event.statement;
      else if (event.type === 'entry' && header !== null) {
        entries.push(entryLines(event.entry, { file, message, statementIndex: event.statementIndex, header, reading }));
      }
    }
  } catch (cause) {
    if (cause instanceof InputError) throw new InputError(cause.code, cause.message, { ...cause.place, file: path });
    if (typeof (cause as NodeJS.ErrnoException).code === 'string') {
      throw new InputError('missing-file', `cannot read ${path}: ${(cause as Error).message}`, { file: path });
    }
    throw cause;
  }
  return entries;
}

function asTable({ transactions, totals }: MatchJson): string {
  const table = new Table({
    head: ['line', 'amount', 'outcome', 'sure', 'invoices', 'because'],
    wordWrap: true,
    colWidths: [14, 14, 15, 6, 24, 60],
  });
  for (const one of transactions) {
    table.push([
      `${one.entry}.${one.transaction}`,
      `${one.amount} ${one.currency}`,
      one.outcome,
      one.confidence.toFixed(2),
      one.allocations.map(({ invoiceId, amount }) => `${invoiceId} ${amount}`).join('\n'),
      one.because.join('; '),
    ]);
  }
  const { matched, proposed, unmatched, notAReceipt, amountMatched, amountUnallocated } = totals;
  const summary = `${matched} matched, ${proposed} proposed, ${unmatched} unmatched, ${notAReceipt} no receipt`;
  return `${table.toString()}\n${summary}; allocated ${amountMatched}, waiting ${amountUnallocated}`;
}
