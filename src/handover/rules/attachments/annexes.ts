import type { DossierDocument } from '../document/dossier.js';

type Attachment = DossierDocument['attachments'][number];

/** An annex as the cover calls it. */
export interface Annex extends Attachment {
  /** `01`, as many digits as the last one has. */
  readonly number: string;
  /** The number and the file's own name: no two alike. */
  readonly name: string;
}

/** The attachments of a dossier in its order, numbered from 1. */
export function annexNames(attachments: readonly Attachment[]): Annex[] {
  const digits = Math.max(2, String(attachments.length).length);
  return attachments.map((attachment, at) => {
    const number = String(at + 1).padStart(digits, '0');
    return { ...attachment, number, name: `${number} ${attachment.fileName}` };
  });
}
