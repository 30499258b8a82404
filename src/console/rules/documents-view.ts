import type { Texts } from '../texts.js';
import type { Format } from './format.js';
import { wordFor } from './words.js';

/** A document as the API gives it. */
export interface DocumentFacts {
  readonly id: string;
  readonly kind: string;
  readonly fileName: string;
  readonly bytes: number;
  readonly invoiceId: string | null;
  readonly origin: string;
  readonly addedAt: string;
}

/** The evidence about a debtor, as a list. */
export const showDocuments = (documents: readonly DocumentFacts[], { documents: words, none }: Texts, format: Format) =>
  documents.map(({ id, kind, fileName, bytes, invoiceId, origin, addedAt }) => ({
    ...{ id, fileName, invoice: invoiceId ?? none },
    kind: wordFor(words.kindWord, kind),
    origin: wordFor(words.originWord, origin),
    size: `${Math.max(1, Math.round(bytes / 1024))} kB`,
    added: format.moment(addedAt),
  }));
