import { randomUUID } from 'node:crypto';
import { ManualClock } from '../../src/kernel/clock.js';
import { formatAmount } from '../../src/kernel/money.js';
import { type PlainDate, plainDate } from '../../src/kernel/plain-date.js';
import { AdministrationEntity } from '../../src/ledger/administration.entity.js';
import { BankLineEntity, StatementEntity } from '../../src/ledger/bank.entity.js';
import { LedgerRepository } from '../../src/ledger/ledger.repository.js';
import { DebtorEntity, DossierEntryEntity, InvoiceEntity } from '../../src/ledger/receivables.entity.js';
import type { Book } from '../../src/ledger/rules/book.js';
import { ApiKeys } from '../../src/platform/auth/api-keys.js';
import { Tenancy } from '../../src/platform/database/tenancy.js';
import type { Service } from '../../src/service.js';
import type { Entry, Transaction } from '../../src/statements/rules/statement.js';
import { administrationRow, debtorRow, invoiceRow } from './rows.js';
import { testService } from './test-service.js';

export const TODAY = plainDate('2026-11-20');
export const OWN_IBAN = 'NL02ABNA0123456789';

/** A line of a statement; euro, on the day, an ordinary transfer unless told otherwise. */
export interface LineGiven {
  readonly amount: number;
  readonly text?: string;
  readonly name?: string | null;
  readonly iban?: string | null;
  readonly day?: string;
  readonly currency?: string;
  readonly endToEndId?: string | null;
  readonly subFamily?: string;
  readonly returned?: string;
}

export interface Answer<T = Record<string, unknown>> {
  readonly status: number;
  readonly body: T;
}

/** The service with an administration of its own, filled by hand and asked over HTTP. */
export class BankDeskHouse {
  private lines = 0;

  private constructor(
    readonly service: Service,
    readonly tenancy: Tenancy,
    readonly clock: ManualClock,
  ) {}

  static async start(): Promise<BankDeskHouse> {
    const clock = new ManualClock(new Date(`${TODAY}T09:00:00Z`));
    const service = await testService({}, { clock });
    return new BankDeskHouse(service, service.app.get(Tenancy), clock);
  }

  stop(): Promise<void> {
    return this.service.close();
  }

  /** A new administration and the key that opens it. */
  async administration(given: Partial<AdministrationEntity> = {}): Promise<Desk> {
    const id = randomUUID();
    await this.tenancy.within(id, (manager) =>
      manager.insert(
        AdministrationEntity,
        administrationRow({ id, ibans: [OWN_IBAN], pulledAt: new Date(`${TODAY}T05:00:00Z`), ...given }),
      ),
    );
    return new Desk(this, id, await this.service.app.get(ApiKeys).issue('desk', [id]));
  }

  nextLine(): number {
    return this.lines++;
  }
}

/** One administration of the house. */
export class Desk {
  constructor(
    readonly house: BankDeskHouse,
    readonly id: string,
    readonly key: string,
  ) {}

  async debtor(id: string, given: Partial<DebtorEntity> = {}): Promise<string> {
    await this.house.tenancy.within(this.id, (manager) =>
      manager.insert(DebtorEntity, debtorRow({ administrationId: this.id, id, name: `Firma ${id}`, ...given }) as never),
    );
    return id;
  }

  /** An open invoice whose id is its number. */
  async invoice(number: string, debtorId: string, amount: number, given: Partial<InvoiceEntity> = {}): Promise<string> {
    const kind = amount < 0 ? 'credit-note' : 'invoice';
    await this.house.tenancy.within(this.id, (manager) =>
      manager.insert(
        InvoiceEntity,
        invoiceRow({ administrationId: this.id, id: number, number, debtorId, kind, amount, packageOpen: amount, ...given }) as never,
      ),
    );
    return number;
  }

  /** Puts a line on a statement of its own, not matched yet. */
  async line(given: LineGiven): Promise<string> {
    const [id, statementId] = [randomUUID(), randomUUID()];
    const at = this.house.nextLine();
    const { amount, currency = 'EUR', name = 'P. Onbekend', iban = 'NL20INGB0001234567', text = '' } = given;
    const bookedOn = plainDate(given.day ?? '2026-11-18');
    await this.house.tenancy.within(this.id, async (manager) => {
      await manager.insert(StatementEntity, {
        administrationId: this.id,
        id: statementId,
        fileName: `${at}.xml`,
        fileSha256: '',
        bankId: null,
        iban: OWN_IBAN,
        currency: 'EUR',
        fromDate: null,
        throughDate: plainDate('2026-11-19'),
        opening: null,
        closing: null,
        reconciles: null,
        contentHash: String(at),
        importedAt: this.house.clock.now(),
      });
      await manager.insert(BankLineEntity, {
        administrationId: this.id,
        id,
        statementId,
        identity: String(at),
        position: at,
        bookedOn,
        amount,
        currency,
        counterpartyName: name,
        counterpartyIban: iban,
        description: text,
        detail: { message: 'camt.053', entry: entryOf({ ...given, currency, name, iban, text }, bookedOn) },
        because: [],
      });
    });
    return id;
  }

  async ask<T = Record<string, unknown>>(method: 'GET' | 'POST' | 'PUT', path: string, body?: object, key = this.key): Promise<Answer<T>> {
    const reply = await this.house.service.app.inject({
      method,
      url: `/api/v1/administrations/${this.id}/${path}`,
      headers: { authorization: `Bearer ${key}` },
      ...(body !== undefined && { payload: body }),
    });
    return { status: reply.statusCode, body: (reply.body === '' ? null : JSON.parse(reply.body)) as T };
  }

  /** Asks and expects it to be done; fails with the whole answer. */
  async done<T = Record<string, unknown>>(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<T> {
    const answer = await this.ask<T>(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  match(): Promise<{ matched: number; proposed: number; open: number }> {
    return this.done('POST', 'bank-lines/match');
  }

  book(): Promise<Book> {
    return this.house.tenancy.within(this.id, (manager) => new LedgerRepository(manager).book(this.id, TODAY));
  }

  bookOf(debtorId: string): Promise<Book> {
    return this.house.tenancy.within(this.id, (manager) => new LedgerRepository(manager).book(this.id, TODAY, [debtorId]));
  }

  /** What is open of each invoice, those settled left out. */
  async open(): Promise<Record<string, number>> {
    return Object.fromEntries((await this.book()).invoices.filter(({ open }) => open !== 0).map(({ id, open }) => [id, open]));
  }

  /** Money of debtors on no invoice. */
  async unallocated(): Promise<Record<string, number>> {
    const totals: Record<string, number> = {};
    for (const { debtorId, invoiceId, amount } of (await this.book()).payments) {
      if (invoiceId === null) totals[debtorId] = (totals[debtorId] ?? 0) + amount;
    }
    return totals;
  }

  async dossier(debtorId: string): Promise<{ kind: string; body: Record<string, unknown> }[]> {
    return this.house.tenancy.within(this.id, async (manager) => {
      const entries = await manager.find(DossierEntryEntity, {
        where: { administrationId: this.id, debtorId },
        order: { sequence: 'ASC' },
      });
      return entries.map(({ kind, body }) => ({ kind, body: body as Record<string, unknown> }));
    });
  }

  query<T>(sql: string): Promise<T[]> {
    return this.house.tenancy.within(this.id, (manager) => manager.query(sql)) as Promise<T[]>;
  }
}

type Filled = LineGiven & { readonly currency: string; readonly name: string | null; readonly iban: string | null; readonly text: string };

function entryOf(given: Filled, day: PlainDate): Entry {
  const { amount, currency, name, iban, text, returned } = given;
  const decimal = formatAmount(amount, currency);
  const transaction: Transaction = {
    index: 0, amount: decimal, currency, amountSource: 'Amt', endToEndId: given.endToEndId ?? null, mandateId: null, transactionId: null,
    servicerReference: null, structuredReferences: [], unstructured: text === '' ? [] : [text], purpose: null,
    counterparty: { name, iban, other: null, bic: null, country: null, ultimateName: null },
    return: returned === undefined ? null : { code: returned, information: null }, charges: [], original: null, paymentInformationId: null,
    instructionId: null, messageId: null, documentNumbers: [], additionalRemittance: [], information: null,
  }; // prettier-ignore
  return {
    index: 0, status: 'BOOK', amount: decimal, currency, bookingDate: day, valueDate: day, reversal: false, entryReference: null,
    servicerReference: null, bankCode: { domain: 'PMNT', family: 'RCDT', subFamily: given.subFamily ?? 'ESCT', proprietary: null },
    batch: false, information: null, transactions: [transaction], batchDetails: null, charges: [], directionKnown: true,
  }; // prettier-ignore
}
