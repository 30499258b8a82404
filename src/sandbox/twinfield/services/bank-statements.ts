import type { BankStatement, BankStatementLine } from '../records.js';
import { amountText } from '../rules/format.js';
import { type XmlElement, el, leaf, textOf } from '../rules/xml.js';
import { dayOf, nillable, queryService } from './query-service.js';
import { type Service, type ServiceCall, ServiceFault } from './service.js';

/** Statements that were imported, by their day or by the day they came in (fact sheet §6.7). */
export const bankStatements: Service = queryService({
  name: 'BankStatementService',
  contract: 'BankStatementService',
  queries: {
    GetBankStatements: (call) => found(call, 'StatementDate', ({ date }) => date),
    GetBankStatementsByCreationDate: (call) => found(call, 'CreationDate', ({ createdAt }) => call.office?.day(createdAt) ?? ''),
  },
});

function found({ office, method }: ServiceCall, name: string, dayOfStatement: (statement: BankStatement) => string) {
  if (!office) throw new ServiceFault('companyRequired');
  const [from, to] = [dayOf(method, `${name}From`), dayOf(method, `${name}To`)];
  if (from === undefined || to === undefined) throw new ServiceFault('unexpected');
  const posted = textOf(method, 'IncludePostedStatements') === 'true';
  const rows = office.statements.filter((each) => {
    const day = dayOfStatement(each);
    return day >= from && day <= to && (posted || each.transactionNumber === null);
  });
  const content = el('BankStatements', {}, rows.map(statementXml));
  return { type: 'BankStatementsResult', content: [content] };
}

const statementXml = (row: BankStatement): XmlElement =>
  el('BankStatement', {}, [
    leaf('AccountNumber', ''),
    leaf('ClosingBalance', amountText(row.closing, row.currency)),
    leaf('Code', row.code),
    leaf('Currency', row.currency),
    leaf('Iban', row.iban),
    el(
      'Lines',
      {},
      row.lines.map((line, nth) => lineXml(line, nth + 1, row.currency)),
    ),
    leaf('Number', String(row.number)),
    leaf('OpeningBalance', amountText(row.opening, row.currency)),
    leaf('StatementDate', `${row.date}T00:00:00`),
    leaf('SubId', String(row.subId)),
    nillable('TransactionNumber', row.transactionNumber),
  ]);

const lineXml = (line: BankStatementLine, id: number, currency: string): XmlElement =>
  el('BankStatementLine', {}, [
    leaf('Amount', amountText(line.amount, currency)),
    leaf('BaseAmount', amountText(line.amount, currency)),
    leaf('ContraAccountName', line.contraName),
    leaf('ContraAccountNumber', ''),
    leaf('ContraIban', line.contraIban),
    leaf('Description', line.description),
    leaf('EndToEndId', line.endToEndId),
    leaf('LineId', String(id)),
    leaf('PaymentReference', ''),
    leaf('Reference', line.reference),
    leaf('ReturnReason', line.returnReason),
    leaf('TransactionTypeId', line.type),
  ]);
