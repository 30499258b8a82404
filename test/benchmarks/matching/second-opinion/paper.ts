/** The office on paper: a `tegoed.book/1` document and CAMT.053 files in the manner of four banks, with the truth keyed as `tegoed match` keys its lines. */
import { day, type Bill, type Firm, type Office } from './office.js';
import type { Entry, Line, Payer } from './till.js';

const money = (cents: number): string =>
  `${cents < 0 ? '-' : ''}${Math.floor(Math.abs(cents) / 100)}.${String(Math.abs(cents) % 100).padStart(2, '0')}`;

export function book(office: Office): object {
  const paid = office.bills.filter((bill) => bill.open === 0);
  return {
    format: 'tegoed.book/1',
    asOf: office.asOf,
    administration: {
      id: office.id,
      name: 'Onderneming Tweede Mening B.V.',
      country: 'NL',
      currency: 'EUR',
      ibans: [...office.own, office.blocked],
      vatDeductible: true,
      registry: { scheme: 'nl:kvk', id: '12345678' },
    },
    debtors: office.firms.map(debtor),
    invoices: office.bills.map(invoice),
    payments: paid.map((bill, at) => ({
      id: `paid-${at}`,
      debtorId: bill.firm.id,
      date: day(bill.due, -3),
      amount: money(bill.cents),
      invoiceId: bill.id,
    })),
    promises: [],
    arrangements: [],
    contacts: [],
    freshness: { pulledAt: `${office.asOf}T06:00:00Z`, statementsThrough: office.asOf },
  };
}

const debtor = (firm: Firm): object => ({
  id: firm.id,
  number: firm.number,
  name: firm.name,
  capacity: 'business',
  country: firm.country,
  language: firm.tongue,
  email: null,
  phone: null,
  ibans: firm.ibans,
  vatId: null,
  registryId: null,
  creditLimit: null,
  paymentTermDays: 30,
  largeCompany: false,
  customerSince: '2024-01-01',
  segment: null,
  holds: [],
});

const invoice = (bill: Bill): object => ({
  id: bill.id,
  number: bill.number,
  debtorId: bill.firm.id,
  kind: bill.cents < 0 ? 'credit-note' : 'invoice',
  issueDate: bill.issued,
  dueDate: bill.due,
  amount: money(bill.cents),
  open: money(bill.open),
  currency: bill.currency,
  paymentReference: bill.reference,
  description: null,
  dispute: null,
  handedOverOn: null,
});

type Manner = 'early' | 'late' | 'bare' | 'mt';
const MANNERS: readonly Manner[] = ['early', 'late', 'bare', 'mt'];
const escape = (text: string): string => text.replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
const tag = (name: string, content: string): string => (content === '' ? '' : `<${name}>${content}</${name}>`);

/** Where a line stands in the files. */
export interface Place {
  readonly file: number;
  readonly entry: number;
  readonly transaction: number;
}
export interface Paper {
  readonly files: readonly string[];
  readonly places: ReadonlyMap<Line, Place>;
}

/** One file per account, a statement each; entries in the order they came. */
export function statements(office: Office, entries: readonly Entry[], seed: number): Paper {
  const places = new Map<Line, Place>();
  const accounts = [office.own[0]!, office.blocked];
  const files = accounts.map((account, file) => {
    const mine = entries.filter((entry) => (entry.account ?? office.own[0]) === account);
    for (const [at, entry] of mine.entries())
      for (const [index, line] of entry.lines.entries()) places.set(line, { file, entry: at, transaction: index });
    return statement(office, account, mine, MANNERS[(seed + file) % MANNERS.length]!);
  });
  return { files, places };
}

const sum = (entry: Entry): number => entry.lines.reduce((total, { cents }) => total + cents, 0);

function statement(office: Office, account: string, entries: readonly Entry[], manner: Manner): string {
  const late = manner === 'late';
  const closing = 5_000_000 + entries.reduce((total, entry) => total + sum(entry), 0);
  const body = entries
    .map((entry, at) => entryXml(office, entry, at, day(office.asOf, 1 + Math.floor((at * 6) / entries.length)), manner))
    .join('\n');
  const version = late ? '08' : '02';
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}"><BkToCstmrStmt><GrpHdr><MsgId>SO-${account}</MsgId><CreDtTm>${day(office.asOf, 7)}T05:00:00</CreDtTm></GrpHdr><Stmt><Id>SO-${account}-1</Id><CreDtTm>${day(office.asOf, 7)}T05:00:00</CreDtTm><Acct><Id><IBAN>${account}</IBAN></Id><Ccy>EUR</Ccy></Acct>${balance('OPBD', 5_000_000, office.asOf)}${balance('CLBD', closing, day(office.asOf, 7))}
${body}
</Stmt></BkToCstmrStmt></Document>`;
}

const sign = (cents: number): string => (cents < 0 ? 'DBIT' : 'CRDT');
const amount = (cents: number): string => `<Amt Ccy="EUR">${money(Math.abs(cents))}</Amt>`;
const balance = (kind: string, cents: number, on: string): string =>
  `<Bal><Tp><CdOrPrtry><Cd>${kind}</Cd></CdOrPrtry></Tp>${amount(cents)}<CdtDbtInd>${sign(cents)}</CdtDbtInd><Dt><Dt>${on}</Dt></Dt></Bal>`;

function entryXml(office: Office, entry: Entry, at: number, on: string, manner: Manner): string {
  const [first] = entry.lines as [Line, ...Line[]];
  const cents = sum(entry);
  const code = `<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>${first.code[0]}</Cd><SubFmlyCd>${first.code[1]}</SubFmlyCd></Fmly></Domn></BkTxCd>`;
  const status = manner === 'late' ? '<Sts><Cd>BOOK</Cd></Sts>' : '<Sts>BOOK</Sts>';
  const details = entry.folded === undefined ? entry.lines.map((line) => detailsXml(line, manner, entry.lines.length > 1)).join('') : '';
  const batch =
    entry.lines.length > 1 || entry.folded !== undefined
      ? `<Btch><PmtInfId>BATCH${at}</PmtInfId><NbOfTxs>${entry.folded ?? entry.lines.length}</NbOfTxs><TtlAmt>${money(Math.abs(cents))}</TtlAmt></Btch>`
      : '';
  const information = tag('AddtlNtryInf', escape(first.info ?? ''));
  return `<Ntry><NtryRef>${on.replaceAll('-', '')}${at}</NtryRef>${amount(cents)}<CdtDbtInd>${sign(cents)}</CdtDbtInd>${status}<BookgDt><Dt>${on}</Dt></BookgDt><ValDt><Dt>${on}</Dt></ValDt>${code}${tag('NtryDtls', batch + details)}${information}</Ntry>`;
}

function detailsXml(line: Line, manner: Manner, several: boolean): string {
  const refs = tag('Refs', tag('EndToEndId', escape(line.endToEnd ?? 'NOTPROVIDED')) + tag('MndtId', line.mandate ?? ''));
  const inner = manner === 'late' ? amount(line.cents) + tag('CdtDbtInd', sign(line.cents)) : '';
  const instructed = line.instructed ? `<InstdAmt><Amt Ccy="${line.instructed.currency}">${line.instructed.amount}</Amt></InstdAmt>` : '';
  const details = tag(
    'AmtDtls',
    instructed + (manner === 'late' || (manner === 'bare' && !several) ? '' : tag('TxAmt', amount(line.cents))),
  );
  const charges =
    line.charges === undefined
      ? ''
      : `<Chrgs>${manner === 'late' ? `<Rcrd>${amount(line.charges)}<CdtDbtInd>DBIT</CdtDbtInd></Rcrd>` : amount(line.charges)}</Chrgs>`;
  const reason = line.returned === undefined ? '' : `<RtrInf><Rsn><Cd>${line.returned}</Cd></Rsn></RtrInf>`;
  return `<TxDtls>${refs}${inner}${details}${charges}${line.payer ? parties(line.payer, line.cents > 0 || line.returned !== undefined ? 'Dbtr' : 'Cdtr', manner) : ''}${remittance(line)}${reason}</TxDtls>`;
}

function parties(payer: Payer, role: 'Dbtr' | 'Cdtr', manner: Manner): string {
  const person = (name: string): string => (manner === 'late' ? `<Pty><Nm>${escape(name)}</Nm></Pty>` : `<Nm>${escape(name)}</Nm>`);
  const name = payer.name === null ? '' : tag(role, person(payer.name.slice(0, manner === 'mt' ? 35 : 70)));
  const account = payer.iban === null ? '' : tag(`${role}Acct`, `<Id><IBAN>${payer.iban}</IBAN></Id>`);
  return tag('RltdPties', name + account + (payer.ultimate === undefined ? '' : tag(`Ultmt${role}`, person(payer.ultimate))));
}

function remittance(line: Line): string {
  const issuer = tag('Issr', line.structured?.issuer ?? '');
  const structured =
    line.structured === undefined
      ? ''
      : `<Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry>${issuer}</Tp><Ref>${line.structured.reference}</Ref></CdtrRefInf></Strd>`;
  return tag(
    'RmtInf',
    line.texts
      .filter((text) => text !== '')
      .map((text) => tag('Ustrd', escape(text)))
      .join('') + structured,
  );
}
