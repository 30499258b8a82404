import { letterPdf } from '../../correspondence/letter-pdf.js';
import { letterLanguage } from '../../correspondence/rules/localized.js';
import type { DossierDocument } from '../rules/document/dossier.js';
import { coverPaper } from './cover-paper.js';

/** The cover of a dossier as PDF, in the dossier's language where there is one of ours, else in Dutch. The same dossier gives the same bytes. */
export const coverPdf = (document: DossierDocument): Promise<Buffer> =>
  letterPdf(coverPaper(document, letterLanguage(document.language, 'nl')));
