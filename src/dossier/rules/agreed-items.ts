import { sum, type Minor } from '../../kernel/money.js';
import { type Failure, type Result, err, ok } from '../../kernel/result.js';
import type { DebtorFacts } from '../../dunning/rules/facts.js';
import type { Standing } from '../../dunning/rules/standing.js';
import type { Invoice } from '../../ledger/rules/book.js';

/** The items a promise or an arrangement is about, and what is open on them. */
export interface AgreedItems {
  readonly invoices: readonly Invoice[];
  readonly open: Minor;
}

/**
 * The items payment can be agreed on. Refuses: `credit-note`, `nothing-open`, `handed-over` (the agency makes the agreements),
 * `other-currency` (agreements are in the administration's), `in-arrangement` and `promise-open` where one is running already.
 */
export function agreedItems(facts: DebtorFacts, ids: readonly string[], { promises, arrangements }: Standing): Result<AgreedItems> {
  const invoices = facts.invoices.filter(({ id }) => ids.includes(id));
  const covers = ({ invoiceIds }: { readonly invoiceIds: readonly string[] }, id: string): boolean =>
    invoiceIds.length === 0 || invoiceIds.includes(id);
  for (const { id, number, kind, open, handedOverOn, currency } of invoices) {
    const refused = ((): Failure | null => {
      if (kind === 'credit-note') return { code: 'credit-note', message: `${number} is a credit note: there is nothing to pay` };
      if (open <= 0) return { code: 'nothing-open', message: `nothing of invoice ${number} is open` };
      if (handedOverOn !== null) return { code: 'handed-over', message: `invoice ${number} was handed over on ${handedOverOn}` };
      if (currency !== facts.administration.currency) {
        return {
          code: 'other-currency',
          message: `invoice ${number} is in ${currency}, agreements are in ${facts.administration.currency}`,
        };
      }
      const arrangement = arrangements.find(({ state, arrangement: each }) => state === 'running' && covers(each, id));
      if (arrangement) return { code: 'in-arrangement', message: `an arrangement is running for invoice ${number}; withdraw it first` };
      const promise = promises.find(({ state, promise: each }) => state === 'open' && covers(each, id));
      if (!promise) return null;
      return {
        code: 'promise-open',
        message: `payment of invoice ${number} is promised for ${promise.promise.dueDate}; withdraw that first`,
      };
    })();
    if (refused) return err(refused);
  }
  return ok({ invoices, open: sum(invoices.map(({ open }) => open)) });
}
