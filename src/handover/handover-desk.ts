import type { Dossier } from '../dossier/dossier-desk.js';
import { refused } from '../dossier/refusals.js';
import type { DebtorFacts } from '../dunning/rules/facts.js';
import { toldIn } from '../dunning/act.repository.js';
import { ConflictException } from '@nestjs/common';
import { unwrap } from '../kernel/result.js';
import type { Invoice } from '../ledger/rules/book.js';
import { buildCaseFile, type CaseHead } from './case-file.builder.js';
import type { SealedDossier } from './case-news.js';
import { digests } from './digests.js';
import { DossierLog } from './dossier-log.js';
import { dossierSchemaCheck } from './dossier-schema.js';
import { attachmentsFor } from './documents/attachments.js';
import { minimised } from './rules/attachments/minimised.js';
import { checkDossier, type SchemaCheck } from './rules/document/check-dossier.js';
import { composeDossier } from './rules/document/compose-dossier.js';
import type { DossierDocument } from './rules/document/dossier.js';
import { dossierText } from './rules/document/seal.js';
import type { Readiness } from './rules/readiness/readiness.js';
import { tellReadiness } from './rules/readiness/reasons.js';

let compiled: SchemaCheck | null = null;
/** Compiled once: it never changes while we run. */
const schema = (): SchemaCheck => (compiled ??= dossierSchemaCheck());

/** A version of a dossier as it is kept. */
export interface SealedVersion extends SealedDossier {
  readonly content: DossierDocument;
}

/**
 * Makes a version of the dossier of a case that is there, with the debtor's log linked up to now. Throws 409 with the reason when it would
 * not be whole: `log-broken`, what the books cannot be told as (`does-not-add-up`), or what our own check finds in it (`dossier-invalid`):
 * nothing leaves that a receiver would have to refuse.
 */
export async function sealVersion(
  dossier: Dossier,
  facts: DebtorFacts,
  head: Omit<CaseHead, 'attachments' | 'log'> & { readonly items: readonly Invoice[] },
): Promise<SealedVersion> {
  const { manager, administration, context } = dossier;
  const debtorId = facts.debtor.id;
  const log = new DossierLog(manager, administration.id);
  await log.link(debtorId);
  const entries = await log.entries(debtorId);
  const broken = await log.broken(debtorId, entries);
  if (broken) throw refused('log-broken', `the dossier of this debtor is not what was written: ${broken.message}`);
  const { caseId, version, items } = head;
  const invoiceIds = items.map(({ id }) => id);
  const attachments = await attachmentsFor(manager, administration.id, { debtorId, invoiceIds, caseId, version });
  const file = await buildCaseFile(dossier, facts, { ...head, attachments, log: entries });
  if (!file.ok) throw refused(file.error.code, file.error.message);
  const composed = composeDossier(context.law, minimised(file.value), digests);
  if (!composed.ok) throw refused(composed.error.code, composed.error.message);
  const document = unwrap(dossierText(composed.value));
  const [finding] = checkDossier(new TextEncoder().encode(document), schema(), digests).findings;
  if (finding) throw refused('dossier-invalid', `the dossier is not whole: ${finding.path || '/'}: ${finding.message}`);
  return { version, document, sha256: digests.sha256(document), content: composed.value };
}

/** 409 with every reason that stands in the way, in the language of the administration. */
export function notReady(readiness: Readiness, language: string): ConflictException {
  const told = toldIn(language);
  const errors = readiness.reasons.map((reason) => ({ field: reason.code, message: tellReadiness(reason, told) }));
  return new ConflictException({ code: 'not-ready', message: errors[0]?.message ?? 'this cannot be handed over', errors });
}
