import type { EntityManager } from 'typeorm';
import type { CustomerNoticePayload } from '../credit/check-desk.js';
import { type CreditReason, tellCredit } from '../credit/rules/reasons.js';
import { formatAmount } from '../kernel/money.js';
import type { CreditNoticeAct } from './rules/credit-notice.js';
import { letterLanguage } from './rules/localized.js';

/** What there is to tell of customers after they were looked at, by their names, with what they owe; those that are well again are left out. */
export async function customerActs(
  manager: EntityManager,
  administrationId: string,
  { debtors }: CustomerNoticePayload,
  language: string,
): Promise<CreditNoticeAct[]> {
  const rows = (await manager.query(
    `SELECT debtor.name, done.because, administration.currency,
            (SELECT coalesce(sum(package_open), 0)::text FROM invoice
              WHERE invoice.administration_id = $1 AND invoice.debtor_id = debtor.id AND invoice.currency = administration.currency
                AND invoice.deleted_at IS NULL AND NOT invoice.written_off) AS open
       FROM customer_check done
       JOIN debtor ON debtor.administration_id = $1 AND debtor.id = done.debtor_id
       JOIN administration ON administration.id = $1
      WHERE done.administration_id = $1 AND done.debtor_id = ANY ($2::text[]) AND done.outcome <> 'clean'
      ORDER BY debtor.name, debtor.id`,
    [administrationId, [...debtors]],
  )) as { name: string; because: CreditReason[]; currency: string; open: string }[];
  return rows.map(({ name, because, currency, open }) => ({
    debtor: name,
    waits: false,
    exposure: `${currency} ${formatAmount(Number(open), currency)}`,
    because: because.map((reason) => tellCredit(reason, letterLanguage(language, 'nl'))),
  }));
}
