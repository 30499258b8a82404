import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { derivedUuid } from '../../src/platform/database/ids.js';
import { AdministrationEntity } from '../../src/ledger/administration.entity.js';
import { BankLineEntity } from '../../src/ledger/bank.entity.js';
import {
  AllocationEntity,
  DebtorEntity,
  DisputeEntity,
  InvoiceEntity,
  PromiseEntity,
  SettlementEntity,
} from '../../src/ledger/receivables.entity.js';
import { administrationRow, debtorRow, invoiceRow } from '../support/rows.js';
import type { Drawing, DrawnItem } from './ledgers.js';
import { dayOf } from './books.js';

const MADE_AT = new Date('2026-01-01T00:00:00Z');
const STATEMENT = '00000000-0000-4000-8000-000000000001';

/**
 * Stores a drawn ledger as pulls, bank lines and people would have left it, without any book in between: invoices, settlements with and
 * without our marks, allocations the package knows, knows otherwise, or does not know, some undone, disputes, promises, loose money.
 */
export async function storeLedger(manager: EntityManager, administrationId: string, drawing: Drawing): Promise<void> {
  await manager.query('SET CONSTRAINTS ALL DEFERRED');
  await manager.insert(AdministrationEntity, administrationRow({ id: administrationId }) as never);
  await manager.insert(
    DebtorEntity,
    drawing.segments.map((segment, at) =>
      debtorRow({ administrationId, id: `d${at}`, segment, ...(drawing.goneDebtor === at && { deletedAt: MADE_AT }) }),
    ) as never,
  );
  const lines = new Map<string, object>();
  const line = (id: string, given: Partial<BankLineEntity>): string => {
    lines.set(id, {
      administrationId, id, statementId: STATEMENT, identity: id, position: 0, currency: 'EUR', description: '', detail: {}, outcome: 'matched', debtorId: null,
      bookingId: null, part: 0, because: [], ...given,
    }); // prettier-ignore
    return id;
  };
  await manager.query(
    `INSERT INTO statement (administration_id, id, file_name, file_sha256, iban, currency, through_date, content_hash, imported_at)
     VALUES ($1, $2, '', '', '', 'EUR', '2026-01-01', '', now())`,
    [administrationId, STATEMENT],
  );
  const [invoices, settlements, allocations, disputes]: [object[], object[], object[], object[]] = [[], [], [], []];
  const allocate = (invoiceId: string, at: number, amount: number, day: number, given: Partial<AllocationEntity>): void => {
    const id = derivedUuid(administrationId, invoiceId, String(at), String(allocations.length));
    allocations.push({
      administrationId, id, invoiceId, amount, marker: id.slice(0, 8) + 'xx', settlementId: null, allocatedAt: MADE_AT, allocatedBy: null,
      bankLineId: line(derivedUuid(id), { amount, bookedOn: dayOf(day) }), reversedAt: null, ...given,
    }); // prettier-ignore
  };
  drawing.items.forEach((item, at) => {
    const id = `i${at}`;
    const sign = item.credit ? -1 : 1;
    invoices.push(
      invoiceRow({
        administrationId,
        id,
        debtorId: `d${item.owner}`,
        kind: item.credit ? 'credit-note' : 'invoice',
        currency: item.foreign ? 'USD' : 'EUR',
        issueDate: dayOf(item.issued),
        dueDate: dayOf(item.issued + item.term),
        amount: sign * item.amount,
        packageOpen: sign * item.open,
        writtenOff: item.writtenOff,
        deletedAt: item.deleted ? MADE_AT : null,
        dispute: item.packageDispute ? disputeOf(item) : null,
      }),
    );
    item.paid.forEach(({ after, amount, by }, step) => {
      const [settlementId, day] = [`s${step}`, item.issued + after];
      const mark = derivedUuid(administrationId, id, String(step)).slice(0, 8) + 'yy';
      const settlement = {
        administrationId,
        invoiceId: id,
        id: settlementId,
        settledOn: dayOf(day),
        amount: sign * amount,
        kind: 'payment',
        marker: null,
      };
      if (by !== 'line') settlements.push({ ...settlement, ...(['marked', 'undone'].includes(by) && { marker: mark }) });
      if (by === 'package' || amount === 0) return;
      allocate(id, step, sign * amount, by === 'by-hand' ? day + 2 : day, {
        ...(by === 'marked' && { marker: mark }),
        ...(by === 'undone' && { marker: mark, reversedAt: MADE_AT }),
        ...(by === 'known' && { settlementId }),
      });
    });
    if (item.dispute && !item.packageDispute) {
      const { code, since, amount, resolved } = disputeOf(item);
      disputes.push({
        administrationId, id: randomUUID(), invoiceId: id, debtorId: `d${item.owner}`, code, amount, openedOn: since, answerBy: since,
        outcome: resolved === null ? null : 'REJECTED', resolvedOn: resolved,
      }); // prettier-ignore
    }
  });
  drawing.loose.forEach(({ day, amount, owner, kind }, at) => {
    const id = line(derivedUuid(administrationId, 'loose', String(at)), {
      amount,
      bookedOn: dayOf(day),
      debtorId: `d${owner}`,
      outcome: kind === 'waits' ? 'proposed' : 'matched',
    } as never);
    if (kind === 'taken-back') line(derivedUuid(id), { amount: -Math.ceil(amount / 2), bookedOn: dayOf(day + 1), returnOf: id } as never);
  });
  await manager.insert(InvoiceEntity, invoices as never);
  await manager.insert(SettlementEntity, settlements as never);
  await manager.insert(BankLineEntity, [...lines.values()] as never);
  await manager.insert(AllocationEntity, allocations as never);
  await manager.insert(DisputeEntity, disputes as never);
  await manager.insert(
    PromiseEntity,
    drawing.promises.map(({ owner, day, days, amount, items }, at) => ({
      administrationId,
      id: `b${at}`,
      debtorId: `d${owner}`,
      invoiceIds: items.filter((item) => item < drawing.items.length).map((item) => `i${item}`),
      madeOn: dayOf(day),
      dueDate: dayOf(day + days),
      amount,
    })) as never,
  );
}

const disputeOf = (item: DrawnItem) => ({
  code: item.dispute?.code ?? 'PRICE',
  since: dayOf(item.issued + (item.dispute?.after ?? 0)),
  amount: item.dispute?.part ? Math.max(1, Math.round(item.amount / 3)) : null,
  resolved: item.dispute === null || item.dispute.lasted === null ? null : dayOf(item.issued + item.dispute.after + item.dispute.lasted),
});
