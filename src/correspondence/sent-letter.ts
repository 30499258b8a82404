import type { Tenancy } from '../platform/database/tenancy.js';
import type { LetterPaper } from './letter-paper.js';
import { letterPdf } from './letter-pdf.js';
import { letterFileName } from './rules/letter-file-name.js';

/** A letter as a file for people to keep. */
export interface LetterFile {
  readonly fileName: string;
  readonly content: Buffer;
}

/**
 * The letter of an act as it went out by mail: set on paper from what was kept with the mail, nothing decided or written anew, so it is the
 * same file each time. Null when no mail of the act went out, or it went before letters were kept.
 */
export async function sentLetter(tenancy: Tenancy, administrationId: string, actId: string): Promise<LetterFile | null> {
  const rows = (await tenancy.within(administrationId, (manager) =>
    manager.query(
      `SELECT result->'mail'->'paper' AS paper FROM effect
        WHERE administration_id = $1 AND act_id = $2 AND kind = 'mail' AND state = 'done'
          AND result->'mail'->'paper' IS NOT NULL
        LIMIT 1`,
      [administrationId, actId],
    ),
  )) as { paper: LetterPaper }[];
  const [kept] = rows;
  if (!kept) return null;
  return { fileName: letterFileName(kept.paper.subject), content: await letterPdf(kept.paper) };
}
