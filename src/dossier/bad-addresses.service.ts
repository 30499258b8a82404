import { In, IsNull } from 'typeorm';
import { DebtorEntity } from '../ledger/receivables.entity.js';
import { ReturnedContactEntity } from '../ledger/returned-contact.entity.js';
import { withOverrides } from '../ledger/rules/debtor-overrides.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { type BadAddress, badAddressesOf } from './rules/bad-addresses.js';

/** What a person has to look up. Derived each time: whoever has another address by now is not among them. */
export class BadAddresses {
  constructor(private readonly tenancy: Tenancy) {}

  /** One of each debtor and channel, the longest known first. */
  list(administrationId: string): Promise<BadAddress[]> {
    return this.tenancy.within(administrationId, async (manager) => {
      const returned = await manager.find(ReturnedContactEntity, {
        where: { administrationId, goodAgainAt: IsNull() },
        order: { returnedOn: 'ASC', debtorId: 'ASC', address: 'ASC' },
      });
      const ids = [...new Set(returned.map(({ debtorId }) => debtorId))];
      const debtors = await manager.findBy(DebtorEntity, { administrationId, id: In(ids), deletedAt: IsNull() });
      return badAddressesOf(returned, new Map(debtors.map((debtor) => [debtor.id, withOverrides(debtor)])));
    });
  }
}
