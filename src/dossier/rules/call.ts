/** What came of a call. */
export const CALL_OUTCOMES = ['reached', 'not-reached', 'wrong-number', 'invoice-not-received', 'promise', 'dispute'] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** After this many tries in vain the call counts as made, so that the next step comes. House choice. */
const TRIES = 3;

/**
 * Whether a call was a contact moment, after which dunning goes on with the next step. One nobody answered is put on the list again,
 * until it was tried often enough; a wrong number is no use trying again.
 */
export const isContact = (outcome: CallOutcome, triesBefore: number): boolean => outcome !== 'not-reached' || triesBefore + 1 >= TRIES;
