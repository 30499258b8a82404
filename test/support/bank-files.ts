import { type Minor, formatAmount } from '../../src/kernel/money.js';

/** One payment inside an entry. */
export interface PaymentPlan {
  readonly amount: Minor;
  readonly name?: string;
  readonly iban?: string;
  readonly text?: string;
  readonly endToEndId?: string;
}

/** An entry as a bank writes it; cents, negative leaves the account. */
export interface EntryPlan extends PaymentPlan {
  /** Null: the bank gives no date at all. */
  readonly day: string | null;
  /** `AcctSvcrRef`. */
  readonly reference?: string;
  readonly entryReference?: string;
  readonly status?: 'BOOK' | 'PDNG' | 'INFO';
  readonly indicator?: string;
  /** `Btch/MsgId`. */
  readonly batch?: string;
  /** The payments of a batch; without them the entry is told by its amount alone. */
  readonly payments?: readonly PaymentPlan[];
}

export interface StatementPlan {
  readonly message?: 'camt.053' | 'camt.052' | 'camt.054';
  readonly id: string | null;
  readonly sequence?: number;
  readonly page?: { readonly number: number; readonly last: boolean };
  readonly createdAt?: string;
  readonly account?: string;
  readonly owner?: string;
  readonly currency?: string;
  readonly from?: string;
  /** The last day, also that of the closing balance. */
  readonly through: string;
  readonly opening?: Minor;
  readonly closing?: Minor;
  readonly interim?: 'opening' | 'closing' | 'both';
  readonly entries: readonly EntryPlan[];
}

export const ACCOUNT = 'NL02ABNA0123456789';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const tag = (name: string, content: string): string => `<${name}>${content}</${name}>`;
const text = (name: string, value: string): string =>
  tag(
    name,
    value.replace(/[&<>]/g, (character) => ESCAPES[character] ?? ''),
  );
const amount = (minor: Minor, currency: string): string => `<Amt Ccy="${currency}">${formatAmount(Math.abs(minor), currency)}</Amt>`;
const indicator = (minor: Minor): string => tag('CdtDbtInd', minor < 0 ? 'DBIT' : 'CRDT');

const ROOTS = {
  'camt.053': ['BkToCstmrStmt', 'Stmt'],
  'camt.052': ['BkToCstmrAcctRpt', 'Rpt'],
  'camt.054': ['BkToCstmrDbtCdtNtfctn', 'Ntfctn'],
} as const;

/** One CAMT message of version 001.08 with these statements, all of one kind. `messageId` is what a bank changes when it sends one again. */
export function camt(statements: readonly StatementPlan[], messageId = 'MESSAGE'): string {
  const message = statements[0]?.message ?? 'camt.053';
  const [root, part] = ROOTS[message];
  const header = tag('GrpHdr', text('MsgId', messageId) + tag('CreDtTm', '2026-01-01T00:00:00'));
  return `<?xml version="1.0"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${message}.001.08">${tag(
    root,
    header + statements.map((each) => tag(part, statement(each))).join('\n'),
  )}</Document>`;
}

function statement(plan: StatementPlan): string {
  const currency = plan.currency ?? 'EUR';
  const balance = (type: string, minor: Minor, day: string, interim: boolean): string =>
    tag(
      'Bal',
      tag('Tp', tag('CdOrPrtry', tag('Cd', type)) + (interim ? tag('SubTp', tag('Cd', 'INTM')) : '')) +
        amount(minor, currency) +
        indicator(minor) +
        tag('Dt', tag('Dt', day)),
    );
  const page = plan.page ? tag('StmtPgntn', tag('PgNb', String(plan.page.number)) + tag('LastPgInd', String(plan.page.last))) : '';
  const from = plan.from ?? plan.through;
  return [
    plan.id === null ? '' : text('Id', plan.id),
    page,
    plan.sequence === undefined ? '' : tag('ElctrncSeqNb', String(plan.sequence)),
    plan.createdAt === undefined ? '' : tag('CreDtTm', plan.createdAt),
    tag('FrToDt', tag('FrDtTm', `${from}T00:00:00`) + tag('ToDtTm', `${plan.through}T23:59:59`)),
    tag(
      'Acct',
      tag('Id', tag('IBAN', plan.account ?? ACCOUNT)) + tag('Ccy', currency) + (plan.owner ? tag('Ownr', text('Nm', plan.owner)) : ''),
    ),
    plan.opening === undefined ? '' : balance('OPBD', plan.opening, from, plan.interim === 'opening' || plan.interim === 'both'),
    plan.closing === undefined ? '' : balance('CLBD', plan.closing, plan.through, plan.interim === 'closing' || plan.interim === 'both'),
    ...plan.entries.map((each) => tag('Ntry', entry(each, currency))),
  ].join('');
}

function entry(plan: EntryPlan, currency: string): string {
  const batch = plan.batch === undefined ? '' : tag('Btch', text('MsgId', plan.batch));
  const payments = plan.payments ?? (plan.batch === undefined ? [plan] : []);
  return [
    plan.entryReference === undefined ? '' : text('NtryRef', plan.entryReference),
    amount(plan.amount, currency),
    plan.indicator === undefined ? indicator(plan.amount) : tag('CdtDbtInd', plan.indicator),
    tag('Sts', tag('Cd', plan.status ?? 'BOOK')),
    plan.day === null ? '' : tag('BookgDt', tag('Dt', plan.day)),
    plan.reference === undefined ? '' : text('AcctSvcrRef', plan.reference),
    tag('BkTxCd', ''),
    batch === '' && payments.length === 0
      ? ''
      : tag('NtryDtls', batch + payments.map((each) => tag('TxDtls', payment(each, currency))).join('')),
  ].join('');
}

function payment(plan: PaymentPlan, currency: string): string {
  const role = plan.amount < 0 ? 'Cdtr' : 'Dbtr';
  return [
    tag('Refs', text('EndToEndId', plan.endToEndId ?? 'NOTPROVIDED')),
    amount(plan.amount, currency) + indicator(plan.amount),
    tag(
      'RltdPties',
      (plan.name === undefined ? '' : tag(role, tag('Pty', text('Nm', plan.name)))) +
        (plan.iban === undefined ? '' : tag(`${role}Acct`, tag('Id', text('IBAN', plan.iban)))),
    ),
    plan.text === undefined ? '' : tag('RmtInf', text('Ustrd', plan.text)),
  ].join('');
}

const swiftDay = (day: string): string => day.slice(2).replaceAll('-', '');
const swiftAmount = (minor: Minor): string => formatAmount(Math.abs(minor)).replace('.', ',');
const mark = (minor: Minor): string => (minor < 0 ? 'D' : 'C');

/** The same statement as MT940, with a structured `:86:` as Dutch banks write it. */
export function mt940({ id, sequence, account, from, through, opening = 0, closing = 0, entries }: StatementPlan): string {
  return [
    `:20:${id ?? 'NONE'}`,
    `:25:${account ?? ACCOUNT}`,
    `:28C:${sequence ?? 0}/1`,
    `:60F:${mark(opening)}${swiftDay(from ?? through)}EUR${swiftAmount(opening)}`,
    ...entries.flatMap((each) => [
      `:61:${swiftDay(each.day ?? through)}${swiftDay(each.day ?? through).slice(2)}${mark(each.amount)}${swiftAmount(each.amount)}NTRFNONREF`,
      ...(each.name === undefined && each.text === undefined
        ? []
        : [`:86:/EREF/${each.endToEndId ?? 'NOTPROVIDED'}//CNTP/${each.iban ?? ''}//${each.name ?? ''}///REMI/USTD//${each.text ?? ''}/`]),
    ]),
    `:62F:${mark(closing)}${swiftDay(through)}EUR${swiftAmount(closing)}`,
    '-',
    '',
  ].join('\r\n');
}
