import type { Digests } from '../digests.js';
import { type LogBreak, firstBreak } from '../log/hash-chain.js';
import { checkCosts } from './check-costs.js';
import { checkInterest } from './check-interest.js';
import { checkSums } from './check-sums.js';
import type { DossierDocument } from './dossier.js';
import { dossierText, sealOf } from './seal.js';

/** One thing that is wrong with a dossier. */
export interface Finding {
  /** Stable, for programs. */
  readonly code: string;
  /** JSON pointer; empty for the whole document. */
  readonly path: string;
  readonly message: string;
}

/** What the schema says about a parsed document, empty when it fits. Handed in: compiling a schema is no rule. */
export type SchemaCheck = (document: unknown) => readonly Finding[];

export interface CheckedDossier {
  /** Null when the text is no JSON of the schema: then only the findings about that are given. */
  readonly document: DossierDocument | null;
  readonly findings: readonly Finding[];
}

/**
 * Looks whether a dossier is whole and unaltered: the schema, the seal over every value, the exact bytes, the chain of the log, every sum,
 * and that costs and interest stand in it once. Whatever byte of an exported dossier is changed, there is a finding.
 */
export function checkDossier(bytes: Uint8Array, schema: SchemaCheck, digests: Digests): CheckedDossier {
  const parsed = parse(bytes);
  if ('finding' in parsed) return { document: null, findings: [parsed.finding] };
  const misfits = schema(parsed.value);
  if (misfits.length > 0) return { document: null, findings: misfits };

  const document = parsed.value as DossierDocument;
  return {
    document,
    findings: [
      ...checkSeal(document, digests),
      ...checkBytes(document, parsed.text),
      ...checkLog(document, digests),
      ...checkSums(document),
      ...checkInterest(document),
      ...checkCosts(document),
    ],
  };
}

function parse(bytes: Uint8Array): { value: unknown; text: string } | { finding: Finding } {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, value: JSON.parse(text) as unknown };
  } catch (cause) {
    return { finding: { code: 'not-json', path: '', message: `the document is no JSON in UTF-8: ${(cause as Error).message}` } };
  }
}

function checkSeal({ seal, ...unsealed }: DossierDocument, digests: Digests): Finding[] {
  const made = sealOf(unsealed, digests);
  if (made.ok && made.value.sha256 === seal.sha256) return [];
  const message = made.ok ? 'a value of the document is not what was sealed' : made.error.message;
  return [{ code: 'seal-broken', path: '/seal/sha256', message }];
}

/** There is one text of a dossier; another with the same values was written by somebody else. */
function checkBytes(document: DossierDocument, text: string): Finding[] {
  const exported = dossierText(document);
  if (exported.ok && exported.value === text) return [];
  return [{ code: 'bytes-changed', path: '', message: 'the text is not the one that was exported (canonical JSON and one line end)' }];
}

const NAMES: Readonly<Record<LogBreak['code'], string>> = {
  'entry-missing': 'log-entry-missing',
  'entry-out-of-order': 'log-entry-out-of-order',
  'body-changed': 'log-body-changed',
  'entry-changed': 'log-entry-changed',
  'log-cut-short': 'log-entry-missing',
  'log-too-long': 'log-entry-added',
};

function checkLog({ log }: DossierDocument, digests: Digests): Finding[] {
  const { administration, debtor, head, entries } = log;
  const whole = entries.map(({ body = null, ...entry }) => ({ ...entry, body }));
  const broken = firstBreak({ administration, debtor }, whole, head, digests);
  return broken ? [{ code: NAMES[broken.code], path: '/log/entries', message: broken.message }] : [];
}
