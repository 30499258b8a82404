import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type ReferenceKind, normalizeReference, referenceKinds } from '../../src/kernel/identifiers/payment-reference.js';

/** References seen in the world, with what they are; the corpus stands beside the project and is not part of it. */
const CORPUS = new URL('../../../shared/corpus/payment-references.json', import.meta.url);

interface Known {
  readonly kind: string;
  readonly reference: string;
  readonly valid: boolean;
  readonly note?: string;
}
const KINDS: Readonly<Record<string, ReferenceKind>> = {
  'nl-betalingskenmerk': 'nl-betalingskenmerk',
  'be-ogm': 'be-ogm',
  'iso-11649': 'rf',
  'ch-qrr': 'ch-qrr',
  'fi-viite': 'fi-viite',
};

if (existsSync(CORPUS)) {
  const known = JSON.parse(readFileSync(CORPUS, 'utf8')) as Known[];
  // Seven digits carry no check: any invoice number would pass, so the kernel does not call them a reference.
  const unchecked = ({ kind, reference }: Known): boolean => kind === 'nl-betalingskenmerk' && /^\d{7}$/.test(reference);

  describe('the corpus of payment references', () => {
    it.each(known.filter((entry) => !unchecked(entry)))('$kind $reference: $valid', ({ kind, reference, valid }) => {
      const expected = KINDS[kind];
      if (!expected) throw new Error(`the corpus has a kind that is not known here: ${kind}`);
      expect(referenceKinds(normalizeReference(reference)).includes(expected)).toBe(valid);
    });

    it.each(known.filter(unchecked))('$reference is not recognised: it has no check digit', ({ reference }) => {
      expect(referenceKinds(normalizeReference(reference))).not.toContain('nl-betalingskenmerk');
    });
  });
} else {
  process.stderr.write(`payment-references.spec: skipped, there is no corpus at ${CORPUS.pathname}\n`);
  describe('the corpus of payment references', () => {
    it.skip('is not there: ../shared/corpus/payment-references.json', () => undefined);
  });
}
