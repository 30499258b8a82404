import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { Webhook } from 'standardwebhooks';
import type { AgencyView } from '../../../src/handover/agencies.service.js';
import { CaseRepository } from '../../../src/handover/case.repository.js';
import { digests } from '../../../src/handover/digests.js';
import { AgencyEntity, type HandoverCaseEntity, type HandoverItemEntity } from '../../../src/handover/handover.entity.js';
import { dossierText } from '../../../src/handover/rules/document/seal.js';
import { ManualClock } from '../../../src/kernel/clock.js';
import { plainDate } from '../../../src/kernel/plain-date.js';
import { unwrap } from '../../../src/kernel/result.js';
import { AdministrationEntity } from '../../../src/ledger/administration.entity.js';
import { DebtorEntity, InvoiceEntity } from '../../../src/ledger/receivables.entity.js';
import type { Settings } from '../../../src/platform/config/settings.js';
import { administrationRow, debtorRow, invoiceRow } from '../../support/rows.js';
import { type RunningService, startService } from '../../support/running-service.js';
import { sampleDossier } from './sample-case.js';

/** Companies with an agency each and the claim of agency-handover.md §3 handed over, in a running service that is called over sockets. */

export interface Company {
  readonly administrationId: string;
  readonly debtorId: string;
  readonly invoiceIds: readonly string[];
  readonly key: string;
  readonly agencyId: string;
  /** What its agency signs with. */
  readonly secret: string;
  readonly caseId: string;
}

export interface Answered<T = Record<string, unknown>> {
  readonly status: number;
  readonly body: T;
  readonly text: string;
}

const START = new Date('2026-11-23T08:15:30Z');

export class AgencyHouse {
  readonly clock = new ManualClock(START);
  house: RunningService;

  /** On the embedded database, or, when `TEGOED_TEST_DATABASE_URL` names a PostgreSQL, in one made there from nothing. */
  async start(given: Partial<Settings> = {}): Promise<void> {
    this.house = await startService(this.clock, {
      moneybirdUrl: 'http://127.0.0.1:9',
      smtpUrl: 'smtp://127.0.0.1:9',
      ...given,
    });
  }

  stop(): Promise<void> {
    return this.house.stop();
  }

  reset(): void {
    this.clock.set(START);
  }

  /** A company with an agency and a case at it; `name` stands in everything of it, so that it is seen where it must not be. */
  async company(
    name = 'Café Zuiderzee',
    given: { mode?: 'live' | 'shadow'; language?: string; agencyUrl?: string } = {},
  ): Promise<Company> {
    const row = administrationRow({ name: `${name} B.V.`, mode: given.mode ?? 'live', language: given.language ?? 'en' });
    const administrationId = row.id;
    const debtor = debtorRow({ administrationId, name: `Debtor of ${name}` });
    const invoices = ['F-1', 'F-2', 'F-3'].map((number) => invoiceRow({ administrationId, debtorId: debtor.id, number }));
    await this.house.tenancy.within(administrationId, async (manager) => {
      await manager.insert(AdministrationEntity, row as never);
      await manager.insert(DebtorEntity, debtor as never);
      await manager.insert(InvoiceEntity, invoices as never);
    });
    const key = await this.house.keys.issue('test', [administrationId]);
    const at = { administrationId, key };
    const { agencyId, secret } = await this.agency(at, name, given.agencyUrl);
    const company = { ...at, debtorId: debtor.id, invoiceIds: invoices.map(({ id }) => id), agencyId, secret, caseId: randomUUID() };
    await this.handOver(company);
    return company;
  }

  /** An agency of a company, with the secret it signs with. */
  async agency(
    at: Pick<Company, 'administrationId' | 'key'>,
    name: string,
    url = 'https://agency.example/hooks',
  ): Promise<{ readonly agencyId: string; readonly secret: string }> {
    const agency = { name: `Agency of ${name}`, kind: 'agency', segments: ['B2B'], url };
    const { id: agencyId } = (await this.call<AgencyView>(at, 'POST', '/agencies', agency)).body;
    const { secret } = (await this.call<{ secret: string }>(at, 'POST', `/agencies/${agencyId}/callback-key`, {})).body;
    return { agencyId, secret };
  }

  /** Hands a claim over as it is after a person approved it; the dossier is that of the fact sheet. */
  private async handOver({ administrationId, agencyId, debtorId, invoiceIds, caseId }: Company): Promise<HandoverCaseEntity> {
    const document = unwrap(dossierText(sampleDossier({ caseId })));
    const now = this.clock.now();
    return this.house.tenancy.within(administrationId, async (manager) => {
      const cases = new CaseRepository(manager, administrationId);
      const opened = await cases.open(
        {
          id: caseId,
          debtorId,
          agencyId,
          actId: null,
          service: 'AMICABLE',
          currency: 'EUR',
          principal: 1787_25,
          approvedBy: 'A. Janssen',
          approvedAt: now,
          handedOverOn: plainDate('2026-11-23'),
          exclusiveUntil: null,
        },
        [910_00, 544_50, 332_75].map((principal, at) => ({
          invoiceId: invoiceIds[at] ?? '',
          principal,
          knownOpen: principal,
          told: { booked: principal, credited: 0, banked: 0, remitted: 0 } as HandoverItemEntity['told'],
        })),
      );
      await cases.keepDossier({ caseId, version: 1, document, sha256: digests.sha256(document), madeAt: now });
      await cases.step(caseId, 'APPROVED', 'SUBMITTED');
      return opened;
    });
  }

  /** Calls the API with the key of a company. */
  async call<T = Record<string, unknown>>(
    { administrationId, key }: Pick<Company, 'administrationId' | 'key'>,
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body?: object,
  ): Promise<Answered<T>> {
    const headers = { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) };
    return this.send<T>(method, `/api/v1/administrations/${administrationId}${path}`, headers, body && Buffer.from(JSON.stringify(body)));
  }

  /** Sends a callback, signed by an implementation that is not ours. */
  callback<T = Record<string, unknown>>(
    { agencyId, secret }: Pick<Company, 'agencyId' | 'secret'>,
    type: string,
    data: object,
    given: { id?: string; at?: Date; timestamp?: string } = {},
  ): Promise<Answered<T>> {
    const body = JSON.stringify({ type: `agency.case.${type}`, timestamp: given.timestamp ?? this.clock.now().toISOString(), data });
    return this.raw<T>(agencyId, secret, Buffer.from(body), given);
  }

  /** Sends bytes as they are. */
  raw<T = Record<string, unknown>>(
    agencyId: string,
    secret: string,
    bytes: Buffer,
    given: { id?: string; at?: Date; type?: string; headers?: Record<string, string> } = {},
  ): Promise<Answered<T>> {
    const headers = { 'content-type': given.type ?? 'application/json', ...this.signature(secret, bytes, given), ...given.headers };
    return this.send<T>('POST', `/callbacks/agencies/${agencyId}`, headers, bytes);
  }

  /** Fetches as an agency does: signed over the method and the address. */
  fetch<T = Record<string, unknown>>(
    { secret }: Pick<Company, 'secret'>,
    path: string,
    { method = 'GET', body }: { method?: 'GET' | 'POST'; body?: object } = {},
  ): Promise<Answered<T>> {
    const bytes = body && Buffer.from(JSON.stringify(body));
    const signed = `${method} ${path}${bytes ? `\n${bytes.toString('utf8')}` : ''}`;
    const headers = { ...this.signature(secret, signed), ...(bytes && { 'content-type': 'application/json' }) };
    return this.send<T>(method, path, headers, bytes);
  }

  signature(secret: string, content: string | Buffer, given: { id?: string; at?: Date } = {}): Record<string, string> {
    const id = given.id ?? `msg_${randomUUID()}`;
    const at = new Date(Math.floor((given.at ?? this.clock.now()).getTime() / 1000) * 1000);
    return {
      'webhook-id': id,
      'webhook-timestamp': String(at.getTime() / 1000),
      'webhook-signature': new Webhook(secret).sign(id, at, content),
    };
  }

  /** The case as it is stored. */
  async case({ administrationId, caseId }: Pick<Company, 'administrationId' | 'caseId'>): Promise<HandoverCaseEntity> {
    const found = await this.house.tenancy.within(administrationId, (manager) =>
      new CaseRepository(manager, administrationId).find(caseId),
    );
    if (!found) throw new Error(`no case ${caseId}`);
    return found;
  }

  rows<T>({ administrationId }: Pick<Company, 'administrationId'>, sql: string): Promise<T[]> {
    return this.house.tenancy.within(administrationId, (manager) => manager.query(sql, [administrationId]) as Promise<T[]>);
  }

  async setVocabulary({ administrationId, agencyId }: Company, vocabulary: AgencyEntity['vocabulary']): Promise<void> {
    await this.house.tenancy.within(administrationId, (manager) =>
      manager.update(AgencyEntity, { administrationId, id: agencyId }, { vocabulary }),
    );
  }

  /** One request over a socket of its own. */
  send<T>(method: string, path: string, headers: Record<string, string>, body?: Buffer): Promise<Answered<T>> {
    const url = new URL(this.house.url);
    return new Promise((resolve, reject) => {
      const request = httpRequest(
        {
          host: url.hostname,
          port: url.port,
          method,
          path,
          headers: { ...headers, ...(body && { 'content-length': String(body.length) }) },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            resolve({ status: response.statusCode ?? 0, text, body: (isJson(text) ? JSON.parse(text) : {}) as T });
          });
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
