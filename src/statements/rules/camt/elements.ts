/**
 * The elements of camt.052, 053 and 054 that are read, of all versions side by side (camt053.md §1 and §2): banks mix versions,
 * so every place a value has ever had is looked at, and the first value found counts.
 */
import { type Children, type ElementRule, group, leaf } from '../xml/element-rule.js';
import { RawAmountDetails, RawBalance, RawCharge, RawCharges, RawPage, RawParty, RawReference, RawTransaction } from './raw.js';
import type { MessageState } from './message-state.js';

type S = MessageState;

const codeOrProprietary = (set: (state: S, text: string) => void): Children<S> => ({ Cd: leaf(set), Prtry: leaf(set) });

/** A `Dt` or `DtTm`. */
const dateChoice = (set: (state: S, text: string) => void): ElementRule<S> => group({ Dt: leaf(set), DtTm: leaf(set) });

const page = (start: (state: S, page: RawPage) => void): ElementRule<S> =>
  group(
    {
      PgNb: leaf((s, text) => void (s.page.number ??= text)),
      LastPgInd: leaf((s, text) => void (s.page.last ??= text)),
    },
    { open: (s) => start(s, (s.page = new RawPage())) },
  );

const bic = leaf<S>((s, text) => void (s.party.bic ??= text));
const country = leaf<S>((s, text) => void (s.party.country ??= text));
const institution = group<S>({
  BIC: bic,
  BICFI: bic,
  CmbndId: group({ BIC: bic }),
  Nm: leaf((s, text) => void (s.institutionName = text)),
  PstlAdr: group({ Ctry: country }),
});

const personOrFirm: Children<S> = {
  Nm: leaf((s, text) => void (s.party.name ??= text)),
  PstlAdr: group({ Ctry: country }),
  CtryOfRes: country,
};

/** A party: named directly, from version 07 under `Pty`, or a bank under `Agt`. */
const party = (start: (state: S) => RawParty): ElementRule<S> =>
  group(
    {
      ...personOrFirm,
      Pty: group(personOrFirm),
      Agt: group(
        { FinInstnId: institution },
        { open: (s) => void (s.institutionName = null), close: (s) => void (s.party.name ??= s.institutionName) },
      ),
    },
    { open: (s) => void (s.party = start(s)) },
  );

/** Version 01 has `BBAN`, `UPIC` and `PrtryAcct` for what is `Othr` since; from 09 on a proxy may stand alone. */
const accountIdentification = (of: (state: S) => RawParty): Children<S> => {
  const other = leaf<S>((s, text) => void (of(s).other ??= text));
  return {
    Id: group({
      IBAN: leaf((s, text) => void (of(s).iban ??= text)),
      Othr: group({ Id: other }),
      BBAN: other,
      UPIC: other,
      PrtryAcct: group({ Id: other }),
    }),
    Prxy: group({ Id: leaf((s, text) => void (of(s).proxy ??= text)) }),
  };
};

const partyAccount = accountIdentification((s) => s.party);
const account = (start: (state: S) => RawParty): ElementRule<S> => group(partyAccount, { open: (s) => void (s.party = start(s)) });

const agent = (start: (state: S) => RawParty): ElementRule<S> =>
  group({ FinInstnId: institution }, { open: (s) => void (s.party = start(s)) });

/** A party of which only the name is of interest. */
const nameOf = (set: (state: S, name: string | null) => void): ElementRule<S> => ({
  ...party(() => new RawParty()),
  close: (s) => set(s, s.party.name),
});

const chargeRecord: Children<S> = {
  Amt: leaf((s, text, at) => void (s.charge.amount ??= s.amount(text, at))),
  CdtDbtInd: leaf((s, text) => void (s.charge.indicator ??= text)),
  ChrgInclInd: leaf((s, text) => void (s.charge.included ??= text)),
  Br: leaf((s, text) => void (s.charge.bearer ??= text)),
};

/** To version 02 every `Chrgs` is one charge, from 03 there is one with `Rcrd` for each charge. */
const charges = (holder: (state: S) => { charges: RawCharges | null }): ElementRule<S> =>
  group(
    {
      ...chargeRecord,
      TtlChrgsAndTaxAmt: leaf((s, text, at) => void (s.charges.total ??= s.amount(text, at))),
      Rcrd: group(chargeRecord, { open: (s) => void (s.charge = new RawCharge()), close: (s) => s.keepCharge() }),
    },
    {
      open: (s) => {
        s.charges = holder(s).charges ??= new RawCharges();
        s.charge = new RawCharge();
      },
      close: (s) => s.keepCharge(),
    },
  );

const exchange = group<S>({ XchgRate: leaf((s, text) => void (s.amountDetails.rate ??= text)) });

const amountDetails = (holder: (state: S) => { amountDetails: RawAmountDetails | null }): ElementRule<S> =>
  group(
    {
      InstdAmt: group({ Amt: leaf((s, text, at) => void (s.amountDetails.instructed ??= s.amount(text, at))), CcyXchg: exchange }),
      TxAmt: group({ Amt: leaf((s, text, at) => void (s.amountDetails.transaction ??= s.amount(text, at))), CcyXchg: exchange }),
      CntrValAmt: group({ CcyXchg: exchange }),
    },
    { open: (s) => void (s.amountDetails = holder(s).amountDetails ??= new RawAmountDetails()) },
  );

const referenceType = codeOrProprietary((s, text) => void (s.reference.type ??= text));
const referenceIssuer = leaf<S>((s, text) => void (s.reference.issuer ??= text));
const referenceText = leaf<S>((s, text) => void (s.reference.reference ??= text));
const documentNumber = leaf<S>((s, text) => void s.transaction.documentNumbers.push(text));

const remittance = group<S>({
  Ustrd: leaf((s, text) => void s.transaction.unstructured.push(text)),
  Strd: group({
    RfrdDocInf: group({ Nb: documentNumber, RfrdDocNb: documentNumber }),
    CdtrRefInf: group(
      {
        Tp: group({ CdOrPrtry: group(referenceType), Issr: referenceIssuer }),
        Ref: referenceText,
        CdtrRefTp: group({ ...referenceType, Issr: referenceIssuer }),
        CdtrRef: referenceText,
      },
      { open: (s) => void s.transaction.references.push((s.reference = new RawReference())) },
    ),
    AddtlRmtInf: leaf((s, text) => void s.transaction.additionalRemittance.push(text)),
  }),
});

const cameBack = { open: (s: S): void => void (s.transaction.returned = true) };
const returnReason = group<S>(
  codeOrProprietary((s, text) => void (s.transaction.returnCode ??= text)),
  cameBack,
);
const returnText = leaf<S>((s, text) => void s.transaction.returnInformation.push(text));

const transactionDetails = group<S>(
  {
    Refs: group({
      MsgId: leaf((s, text) => void (s.transaction.messageId ??= text)),
      AcctSvcrRef: leaf((s, text) => void (s.transaction.servicerReference ??= text)),
      PmtInfId: leaf((s, text) => void (s.transaction.paymentInformationId ??= text)),
      InstrId: leaf((s, text) => void (s.transaction.instructionId ??= text)),
      EndToEndId: leaf((s, text) => void (s.transaction.endToEndId ??= text)),
      TxId: leaf((s, text) => void (s.transaction.transactionId ??= text)),
      MndtId: leaf((s, text) => void (s.transaction.mandateId ??= text)),
    }),
    Amt: leaf((s, text, at) => void (s.transaction.amount ??= s.amount(text, at))),
    CdtDbtInd: leaf((s, text) => void (s.transaction.indicator ??= text)),
    AmtDtls: amountDetails((s) => s.transaction),
    Chrgs: charges((s) => s.transaction),
    RltdPties: group({
      Dbtr: party((s) => (s.transaction.debtor ??= new RawParty())),
      DbtrAcct: account((s) => (s.transaction.debtor ??= new RawParty())),
      UltmtDbtr: nameOf((s, name) => void (s.transaction.ultimateDebtor ??= name)),
      Cdtr: party((s) => (s.transaction.creditor ??= new RawParty())),
      CdtrAcct: account((s) => (s.transaction.creditor ??= new RawParty())),
      UltmtCdtr: nameOf((s, name) => void (s.transaction.ultimateCreditor ??= name)),
    }),
    RltdAgts: group({
      DbtrAgt: agent((s) => (s.transaction.debtor ??= new RawParty())),
      CdtrAgt: agent((s) => (s.transaction.creditor ??= new RawParty())),
    }),
    Purp: group(codeOrProprietary((s, text) => void (s.transaction.purpose ??= text))),
    RmtInf: remittance,
    // With nothing but text in it (Goldman Sachs: "Status changed to …") it is a remark, not a return.
    RtrInf: group({
      OrgnlBkTxCd: group({}, cameBack),
      Orgtr: group({}, cameBack),
      Rsn: returnReason,
      RtrRsn: returnReason,
      AddtlInf: returnText,
      AddtlRtrRsnInf: returnText,
    }),
    AddtlTxInf: leaf((s, text) => void (s.transaction.information ??= text)),
  },
  { open: (s) => void s.entry.transactions.push((s.transaction = new RawTransaction())) },
);

const batch = group<S>(
  {
    MsgId: leaf((s, text) => void (s.entry.batchMessageId ??= text)),
    PmtInfId: leaf((s, text) => void (s.entry.batchPaymentInformationId ??= text)),
    NbOfTxs: leaf((s, text) => void (s.entry.batchTransactions ??= text)),
  },
  { open: (s) => void (s.entry.batch = true) },
);

const entry = group<S>(
  {
    NtryRef: leaf((s, text) => void (s.entry.reference ??= text)),
    Amt: leaf((s, text, at) => void (s.entry.amount ??= s.amount(text, at))),
    CdtDbtInd: leaf((s, text) => void (s.entry.indicator ??= text)),
    RvslInd: leaf((s, text) => void (s.entry.reversal ??= text)),
    Sts: leaf(
      (s, text) => void (s.entry.status ??= text),
      codeOrProprietary((s, text) => void (s.entry.status ??= text)),
    ),
    BookgDt: dateChoice((s, text) => void (s.entry.bookingDate ??= text)),
    ValDt: dateChoice((s, text) => void (s.entry.valueDate ??= text)),
    AcctSvcrRef: leaf((s, text) => void (s.entry.servicerReference ??= text)),
    BkTxCd: group({
      Domn: group({
        Cd: leaf((s, text) => void (s.entry.bankCode.domain ??= text)),
        Fmly: group({
          Cd: leaf((s, text) => void (s.entry.bankCode.family ??= text)),
          SubFmlyCd: leaf((s, text) => void (s.entry.bankCode.subFamily ??= text)),
        }),
      }),
      Prtry: group({ Cd: leaf((s, text) => void (s.entry.bankCode.proprietary ??= text)) }),
    }),
    AmtDtls: amountDetails((s) => s.entry),
    Chrgs: charges((s) => s.entry),
    AddtlNtryInf: leaf((s, text) => void (s.entry.information ??= text)),
    NtryDtls: group({ Btch: batch, TxDtls: transactionDetails }),
    // Version 01 has them in the entry itself.
    Btch: batch,
    TxDtls: transactionDetails,
  },
  { open: (s) => s.startEntry(), close: (s) => s.endEntry() },
);

const balanceType = codeOrProprietary((s, text) => void (s.balance.type ??= text));

const balance = group<S>(
  {
    Tp: group({
      ...balanceType,
      CdOrPrtry: group(balanceType),
      SubTp: group(codeOrProprietary((s, text) => void (s.balance.subType ??= text))),
    }),
    Amt: leaf((s, text, at) => void (s.balance.amount ??= s.amount(text, at))),
    CdtDbtInd: leaf((s, text, at) => void (s.balance.indicator ??= s.balanceIndicator(text, at))),
    Dt: dateChoice((s, text) => void (s.balance.date ??= text)),
  },
  { open: (s) => void (s.balance = new RawBalance()), close: (s) => s.endBalance() },
);

const statementPage = page((s, started) => void (s.statement.page ??= started));

const statement = group<S>(
  {
    Id: leaf((s, text) => void (s.statement.id ??= text)),
    StmtPgntn: statementPage,
    RptPgntn: statementPage,
    NtfctnPgntn: statementPage,
    ElctrncSeqNb: leaf((s, text) => void (s.statement.electronicSequence ??= text)),
    LglSeqNb: leaf((s, text) => void (s.statement.legalSequence ??= text)),
    CreDtTm: leaf((s, text) => void (s.statement.createdAt ??= text)),
    FrToDt: group({
      FrDtTm: leaf((s, text) => void (s.statement.from ??= text)),
      ToDtTm: leaf((s, text) => void (s.statement.to ??= text)),
    }),
    CpyDplctInd: leaf((s, text) => void (s.statement.copyDuplicate ??= text)),
    Acct: group(
      {
        ...accountIdentification((s) => s.ownAccount),
        Ccy: leaf((s, text) => void (s.statement.accountCurrency ??= text)),
        Ownr: nameOf((s, name) => void (s.statement.accountOwner ??= name)),
        Svcr: group(
          { FinInstnId: institution },
          {
            open: (s) => void (s.party = new RawParty()),
            close: (s) => void (s.statement.servicerBic ??= s.party.bic),
          },
        ),
      },
      { open: (s) => s.startAccount(), close: (s) => s.endAccount() },
    ),
    Bal: balance,
    TxsSummry: group({ TtlNtries: group({ NbOfNtries: leaf((s, text) => void (s.statement.announcedEntries ??= text)) }) }),
    Ntry: entry,
  },
  { open: (s) => s.startStatement(), close: (s) => s.endStatement() },
);

const groupHeader = group<S>({
  MsgId: leaf((s, text) => void (s.header.messageId ??= text)),
  CreDtTm: leaf((s, text) => void (s.header.createdAt ??= text)),
  MsgPgntn: page((s, started) => void (s.header.page ??= started)),
});

const statementMessage = (message: 'camt.052' | 'camt.053' | 'camt.054', name: string): ElementRule<S> =>
  group({ GrpHdr: groupHeader, [name]: statement }, { open: (s) => s.startMessage(message) });

const messages: Children<S> = {
  BkToCstmrStmt: statementMessage('camt.053', 'Stmt'),
  BkToCstmrStmtV01: statementMessage('camt.053', 'Stmt'),
  BkToCstmrAcctRpt: statementMessage('camt.052', 'Rpt'),
  BkToCstmrAcctRptV01: statementMessage('camt.052', 'Rpt'),
  BkToCstmrDbtCdtNtfctn: statementMessage('camt.054', 'Ntfctn'),
  BkToCstmrDbtCdtNtfctnV01: statementMessage('camt.054', 'Ntfctn'),
};

const document = group<S>(messages, { open: (s, namespace) => s.startDocument(namespace), close: (s) => s.endDocument() });

/** Whatever stands around a `Document`: a business envelope of any name and depth. */
const envelope = group<S>({ Document: document });
envelope.otherwise = envelope;

/** The root of a file: a document, or an envelope round one. */
export const root = group<S>({ Document: document });
root.otherwise = envelope;
