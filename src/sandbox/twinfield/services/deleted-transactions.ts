import { officeOf } from '../organisation.js';
import type { DeletedTransaction } from '../records.js';
import { type XmlElement, el, leaf, textOf } from '../rules/xml.js';
import { dayOf, queryService } from './query-service.js';
import { type Service, type ServiceCall, ServiceFault } from './service.js';

/** What was deleted, by its day of deletion: the only place where a deleted invoice differs from a paid one (fact sheet §6.7). */
export const deletedTransactions: Service = queryService({
  name: 'DeletedTransactionsService',
  contract: 'DeletedTransactionsService',
  queries: { GetDeletedTransactions: found },
});

function found({ user, method }: ServiceCall) {
  const books = officeOf(user, textOf(method, 'CompanyCode') ?? '');
  if (!books) throw new ServiceFault('accessDenied');
  const daybook = textOf(method, 'Daybook') || undefined;
  const [from, to] = [dayOf(method, 'DateFrom'), dayOf(method, 'DateTo')];
  const rows = books.deletions.filter(
    (row) =>
      (daybook === undefined || row.daybook === daybook) &&
      (from === undefined || row.deletedOn >= from) &&
      (to === undefined || row.deletedOn <= to),
  );
  return { type: 'DeletedTransactions', content: [el('DeletedTransactions', {}, rows.map(rowXml))] };
}

const rowXml = ({ daybook, number, date, deletedOn, userCode, reason }: DeletedTransaction): XmlElement =>
  el('DeletedTransaction', {}, [
    leaf('Daybook', daybook),
    leaf('DeletionDate', `${deletedOn}T00:00:00`),
    leaf('ReasonForDeletion', reason),
    leaf('TransactionDate', `${date}T00:00:00`),
    leaf('TransactionNumber', number),
    leaf('User', userCode),
  ]);
