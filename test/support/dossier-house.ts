import { randomUUID } from 'node:crypto';
import { DayService } from '../../src/cycle/day.service.js';
import { ActEntity } from '../../src/dunning/act.entity.js';
import { ManualClock } from '../../src/kernel/clock.js';
import { type PlainDate, addDays, plainDate } from '../../src/kernel/plain-date.js';
import { AdministrationEntity } from '../../src/ledger/administration.entity.js';
import { StatementEntity } from '../../src/ledger/bank.entity.js';
import { ContactEntity, DebtorEntity, DossierEntryEntity, InvoiceEntity, SettlementEntity } from '../../src/ledger/receivables.entity.js';
import { ApiKeys } from '../../src/platform/auth/api-keys.js';
import type { Authority } from '../../src/platform/auth/rules/authority.js';
import type { Settings } from '../../src/platform/config/settings.js';
import { Tenancy } from '../../src/platform/database/tenancy.js';
import { EffectEntity, type EffectKind } from '../../src/platform/outbox/effect.entity.js';
import type { CaughtMail } from '../../src/sandbox/mailbox/mail-folder.js';
import { Mailbox } from '../../src/sandbox/mailbox/mailbox.js';
import type { Service } from '../../src/service.js';
import { administrationRow, debtorRow, invoiceRow } from './rows.js';
import { testService } from './test-service.js';

/** A Friday; ten days after the due date of an ordinary invoice here. */
export const TODAY = plainDate('2026-11-20');
const IBAN = 'NL02ABNA0123456789';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly body: T;
}
export type Problem = { readonly code: string; readonly detail: string };

/** The real service with a mailbox, on a clock that stands still until it is moved. */
export class DossierHouse {
  private constructor(
    readonly service: Service,
    readonly clock: ManualClock,
    readonly mailbox: Mailbox,
    readonly tenancy: Tenancy,
  ) {}

  static async start(given: Partial<Settings> = {}): Promise<DossierHouse> {
    const clock = new ManualClock(new Date(`${TODAY}T08:00:00Z`));
    const mailbox = new Mailbox();
    const port = await mailbox.start();
    const service = await testService({ smtpUrl: `smtp://127.0.0.1:${port}`, ...given }, { clock });
    return new DossierHouse(service, clock, mailbox, service.app.get(Tenancy));
  }

  async stop(): Promise<void> {
    await this.service.close();
    await this.mailbox.stop();
  }

  /** A company of its own, with fresh figures, and the key that opens it. The clock goes back to `TODAY`. */
  async company(given: Partial<AdministrationEntity> = {}): Promise<Company> {
    const row = administrationRow({ mode: 'live', policy: 'nl-business', package: 'file', ...given });
    await this.tenancy.within(row.id, (manager) => manager.insert(AdministrationEntity, row as never));
    const company = await this.open(row.id);
    await company.goTo(TODAY);
    return company;
  }

  /** An administration that is there already, with a key that opens it: an owner's unless said otherwise. */
  async open(id: string, authority?: Authority): Promise<Company> {
    return new Company(this, id, await this.service.app.get(ApiKeys).issue('test', [id], authority));
  }
}

/** One administration as its people use it. */
export class Company {
  constructor(
    private readonly house: DossierHouse,
    readonly id: string,
    private readonly key: string,
  ) {}

  /** Morning of a day: pulled just now, statements up to the day before. */
  async goTo(day: PlainDate, fresh = true): Promise<void> {
    this.house.clock.set(new Date(`${day}T08:00:00Z`));
    if (!fresh) return;
    await this.within(async (manager) => {
      await manager.update(AdministrationEntity, { id: this.id }, { pulledAt: this.house.clock.now() });
      await manager.insert(StatementEntity, {
        administrationId: this.id,
        id: randomUUID(),
        fileName: 'statement',
        fileSha256: '',
        bankId: null,
        iban: IBAN,
        currency: 'EUR',
        fromDate: null,
        throughDate: addDays(day, -1),
        opening: null,
        closing: null,
        reconciles: null,
        contentHash: randomUUID(),
        importedAt: this.house.clock.now(),
      });
    });
  }

  async change(given: Partial<AdministrationEntity>): Promise<void> {
    await this.within((manager) => manager.update(AdministrationEntity, { id: this.id }, given as never));
  }

  within<T>(work: Parameters<typeof this.house.tenancy.within<T>>[1]): Promise<T> {
    return this.house.tenancy.within(this.id, work);
  }

  async debtor(id: string, given: Partial<DebtorEntity> = {}): Promise<string> {
    const row = debtorRow({ administrationId: this.id, id, emails: [this.addressOf(id)], phone: '+31 20 000 00 01', ...given });
    await this.within((manager) => manager.insert(DebtorEntity, row as never));
    return id;
  }

  /** An invoice of 121.00, ten days late today unless said otherwise. */
  async invoice(id: string, debtorId: string, given: Partial<InvoiceEntity> = {}): Promise<string> {
    const amount = given.amount ?? 121_00;
    const row = invoiceRow({
      administrationId: this.id,
      debtorId,
      id,
      number: `F-${id}`,
      issueDate: plainDate('2026-10-11'),
      dueDate: plainDate('2026-11-10'),
      amount,
      packageOpen: amount,
      ...given,
    });
    await this.within((manager) => manager.insert(InvoiceEntity, row as never));
    return id;
  }

  /** Money that the package booked on an invoice; negative: returned. */
  async pay(invoiceId: string, amount: number, on: PlainDate): Promise<void> {
    await this.within(async (manager) => {
      const where = { administrationId: this.id, id: invoiceId };
      const { packageOpen } = await manager.findOneByOrFail(InvoiceEntity, where);
      await manager.update(InvoiceEntity, where, { packageOpen: packageOpen - amount });
      const settlement = {
        administrationId: this.id,
        invoiceId,
        id: randomUUID(),
        settledOn: on,
        amount,
        kind: 'payment' as const,
        marker: null,
      };
      await manager.insert(SettlementEntity, settlement);
    });
  }

  async ask<T = Record<string, unknown>>(method: Method, path: string, body?: object): Promise<Answer<T>> {
    return this.askAs<T>(this.key, method, `/api/v1/administrations/${this.id}/${path}`.replace(/\/$/, ''), body);
  }

  /** The same of another administration, with this one's key. */
  async askOf(other: Company, method: Method, path: string, body?: object): Promise<Answer> {
    return this.askAs(this.key, method, `/api/v1/administrations/${other.id}/${path}`, body);
  }

  private async askAs<T = Record<string, unknown>>(key: string, method: Method, url: string, body?: object): Promise<Answer<T>> {
    const answer = (await this.house.service.app.inject({
      method,
      url,
      headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { payload: JSON.stringify(body) }),
    })) as { statusCode: number; body: string };
    return { status: answer.statusCode, body: (answer.body === '' ? {} : JSON.parse(answer.body)) as T };
  }

  /** Asks for something that must work. */
  async done<T = Record<string, unknown>>(method: Method, path: string, body?: object): Promise<T> {
    const { status, body: answer } = await this.ask<T>(method, path, body);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answer)}`);
    return answer;
  }

  /** Status and code of something that must not. */
  async refusal(method: Method, path: string, body?: object): Promise<[number, string]> {
    const { status, body: problem } = await this.ask<Problem>(method, path, body);
    return [status, problem.code];
  }

  async runDay(day: PlainDate): Promise<void> {
    await this.house.service.app.get(DayService, { strict: false }).run(this.id, day);
  }

  /** Why an item is left alone today, or `act:` and the step it is in. */
  async standing(invoiceId: string): Promise<string> {
    const plan = await this.done<{
      acts: { step: string; invoiceIds: string[] }[];
      skipped: { invoiceId: string; reason: string }[];
    }>('GET', 'plan');
    const act = plan.acts.find(({ invoiceIds }) => invoiceIds.includes(invoiceId));
    return act ? `act:${act.step}` : (plan.skipped.find((skip) => skip.invoiceId === invoiceId)?.reason ?? 'not open');
  }

  acts(): Promise<ActEntity[]> {
    return this.within((manager) =>
      manager.find(ActEntity, { where: { administrationId: this.id }, order: { day: 'ASC', decidedAt: 'ASC' } }),
    );
  }

  effects(kind: EffectKind): Promise<EffectEntity[]> {
    return this.within((manager) =>
      manager.find(EffectEntity, { where: { administrationId: this.id, kind }, order: { createdAt: 'ASC', id: 'ASC' } }),
    );
  }

  /** Kinds and bodies of a debtor's dossier, oldest first. */
  async entries(debtorId: string): Promise<{ kind: string; body: Record<string, unknown> }[]> {
    const rows = await this.within((manager) =>
      manager.find(DossierEntryEntity, { where: { administrationId: this.id, debtorId }, order: { sequence: 'ASC' } }),
    );
    return rows.map(({ kind, body }) => ({ kind, body: body as Record<string, unknown> }));
  }

  contacts(debtorId: string): Promise<ContactEntity[]> {
    return this.within((manager) =>
      manager.find(ContactEntity, { where: { administrationId: this.id, debtorId }, order: { sentOn: 'ASC' } }),
    );
  }

  /** The debtor's address, of this company alone: the mailbox is everybody's. */
  addressOf(debtorId: string): string {
    return `${debtorId}.${this.id.slice(0, 8)}@proef.example`;
  }

  /** Mails that reached a debtor's address, in order. */
  mailsTo(debtorId: string, address = this.addressOf(debtorId)): CaughtMail[] {
    return this.house.mailbox.mails.filter(({ to }) => to.includes(address));
  }
}
