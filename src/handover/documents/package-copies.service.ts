import { setTimeout as sleep } from 'node:timers/promises';
import type { AccountingPackage, Attachment } from '../../adapters/accounting-package.port.js';
import { PackageError } from '../../adapters/accounting-package.port.js';
import type { Packages } from '../../adapters/packages.js';
import type { Clock } from '../../kernel/clock.js';
import type { Tenancy } from '../../platform/database/tenancy.js';
import { cleanFileName } from '../rules/attachments/file-name.js';
import { fileTypeOf } from '../rules/attachments/file-type.js';
import { FILE_BYTES_MAX } from '../rules/attachments/limits.js';
import { DocumentRepository } from './document.repository.js';

/** Copies asked for at a time: the others when it is prepared again. */
const COPIES_MAX = 25;
/** For all of them: somebody waits in front of a page. */
const PATIENCE_MS = 20_000;

/** What is about to be handed over: as an act proposes it, or as a person chose. */
export interface CopiesWanted {
  readonly actId: string | null;
  readonly invoiceIds: readonly string[] | null;
}

export interface BroughtCopies {
  readonly kept: number;
  /** Those the package gave no copy of that could be kept, with why. */
  readonly missing: readonly { readonly number: string; readonly because: string }[];
}

interface InvoiceRow {
  readonly id: string;
  readonly number: string;
  readonly debtor_id: string;
  readonly package_ref: string;
}

/** Copies of invoices out of the package, as evidence. Calls the package, so it is not for inside a unit of work. */
export class PackageCopies {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly packages: Pick<Packages, 'of'>,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  /**
   * Brings the copies of invoices that have none yet, at most 25 of them and within twenty seconds; a copy that a person took out is not
   * brought again. What cannot be had is told, never thrown: a person may upload it.
   */
  async bring(administrationId: string, wanted: CopiesWanted): Promise<BroughtCopies> {
    const invoices = await this.without(administrationId, wanted);
    const bookkeeping = invoices.length === 0 ? null : await this.packages.of(administrationId);
    if (!bookkeeping?.invoiceCopy) return { kept: 0, missing: [] };
    const missing: { number: string; because: string }[] = [];
    const until = performance.now() + this.patienceMs;
    let kept = 0;
    for (const invoice of invoices) {
      const because = await this.keep(administrationId, invoice, await this.fetch(bookkeeping, invoice, until - performance.now()));
      if (because === null) kept++;
      else missing.push({ number: invoice.number, because });
    }
    return { kept, missing };
  }

  private without(administrationId: string, { actId, invoiceIds }: CopiesWanted): Promise<InvoiceRow[]> {
    return this.tenancy.within(
      administrationId,
      (manager) =>
        manager.query(
          `SELECT invoice.id, invoice.number, invoice.debtor_id, administration.package_ref
             FROM invoice JOIN administration ON administration.id = invoice.administration_id
            WHERE invoice.administration_id = $1 AND invoice.deleted_at IS NULL AND invoice.kind = 'invoice'
              AND (invoice.id = ANY ($2::text[]) OR ($2::text[] IS NULL AND invoice.id IN (
                    SELECT jsonb_array_elements_text(decision -> 'invoiceIds') FROM act WHERE administration_id = $1 AND id = $3)))
              AND NOT EXISTS (SELECT FROM debtor_document document WHERE document.administration_id = $1
                                 AND document.invoice_id = invoice.id AND document.kind = 'INVOICE')
            ORDER BY invoice.id LIMIT ${COPIES_MAX}`,
          [administrationId, invoiceIds, actId],
        ) as Promise<InvoiceRow[]>,
    );
  }

  /** The copy, or why there is none. */
  private async fetch(bookkeeping: AccountingPackage, { id, package_ref: ref }: InvoiceRow, leftMs: number): Promise<Attachment | string> {
    if (leftMs <= 0) return 'there was no time left to ask for it';
    const over = new AbortController();
    const late = sleep(leftMs, 'the package did not give it in time', { signal: over.signal }).catch(() => 'over');
    const asked = bookkeeping.invoiceCopy?.(ref, id).then(
      (copy) => copy ?? 'the package keeps none',
      (cause: unknown) => {
        if (cause instanceof PackageError) return cause.message;
        throw cause;
      },
    );
    try {
      return await Promise.race([asked ?? 'the package keeps none', late]);
    } finally {
      over.abort();
    }
  }

  /** Keeps a copy; gives why not. What a package keeps is looked at like what a person uploads. */
  private async keep(administrationId: string, { id, debtor_id: debtorId }: InvoiceRow, copy: Attachment | string): Promise<string | null> {
    if (typeof copy === 'string') return copy;
    const content = Buffer.from(copy.base64, 'base64');
    if (content.length > FILE_BYTES_MAX) return `it has more than ${FILE_BYTES_MAX / 1024 ** 2} MB`;
    const type = fileTypeOf(content, copy.fileName);
    if (!type.ok) return type.error.message;
    const { ending, mediaType } = type.value;
    const document = { debtorId, invoiceId: id, kind: 'INVOICE' as const, mediaType, content, origin: 'package' as const };
    const kept = await this.tenancy.within(administrationId, (manager) =>
      new DocumentRepository(manager, administrationId).add(
        { ...document, fileName: cleanFileName(copy.fileName, ending) },
        this.clock.now(),
      ),
    );
    return kept.ok ? null : kept.error.message;
  }
}
