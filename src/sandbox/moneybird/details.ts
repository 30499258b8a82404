import { type Result, err, ok } from '../../kernel/result.js';
import { type Answer, notFound, refusal } from './answers.js';
import type { Books } from './books.js';
import type { DetailRecord } from './records.js';
import { readMoney, readQuantity } from './rules/money-text.js';

interface DetailInput {
  readonly description?: unknown;
  readonly price?: unknown;
  readonly amount?: unknown;
  readonly tax_rate_id?: unknown;
  readonly ledger_account_id?: unknown;
}

/** `details_attributes`, a list or keyed by index. Refusals: no price (400), a tax rate or ledger account that is not there (404). */
export function readDetails(books: Books, given: unknown, at: Date): Result<DetailRecord[], Answer> {
  const inputs = typeof given === 'object' && given !== null ? (Object.values(given) as DetailInput[]) : [];
  const details: DetailRecord[] = [];
  for (const input of inputs) {
    const price = readMoney(input.price);
    if (price === null) return err(refusal(400, "Price can't be nil", { price: 'nils' }));
    const taxRateId = input.tax_rate_id === undefined ? books.taxRates[0]?.id : String(input.tax_rate_id);
    if (!books.taxRates.some(({ id }) => id === taxRateId)) return err(notFound('tax_rate_id'));
    const ledgerAccountId = input.ledger_account_id === undefined ? books.ledgerAccount('Omzet').id : String(input.ledger_account_id);
    if (!books.ledgerAccounts.some(({ id }) => id === ledgerAccountId)) return err(notFound('ledger_account_id'));
    details.push({
      ...books.stamp(at),
      description: typeof input.description === 'string' ? input.description : '',
      amount: input.amount === undefined || input.amount === null ? null : String(input.amount),
      quantityMilli: readQuantity(input.amount),
      price,
      taxRateId: taxRateId ?? '',
      ledgerAccountId,
    });
  }
  return ok(details);
}
