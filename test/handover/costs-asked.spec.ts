import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LedgerRepository } from '../../src/ledger/ledger.repository.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { BankLineEntity, StatementEntity } from '../../src/ledger/bank.entity.js';
import { DunningHouse, type DunnedCompany, PROPOSED } from './support/dunned-company.js';

/** What a notice asked is what the costs of the handover stand on, from the act that was kept to the dossier that goes out. */

const house = new DunningHouse();
beforeAll(() => house.start());
afterAll(() => house.stop());

/** 900.00 the debtor paid that stands on no invoice. */
async function unallocated(company: DunnedCompany): Promise<string> {
  const id = randomUUID();
  await company.within(async (manager) => {
    const [statement] = await manager.findBy(StatementEntity, { administrationId: company.id });
    await manager.insert(BankLineEntity, {
      ...{ administrationId: company.id, id, statementId: statement?.id, identity: id, position: 0, bookedOn: plainDate('2026-11-02') },
      ...{
        amount: 900_00,
        currency: 'EUR',
        counterpartyName: 'X',
        counterpartyIban: null,
        description: '',
        detail: {},
        outcome: 'matched',
      },
      ...{ debtorId: company.debtorId, because: [], iban: statement?.iban },
    } as never);
  });
  return id;
}

describe('costs of a handover', () => {
  it('stand on what the final notice asked, though more came free after it', async () => {
    const company = await house.company();
    await company.invoice('F-1', 1000_00);
    await company.goTo(plainDate('2026-10-16'));
    const line = await unallocated(company);
    await company.dun(plainDate('2026-11-03'));
    // The notice asked 100.00; the money went elsewhere since, and all 1,000.00 are open.
    await company.within((manager) =>
      manager.update(BankLineEntity, { administrationId: company.id, id: line }, { outcome: 'not-a-receipt', debtorId: null }),
    );
    const { contacts } = await company.within((manager) => new LedgerRepository(manager).book(company.id, plainDate('2026-11-03')));
    const demand = contacts.find(({ kind }) => kind === 'demand');
    expect(demand).toMatchObject({ asked: [{ invoiceId: company.idOf('F-1'), amount: 100_00 }], announcedCosts: 40_00 });

    await company.goTo(PROPOSED);
    await company.runDay(PROPOSED);
    const proposal = await company.proposal();
    expect(proposal.decision).toMatchObject({ amount: '1000.00', costs: '40.00' });
    expect(await company.done('GET', `/acts/${proposal.id}/explain`)).toMatchObject({ agrees: true });

    await company.copies();
    await company.hire();
    const { status, text } = await company.approve({ principal: '1000.00' });
    expect([status, text]).toEqual([201, expect.anything()]);
    await company.deliver();
    const told = await company.told();
    expect(JSON.stringify(told)).toContain('"fee":"40.00"');
  });
});
