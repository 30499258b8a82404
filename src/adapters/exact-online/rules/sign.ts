import { type Result, err, ok } from '../../../kernel/result.js';
import { ENTRY_TYPE } from '../vendor.js';
import { type VendorRecord, guidOf, wholeOf } from './record.js';

/** What an amount of a term is multiplied with to be positive for what the debtor owes. */
export type Sign = 1 | -1;

/** As the sheet has it: an open invoice is negative (§4.2). Taken until an invoice proves it or something else. */
export const USUAL_SIGN: Sign = -1;

/** How many terms of the wrong sign are too many to be oddities (an overpaid invoice, a negative one). */
const SUSPICIOUS = 2;

const signOf = (value: unknown): number => (typeof value === 'number' ? Math.sign(value) : 0);

const expectedSign = (term: VendorRecord): number => {
  const type = wholeOf(term['TransactionType']);
  if (term['TransactionIsReversal'] === true) return 0;
  return type === ENTRY_TYPE.invoice ? 1 : type === ENTRY_TYPE.creditNote ? -1 : 0;
};

/** The sales entry whose amount would prove the sign of an endpoint; null when none of these terms is of an invoice. */
export function witnessAmong(terms: readonly VendorRecord[]): string | null {
  const term = terms.find(
    (each) => expectedSign(each) === 1 && signOf(each['AmountDC']) !== 0 && guidOf(each['TransactionEntryID']) !== null,
  );
  return term ? guidOf(term['TransactionEntryID']) : null;
}

/** The sign of an endpoint, from one of its terms and the amount of the invoice it is of (positive: the debtor owes it). */
export function signFrom(terms: readonly VendorRecord[], entryId: string, entryAmount: number): Result<Sign> {
  const signs = new Set(
    terms
      .filter((term) => guidOf(term['TransactionEntryID']) === entryId)
      .map((term) => signOf(term['AmountDC']) * Math.sign(entryAmount))
      .filter((sign) => sign !== 0),
  );
  const [sign, another] = [...signs];
  if (sign === undefined || another !== undefined) {
    return err({ code: 'signs-unclear', message: `the terms of entry ${entryId} do not show which sign an invoice has` });
  }
  return ok(sign as Sign);
}

/** The sign of an endpoint, by a term of it whose amount is known with the sign of another endpoint; null when the amount is another one. */
export function signLike(known: { readonly record: VendorRecord; readonly sign: Sign }, term: VendorRecord): Sign | null {
  const [before, now] = [known.record['AmountDC'], term['AmountDC']];
  if (typeof before !== 'number' || typeof now !== 'number' || before === 0 || Math.abs(before) !== Math.abs(now)) return null;
  return (known.sign * Math.sign(before) * Math.sign(now)) as Sign;
}

/** Without a sales entry to look at: the sign most invoices among the terms have. */
export function signOfMost(terms: readonly VendorRecord[]): Sign | null {
  const balance = terms.reduce((total, term) => total + signOf(term['AmountDC']) * expectedSign(term), 0);
  return balance === 0 ? null : (Math.sign(balance) as Sign);
}

/** Whether the terms contradict the sign: more of them than not. Then nothing of them may be taken over. */
export function contradicts(terms: readonly VendorRecord[], sign: Sign): boolean {
  const judged = terms.map((term) => signOf(term['AmountDC']) * sign * expectedSign(term)).filter((verdict) => verdict !== 0);
  const odd = judged.filter((verdict) => verdict < 0).length;
  return odd >= SUSPICIOUS && odd > judged.length - odd;
}
