import { Packages } from '../../adapters/packages.js';
import type { Clock } from '../../kernel/clock.js';
import type { Settings } from '../../platform/config/settings.js';
import { Tenancy } from '../../platform/database/tenancy.js';
import { CLOCK, SETTINGS } from '../../platform/platform.module.js';
import { CaseArchive } from './case-archive.service.js';
import { CaseFilesController } from './case-files.controller.js';
import { CaseFiles } from './case-files.service.js';
import { DocumentLinksController } from './document-links.controller.js';
import { DocumentLinks } from './document-links.service.js';
import { DocumentsController } from './documents.controller.js';
import { Documents } from './documents.service.js';
import { PackageCopies } from './package-copies.service.js';

/** The evidence, for the module of handovers. */
export const documentControllers = [DocumentsController, CaseFilesController, DocumentLinksController];

export const documentProviders = [
  { provide: Documents, useFactory: (tenancy: Tenancy, clock: Clock) => new Documents(tenancy, clock), inject: [Tenancy, CLOCK] },
  { provide: CaseFiles, useFactory: (tenancy: Tenancy) => new CaseFiles(tenancy), inject: [Tenancy] },
  { provide: CaseArchive, useFactory: (tenancy: Tenancy) => new CaseArchive(tenancy), inject: [Tenancy] },
  {
    provide: PackageCopies,
    useFactory: (tenancy: Tenancy, clock: Clock, packages: Packages) => new PackageCopies(tenancy, clock, packages),
    inject: [Tenancy, CLOCK, Packages],
  },
  {
    provide: DocumentLinks,
    useFactory: (tenancy: Tenancy, clock: Clock, files: CaseFiles, { publicUrl }: Settings) =>
      new DocumentLinks(tenancy, clock, files, publicUrl),
    inject: [Tenancy, CLOCK, CaseFiles, SETTINGS],
  },
];
