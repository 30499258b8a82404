import { randomBytes } from 'node:crypto';
import { NotFoundException } from '@nestjs/common';
import { IsNull, MoreThan } from 'typeorm';
import type { Clock } from '../../kernel/clock.js';
import type { Tenancy } from '../../platform/database/tenancy.js';
import type { ProvenAgency } from '../callbacks/agency-directory.js';
import { digests } from '../digests.js';
import { type CaseFiles, documentOf } from './case-files.service.js';
import { DocumentLinkEntity } from './document-link.entity.js';
import { DocumentRepository } from './document.repository.js';
import type { ReadDocument } from './documents.service.js';

/** Below this a document is given to whoever has its link. */
export const LINKS_PATH = 'dossiers/links';
/** How long a link is good (agency-handover.md §11: at most a day). */
const LIVES_MS = 24 * 3_600_000;
const TOKEN_BYTES = 32;

export interface DocumentLink {
  readonly url: string;
  readonly expiresAt: string;
}

/** Links that give one document once, for an agency that fetches with something that cannot sign. */
export class DocumentLinks {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly files: CaseFiles,
    private readonly publicUrl: string,
  ) {}

  /** A new link; the one before it to the same document is over. Throws as {@link CaseFiles} does. */
  make(agency: ProvenAgency, caseId: string, documentId: string): Promise<DocumentLink> {
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const expiresAt = new Date(this.clock.now().getTime() + LIVES_MS);
    return this.files.within(agency, caseId, async (manager) => {
      const { administrationId, id: agencyId } = agency;
      if (!(await new DocumentRepository(manager, administrationId).ofCase(caseId, documentId))) throw gone();
      const link = { administrationId, caseId, documentId, agencyId, tokenSha256: digests.sha256(token), expiresAt, usedAt: null };
      await manager.upsert(DocumentLinkEntity, link, ['administrationId', 'caseId', 'documentId']);
      return { url: `${this.publicUrl}/${LINKS_PATH}/${token}`, expiresAt: expiresAt.toISOString() };
    });
  }

  /**
   * The document of a link, which is used up by it. Throws the same 404 for a link that never was, was used, is over, or whose case is no
   * longer its agency's.
   */
  async use(token: string): Promise<ReadDocument> {
    const tokenSha256 = digests.sha256(token);
    const link = await this.tenancy.directory((manager) => manager.findOneBy(DocumentLinkEntity, { tokenSha256 }));
    if (!link) throw gone();
    const { administrationId, caseId, documentId, agencyId } = link;
    try {
      return await this.files.within({ administrationId, id: agencyId }, caseId, async (manager) => {
        const now = this.clock.now();
        const unused = { administrationId, tokenSha256, usedAt: IsNull(), expiresAt: MoreThan(now) };
        if ((await manager.update(DocumentLinkEntity, unused, { usedAt: now })).affected !== 1) throw gone();
        return documentOf(manager, administrationId, caseId, documentId);
      });
    } catch (cause) {
      // Why it is closed is no business of whoever holds a link.
      if (cause instanceof Error && 'getStatus' in cause) throw gone();
      throw cause;
    }
  }
}

const gone = (): NotFoundException =>
  new NotFoundException({ code: 'no-document', message: 'There is no document here, or not any more.' });
