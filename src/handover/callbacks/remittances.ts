import { type EntityManager, In, IsNull, Not } from 'typeorm';
import { formatAmount } from '../../kernel/money.js';
import { type PlainDate, plainDateIn } from '../../kernel/plain-date.js';
import { HandoverSettlementEntity } from '../handover.entity.js';
import { type BankCredit, findCredit } from '../rules/settlement/remittance.js';

/** How many settlements are looked at in one go. */
const BATCH = 100;
const DIFFERS = 'bank-differs';
/** A name as banks print it: its letters and digits. */
const lettersOf = (column: string): string => `regexp_replace(lower(coalesce(${column}, '')), '[^[:alnum:]]', '', 'g')`;

/** Finds the bank lines settlements came with; inside a unit of work of the administration. Proposals: nothing is booked. */
export class Remittances {
  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
  ) {}

  /** Looks for those that have none yet. One whose bank line has another amount is parked, when nobody has accepted it. */
  async find(): Promise<void> {
    const { administrationId } = this;
    const awaited = await this.manager.find(HandoverSettlementEntity, {
      where: { administrationId, bankLineId: IsNull(), state: Not(In(['rejected' as const])) },
      order: { receivedAt: 'ASC', settlementId: 'ASC' },
      take: BATCH,
    });
    for (const settlement of awaited) {
      const { agencyId, settlementId, remitted, currency, remittanceReference, findings, state } = settlement;
      const receivedOn = plainDateIn(settlement.receivedAt, 'Europe/Amsterdam');
      const found = findCredit(
        { settlementId, remittanceReference, remitted, currency, receivedOn },
        await this.credits(agencyId, currency, receivedOn),
      );
      const where = { administrationId, agencyId, settlementId };
      if (found.kind === 'found') await this.manager.update(HandoverSettlementEntity, where, { bankLineId: found.id });
      if (found.kind === 'differs' && state !== 'accepted' && findings.every(({ code }) => code !== DIFFERS)) {
        const message = `the bank line has ${formatAmount(found.amount, currency)}, ${formatAmount(remitted, currency)} is stated`;
        const all = [...findings, { code: DIFFERS, path: '/remitted', message }];
        await this.manager.update(HandoverSettlementEntity, where, { findings: all as never, state: 'parked' });
      }
    }
  }

  /**
   * Credits about that time that are no other settlement's. Nor what a debtor paid himself: counted as passed on, his payment would be taken
   * back from what the agency was told (rules/case/changes).
   */
  private async credits(agencyId: string, currency: string, around: PlainDate): Promise<BankCredit[]> {
    const rows = (await this.manager.query(
      `SELECT line.id, line.booked_on::text AS booked_on, line.amount::text AS amount, line.currency,
              concat_ws(' ', line.description, line.counterparty_name) AS text
         FROM bank_line line
        WHERE line.administration_id = $1 AND line.amount > 0 AND line.currency = $2
          AND line.booked_on BETWEEN $3::date - 14 AND $3::date + 60
          AND NOT EXISTS (SELECT FROM handover_settlement other
                           WHERE other.administration_id = $1 AND other.bank_line_id = line.id AND other.state <> 'rejected')
          AND (${lettersOf('line.counterparty_name')} = (SELECT ${lettersOf('name')} FROM agency WHERE administration_id = $1 AND id = $4)
               OR coalesce(line.counterparty_iban, '') NOT IN (SELECT unnest(ibans) FROM debtor WHERE administration_id = $1)
              AND (coalesce(line.counterparty_name, '') = ''
                   OR ${lettersOf('line.counterparty_name')} NOT IN (SELECT ${lettersOf('name')} FROM debtor WHERE administration_id = $1)))
        ORDER BY line.booked_on, line.id LIMIT 10000`,
      [this.administrationId, currency, around, agencyId],
    )) as { id: string; booked_on: PlainDate; amount: string; currency: string; text: string }[];
    return rows.map(({ id, booked_on: bookedOn, amount, currency: of, text }) => ({
      id,
      bookedOn,
      amount: Number(amount),
      currency: of,
      text,
    }));
  }
}
