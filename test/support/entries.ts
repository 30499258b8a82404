import { plainDate } from '../../src/kernel/plain-date.js';
import type { Counterparty, Entry, Transaction } from '../../src/statements/rules/statement.js';

/** A payment with everything filled in that a test does not care about. */
export const transaction = ({
  counterparty,
  ...given
}: Partial<Omit<Transaction, 'counterparty'>> & { counterparty?: Partial<Counterparty> | null }): Transaction => ({
  index: 0,
  amount: null,
  currency: 'EUR',
  amountSource: 'Ntry/Amt',
  endToEndId: null,
  mandateId: null,
  transactionId: null,
  servicerReference: null,
  structuredReferences: [],
  unstructured: [],
  purpose: null,
  counterparty: counterparty
    ? { name: null, iban: null, other: null, bic: null, country: null, ultimateName: null, ...counterparty }
    : null,
  return: null,
  charges: [],
  original: null,
  paymentInformationId: null,
  instructionId: null,
  messageId: null,
  documentNumbers: [],
  additionalRemittance: [],
  information: null,
  ...given,
});

/** A booked entry, likewise. */
export const entry = (given: Partial<Entry> = {}): Entry => ({
  index: 0,
  status: 'BOOK',
  amount: '10.00',
  currency: 'EUR',
  bookingDate: plainDate('2026-03-02'),
  valueDate: plainDate('2026-03-02'),
  reversal: false,
  entryReference: null,
  servicerReference: null,
  bankCode: { domain: null, family: null, subFamily: null, proprietary: null },
  batch: false,
  information: null,
  transactions: [transaction({ amount: given.amount ?? '10.00' })],
  batchDetails: null,
  charges: [],
  directionKnown: true,
  ...given,
});
