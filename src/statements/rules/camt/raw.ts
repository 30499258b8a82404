/** What the elements of a message said, before anything is concluded from it. One object per element of that name. */
import type { DecimalText } from '../statement.js';

export interface RawAmount {
  readonly amount: DecimalText;
  readonly currency: string | null;
}

export class RawParty {
  name: string | null = null;
  iban: string | null = null;
  other: string | null = null;
  proxy: string | null = null;
  bic: string | null = null;
  country: string | null = null;
}

export class RawCharge {
  amount: RawAmount | null = null;
  indicator: string | null = null;
  included: string | null = null;
  bearer: string | null = null;
}

export class RawCharges {
  total: RawAmount | null = null;
  readonly records: RawCharge[] = [];
}

export class RawReference {
  reference: string | null = null;
  type: string | null = null;
  issuer: string | null = null;
}

/** `AmtDtls` of an entry or a transaction. */
export class RawAmountDetails {
  transaction: RawAmount | null = null;
  instructed: RawAmount | null = null;
  rate: string | null = null;
}

export class RawBankCode {
  domain: string | null = null;
  family: string | null = null;
  subFamily: string | null = null;
  proprietary: string | null = null;
}

export class RawTransaction {
  messageId: string | null = null;
  servicerReference: string | null = null;
  paymentInformationId: string | null = null;
  instructionId: string | null = null;
  endToEndId: string | null = null;
  transactionId: string | null = null;
  mandateId: string | null = null;
  amount: RawAmount | null = null;
  indicator: string | null = null;
  amountDetails: RawAmountDetails | null = null;
  charges: RawCharges | null = null;
  debtor: RawParty | null = null;
  creditor: RawParty | null = null;
  ultimateDebtor: string | null = null;
  ultimateCreditor: string | null = null;
  purpose: string | null = null;
  readonly unstructured: string[] = [];
  readonly references: RawReference[] = [];
  readonly documentNumbers: string[] = [];
  readonly additionalRemittance: string[] = [];
  returned = false;
  returnCode: string | null = null;
  readonly returnInformation: string[] = [];
  information: string | null = null;
}

export class RawEntry {
  reference: string | null = null;
  amount: RawAmount | null = null;
  indicator: string | null = null;
  reversal: string | null = null;
  status: string | null = null;
  bookingDate: string | null = null;
  valueDate: string | null = null;
  servicerReference: string | null = null;
  readonly bankCode = new RawBankCode();
  amountDetails: RawAmountDetails | null = null;
  charges: RawCharges | null = null;
  information: string | null = null;
  batch = false;
  batchMessageId: string | null = null;
  batchPaymentInformationId: string | null = null;
  batchTransactions: string | null = null;
  readonly transactions: RawTransaction[] = [];
}

export class RawBalance {
  type: string | null = null;
  subType: string | null = null;
  amount: RawAmount | null = null;
  indicator: string | null = null;
  date: string | null = null;
}

export class RawPage {
  number: string | null = null;
  last: string | null = null;
}

export class RawStatement {
  id: string | null = null;
  electronicSequence: string | null = null;
  legalSequence: string | null = null;
  createdAt: string | null = null;
  from: string | null = null;
  to: string | null = null;
  copyDuplicate: string | null = null;
  page: RawPage | null = null;
  /** Null until the account has been read. */
  account: RawParty | null = null;
  accountCurrency: string | null = null;
  accountOwner: string | null = null;
  servicerBic: string | null = null;
  /** `TxsSummry/TtlNtries/NbOfNtries`. */
  announcedEntries: string | null = null;
}

export class RawHeader {
  messageId: string | null = null;
  createdAt: string | null = null;
  page: RawPage | null = null;
}
