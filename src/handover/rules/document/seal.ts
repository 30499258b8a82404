import type { Result } from '../../../kernel/result.js';
import type { Digests } from '../digests.js';
import { canonicalJson } from '../log/canonical.js';
import type { DossierDocument } from './dossier.js';

/** Name of the frozen form: SHA-256 of the canonical JSON of the document without its seal. */
export const SEAL_FORM = 'tegoed.seal/1';

/** The document as it stands before it is sealed. */
export type Unsealed = Omit<DossierDocument, 'seal'>;

export function sealOf(document: Unsealed, { sha256 }: Digests): Result<DossierDocument['seal']> {
  const canonical = canonicalJson(document);
  return canonical.ok ? { ok: true, value: { form: SEAL_FORM, sha256: sha256(canonical.value) } } : canonical;
}

/**
 * The bytes a document is exported as: its canonical JSON and a line end. There is one such text for a document, so whatever is changed
 * in it either changes a value, which the seal shows, or is not this text.
 */
export function dossierText(document: DossierDocument): Result<string> {
  const canonical = canonicalJson(document);
  return canonical.ok ? { ok: true, value: `${canonical.value}\n` } : canonical;
}
