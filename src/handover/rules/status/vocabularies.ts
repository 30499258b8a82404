import { CASE_STATES, type CaseState, type CloseCode } from './case-states.js';

/** What one word of an agency means to us; a closing word may say why. */
export interface Meaning {
  readonly state: CaseState;
  readonly closeCode?: CloseCode;
}

export const VOCABULARIES = ['canonical', 'dutch', 'debitura', 'wallee', 'debbie'] as const;
export type VocabularyName = (typeof VOCABULARIES)[number];

const closed = (closeCode: CloseCode): Meaning => ({ state: 'CLOSED', closeCode });

/**
 * The words of agencies we know (agency-handover.md §5.2). A word that says two things, or of which the source does not say what it means,
 * is left out on purpose: it is then kept as it is and shown to a person.
 */
const WORDS: Readonly<Record<Exclude<VocabularyName, 'canonical'>, Readonly<Record<string, Meaning>>>> = {
  dutch: {
    ontvangen: { state: 'RECEIVED' },
    'in behandeling': { state: 'AMICABLE' },
    'aanmaning verzonden': { state: 'AMICABLE' },
    betalingsregeling: { state: 'ARRANGEMENT' },
    betwist: { state: 'DISPUTED' },
    dagvaarding: { state: 'LEGAL' },
    vonnis: { state: 'JUDGMENT' },
    beslag: { state: 'ENFORCEMENT' },
    'gesloten - voldaan': closed('PAID_FULL'),
  },
  debitura: {
    'pending contract signing': { state: 'RECEIVED' },
    'pending verification': { state: 'RECEIVED' },
    'more info required': { state: 'INFO_REQUIRED' },
    active: { state: 'AMICABLE' },
    paused: { state: 'PAUSED' },
    paid: closed('PAID_FULL'),
    'partially paid': closed('PAID_PARTIAL_SETTLED'),
    'invalid data': closed('INVALID_DATA'),
    'insolvent/bankrupt': closed('UNCOLLECTIBLE_INSOLVENT'),
    untraceable: closed('UNCOLLECTIBLE_UNTRACEABLE'),
    'disputed and client declines legal action': closed('DISPUTE_NO_LEGAL'),
    'withdrawn by client': closed('WITHDRAWN_BY_CREDITOR'),
    'limitation expired': closed('PRESCRIBED'),
    'settlement rejected by client': closed('SETTLEMENT_REFUSED_BY_CREDITOR'),
    'unresponsive client': closed('CREDITOR_UNRESPONSIVE'),
    uneconomical: closed('UNECONOMICAL'),
  },
  wallee: {
    create: { state: 'RECEIVED' },
    preparing: { state: 'RECEIVED' },
    reviewing: { state: 'RECEIVED' },
    pending: { state: 'RECEIVED' },
    processing: { state: 'AMICABLE' },
  },
  debbie: {
    open: { state: 'ACCEPTED' },
    in_progress: { state: 'AMICABLE' },
    settled: closed('PAID_PARTIAL_SETTLED'),
    legal: { state: 'LEGAL' },
    cancelled: closed('WITHDRAWN_BY_CREDITOR'),
  },
};

/** What a word means in a vocabulary; null: nobody has said, and it is not guessed. Case, blanks and the kind of dash do not matter. */
export function meaningOf(vocabulary: VocabularyName, word: string): Meaning | null {
  const text = word.trim().replace(/\s+/g, ' ');
  if (vocabulary === 'canonical') {
    const state = CASE_STATES.find((each) => each === text);
    return state === undefined ? null : { state };
  }
  const key = text.toLowerCase().replace(/[‐-―]/g, '-');
  return Object.hasOwn(WORDS[vocabulary], key) ? (WORDS[vocabulary][key] ?? null) : null;
}
