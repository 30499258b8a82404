import type { Minor } from '../../../kernel/money.js';
import type { Contact } from '../../../ledger/rules/book.js';
import type { NoticeSent } from '../readiness/facts.js';

/** A message as far as the gate is concerned; `act` null: nobody knows what was in it. */
interface Message {
  readonly contact: Contact;
  readonly act: { readonly announcedCosts: Minor; readonly announcedVat: Minor; readonly asked: readonly Minor[] } | null;
  readonly mail: object | null;
}

/** A mail is kept as it went out. Of what went by post only the proof that it arrived says anything. */
export const noticeOf = ({ contact, act, mail }: Message): NoticeSent => ({
  contact,
  principals: act?.asked ?? null,
  costsStated: act?.announcedCosts ?? null,
  vatStated: (act?.announcedVat ?? 0) > 0,
  proofKept: mail !== null || contact.receivedOn !== null,
});
