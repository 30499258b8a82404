import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { InputError } from '../kernel/errors.js';
import { print } from '../platform/cli/command.js';
import { digests } from './digests.js';
import { dossierSchemaCheck } from './dossier-schema.js';
import { type Finding, checkDossier } from './rules/document/check-dossier.js';

/** More than the largest dossier there can be: its attachments are not in it. */
const BYTES_MAX = 64 * 1024 ** 2;

/** The document of `tegoed dossier validate`. */
interface Validation {
  readonly file: string;
  readonly valid: boolean;
  /** Of the file: what a thin webhook says the dossier has. */
  readonly sha256: string;
  readonly schema: string | null;
  readonly caseId: string | null;
  readonly version: number | null;
  readonly findings: readonly Finding[];
}

/** `tegoed dossier validate`: whether a dossier is whole and unaltered, for whoever got one. */
export function registerDossier(program: Command): void {
  program
    .command('dossier')
    .description('The dossier of a claim that was handed over.')
    .command('validate')
    .description(
      'Check the schema, the sums, the chain of the log and the seal of an exported dossier. Exits with 2 when anything is wrong.',
    )
    .argument('<file>', 'a collection-dossier/1 document')
    .option('--json', 'print JSON')
    .action((file: string, options: { json?: boolean }) => {
      const bytes = bytesOf(file);
      const { document, findings } = checkDossier(bytes, dossierSchemaCheck(), digests);
      const validation = {
        file,
        valid: findings.length === 0,
        sha256: digests.sha256(bytes),
        schema: document?.schema ?? null,
        caseId: document?.caseId ?? null,
        version: document?.version ?? null,
        findings,
      };
      print(validation, options, asText);
      const [first] = findings;
      if (first) throw new InputError(first.code, `${first.path || '/'}: ${first.message}`, { file });
    });
}

function bytesOf(file: string): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    throw new InputError('missing-file', `cannot read ${file}: ${(cause as Error).message}`, { file });
  }
  if (bytes.length > BYTES_MAX) throw new InputError('too-large', `${file} has more than ${BYTES_MAX} bytes`, { file });
  return bytes;
}

function asText({ file, valid, sha256, caseId, version, findings }: Validation): string {
  if (valid) return `${file}: whole and unaltered\ncase ${caseId}, version ${version}\nSHA-256 ${sha256}`;
  const lines = findings.map(({ code, path, message }) => `- ${code} at ${path || '/'}: ${message}`);
  return [`${file}: not to be relied on`, ...lines].join('\n');
}
