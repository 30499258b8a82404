import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { DATA_SOURCE } from '../../../src/platform/platform.module.js';
import { DayService } from '../../../src/cycle/day.service.js';
import { ActEntity } from '../../../src/dunning/act.entity.js';
import type { AgencyView } from '../../../src/handover/agencies.service.js';
import { EndpointClient } from '../../../src/handover/endpoint.client.js';
import { DebtorDocumentEntity } from '../../../src/handover/handover.entity.js';
import type { HandoverPreview } from '../../../src/handover/handover-view.js';
import { KeyRings } from '../../../src/handover/signing.js';
import { type DeliveryFigures, WebhookDeliveries } from '../../../src/handover/webhook-deliveries.service.js';
import { type PlainDate, addDays, plainDate } from '../../../src/kernel/plain-date.js';
import { AdministrationEntity } from '../../../src/ledger/administration.entity.js';
import { StatementEntity } from '../../../src/ledger/bank.entity.js';
import { AllocationEntity, DebtorEntity, InvoiceEntity, SettlementEntity } from '../../../src/ledger/receivables.entity.js';
import { BankLineEntity } from '../../../src/ledger/bank.entity.js';
import type { Tenancy } from '../../../src/platform/database/tenancy.js';
import { Sealer } from '../../../src/platform/secrets/sealer.js';
import { AgencySandbox } from '../../../src/sandbox/agency/agency-sandbox.js';
import { Mailbox } from '../../../src/sandbox/mailbox/mailbox.js';
import { administrationRow, debtorRow, invoiceRow } from '../../support/rows.js';
import { AgencyHouse, type Answered } from './agency-house.js';

const IBAN = 'NL02ABNA0123456789';
/** The invoices were due on this Monday; final notice three weeks later, the handover is proposed on the {@link PROPOSED} Monday. */
export const DUE = plainDate('2026-10-12');
export const PROPOSED = plainDate('2026-11-16');

/** The real service with a mailbox and an agency on the loopback, and companies that dunned in it. */
export class DunningHouse {
  readonly inner = new AgencyHouse();
  readonly clock = this.inner.clock;
  readonly agency = new AgencySandbox(() => Math.floor(this.clock.now().getTime() / 1000));
  readonly mailbox = new Mailbox();
  origin = '';

  async start(): Promise<void> {
    this.origin = await this.agency.start();
    const port = await this.mailbox.start();
    await this.inner.start({ smtpUrl: `smtp://127.0.0.1:${port}`, webhookOrigins: [this.origin] });
  }

  async stop(): Promise<void> {
    await this.inner.stop();
    await this.agency.stop();
    await this.mailbox.stop();
  }

  /** Changes rows behind the service's back, as whoever owns the database can; for one administration. */
  async superuser(administrationId: string, statement: string): Promise<void> {
    const dataSource = this.inner.house.service.app.get<DataSource>(DATA_SOURCE, { strict: false });
    const where = statement.includes(' WHERE ') ? `${statement} AND administration_id = $1` : statement;
    await dataSource.transaction(async (manager) => {
      await manager.query('ALTER TABLE dossier_entry DISABLE TRIGGER append_only');
      await manager.query(`SET LOCAL tegoed.administrations = '${administrationId}'`);
      await manager.query(where, [administrationId]);
      await manager.query('ALTER TABLE dossier_entry ENABLE TRIGGER append_only');
    });
  }

  /** A company with a debtor and no agency. */
  async company(given: Partial<AdministrationEntity> = {}, debtor: Partial<DebtorEntity> = {}): Promise<DunnedCompany> {
    const row = administrationRow({
      ...{ mode: 'live', policy: 'nl-business', package: 'file', language: 'en', registry: { scheme: 'nl-kvk', id: '12345678' } },
      ...given,
    });
    const key = await this.inner.house.keys.issue('A. Janssen', [row.id]);
    const company = new DunnedCompany(this, row.id, key, debtor.id ?? `d-${row.id.slice(0, 8)}`);
    await company.within(async (manager) => {
      await manager.insert(AdministrationEntity, row as never);
      const address = { street: 'Kade', houseNumber: '2', suffix: null, postcode: '1234 CD', city: 'Proefstad' };
      const who = { name: 'Café Zuiderzee B.V.', registryId: '87654321', emails: [`${row.id.slice(0, 8)}@proef.example`] };
      const debtorGiven = { ...who, overrides: { address }, ...debtor, id: company.debtorId, administrationId: row.id };
      await manager.insert(DebtorEntity, debtorRow(debtorGiven) as never);
    });
    return company;
  }

  /** The usual company: two invoices, everything sent that had to be, a handover proposed today, an agency that works. */
  async proposed(given: Partial<AdministrationEntity> = {}): Promise<DunnedCompany> {
    const company = await this.company(given);
    await company.invoice('F-1', 300_00);
    await company.invoice('F-2', 150_00);
    await company.dun();
    await company.copies();
    await company.hire();
    return company;
  }
}

export class DunnedCompany {
  agencyId = '';

  constructor(
    readonly house: DunningHouse,
    readonly id: string,
    readonly key: string,
    readonly debtorId: string,
  ) {}

  within<T>(work: Parameters<Tenancy['within']>[1] extends (manager: infer M) => unknown ? (manager: M) => Promise<T> : never): Promise<T> {
    return this.house.inner.house.tenancy.within(this.id, work);
  }

  call<T = Record<string, unknown>>(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<Answered<T>> {
    return this.house.inner.call<T>({ administrationId: this.id, key: this.key }, method, path, body);
  }

  /** The same of another company, with this one's key. */
  callOf<T = Record<string, unknown>>(other: DunnedCompany, method: 'GET' | 'POST', path: string, body?: object): Promise<Answered<T>> {
    return this.house.inner.call<T>({ administrationId: other.id, key: this.key }, method, path, body);
  }

  async done<T = Record<string, unknown>>(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<T> {
    const { status, text, body: answer } = await this.call<T>(method, path, body);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
    return answer;
  }

  rows<T>(sql: string, more: unknown[] = []): Promise<T[]> {
    return this.within((manager) => manager.query(sql, [this.id, ...more]) as Promise<T[]>);
  }

  /** Morning of a day: the books pulled just now, the bank known through yesterday. */
  async goTo(day: PlainDate): Promise<void> {
    this.house.clock.set(new Date(`${day}T08:00:00Z`));
    const importedAt = this.house.clock.now();
    const statement = {
      administrationId: this.id,
      id: randomUUID(),
      fileName: 's',
      fileSha256: '',
      bankId: null,
      iban: IBAN,
      currency: 'EUR',
    };
    await this.within(async (manager) => {
      await manager.update(AdministrationEntity, { id: this.id }, { pulledAt: importedAt });
      await manager.insert(StatementEntity, {
        ...{ ...statement, fromDate: null, throughDate: addDays(day, -1), opening: null, closing: null, reconciles: null },
        ...{ contentHash: randomUUID(), importedAt },
      });
    });
  }

  async invoice(number: string, amount: number, given: Partial<InvoiceEntity> = {}): Promise<string> {
    const id = `${number}-${this.id.slice(0, 8)}`;
    const dates = { issueDate: plainDate('2026-09-12'), dueDate: DUE };
    const row = invoiceRow({
      administrationId: this.id,
      debtorId: this.debtorId,
      id,
      number,
      amount,
      packageOpen: amount,
      ...dates,
      ...given,
    });
    await this.within((manager) => manager.insert(InvoiceEntity, row as never));
    return id;
  }

  idOf(number: string): string {
    return `${number}-${this.id.slice(0, 8)}`;
  }

  async runDay(day: PlainDate): Promise<void> {
    await this.house.inner.house.service.app.get(DayService, { strict: false }).run(this.id, day);
  }

  /** Reminds twice, demands with a person's approval, and proposes the handover: the clock then stands at {@link PROPOSED}. */
  async dun(until: PlainDate = PROPOSED): Promise<void> {
    for (const day of ['2026-10-16', '2026-10-26', '2026-11-03', PROPOSED].map(plainDate)) {
      if (day > until) return;
      await this.goTo(day);
      await this.runDay(day);
      for (const { id, kind, state } of await this.acts()) {
        if (kind !== 'demand' || state !== 'awaiting-approval') continue;
        await this.done('POST', `/acts/${id}/approve`);
        await this.runDay(day);
      }
    }
  }

  acts(): Promise<ActEntity[]> {
    return this.within((manager) => manager.find(ActEntity, { where: { administrationId: this.id }, order: { day: 'ASC', id: 'ASC' } }));
  }

  /** The proposal. */
  async proposal(): Promise<ActEntity> {
    const act = (await this.acts()).find(({ kind }) => kind === 'propose-handover');
    if (!act)
      throw new Error(
        `no handover was proposed: ${JSON.stringify((await this.acts()).map(({ day, kind, state, endedBecause }) => [day, kind, state, endedBecause]))}`,
      );
    return act;
  }

  /** A copy of every invoice, as an upload keeps it. */
  async copies(): Promise<void> {
    await this.within(async (manager) => {
      for (const { id, number } of await manager.findBy(InvoiceEntity, { administrationId: this.id })) {
        const content = Buffer.from(`%PDF-1.7 ${number}`);
        await manager.insert(DebtorDocumentEntity, {
          ...{
            administrationId: this.id,
            id: randomUUID(),
            debtorId: this.debtorId,
            invoiceId: id,
            kind: 'INVOICE',
            fileName: `${number}.pdf`,
          },
          ...{
            mediaType: 'application/pdf',
            bytes: content.length,
            sha256: randomUUID().replaceAll('-', '').repeat(2),
            content,
            origin: 'upload',
          },
          ...{ addedAt: this.house.clock.now(), removedAt: null },
        });
      }
    });
  }

  /** An agency whose endpoint has proven itself. */
  async hire(given: object = {}): Promise<string> {
    const hired = { name: 'Incasso Proef', kind: 'agency', segments: ['B2B'], url: `${this.house.origin}/hooks`, ...given };
    const { id, secret } = await this.done<AgencyView & { secret: string }>('POST', '/agencies', hired);
    this.house.agency.secrets.push(secret);
    const proof = await this.done<{ proven: boolean }>('POST', `/agencies/${id}/test`);
    if (!proof.proven) throw new Error(JSON.stringify(proof));
    this.agencyId = id;
    return id;
  }

  preview(query = ''): Promise<HandoverPreview> {
    return this.proposal().then(({ id }) => this.done<HandoverPreview>('GET', `/handovers/proposals/${id}${query}`));
  }

  /** Hands the proposal over. */
  async approve(body: object = { principal: '450.00' }): Promise<Answered<{ id: string; code?: string; errors?: { field: string }[] }>> {
    return this.call('POST', `/handovers/proposals/${(await this.proposal()).id}/approve`, body);
  }

  /** Carries what waits to the agency. */
  deliver(): Promise<DeliveryFigures> {
    const { service, tenancy } = this.house.inner.house;
    const client = new EndpointClient({ allowedOrigins: [this.house.origin] }, undefined, 2_000);
    return new WebhookDeliveries(tenancy, this.house.clock, client, new KeyRings(service.app.get(Sealer)), () => 0.5).run(this.id);
  }

  /** What the agency took in about this company's cases, in order. */
  async told(): Promise<{ type: string; data: Record<string, unknown> }[]> {
    const cases = new Set(
      (await this.rows<{ id: string }>('SELECT id FROM handover_case WHERE administration_id = $1')).map(({ id }) => id),
    );
    return this.house.agency.cases
      .map(({ body }) => JSON.parse(body) as { type: string; data: Record<string, unknown> })
      .filter(({ data }) => cases.has(String(data['caseId'])))
      .map(({ type, data }) => ({ type: type.replace('collection.case.', ''), data }));
  }

  /** Money on the bank account that was placed on an invoice. */
  async bank(
    number: string,
    amount: number,
    on: PlainDate,
    from = 'Café Zuiderzee B.V.',
  ): Promise<{ lineId: string; allocationId: string }> {
    const [lineId, allocationId] = [randomUUID(), randomUUID()];
    await this.within(async (manager) => {
      const statement = await manager.findOneByOrFail(StatementEntity, { administrationId: this.id });
      await manager.insert(BankLineEntity, {
        ...{ administrationId: this.id, id: lineId, statementId: statement.id, identity: lineId, position: 0, bookedOn: on, amount },
        ...{ currency: 'EUR', counterpartyName: from, counterpartyIban: null, description: '', detail: {}, outcome: 'matched' },
        ...{ debtorId: this.debtorId, because: [], iban: IBAN },
      } as never);
      await manager.insert(AllocationEntity, {
        ...{
          administrationId: this.id,
          id: allocationId,
          bankLineId: lineId,
          invoiceId: this.idOf(number),
          amount,
          marker: randomUUID().slice(0, 10),
        },
        ...{
          settlementId: null,
          allocatedAt: this.house.clock.now(),
          allocatedBy: null,
          reversedAt: null,
          reversedBy: null,
          reversedWhy: null,
        },
      });
    });
    return { lineId, allocationId };
  }

  /** What the package booked on an invoice by itself. */
  async book(number: string, amount: number, on: PlainDate, kind: SettlementEntity['kind'] = 'payment'): Promise<void> {
    await this.within(async (manager) => {
      const where = { administrationId: this.id, id: this.idOf(number) };
      const { packageOpen } = await manager.findOneByOrFail(InvoiceEntity, where);
      await manager.update(InvoiceEntity, where, { packageOpen: packageOpen - amount });
      const row = { administrationId: this.id, invoiceId: where.id, id: randomUUID(), settledOn: on, amount, kind, marker: null };
      await manager.insert(SettlementEntity, row);
    });
  }
}
