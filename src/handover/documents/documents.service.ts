import { ConflictException, NotFoundException } from '@nestjs/common';
import type { Clock } from '../../kernel/clock.js';
import { InputError } from '../../kernel/errors.js';
import { DebtorEntity, InvoiceEntity } from '../../ledger/receivables.entity.js';
import type { Tenancy } from '../../platform/database/tenancy.js';
import { cleanFileName } from '../rules/attachments/file-name.js';
import { fileTypeOf } from '../rules/attachments/file-type.js';
import { withoutPersonalNumbers } from '../rules/attachments/personal-numbers.js';
import { ATTACHMENT_KINDS, type CaseAttachment } from '../rules/document/case-file.js';
import { type DocumentHead, DocumentRepository } from './document.repository.js';
import { emailFault } from './email-fault.js';

export interface GivenDocument {
  readonly debtorId: string;
  readonly invoiceId: string | null;
  /** One of `ATTACHMENT_KINDS`. */
  readonly kind: string;
  readonly fileName: string;
  readonly bytes: Buffer;
}

export interface DocumentView extends CaseAttachment {
  readonly invoiceId: string | null;
  readonly origin: DocumentHead['origin'];
  readonly addedAt: string;
}

/** A file as it leaves the house. */
export interface ReadDocument {
  readonly fileName: string;
  readonly mediaType: string;
  readonly sha256: string;
  readonly content: Buffer;
}

/** The evidence about the debtors of an administration, as its people keep it. */
export class Documents {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
  ) {}

  /** Throws 404 for a debtor that is not there. */
  list(administrationId: string, debtorId: string): Promise<DocumentView[]> {
    return this.tenancy.within(administrationId, async (manager) => {
      if (!(await manager.existsBy(DebtorEntity, { administrationId, id: debtorId }))) throw unknown('debtor', debtorId);
      return (await new DocumentRepository(manager, administrationId).list(debtorId)).map(toView);
    });
  }

  /**
   * Keeps what somebody uploaded. Throws {@link InputError} (`unknown-kind`, `file-*`, `case-full`) when it is not taken, 404 for a debtor or
   * an invoice that is not there, 409 `other-debtor` for an invoice of somebody else. Then nothing is kept.
   */
  async keep(administrationId: string, { debtorId, invoiceId, kind, fileName, bytes }: GivenDocument): Promise<DocumentView> {
    const known = ATTACHMENT_KINDS.find((each) => each === kind);
    if (!known) throw new InputError('unknown-kind', `kind must be one of ${ATTACHMENT_KINDS.join(', ')}`);
    const type = fileTypeOf(bytes, fileName);
    const fault = !type.ok ? type.error : type.value.ending === 'eml' ? await emailFault(bytes) : null;
    const place = { file: cleanFileName(fileName, 'file').replace(/\.file$/, '') };
    if (fault || !type.ok) throw new InputError(fault?.code ?? 'file-unknown', fault?.message ?? '', place);
    const { ending, mediaType } = type.value;
    const name = cleanFileName(withoutPersonalNumbers(fileName), ending);
    return this.tenancy.within(administrationId, async (manager) => {
      if (!(await manager.existsBy(DebtorEntity, { administrationId, id: debtorId }))) throw unknown('debtor', debtorId);
      if (invoiceId !== null) {
        const invoice = await manager.findOneBy(InvoiceEntity, { administrationId, id: invoiceId });
        if (!invoice) throw unknown('invoice', invoiceId);
        if (invoice.debtorId !== debtorId)
          throw new ConflictException({ code: 'other-debtor', message: `Invoice ${invoice.number} is of another debtor.` });
      }
      const document = { debtorId, invoiceId, kind: known, fileName: name, mediaType, content: bytes, origin: 'upload' as const };
      const kept = await new DocumentRepository(manager, administrationId).add(document, this.clock.now());
      if (!kept.ok) throw new InputError(kept.error.code, kept.error.message, place);
      return toView(kept.value);
    });
  }

  /** One document of a debtor with its content. Throws 404. */
  read(administrationId: string, debtorId: string, id: string): Promise<ReadDocument> {
    return this.tenancy.within(administrationId, async (manager) => {
      const documents = new DocumentRepository(manager, administrationId);
      const head = await documents.find(id);
      const content = head?.debtorId === debtorId ? await documents.content(id) : null;
      if (!head || !content) throw unknown('document', id);
      return { ...head, content };
    });
  }

  /** Cases it went out with keep it. Throws 404. */
  async remove(administrationId: string, debtorId: string, id: string): Promise<void> {
    await this.tenancy.within(administrationId, async (manager) => {
      const documents = new DocumentRepository(manager, administrationId);
      const head = await documents.find(id);
      if (head?.debtorId !== debtorId || !(await documents.remove(id, this.clock.now()))) throw unknown('document', id);
    });
  }
}

const unknown = (what: string, id: string): NotFoundException =>
  new NotFoundException({ code: `unknown-${what}`, message: `This administration has no ${what} ${id}.` });

const toView = ({ id, kind, fileName, mediaType, bytes, sha256, invoiceId, origin, addedAt }: DocumentHead): DocumentView => ({
  ...{ id, kind, fileName, mediaType, bytes, sha256, invoiceId, origin },
  addedAt: addedAt.toISOString(),
});
