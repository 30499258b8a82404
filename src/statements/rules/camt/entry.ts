import type { PlainDate } from '../../../kernel/plain-date.js';
import { isZero, readXmlAmount, sameValue, signed } from '../decimal.js';
import { compactAccount, identification, partyName } from '../identification.js';
import type {
  Account,
  AmountSource,
  BatchDetails,
  Charge,
  DecimalText,
  Entry,
  OriginalAmount,
  StructuredReference,
  Transaction,
} from '../statement.js';
import { chooseCounterparty } from './counterparty.js';
import type { RawAmount, RawAmountDetails, RawBankCode, RawCharges, RawEntry, RawReference, RawStatement, RawTransaction } from './raw.js';

const NOTHING: readonly never[] = [];

/** The account of a statement as the file identifies it; `currency` falls back to that of the balances. */
export function accountOf(statement: RawStatement, balanceCurrency: string | null): Account {
  const { account } = statement;
  const iban = identification(account?.iban ?? null);
  return {
    iban: iban === null ? null : compactAccount(iban),
    other: identification(account?.other ?? null) ?? identification(account?.proxy ?? null),
    currency: identification(statement.accountCurrency) ?? balanceCurrency,
    owner: partyName(statement.accountOwner),
    servicerBic: identification(statement.servicerBic),
  };
}

export interface EntryDays {
  readonly bookingDate: PlainDate | null;
  readonly valueDate: PlainDate | null;
}

/** An entry as the contract has it. That there is an amount, and whether its days exist, the caller has seen to. */
export function entryOf(raw: RawEntry, amount: RawAmount, index: number, days: EntryDays, own: Account): Entry {
  const debit = raw.indicator === 'DBIT';
  const details = raw.transactions.length === 0 ? [transactionOfEntry(raw, amount, debit)] : null;
  return {
    index,
    status: identification(raw.status),
    amount: signed(amount.amount, debit),
    currency: amount.currency,
    bookingDate: days.bookingDate,
    valueDate: days.valueDate,
    reversal: isTrue(raw.reversal),
    entryReference: identification(raw.reference),
    servicerReference: identification(raw.servicerReference),
    bankCode: bankCodeOf(raw.bankCode),
    batch: raw.batch || raw.transactions.length > 1,
    information: identification(raw.information),
    transactions: details ?? raw.transactions.map((transaction, at) => transactionOf(transaction, at, raw, amount, debit, own)),
    batchDetails: batchDetailsOf(raw),
    charges: chargesOf(raw.charges),
    directionKnown: raw.indicator === 'CRDT' || raw.indicator === 'DBIT' || !raw.indicator,
  };
}

export const isTrue = (text: string | null): boolean => text === 'true' || text === '1';

/** A whole number as the schema counts pages and transactions, null when it is none. */
export const countOf = (text: string | null): number | null => (text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null);

const bankCodeOf = (raw: RawBankCode): Entry['bankCode'] => ({
  domain: identification(raw.domain),
  family: identification(raw.family),
  subFamily: identification(raw.subFamily),
  proprietary: identification(raw.proprietary),
});

const batchDetailsOf = (raw: RawEntry): BatchDetails | null =>
  raw.batch
    ? {
        messageId: identification(raw.batchMessageId),
        paymentInformationId: identification(raw.batchPaymentInformationId),
        transactions: countOf(raw.batchTransactions),
      }
    : null;

/** The one transaction of an entry without details. */
const transactionOfEntry = (raw: RawEntry, amount: RawAmount, debit: boolean): Transaction => ({
  index: 0,
  amount: signed(amount.amount, debit),
  currency: amount.currency,
  amountSource: 'Ntry/Amt',
  endToEndId: null,
  mandateId: null,
  transactionId: null,
  servicerReference: identification(raw.servicerReference),
  structuredReferences: NOTHING,
  unstructured: NOTHING,
  purpose: null,
  counterparty: null,
  return: null,
  charges: chargesOf(raw.charges),
  original: originalOf(raw.amountDetails, amount),
  paymentInformationId: identification(raw.batchPaymentInformationId),
  instructionId: null,
  messageId: identification(raw.batchMessageId),
  documentNumbers: NOTHING,
  additionalRemittance: NOTHING,
  information: null,
});

function transactionOf(
  raw: RawTransaction,
  index: number,
  entry: RawEntry,
  entryAmount: RawAmount,
  entryDebit: boolean,
  own: Account,
): Transaction {
  // One that is neither says nothing, as one that is missing.
  const debit = raw.indicator === 'DBIT' || (raw.indicator !== 'CRDT' && entryDebit);
  const alone = entry.transactions.length === 1;
  const [amount, amountSource] = amountOf(raw, alone ? entryAmount : null);
  const details = raw.amountDetails ?? (alone ? entry.amountDetails : null);
  const returnInformation = identification(filled(raw.returnInformation).join(' '));
  return {
    index,
    amount: amount === null ? null : signed(amount.amount, debit),
    currency: amount?.currency ?? null,
    amountSource,
    endToEndId: identification(raw.endToEndId),
    mandateId: identification(raw.mandateId),
    transactionId: identification(raw.transactionId),
    servicerReference: identification(raw.servicerReference),
    structuredReferences: raw.references.length === 0 ? NOTHING : raw.references.flatMap(structuredReferenceOf),
    unstructured: filled(raw.unstructured),
    purpose: identification(raw.purpose),
    counterparty: chooseCounterparty(
      {
        credit: !debit,
        cameBack: raw.returned || isTrue(entry.reversal),
        debtor: raw.debtor,
        creditor: raw.creditor,
        ultimateDebtor: raw.ultimateDebtor,
        ultimateCreditor: raw.ultimateCreditor,
      },
      own,
    ),
    return: raw.returned ? { code: identification(raw.returnCode), information: returnInformation } : null,
    charges: chargesOf(raw.charges),
    original: amount === null ? null : originalOf(details, amount),
    paymentInformationId: identification(raw.paymentInformationId),
    instructionId: identification(raw.instructionId),
    messageId: identification(raw.messageId),
    documentNumbers: filled(raw.documentNumbers),
    additionalRemittance: filled(raw.additionalRemittance),
    information: identification(raw.information) ?? (raw.returned ? null : returnInformation),
  };
}

const filled = (texts: readonly string[]): readonly string[] => (texts.includes('') ? texts.filter((text) => text !== '') : texts);

/** `TxDtls/Amt`, else `AmtDtls/TxAmt`, else `AmtDtls/InstdAmt`; a transaction that is alone in its entry has the entry's. */
function amountOf(raw: RawTransaction, entryAmount: RawAmount | null): [RawAmount | null, AmountSource | null] {
  if (raw.amount !== null) return [raw.amount, 'Amt'];
  if (raw.amountDetails?.transaction) return [raw.amountDetails.transaction, 'AmtDtls/TxAmt'];
  if (raw.amountDetails?.instructed) return [raw.amountDetails.instructed, 'AmtDtls/InstdAmt'];
  return [entryAmount, entryAmount === null ? null : 'Ntry/Amt'];
}

/** What was instructed, when that is another amount than what is booked or a rate was applied to it. */
function originalOf(details: RawAmountDetails | null, booked: RawAmount): OriginalAmount | null {
  const ordered = details?.instructed ?? details?.transaction ?? null;
  if (details === null || ordered === null) return null;
  const rate = details.rate === null ? null : decimalOrNull(details.rate);
  const same = ordered.currency === booked.currency && sameValue(ordered.amount, booked.amount);
  return same && rate === null ? null : { amount: ordered.amount, currency: ordered.currency, rate };
}

const decimalOrNull = (text: string): DecimalText | null => {
  const decimal = readXmlAmount(text);
  return decimal.ok ? decimal.value : null;
};

const structuredReferenceOf = (raw: RawReference): StructuredReference[] => {
  const reference = identification(raw.reference);
  return reference === null ? [] : [{ reference, type: identification(raw.type), issuer: identification(raw.issuer) }];
};

/** The single charges, or the total where the bank gives only that. */
function chargesOf(raw: RawCharges | null): readonly Charge[] {
  if (raw === null) return NOTHING;
  const charges = raw.records.flatMap(({ amount, indicator, bearer, included }): Charge[] =>
    amount === null
      ? []
      : [
          {
            ...amount,
            credit: indicator === 'CRDT',
            bearer: identification(bearer),
            included: included === null || included === '' ? null : isTrue(included),
          },
        ],
  );
  if (charges.length > 0 || raw.total === null || isZero(raw.total.amount)) return charges;
  return [{ ...raw.total, credit: false, bearer: null, included: null }];
}
