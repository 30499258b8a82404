import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { attachmentsFor } from '../../../src/handover/documents/attachments.js';
import { CaseRepository } from '../../../src/handover/case.repository.js';
import { digests } from '../../../src/handover/digests.js';
import { AgencyEntity } from '../../../src/handover/handover.entity.js';
import type { CaseFile } from '../../../src/handover/rules/document/case-file.js';
import { signedRequest } from '../../../src/handover/rules/callback/signed-request.js';
import { KeyRings, newKey, signed } from '../../../src/handover/signing.js';
import type { KeyRing } from '../../../src/handover/rules/webhook/key-ring.js';
import type { ManualClock } from '../../../src/kernel/clock.js';
import { plainDate } from '../../../src/kernel/plain-date.js';
import { AdministrationEntity } from '../../../src/ledger/administration.entity.js';
import { DebtorEntity, InvoiceEntity } from '../../../src/ledger/receivables.entity.js';
import { Sealer } from '../../../src/platform/secrets/sealer.js';
import { administrationRow, debtorRow, invoiceRow } from '../../support/rows.js';
import type { RunningService } from '../../support/running-service.js';
import { debtor, exported, sampleCase, sampleDossier } from './sample-case.js';

/** An agency of an administration, and the key it signs with. */
export interface TestAgency {
  readonly id: string;
  readonly ring: KeyRing;
}

/** An administration whose debtor `d-1` owes the invoices of the sample, with a key to it. */
export class Creditor {
  private constructor(
    readonly house: RunningService,
    private readonly clock: ManualClock,
    readonly id: string,
    readonly key: string,
  ) {}

  static async in(house: RunningService, clock: ManualClock, given: Partial<AdministrationEntity> = {}): Promise<Creditor> {
    const row = administrationRow({ mode: 'live', package: 'file', ...given });
    const creditor = new Creditor(house, clock, row.id, await house.keys.issue('test', [row.id]));
    await creditor.within(async (manager) => {
      await manager.insert(AdministrationEntity, row as never);
      await manager.insert(DebtorEntity, debtorRow({ administrationId: row.id, id: 'd-1', name: debtor.name }) as never);
      const invoices = ['F-1', 'F-2', 'F-3'].map((number) =>
        invoiceRow({ administrationId: row.id, debtorId: 'd-1', id: `id-${number}`, number, amount: 1000_00, packageOpen: 1000_00 }),
      );
      await manager.insert(InvoiceEntity, invoices as never);
    });
    return creditor;
  }

  within<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.house.tenancy.within(this.id, work);
  }

  async agency(given: Partial<AgencyEntity> = {}): Promise<TestAgency> {
    const id = randomUUID();
    const { id: keyId, secret } = newKey();
    const ring: KeyRing = [{ id: keyId, secret, until: null }] as never;
    const rings = new KeyRings(this.house.service.app.get(Sealer));
    const row = {
      ...{ administrationId: this.id, id, name: 'Incasso Proef', kind: 'agency', segments: ['B2B'], registrations: [] },
      ...{ url: 'https://agency.example/hooks', keys: rings.seal([], id), channel: 'webhook', channelSettings: {}, payload: 'full' },
      ...{ vocabulary: 'canonical', callbackKeys: rings.seal(ring, `callbacks of ${id}`), state: 'active', stateBecause: null },
      ...{ createdAt: this.clock.now(), ...given },
    };
    await this.within((manager) => manager.insert(AgencyEntity, row as never));
    return { id, ring };
  }

  /** Hands all three invoices to an agency, with the evidence there is. Gives the case. */
  async handOver(agency: TestAgency, given: Partial<CaseFile> = {}): Promise<string> {
    const caseId = randomUUID();
    const now = this.clock.now();
    await this.within(async (manager) => {
      const cases = new CaseRepository(manager, this.id);
      const invoiceIds = ['id-F-1', 'id-F-2', 'id-F-3'];
      await cases.open(
        {
          ...{ id: caseId, debtorId: 'd-1', agencyId: agency.id, actId: null, service: 'AMICABLE', currency: 'EUR', principal: 1787_25 },
          ...{ approvedBy: 'test', approvedAt: now, handedOverOn: plainDate('2026-11-23'), exclusiveUntil: null },
        } as never,
        invoiceIds.map((invoiceId) => ({ invoiceId, principal: 1_00, knownOpen: 1_00 })),
      );
      const attachments = await attachmentsFor(manager, this.id, { debtorId: 'd-1', invoiceIds, caseId, version: 1 });
      const { creditor } = sampleCase();
      const administration = { ...creditor.administration, id: this.id };
      const document = Buffer.from(
        exported(sampleDossier({ caseId, creditor: { ...creditor, administration }, log: [], attachments, ...given })),
      ).toString('utf8');
      await cases.keepDossier({ caseId, version: 1, document, sha256: digests.sha256(document), madeAt: now });
    });
    return caseId;
  }

  /** A request of its people, over the socket. */
  ask(method: string, path: string, body?: FormData): Promise<Response> {
    const url = `${this.house.url}/api/v1/administrations/${this.id}${path}`;
    return fetch(url, { method, headers: { authorization: `Bearer ${this.key}` }, ...(body && { body }) });
  }

  upload(content: string | Uint8Array, fields: { readonly kind?: string; readonly invoiceId?: string; readonly name?: string } = {}) {
    const { kind = 'CONTRACT', invoiceId, name = 'contract.pdf' } = fields;
    const form = new FormData();
    form.append('kind', kind);
    if (invoiceId !== undefined) form.append('invoiceId', invoiceId);
    form.append('file', new Blob([typeof content === 'string' ? Buffer.from(content, 'latin1') : Buffer.from(content)]), name);
    return this.ask('POST', '/debtors/d-1/documents', form);
  }

  /** A request an agency signs, over the socket. */
  fetchAs(agency: TestAgency, method: string, path: string, by: TestAgency = agency): Promise<Response> {
    const at = `/agencies/${agency.id}${path}`;
    const body = Buffer.from(signedRequest(method, at, new Uint8Array())).toString('utf8');
    const { headers } = signed({ webhookId: `msg_${randomUUID().replaceAll('-', '')}`, body }, by.ring, this.clock.now());
    return fetch(`${this.house.url}${at}`, { method, headers: { ...headers } });
  }
}
