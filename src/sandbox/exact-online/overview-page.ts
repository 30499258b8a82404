import { formatAmount } from '../../kernel/money.js';
import type { Answer } from '../wire/answer.js';
import type { RequestLog } from '../wire/request-log.js';
import type { DivisionBooks } from './books.js';
import { openItemsOf, outstandingOf } from './truth.js';

/** `GET /sandbox`, for people: what is in the simulator and what it was asked. */
export function overviewPage(divisions: Iterable<DivisionBooks>, { now, log }: { readonly now: Date; readonly log: RequestLog }): Answer {
  const body = {
    now,
    requests: { count: log.count(), statuses: log.statuses },
    divisions: [...divisions].map((books) => ({
      code: books.code,
      name: books.profile.name,
      accounts: books.accounts.size,
      openItems: openItemsOf(books).length,
      outstanding: formatAmount(outstandingOf(books), books.profile.currency),
      notes: books.communicationNotes.size,
      tasks: books.tasks.size,
      complaints: books.complaints.size,
      documents: books.documents.size,
    })),
  };
  return { status: 200, body };
}
