import { IsNull } from 'typeorm';
import type { PlainDate } from '../kernel/plain-date.js';
import { DebtorEntity } from '../ledger/receivables.entity.js';
import { ReturnedContactEntity } from '../ledger/returned-contact.entity.js';
import { withOverrides } from '../ledger/rules/debtor-overrides.js';
import { goodEmails } from '../ledger/rules/returned-post.js';
import type { Tenancy } from '../platform/database/tenancy.js';

/** An address nothing is sent to any more: somebody has to find a better one. */
export interface BadAddress {
  readonly debtorId: string;
  readonly debtor: string;
  readonly channel: 'email' | 'letter';
  /** As it was sent to; null: nobody wrote it down. */
  readonly address: string | null;
  readonly returnedOn: PlainDate;
  readonly note: string | null;
  readonly phone: string | null;
}

/** What a person has to look up. Derived each time: whoever has another address by now is not among them. */
export class BadAddresses {
  constructor(private readonly tenancy: Tenancy) {}

  /** One of each debtor and channel, the longest known first. */
  list(administrationId: string): Promise<BadAddress[]> {
    return this.tenancy.within(administrationId, async (manager) => {
      const rows = await manager.find(ReturnedContactEntity, {
        where: { administrationId, goodAgainAt: IsNull() },
        order: { returnedOn: 'ASC', debtorId: 'ASC', address: 'ASC' },
      });
      const found: BadAddress[] = [];
      for (const { debtorId, channel, address, returnedOn, note } of rows) {
        const debtor = await manager.findOneBy(DebtorEntity, { administrationId, id: debtorId, deletedAt: IsNull() });
        if (!debtor || found.some((each) => each.debtorId === debtorId && each.channel === channel)) continue;
        const { emails } = withOverrides(debtor);
        const isStillHis = channel === 'letter' || goodEmails(emails, { badEmails: new Set([address]) }).length < emails.length;
        if (!isStillHis) continue;
        found.push({ debtorId, debtor: debtor.name, channel, address: address || null, returnedOn, note, phone: debtor.phone });
      }
      return found;
    });
  }
}
