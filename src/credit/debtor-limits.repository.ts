import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { sum } from '../kernel/money.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import type { Book, BookLimit, Debtor, DebtorLimits } from '../ledger/rules/book.js';
import { CreditGroupEntity, CreditGroupMemberEntity, CreditLimitEntity } from './credit.entity.js';
import { exposuresIn } from './rules/exposures-in.js';

/** The limits of one administration's debtors; all methods run inside a unit of work of it. */
export class DebtorLimitsRepository {
  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
  ) {}

  /** The book with the limits that were set beside the package's, and what the other members of each group owe. */
  async into(book: Book): Promise<Book> {
    const { administrationId } = this;
    const limits = Map.groupBy(await this.manager.findBy(CreditLimitEntity, { administrationId }), ({ debtorId }) => debtorId);
    const members = await this.manager.findBy(CreditGroupMemberEntity, { administrationId });
    if (limits.size === 0 && members.length === 0) return book;
    const groups = new Map((await this.groups(book, members)).map((group) => [group.debtorId, group.limit]));
    return {
      ...book,
      debtors: book.debtors.map((debtor) => withLimits(debtor, limits.get(debtor.id) ?? [], groups.get(debtor.id) ?? null)),
    };
  }

  private async groups(
    book: Book,
    members: readonly CreditGroupMemberEntity[],
  ): Promise<{ debtorId: string; limit: NonNullable<DebtorLimits['group']> }[]> {
    const here = new Set(book.debtors.map(({ id }) => id));
    const membersOf = Map.groupBy(members, ({ groupId }) => groupId);
    const ids = [...membersOf].filter(([, own]) => own.some(({ debtorId }) => here.has(debtorId))).map(([id]) => id);
    const { administrationId } = this;
    const limited = (await this.manager.findBy(CreditGroupEntity, { administrationId, id: In(ids) })).filter(
      ({ amount }) => amount !== null,
    );
    const away = limited.flatMap(({ id }) => (membersOf.get(id) ?? []).map(({ debtorId }) => debtorId)).filter((id) => !here.has(id));
    const others = away.length === 0 ? null : await new LedgerRepository(this.manager).book(administrationId, book.asOf, away);
    const exposures = new Map([...exposuresIn(book), ...(others ? exposuresIn(others) : [])]);
    return limited.flatMap(({ id, amount, startsOn: from, until }) => {
      const own = (membersOf.get(id) ?? []).map(({ debtorId }) => debtorId);
      return own
        .filter((debtorId) => here.has(debtorId))
        .map((debtorId) => {
          const usedByOthers = sum(own.filter((other) => other !== debtorId).map((other) => exposures.get(other) ?? 0));
          return { debtorId, limit: { amount: amount ?? 0, from, until, usedByOthers } };
        });
    });
  }
}

function withLimits(debtor: Debtor, own: readonly CreditLimitEntity[], group: DebtorLimits['group']): Debtor {
  return own.length === 0 && group === null ? debtor : { ...debtor, limits: limitsOf(own, group) };
}

/** Limits of a debtor as a book has them. */
export function limitsOf(own: readonly CreditLimitEntity[], group: DebtorLimits['group']): DebtorLimits {
  const of = (kind: CreditLimitEntity['kind']): (BookLimit & { readonly only: boolean }) | null => {
    const found = own.find((one) => one.kind === kind);
    return found ? { amount: found.amount, from: found.startsOn, until: found.until, only: found.insuredOnly } : null;
  };
  const dated = (limit: ReturnType<typeof of>): BookLimit | null => limit && { amount: limit.amount, from: limit.from, until: limit.until };
  return { internal: dated(of('internal')), temporary: dated(of('temporary')), insured: of('insured'), group };
}
