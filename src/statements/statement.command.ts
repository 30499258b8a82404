import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import type { Command } from 'commander';
import { InputError } from '../kernel/errors.js';
import { EXIT, errorJson } from '../platform/cli/command.js';
import { StatementJson } from './rules/statement-json.js';
import { StatementTable } from './rules/statement-table.js';
import { Spool } from './spool.js';
import { readStatementsInBatches } from './statement.reader.js';

const READ_BYTES = 64 * 1024;
const STANDARD_INPUT = '-';
const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder; name the files in it',
  EACCES: 'this user may not read it',
};

/** The streams of a process, so that a test can give its own. */
export interface Streams {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
}

export function registerStatement(program: Command): void {
  const statement = program.command('statement').description('Bank statements: CAMT.052, 053, 054 and MT940.');
  statement
    .command('read')
    .description('Show what is in bank statement files; "-" is standard input.')
    .argument('<files...>', 'statements, or .zip and .gz of them')
    .option('--json', 'one JSON document instead of a table')
    .action(async (files: string[], options: { json?: boolean }) => {
      process.exitCode = await readCommand(files, options, process);
    });
}

/**
 * `tegoed statement read` (contracts.md). Every file stands for itself: a refused one is told on stderr and, in JSON, in its place
 * among the others. Returns the exit status: 2 when any was refused.
 */
export async function readCommand(files: readonly string[], options: { json?: boolean }, streams: Streams): Promise<number> {
  let status: number = EXIT.done;
  if (options.json) await write(streams.stdout, '{"files":[');
  let printed = 0;
  for (const file of files) {
    const spool = new Spool();
    try {
      const separator = options.json && printed > 0 ? ',' : '';
      const error = await spoolFile(file, options.json === true, streams.stdin, spool);
      if (error !== null) {
        status = EXIT.input;
        const told = errorJson(error);
        await write(streams.stderr, `${JSON.stringify({ error: told })}\n`);
        spool.discard();
        if (options.json) spool.write(JSON.stringify({ file, error: { ...told, file: undefined } }));
      }
      if (options.json) await write(streams.stdout, separator);
      await spool.copyTo(streams.stdout);
      printed += 1;
    } finally {
      spool.discard();
    }
  }
  if (options.json) await write(streams.stdout, ']}\n');
  return status;
}

/** Reads a file into the spool; returns the error when it is refused, then what is in the spool is worthless. */
async function spoolFile(file: string, json: boolean, stdin: Readable, spool: Spool): Promise<InputError | null> {
  const input = file === STANDARD_INPUT ? stdin : createReadStream(file, { highWaterMark: READ_BYTES });
  let form = json ? new StatementJson() : new StatementTable();
  let count = 0;
  try {
    for await (const events of readStatementsInBatches(file, readable(file, input))) {
      for (const event of events) {
        if (event.type === 'file') {
          form = json ? new StatementJson() : new StatementTable();
          spool.write((json && count++ > 0 ? ',' : '') + form.begin(event.file));
        } else if (event.type === 'end') spool.write(form.end(event.header, event.sha256));
        else spool.write(form.event(event));
      }
    }
    return null;
  } catch (cause) {
    if (cause instanceof InputError) return new InputError(cause.code, cause.message, { ...cause.place, file });
    throw cause;
  } finally {
    input.destroy();
  }
}

/** The bytes of a stream; a file that cannot be opened or read is refused like one that cannot be used. */
async function* readable(file: string, input: Readable): AsyncGenerator<Uint8Array> {
  try {
    yield* input as AsyncIterable<Uint8Array>;
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException;
    throw new InputError('missing-file', `cannot read ${file}: ${UNREADABLE[code] ?? message}`);
  }
}

async function write(target: Writable, text: string): Promise<void> {
  if (!target.write(text)) await once(target, 'drain');
}
