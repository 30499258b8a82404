import { type Language, type Sentence, say } from '../../../kernel/sentence.js';
import type { CaseState } from '../status/case-states.js';
import type { Callback, CallbackType } from './callback.js';

/** A case that has come to a state, in a few neutral words. */
const STATES = {
  RECEIVED: { nl: 'ontvangen', fr: 'reçu', en: 'received' },
  INFO_REQUIRED: { nl: 'wacht op informatie', fr: 'attend des informations', en: 'waits for information' },
  ACCEPTED: { nl: 'in behandeling genomen', fr: 'pris en charge', en: 'accepted' },
  AMICABLE: { nl: 'minnelijke incasso', fr: 'recouvrement amiable', en: 'amicable collection' },
  ARRANGEMENT: { nl: 'betalingsregeling', fr: 'plan de paiement', en: 'payment arrangement' },
  DISPUTED: { nl: 'betwist', fr: 'contesté', en: 'disputed' },
  PAUSED: { nl: 'gepauzeerd', fr: 'suspendu', en: 'paused' },
  LEGAL_ADVICE: { nl: 'juridisch advies', fr: 'avis juridique', en: 'legal advice' },
  LEGAL: { nl: 'gerechtelijke procedure', fr: 'procédure judiciaire', en: 'legal proceedings' },
  JUDGMENT: { nl: 'vonnis', fr: 'jugement', en: 'judgment' },
  ENFORCEMENT: { nl: 'executie', fr: 'exécution', en: 'enforcement' },
  CLOSED: { nl: 'gesloten', fr: 'clôturé', en: 'closed' },
  REJECTED: { nl: 'geweigerd', fr: 'refusé', en: 'rejected' },
} as const satisfies Readonly<Partial<Record<CaseState, Sentence>>>;

/** A state in a few words; null for those that are our own doing. */
export const stateWords = (state: string, language: Language): string | null =>
  Object.hasOwn(STATES, state) ? STATES[state as keyof typeof STATES][language] : null;

const PAYMENT: Sentence = {
  nl: '{agency}: betaling van {amount} ontvangen op {on}',
  fr: '{agency} : paiement de {amount} reçu le {on}',
  en: '{agency}: payment of {amount} received on {on}',
};
const SETTLEMENT: Sentence = {
  nl: '{agency}: afrekening {settlement}',
  fr: '{agency} : décompte {settlement}',
  en: '{agency}: settlement {settlement}',
};
const STATE: Sentence = { nl: '{agency}: {state}', fr: '{agency} : {state}', en: '{agency}: {state}' };

/** Of which nobody needs to be told: the agency has what we sent, as it should. */
const TRIFLES: readonly CallbackType[] = ['received'];

/** What a person is told of news of an agency, in a line; null: nothing. Where it makes a task, that is told instead. */
export function newsText(agency: string, callback: Callback, state: CaseState | null, language: Language): string | null {
  const { type, amount, currency, receivedOn, settlement } = callback;
  if (type === 'payment_registered') return say(PAYMENT, { agency, amount: `${currency} ${amount}`, on: receivedOn ?? '' }, language);
  if (type === 'settlement_issued') return say(SETTLEMENT, { agency, settlement: settlement?.settlementId ?? '' }, language);
  const words = state === null ? null : stateWords(state, language);
  return words === null || TRIFLES.includes(type) ? null : say(STATE, { agency, state: words }, language);
}
