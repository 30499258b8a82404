import type { EntityManager } from 'typeorm';
import type { LetterPaper } from '../../correspondence/letter-paper.js';
import { letterPdf } from '../../correspondence/letter-pdf.js';
import { letterFileName } from '../../correspondence/rules/letter-file-name.js';
import { digests } from '../digests.js';
import { DocumentRepository } from './document.repository.js';

/** As many letters as a claim may have; the newest. More would be no chronology any more. */
const LETTERS_MAX = 200;

interface ClaimedInvoices {
  readonly debtorId: string;
  readonly invoiceIds: readonly string[];
}

/**
 * Keeps the letters that went out about these invoices as documents, each set on paper from what was kept with its mail: the same letter is
 * the same file each time. Gives the SHA-256 of each by its act, which is the id of its contact. Those that went before letters were kept,
 * or by post, are not in it. A letter the case has no more room for is not kept, and not in it either.
 */
export async function keepSentLetters(
  manager: EntityManager,
  administrationId: string,
  { debtorId, invoiceIds }: ClaimedInvoices,
  now: Date,
): Promise<ReadonlyMap<string, string>> {
  const rows = (await manager.query(
    `SELECT e.act_id AS "actId", e.result->'mail'->'paper' AS paper, c.invoice_ids AS "invoiceIds"
       FROM contact c JOIN effect e ON e.administration_id = c.administration_id AND e.act_id::text = c.id
      WHERE c.administration_id = $1 AND c.debtor_id = $2 AND c.invoice_ids && $3::text[]
        AND e.kind = 'mail' AND e.state = 'done' AND e.result->'mail'->'paper' IS NOT NULL
        AND NOT EXISTS (SELECT FROM returned_contact back
                         WHERE back.administration_id = $1 AND back.contact_id = c.id AND back.undelivered)
      ORDER BY c.sent_on DESC, c.id LIMIT ${LETTERS_MAX}`,
    [administrationId, debtorId, [...invoiceIds]],
  )) as { actId: string; paper: LetterPaper; invoiceIds: string[] }[];
  const documents = new DocumentRepository(manager, administrationId);
  const hashes = new Map<string, string>();
  for (const { actId, paper, invoiceIds: about } of rows.reverse()) {
    const content = await letterPdf(paper);
    const [only] = about;
    const kept = await documents.add(
      {
        debtorId,
        // A letter about several invoices is about the debtor as a whole.
        invoiceId: about.length === 1 && only !== undefined ? only : null,
        ...{ kind: 'REMINDER', mediaType: 'application/pdf', content, origin: 'sent' },
        fileName: `${paper.date}-${letterFileName(paper.subject)}`,
      },
      now,
    );
    if (kept.ok) hashes.set(actId, digests.sha256(content));
  }
  return hashes;
}
