import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LineCounter, parseDocument } from 'yaml';
import { InputError } from '../../kernel/errors.js';

/** The project's root, from src/ as well as from dist/. Ends with a slash. */
export const projectRoot = fileURLToPath(new URL('../../../', import.meta.url));

/** Absolute path of a file under config/. */
export const configPath = (relative: string): string => `${projectRoot}config/${relative}`;

/**
 * Reads a YAML file. Throws {@link InputError} with file, line and column when it is missing (`missing-file`) or no YAML
 * (`invalid-yaml`). What is in it is for the caller to validate.
 */
export function readYaml(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new InputError('missing-file', `cannot read ${path}: ${(cause as Error).message}`, { file: path });
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new InputError('invalid-yaml', `${path}:${line}:${col}: ${error.message.split('\n')[0]}`, { file: path, line, column: col });
  }
  return document.toJS();
}
