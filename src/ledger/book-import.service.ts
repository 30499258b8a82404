import { randomUUID } from 'node:crypto';
import { type EntityManager, type EntityTarget, IsNull, Like, type ObjectLiteral } from 'typeorm';
import { batches } from '../kernel/batches.js';
import type { Clock } from '../kernel/clock.js';
import { InputError } from '../kernel/errors.js';
import { derivedUuid, isUuid } from '../platform/database/ids.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { AdministrationEntity } from './administration.entity.js';
import { BankLineEntity, StatementEntity } from './bank.entity.js';
import { holdInvoices } from './moved-invoices.js';
import {
  ArrangementEntity,
  ContactEntity,
  DebtorEntity,
  InvoiceEntity,
  InvoiceHoldEntity,
  PromiseEntity,
  SettlementEntity,
} from './receivables.entity.js';
import type { Book } from './rules/book.js';

/** The package name of administrations that came from a file. */
export const FILE_PACKAGE = 'file';
const BATCH = 500;

/** Puts a `tegoed.book/1` into the ledger, for administrations without a package and for trying things out. */
export class BookImport {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes the administration of the book, in shadow mode, or brings the one that came from the same book up to it: debtors and invoices that
   * are no longer in the book count as deleted. One transaction. Gives the administration's id. Throws {@link InputError}
   * `belongs-to-a-package` for one that is connected to a package: its ledger is the package's.
   */
  async import(book: Book): Promise<string> {
    const administrationId = isUuid(book.administration.id)
      ? book.administration.id
      : derivedUuid('administration', book.administration.id);
    await this.tenancy.within(administrationId, async (manager) => {
      const known = await manager.findOneBy(AdministrationEntity, { id: administrationId });
      if (known && known.package !== FILE_PACKAGE) {
        throw new InputError(
          'belongs-to-a-package',
          `administration ${administrationId} is connected to ${known.package}; a book cannot replace it`,
        );
      }
      await this.administration(manager, administrationId, book, known);
      await this.receivables(manager, administrationId, book);
      await this.bank(manager, administrationId, book);
      await this.agreements(manager, administrationId, book);
    });
    return administrationId;
  }

  private async administration(manager: EntityManager, id: string, book: Book, known: AdministrationEntity | null): Promise<void> {
    const { name, country, currency, ibans, vatDeductible, registry } = book.administration;
    await manager.save(AdministrationEntity, {
      ...(known ?? {
        language: 'nl',
        sender: {
          name,
          address: [],
          email: 'nobody@invalid.example',
          replyTo: null,
          phone: null,
          vatId: null,
          iban: ibans[0] ?? '',
          bic: null,
        },
        mode: 'shadow' as const,
        policy: 'default',
        pullCursor: null,
        createdAt: this.clock.now(),
      }),
      id,
      name,
      country,
      currency,
      ibans: [...ibans],
      vatDeductible,
      registry,
      package: FILE_PACKAGE,
      packageRef: book.administration.id,
      pulledAt: book.freshness.pulledAt === null ? null : new Date(book.freshness.pulledAt),
    });
  }

  private async receivables(manager: EntityManager, administrationId: string, book: Book): Promise<void> {
    const now = this.clock.now();
    const mine = { administrationId };
    await manager.update(InvoiceEntity, mine, { deletedAt: now });
    await manager.update(DebtorEntity, mine, { deletedAt: now });
    await manager.delete(SettlementEntity, mine);
    for (const part of batches(book.debtors, BATCH)) {
      await manager.upsert(
        DebtorEntity,
        part.map(({ email, ibans, holds, ...debtor }) => ({
          ...debtor,
          ...mine,
          emails: email === null ? [] : [email],
          ibans: [...ibans],
          holds: [...holds],
          archived: false,
          deletedAt: null,
          raw: null,
        })),
        ['administrationId', 'id'],
      );
    }
    for (const part of batches(book.invoices, BATCH)) {
      await manager.upsert(
        InvoiceEntity,
        part.map(({ open, packageDispute, pausedInPackage = false, holds: _holds, formerDebtors: _former, ...invoice }) => ({
          ...invoice,
          ...mine,
          packageOpen: open,
          paused: pausedInPackage,
          pausedSince: pausedInPackage ? now : null,
          packageDispute: packageDispute?.text ?? null,
          packageDisputeOn: packageDispute?.on ?? null,
          writtenOff: false,
          deletedAt: null,
          raw: null,
        })) as never,
        ['administrationId', 'id'],
      );
    }
    // What an earlier book said is not said any more.
    await manager.update(InvoiceHoldEntity, { ...mine, reason: 'BOOK', endedOn: IsNull() }, { endedOn: book.asOf });
    const held = book.invoices.flatMap(({ id: invoiceId, holds = [] }) =>
      holds.map((hold, at) => ({ ...hold, invoiceId, key: `book/${at}`, reason: 'BOOK' as const, detail: {} })),
    );
    await holdInvoices(manager, administrationId, held);
    const settlements = book.payments.flatMap(({ id, invoiceId, date, amount }) =>
      invoiceId === null ? [] : [{ ...mine, invoiceId, id, settledOn: date, amount, kind: 'payment' as const, marker: null }],
    );
    for (const part of batches(settlements, BATCH)) await manager.insert(SettlementEntity, [...part]);
  }

  /** How far the statements reach, and money the book says is not allocated: kept as a statement of its own for each account. */
  private async bank(manager: EntityManager, administrationId: string, book: Book): Promise<void> {
    const { statementsThrough } = book.freshness;
    const unallocated = book.payments.filter(({ invoiceId }) => invoiceId === null);
    const through = statementsThrough ?? (unallocated.length > 0 ? book.asOf : null);
    if (through === null) return;
    const ibans = book.administration.ibans.length > 0 ? book.administration.ibans : ['none'];
    const statements = ibans.map((iban) => ({
      administrationId,
      id: randomUUID(),
      fileName: 'book',
      fileSha256: '',
      bankId: null,
      iban,
      currency: book.administration.currency,
      fromDate: null,
      throughDate: through,
      opening: null,
      closing: null,
      reconciles: null,
      contentHash: `book ${through} ${unallocated.map(({ id }) => id).join(' ')}`,
      importedAt: this.clock.now(),
    }));
    await manager.createQueryBuilder().insert().into(StatementEntity).values(statements).orIgnore().execute();
    const [home] = await manager.find(StatementEntity, {
      where: { administrationId, iban: ibans[0] ?? 'none' },
      order: { importedAt: 'DESC' },
      take: 1,
    });
    // What an earlier book said is not said any more.
    await manager.update(BankLineEntity, { administrationId, identity: Like('book %') }, { outcome: 'not-a-receipt', debtorId: null });
    for (const part of batches(unallocated, BATCH)) {
      await manager.upsert(
        BankLineEntity,
        part.map((payment, position) => ({
          administrationId,
          id: derivedUuid('book payment', administrationId, payment.id),
          statementId: home?.id ?? '',
          identity: `book ${payment.id}`,
          position,
          bookedOn: payment.date,
          amount: payment.amount,
          currency: book.administration.currency,
          counterpartyName: null,
          counterpartyIban: null,
          description: payment.id,
          detail: {},
          outcome: 'matched' as const,
          debtorId: payment.debtorId,
          because: ['the book says that it is of this debtor and not allocated'],
        })) as never,
        ['administrationId', 'identity'],
      );
    }
  }

  private async agreements(manager: EntityManager, administrationId: string, book: Book): Promise<void> {
    const mine = { administrationId };
    // What was agreed here stays, whatever the book says.
    await manager.delete(PromiseEntity, { ...mine, origin: 'book' });
    await manager.delete(ArrangementEntity, { ...mine, origin: 'book' });
    const add = async (entity: EntityTarget<ObjectLiteral>, rows: object[]): Promise<void> => {
      await manager.createQueryBuilder().insert().into(entity).values(rows).orIgnore().execute();
    };
    for (const part of batches(book.promises, BATCH)) {
      await add(
        PromiseEntity,
        part.map((promise) => ({ ...promise, ...mine, invoiceIds: [...promise.invoiceIds] })),
      );
    }
    for (const part of batches(book.arrangements, BATCH)) {
      await add(
        ArrangementEntity,
        part.map((arrangement) => ({
          ...arrangement,
          ...mine,
          invoiceIds: [...arrangement.invoiceIds],
          instalments: [...arrangement.instalments],
        })),
      );
    }
    for (const part of batches(book.contacts, BATCH)) {
      await add(
        ContactEntity,
        part.map((contact) => ({ ...contact, ...mine, invoiceIds: [...contact.invoiceIds] })),
      );
    }
  }
}
