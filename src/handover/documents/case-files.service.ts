import { ConflictException, NotFoundException } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Tenancy } from '../../platform/database/tenancy.js';
import type { ProvenAgency } from '../callbacks/agency-directory.js';
import { CaseRepository } from '../case.repository.js';
import { AgencyEntity, type HandoverCaseEntity, type HandoverDossierEntity } from '../handover.entity.js';
import { DocumentRepository } from './document.repository.js';
import type { ReadDocument } from './documents.service.js';

/** What an agency has nothing to look for in any more: the claim is no longer its business. */
export const GIVEN_BACK: readonly HandoverCaseEntity['state'][] = ['REJECTED', 'WITHDRAWN'];

/**
 * What agencies may fetch of their cases. Whatever is not theirs is unknown (404), without a hint whether it exists elsewhere; an agency
 * nothing is to go to gets nothing either (409 `agency-disabled`).
 */
export class CaseFiles {
  constructor(private readonly tenancy: Tenancy) {}

  /** The dossier as it was sent last, to the byte. */
  dossier(agency: ProvenAgency, caseId: string): Promise<HandoverDossierEntity> {
    return this.within(agency, caseId, (manager, { version }) => dossierOf(manager, agency.administrationId, caseId, version));
  }

  document(agency: ProvenAgency, caseId: string, documentId: string): Promise<ReadDocument> {
    return this.within(agency, caseId, (manager) => documentOf(manager, agency.administrationId, caseId, documentId));
  }

  /** Runs `work` when the case is this agency's and it may have it. */
  within<T>(
    { administrationId, id }: ProvenAgency,
    caseId: string,
    work: (manager: EntityManager, found: HandoverCaseEntity) => Promise<T>,
  ): Promise<T> {
    return this.tenancy.within(administrationId, async (manager) => {
      const agency = await manager.findOneBy(AgencyEntity, { administrationId, id });
      if (agency?.state === 'disabled')
        throw new ConflictException({ code: 'agency-disabled', message: 'Nothing is sent to this agency until it is enabled again.' });
      const found = await new CaseRepository(manager, administrationId).ofAgency(id, caseId);
      if (!agency || !found || GIVEN_BACK.includes(found.state)) throw unknownCase();
      return work(manager, found);
    });
  }
}

export const unknownCase = (): NotFoundException => new NotFoundException({ code: 'unknown-case', message: 'There is no such case.' });

/** Throws 404 when the case did not go out with it. */
export async function documentOf(
  manager: EntityManager,
  administrationId: string,
  caseId: string,
  documentId: string,
): Promise<ReadDocument> {
  const documents = new DocumentRepository(manager, administrationId);
  const head = await documents.ofCase(caseId, documentId);
  const content = head && (await documents.content(documentId));
  if (!head || !content) throw new NotFoundException({ code: 'unknown-document', message: 'There is no such document.' });
  return { ...head, content };
}

/** Throws 404 when none was sent yet. */
export async function dossierOf(
  manager: EntityManager,
  administrationId: string,
  caseId: string,
  version: number,
): Promise<HandoverDossierEntity> {
  const dossier = await new CaseRepository(manager, administrationId).dossier(caseId, version);
  if (!dossier) throw unknownCase();
  return dossier;
}
