import type { DebtorFacts } from '../../dunning/rules/facts.js';
import { type Confirmation, invoicesIn } from '../../dossier/rules/confirmation.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { ConfirmationLetter } from './confirmation-view.js';
import { type LetterSender, registryOf } from './compose-letter.js';
import { type Language, letterLanguage } from './localized.js';

/**
 * The letter that tells a debtor what was noted. In his language, else in the given one. Throws (a bug) when it names an invoice that is
 * not in the facts.
 */
export function composeConfirmation(
  said: Confirmation,
  facts: DebtorFacts,
  sender: LetterSender,
  otherwise: Language,
  date: PlainDate,
): ConfirmationLetter {
  const { debtor, administration } = facts;
  const { replyTo, ...creditor } = sender;
  const invoices = invoicesIn(said).map((id) => {
    const invoice = facts.invoices.find((each) => each.id === id);
    if (!invoice) throw new Error(`a confirmation names an invoice that is not in its facts: ${id}`);
    return invoice;
  });
  return {
    said,
    language: letterLanguage(debtor.language, otherwise),
    date,
    creditor: { ...creditor, registry: registryOf(administration.registry) },
    debtor: { name: debtor.name, number: debtor.number },
    currency: invoices[0]?.currency ?? administration.currency,
    invoices: invoices.map(({ number, paymentReference }) => ({ number, paymentReference })),
    contact: { name: null, email: replyTo ?? sender.email, phone: sender.phone },
  };
}
