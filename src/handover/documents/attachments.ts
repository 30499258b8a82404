import type { EntityManager } from 'typeorm';
import type { DocumentHead } from './document.repository.js';
import { DocumentRepository } from './document.repository.js';
import { ATTACHMENT_KINDS, type CaseAttachment } from '../rules/document/case-file.js';

interface CaseDocuments {
  readonly debtorId: string;
  readonly invoiceIds: readonly string[];
  readonly caseId: string;
  /** Of the dossier that is being made. */
  readonly version: number;
}

/**
 * The documents of a dossier: those about the debtor as a whole and about these invoices, by kind, then by name. Remembers that the case
 * went out with them, so the case has to be there; keep letters and copies first (`keepSentLetters`, `PackageCopies`).
 */
export async function attachmentsFor(
  manager: EntityManager,
  administrationId: string,
  { debtorId, invoiceIds, caseId, version }: CaseDocuments,
): Promise<CaseAttachment[]> {
  const documents = new DocumentRepository(manager, administrationId);
  const fitting = (await documents.list(debtorId)).filter(({ invoiceId }) => invoiceId === null || invoiceIds.includes(invoiceId));
  const attachments = fitting.map(toAttachment).sort(byKindAndName);
  await documents.sentWith(
    caseId,
    version,
    attachments.map(({ id }) => id),
  );
  return attachments;
}

const toAttachment = ({ id, kind, fileName, mediaType, bytes, sha256 }: DocumentHead): CaseAttachment => ({
  id,
  kind,
  fileName,
  mediaType,
  bytes,
  sha256,
});

const byKindAndName = (a: CaseAttachment, b: CaseAttachment): number =>
  ATTACHMENT_KINDS.indexOf(a.kind) - ATTACHMENT_KINDS.indexOf(b.kind) || (sortKey(a) < sortKey(b) ? -1 : 1);
const sortKey = ({ fileName, id }: CaseAttachment): string => `${fileName}\u0000${id}`;
