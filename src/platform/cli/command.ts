import { readFileSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import { InputError } from '../../kernel/errors.js';

/** Exit statuses of `tegoed` (contracts.md). */
export const EXIT = { done: 0, fault: 1, input: 2, usage: 64 } as const;

/** One JSON document on stdout, or whatever `table` makes of it for people. */
export function print<T>(result: T, options: { json?: boolean }, table: (result: T) => string): void {
  process.stdout.write(`${options.json ? JSON.stringify(result) : table(result)}\n`);
}

/** The one line on stderr by which a refused input is told; also used for files refused among others. */
export const errorJson = (error: InputError): { code: string; message: string; file: string | null; line?: number; column?: number } => ({
  code: error.code,
  message: error.message,
  file: error.place.file ?? null,
  ...(error.place.line !== undefined && { line: error.place.line }),
  ...(error.place.column !== undefined && { column: error.place.column }),
});

/**
 * Ends the process the way contracts.md says: `InputError` gives one line of JSON and 2, anything else is a fault and gives 1.
 * Waits for what was written, so that a pipe gets all of it.
 */
export function fail(error: unknown): void {
  if (error instanceof InputError) {
    process.stderr.write(`${JSON.stringify({ error: errorJson(error) })}\n`);
    process.exitCode = EXIT.input;
    return;
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = EXIT.fault;
}

/** Reads a JSON file; throws {@link InputError} when it is missing or no JSON. */
export function readJsonFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new InputError('missing-file', `cannot read ${path}: ${(cause as Error).message}`, { file: path });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InputError('invalid-json', `${path} is no JSON: ${(cause as Error).message}`, { file: path });
  }
}

/** Reads an option that is a whole number within bounds; anything else is wrong usage. */
export const wholeNumber =
  (low: number, high: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < low || value > high) {
      throw new InvalidArgumentError(`It must be a whole number from ${low} to ${high}.`);
    }
    return value;
  };
