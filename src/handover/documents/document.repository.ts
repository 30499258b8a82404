import { type EntityManager, In, IsNull } from 'typeorm';
import { type Result, err, ok } from '../../kernel/result.js';
import { derivedUuid } from '../../platform/database/ids.js';
import { digests } from '../digests.js';
import { DebtorDocumentEntity, HandoverDocumentEntity } from '../handover.entity.js';
import type { FileType } from '../rules/attachments/file-type.js';
import { CASE_BYTES_MAX } from '../rules/attachments/limits.js';
import type { CaseAttachment } from '../rules/document/case-file.js';

/** A document without its content. */
export type DocumentHead = Omit<DebtorDocumentEntity, 'content'>;

/** Evidence that is about to be kept; checked before. */
export interface NewDocument {
  readonly debtorId: string;
  /** Null: about the debtor as a whole. */
  readonly invoiceId: string | null;
  readonly kind: CaseAttachment['kind'];
  /** Clean. */
  readonly fileName: string;
  readonly mediaType: FileType['mediaType'];
  readonly content: Buffer;
  readonly origin: DebtorDocumentEntity['origin'];
}

/** The evidence of one administration; all methods run inside a unit of work of it. */
export class DocumentRepository {
  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
  ) {}

  /**
   * Keeps a document. The same content of a debtor stands there once: one that is there stays as it is, one that was removed comes back
   * under what it is called now. Refuses `case-full` when the documents of a debtor would be more than a case may have.
   */
  async add(document: NewDocument, now: Date): Promise<Result<DocumentHead>> {
    const { administrationId } = this;
    const { debtorId, invoiceId, kind, fileName, mediaType, content, origin } = document;
    await this.manager.query('SELECT 1 FROM debtor WHERE administration_id = $1 AND id = $2 FOR UPDATE', [administrationId, debtorId]);
    const sha256 = digests.sha256(content);
    const id = derivedUuid('debtor-document', administrationId, debtorId, sha256);
    const there = await this.find(id);
    if (there?.removedAt === null) return ok(there);
    const used = (await this.list(debtorId)).reduce((sum, each) => sum + each.bytes, 0);
    if (used + content.length > CASE_BYTES_MAX) {
      const message = `with ${fileName} the documents of this debtor would be more than ${CASE_BYTES_MAX / 1024 ** 2} MB`;
      return err({ code: 'case-full', message });
    }
    const head = { invoiceId, kind, fileName, origin, addedAt: now, removedAt: null };
    if (there) await this.manager.update(DebtorDocumentEntity, { administrationId, id }, head);
    else {
      const row = { administrationId, id, debtorId, ...head, mediaType, bytes: content.length, sha256, content };
      await this.manager.insert(DebtorDocumentEntity, row);
    }
    return ok({ ...(there ?? { administrationId, id, debtorId, mediaType, bytes: content.length, sha256 }), ...head });
  }

  find(id: string): Promise<DocumentHead | null> {
    return this.manager.findOneBy(DebtorDocumentEntity, { administrationId: this.administrationId, id });
  }

  /** What is there for cases to come, oldest first. */
  list(debtorId: string): Promise<DocumentHead[]> {
    return this.manager.find(DebtorDocumentEntity, {
      where: { administrationId: this.administrationId, debtorId, removedAt: IsNull() },
      order: { addedAt: 'ASC', id: 'ASC' },
    });
  }

  async content(id: string): Promise<Buffer | null> {
    const row = await this.manager.findOne(DebtorDocumentEntity, {
      where: { administrationId: this.administrationId, id },
      select: { administrationId: true, id: true, content: true },
    });
    return row?.content ?? null;
  }

  /** Takes a document out of what goes with cases to come; those it went with keep it. False when it was not there. */
  async remove(id: string, now: Date): Promise<boolean> {
    const where = { administrationId: this.administrationId, id, removedAt: IsNull() };
    return (await this.manager.update(DebtorDocumentEntity, where, { removedAt: now })).affected === 1;
  }

  /** Remembers that a case went out with these; its agency may fetch them from now on. */
  async sentWith(caseId: string, version: number, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    await this.manager
      .createQueryBuilder()
      .insert()
      .into(HandoverDocumentEntity)
      .values(ids.map((documentId) => ({ administrationId: this.administrationId, caseId, documentId, fromVersion: version })))
      .orIgnore()
      .execute();
  }

  /** A document a case went out with; null for any other. */
  async ofCase(caseId: string, documentId: string): Promise<DocumentHead | null> {
    const { administrationId } = this;
    const sent = await this.manager.existsBy(HandoverDocumentEntity, { administrationId, caseId, documentId });
    return sent ? this.find(documentId) : null;
  }

  /** Everything a case went out with. */
  async allOfCase(caseId: string): Promise<DocumentHead[]> {
    const { administrationId } = this;
    const sent = await this.manager.findBy(HandoverDocumentEntity, { administrationId, caseId });
    return this.manager.find(DebtorDocumentEntity, {
      where: { administrationId, id: In(sent.map(({ documentId }) => documentId)) },
      order: { addedAt: 'ASC', id: 'ASC' },
    });
  }
}
