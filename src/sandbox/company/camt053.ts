import { formatAmount } from '../../kernel/money.js';
import type { Minor } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { BankTransaction } from './bank-transaction.js';

export type CamtVersion = '001.02' | '001.08';

/** One day of one account. */
export interface DayStatement {
  readonly version: CamtVersion;
  readonly day: PlainDate;
  /** Consecutive within the account. */
  readonly sequence: number;
  readonly account: { readonly iban: string; readonly owner: string; readonly bic: string };
  readonly opening: Minor;
  readonly transactions: readonly BankTransaction[];
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);

const element = (name: string, content: string): string => `<${name}>${content}</${name}>`;
const textElement = (name: string, text: string): string => element(name, escape(text));
const amount = (minor: Minor): string => `<Amt Ccy="EUR">${formatAmount(Math.abs(minor))}</Amt>`;
const indicator = (minor: Minor): string => element('CdtDbtInd', minor < 0 ? 'DBIT' : 'CRDT');

/** What is left on the account after the day. */
export const closingOf = ({ opening, transactions }: Pick<DayStatement, 'opening' | 'transactions'>): Minor =>
  transactions.reduce((balance, transaction) => balance + transaction.amount, opening);

/** A bank statement as XML, camt.053.001.02 or .08. Balances add up and link to the statements before and after. */
export function renderCamt053(statement: DayStatement): string {
  const { version, day, account, sequence } = statement;
  const header = element(
    'GrpHdr',
    textElement('MsgId', `TGD${sequence}${day.replaceAll('-', '')}`) + element('CreDtTm', `${day}T23:30:00`),
  );
  const owner = account.owner.slice(0, 70);
  const parts = [
    textElement('Id', `${account.iban}.${day}`),
    element('ElctrncSeqNb', String(sequence)),
    element('CreDtTm', `${day}T23:30:00`),
    element('FrToDt', element('FrDtTm', `${day}T00:00:00`) + element('ToDtTm', `${day}T23:59:59`)),
    element(
      'Acct',
      element('Id', textElement('IBAN', account.iban)) +
        element('Ccy', 'EUR') +
        element('Ownr', textElement('Nm', owner)) +
        element('Svcr', element('FinInstnId', textElement(version === '001.02' ? 'BIC' : 'BICFI', account.bic))),
    ),
    balance('OPBD', statement.opening, day),
    balance('CLBD', closingOf(statement), day),
    ...statement.transactions.map((transaction) => entry(version, transaction)),
  ];
  const body = element('BkToCstmrStmt', header + element('Stmt', parts.join('\n')));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.${version}">\n${body}\n</Document>\n`;
}

const balance = (code: string, minor: Minor, day: PlainDate): string =>
  element(
    'Bal',
    element('Tp', element('CdOrPrtry', element('Cd', code))) + amount(minor) + indicator(minor) + element('Dt', element('Dt', day)),
  );

function entry(version: CamtVersion, transaction: BankTransaction): string {
  const { day } = transaction;
  return element(
    'Ntry',
    amount(transaction.amount) +
      indicator(transaction.amount) +
      element('Sts', version === '001.02' ? 'BOOK' : element('Cd', 'BOOK')) +
      element('BookgDt', element('Dt', day)) +
      element('ValDt', element('Dt', day)) +
      textElement('AcctSvcrRef', transaction.id) +
      element('BkTxCd', bankCode(transaction)) +
      element('NtryDtls', element('TxDtls', details(version, transaction))),
  );
}

function bankCode({ amount: minor, counterparty }: BankTransaction): string {
  const [family, sub] = counterparty === null ? ['MDOP', 'CHRG'] : minor < 0 ? ['ICDT', 'ESCT'] : ['RCDT', 'ESCT'];
  return element('Domn', element('Cd', 'PMNT') + element('Fmly', element('Cd', family ?? '') + element('SubFmlyCd', sub ?? '')));
}

function details(version: CamtVersion, transaction: BankTransaction): string {
  const references = element('Refs', textElement('EndToEndId', transaction.endToEndId ?? 'NOTPROVIDED'));
  const money =
    version === '001.02'
      ? element('AmtDtls', element('TxAmt', amount(transaction.amount)))
      : amount(transaction.amount) + indicator(transaction.amount);
  return references + money + parties(version, transaction) + remittance(transaction);
}

/** The other side: the debtor of what comes in, the creditor of what goes out. From version 07 on a party has one level more. */
function parties(version: CamtVersion, { amount: minor, counterparty }: BankTransaction): string {
  if (counterparty === null) return '';
  const role = minor < 0 ? 'Cdtr' : 'Dbtr';
  const name = textElement('Nm', counterparty.name.slice(0, 70));
  const party = element(role, version === '001.02' ? name : element('Pty', name));
  const account = counterparty.iban === null ? '' : element(`${role}Acct`, element('Id', textElement('IBAN', counterparty.iban)));
  return element('RltdPties', party + account);
}

function remittance({ structuredReference, text }: BankTransaction): string {
  const structured =
    structuredReference === null
      ? ''
      : element(
          'Strd',
          element(
            'CdtrRefInf',
            element('Tp', element('CdOrPrtry', element('Cd', 'SCOR')) + element('Issr', 'ISO')) + textElement('Ref', structuredReference),
          ),
        );
  const unstructured = text === null ? '' : textElement('Ustrd', text);
  return structured + unstructured === '' ? '' : element('RmtInf', unstructured + structured);
}
