import type { PlainDate } from '../../kernel/plain-date.js';
import type { Tenancy } from '../../platform/database/tenancy.js';
import { digests } from '../digests.js';
import type { HandoverDossierEntity } from '../handover.entity.js';
import { annexNames } from '../rules/attachments/annexes.js';
import type { DossierDocument } from '../rules/document/dossier.js';
import { portalCsv } from '../rules/document/portal-csv.js';
import { documentOf } from './case-files.service.js';
import { coverPdf } from './cover-pdf.js';
import { type ZipEntry, zipped } from './zip.js';

/** The files beside the annexes; what a bailiff opens first comes first. */
const FILES = { cover: 'cover.pdf', dossier: 'dossier.json', csv: 'portal.csv', manifest: 'manifest.json' } as const;

/** A line of the manifest. */
interface Listed {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** The whole of a case as one zip: the cover, the dossier as it was sealed, the portal's CSV, the annexes, and what there is with its hashes. */
export class CaseArchive {
  constructor(private readonly tenancy: Tenancy) {}

  fileName({ caseId, version }: HandoverDossierEntity): string {
    return `dossier-${caseId}-${version}.zip`;
  }

  /**
   * The bytes of the archive, one document at a time; the same dossier gives the same bytes. Breaks off (throws) when a document is not the
   * one its dossier names: better no archive than another one.
   */
  of({ administrationId, caseId, version, document }: HandoverDossierEntity): AsyncGenerator<Uint8Array> {
    const dossier = JSON.parse(document) as DossierDocument;
    return zipped(this.entries(administrationId, { caseId, version, document, dossier }), dossier.submittedAt.slice(0, 10) as PlainDate);
  }

  private async *entries(administrationId: string, { caseId, version, document, dossier }: Sealed): AsyncGenerator<ZipEntry> {
    const listed: Listed[] = [];
    const entry = (name: string, content: Uint8Array): ZipEntry => {
      listed.push({ name, bytes: content.length, sha256: digests.sha256(content) });
      return { name, content };
    };
    yield entry(FILES.cover, await coverPdf(dossier));
    yield entry(FILES.dossier, Buffer.from(document));
    yield entry(FILES.csv, Buffer.from(portalCsv(dossier)));
    for (const { id, sha256, name } of annexNames(dossier.attachments)) {
      const { content } = await this.tenancy.within(administrationId, (manager) => documentOf(manager, administrationId, caseId, id));
      if (digests.sha256(content) !== sha256) throw new Error(`document ${id} of case ${caseId} is not the one its dossier names`);
      yield entry(`annexes/${name}`, content);
    }
    yield { name: FILES.manifest, content: Buffer.from(`${JSON.stringify({ caseId, version, files: listed }, null, 2)}\n`) };
  }
}

interface Sealed extends Pick<HandoverDossierEntity, 'caseId' | 'version' | 'document'> {
  readonly dossier: DossierDocument;
}
