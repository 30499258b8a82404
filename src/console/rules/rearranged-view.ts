import type { OpenAgreements } from '../../dossier/rules/open-agreements.js';
import type { Texts } from '../texts.js';
import type { Format } from './format.js';
import { fill, wordFor } from './words.js';

export interface RearrangedShown {
  readonly what: string;
  readonly why: string;
}

/**
 * What waits for a person because of what was done in the package: invoices whose holds have no end of their own, and debtors that are on hold
 * as another one was who was merged into them.
 */
export const showRearranged = (holds: OpenAgreements['holds'], texts: Texts, format: Format): RearrangedShown[] =>
  holds.flatMap(({ invoice, until, debtor, from, reason, formerDebtor }) => {
    const isShown = invoice === undefined ? formerDebtor !== undefined : until === null;
    if (!isShown) return [];
    const former = formerDebtor === undefined ? '' : ` (${fill(texts.agreements.formerDebtor, { debtor: formerDebtor })})`;
    const day = format.day(from);
    return [
      {
        what:
          invoice === undefined
            ? fill(texts.rearranged.debtor, { debtor, day })
            : fill(texts.rearranged.invoice, { invoice: fill(texts.agreements.invoice, { number: invoice }), debtor, day }),
        why: `${wordFor(texts.agreements.holdReason, reason)}${former}`,
      },
    ];
  });
