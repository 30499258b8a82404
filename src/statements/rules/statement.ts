/**
 * The vocabulary of bank statements: what the reader gives, what matching and import take. The shape is the JSON of
 * `tegoed statement read` (contracts.md); the fields marked "added" go beyond the contract.
 */
import { normalizeIban } from '../../kernel/identifiers/iban.js';
import type { PlainDate } from '../../kernel/plain-date.js';

/**
 * An exact amount as text: `-?digits[.digits]`, no plus, no leading zeros, the decimals of the file kept ("0.50", "-12.5", "7").
 * Statements carry up to 18 digits, which fit neither a double nor `Minor`: calculate with {@link file://./decimal.ts decimal.ts},
 * compare by value and not by text, and turn into `Minor` with `minorOf(amount, currency)` where an amount meets the book.
 */
export type DecimalText = string;

/** `YYYY-MM-DDThh:mm:ss[.fff…]Z`. A time the bank wrote without a zone is taken as UTC. */
export type UtcTimestamp = string;

export type StatementMessage = 'camt.053' | 'camt.052' | 'camt.054' | 'mt940';

/** `BOOK` counts. `PDNG`, `INFO`, `FUTR` and anything else never settles an invoice; null (off-schema) means booked. */
export type EntryStatus = string | null;

/** Whether the bank calls an entry booked. */
export const isBooked = (entry: Pick<Entry, 'status'>): boolean => entry.status === null || entry.status === 'BOOK';

/** Whether an entry moved the balance in a known direction: only then it counts in sums and may settle something. */
export const counts = (entry: Pick<Entry, 'status' | 'directionKnown'>): boolean => isBooked(entry) && entry.directionKnown;

export interface Page {
  readonly number: number;
  readonly last: boolean;
}

export interface Account {
  /** What the file calls an IBAN, without blanks, upper case. Wrong check digits stay (with a warning): it is still the bank's word. */
  readonly iban: string | null;
  /** Any other identification as written (`Othr/Id`, `:25:`). Some banks put an IBAN here: {@link ibanOf} looks in both. */
  readonly other: string | null;
  /** `Acct/Ccy`, else the currency of the balances. */
  readonly currency: string | null;
  readonly owner: string | null;
  /** Added: BIC of the bank that keeps the account. */
  readonly servicerBic: string | null;
}

/** The valid IBAN of an account or a counterparty, wherever the bank wrote it; null when there is none. */
export const ibanOf = (party: { readonly iban: string | null; readonly other: string | null }): string | null =>
  (party.iban === null ? null : normalizeIban(party.iban)) ?? (party.other === null ? null : normalizeIban(party.other));

export interface Balance {
  /** `OPBD`, `PRCD`, `CLBD`, `ITBD`, `CLAV`, …, or the bank's own word. */
  readonly type: string | null;
  /** Signed: negative is overdrawn. */
  readonly amount: DecimalText;
  readonly currency: string | null;
  /** The calendar day as written. */
  readonly date: PlainDate | null;
  /** Added: `INTM` marks the balance at the end of a page that is not the last. */
  readonly subType: string | null;
}

/** The bank's classification of a booking. `proprietary` is the bank's own code (GVC, ABN N-code, Rabobank number, MT940 type). */
export interface BankCode {
  readonly domain: string | null;
  readonly family: string | null;
  readonly subFamily: string | null;
  readonly proprietary: string | null;
}

export interface StructuredReference {
  readonly reference: string;
  /** `SCOR`, `QRR`, …, or the bank's own word. */
  readonly type: string | null;
  /** `CUR` (Dutch betalingskenmerk), `BBA` (Belgian), `ISO` (RF), … */
  readonly issuer: string | null;
}

/** The other side: the debtor of a credit, the creditor of a debit, never the account itself. */
export interface Counterparty {
  readonly name: string | null;
  readonly iban: string | null;
  readonly other: string | null;
  readonly bic: string | null;
  readonly country: string | null;
  /** Who really paid or was paid, when a processor, accountant or parent company stands between. */
  readonly ultimateName: string | null;
}

/** Why a payment came back: `AC04`, `MD06`, … (camt053.md §6) and what the bank adds in words. */
export interface ReturnReason {
  readonly code: string | null;
  readonly information: string | null;
}

export interface Charge {
  /** Without sign, as in the file. */
  readonly amount: DecimalText;
  readonly currency: string | null;
  /** Added: true when the bank gives the charge back. No indicator means a cost. */
  readonly credit: boolean;
  /** `SHAR`, `DEBT`, `CRED`, `SLEV`. */
  readonly bearer: string | null;
  /** Whether the charge is inside the amount of its transaction; null when the bank does not say. */
  readonly included: boolean | null;
}

/** What was ordered (`InstdAmt`) when that is not the amount of the transaction: another currency, or before charges; and the rate. */
export interface OriginalAmount {
  /** Without sign, as in the file. */
  readonly amount: DecimalText;
  readonly currency: string | null;
  readonly rate: DecimalText | null;
}

/**
 * Where the amount of a transaction was found. `Ntry/Amt`: the details give none and the entry has but one transaction.
 * Null: several details without amounts; their shares are unknown.
 */
export type AmountSource = 'Amt' | 'AmtDtls/TxAmt' | 'AmtDtls/InstdAmt' | 'Ntry/Amt';

/** A single payment inside an entry. */
export interface Transaction {
  /** From 0 within its entry. */
  readonly index: number;
  /**
   * As the details say it, signed by their own indicator, else by that of the entry. It may be in another currency than the entry
   * and need not add up to it: `settledAmounts(entry)` in settled-amounts.ts gives what each transaction moved on the account.
   */
  readonly amount: DecimalText | null;
  readonly currency: string | null;
  readonly amountSource: AmountSource | null;
  /** `NOTPROVIDED` in its spellings reads as null, as in all identifications here. */
  readonly endToEndId: string | null;
  readonly mandateId: string | null;
  readonly transactionId: string | null;
  readonly servicerReference: string | null;
  readonly structuredReferences: readonly StructuredReference[];
  /** The lines as the bank cut them. */
  readonly unstructured: readonly string[];
  readonly purpose: string | null;
  readonly counterparty: Counterparty | null;
  readonly return: ReturnReason | null;
  readonly charges: readonly Charge[];
  readonly original: OriginalAmount | null;
  /** Added: `PmtInfId`, `InstrId`, `MsgId` of the order; our own for collections, and how camt.054 is joined to camt.053. */
  readonly paymentInformationId: string | null;
  readonly instructionId: string | null;
  readonly messageId: string | null;
  /** Added: invoice and credit-note numbers under `RfrdDocInf`. */
  readonly documentNumbers: readonly string[];
  /** Added: text beside a structured reference (`AddtlRmtInf`). */
  readonly additionalRemittance: readonly string[];
  /** Added: text of the bank about this transaction (`AddtlTxInf`). */
  readonly information: string | null;
}

/** Added: what the bank says of a batch as a whole. */
export interface BatchDetails {
  readonly messageId: string | null;
  readonly paymentInformationId: string | null;
  readonly transactions: number | null;
}

/** The booking line; the only thing that moves the balance. */
export interface Entry {
  /** From 0 within its statement. */
  readonly index: number;
  readonly status: EntryStatus;
  /** Signed by the indicator of the entry alone: a reversal already points the right way. */
  readonly amount: DecimalText;
  readonly currency: string | null;
  /** The calendar day as written; null when the bank gives none: then the value date counts, else the day of the statement (camt053.md §3). */
  readonly bookingDate: PlainDate | null;
  readonly valueDate: PlainDate | null;
  readonly reversal: boolean;
  readonly entryReference: string | null;
  readonly servicerReference: string | null;
  readonly bankCode: BankCode;
  /** A `Btch` element or more than one transaction in the details. */
  readonly batch: boolean;
  readonly information: string | null;
  /** Never empty: an entry without details yields one transaction made from the entry. */
  readonly transactions: readonly Transaction[];
  /** Added: null unless the bank describes the batch. */
  readonly batchDetails: BatchDetails | null;
  /** Added: charges named on the entry; those of a transaction stand there. */
  readonly charges: readonly Charge[];
  /** Added: false when the indicator is neither `CRDT` nor `DBIT`: then `amount` has no sign and the entry must not be booked. */
  readonly directionKnown: boolean;
}

/** What is known of a statement before its entries. */
export interface StatementHeader {
  readonly id: string | null;
  readonly electronicSequence: string | null;
  readonly legalSequence: string | null;
  readonly account: Account;
  readonly period: { readonly from: PlainDate | null; readonly to: PlainDate | null };
  /** Added. */
  readonly createdAt: UtcTimestamp | null;
  readonly page: Page | null;
  /** Added: `COPY`, `DUPL`, `CODU`. */
  readonly copyDuplicate: string | null;
}

/** What is known once all entries are read: the header once more (fields may stand after the entries), balances and sums. */
export interface StatementTotals extends StatementHeader {
  /** First `OPBD`, else first `PRCD`. */
  readonly opening: Balance | null;
  /** Last `CLBD`. */
  readonly closing: Balance | null;
  readonly balances: readonly Balance[];
  /** Sums of booked entries, both without sign. Entries in several currencies are added all the same, with a warning. */
  readonly bookedCredit: DecimalText;
  readonly bookedDebit: DecimalText;
  /** Opening + credits − debits = closing; null when a balance is missing or currencies differ. */
  readonly reconciles: boolean | null;
  /** Closing − (opening + credits − debits); null when that cannot be said. */
  readonly difference: DecimalText | null;
  /** Added: number of entries, booked or not. */
  readonly entryCount: number;
}

/** One account, one period (or one page of it). */
export interface Statement extends StatementTotals {
  readonly entries: readonly Entry[];
}

/** Something a person should see; the file is taken all the same. */
export interface StatementWarning {
  readonly code: string;
  readonly message: string;
  /** Where: `statements[0].entries[3]`. */
  readonly path: string | null;
}

/** The message around the statements. */
export interface MessageHeader {
  readonly message: StatementMessage;
  /** `001.08`; null for MT940 and without a namespace. */
  readonly version: string | null;
  readonly messageId: string | null;
  readonly createdAt: UtcTimestamp | null;
  readonly page: Page | null;
}

/** One file, or one member of an archive, read whole. */
export interface StatementFile extends MessageHeader {
  /** As the caller named it; a member of an archive is `archive.zip#member.xml` (a label, never a path that is opened). */
  readonly file: string;
  /** Of the bytes of the statement itself (of the member, when it came in an archive), hexadecimal. */
  readonly sha256: string;
  readonly statements: readonly Statement[];
  readonly warnings: readonly StatementWarning[];
}
