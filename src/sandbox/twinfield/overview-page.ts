import { formatAmount } from '../../kernel/money.js';
import type { Answer } from '../wire/answer.js';
import type { RequestLog } from '../wire/request-log.js';
import type { Organisation } from './organisation.js';
import { openItemsOf, outstandingOf } from './truth.js';

/** `GET /sandbox` on the login host, for people: what is in the simulator and what it was asked. */
export function overviewPage(
  organisations: Iterable<Organisation>,
  { now, log }: { readonly now: Date; readonly log: RequestLog },
): Answer {
  const offices = [...organisations].flatMap((organisation) =>
    [...organisation.offices.values()].map((books) => ({ organisation, books })),
  );
  const body = {
    now,
    requests: { count: log.count(), statuses: log.statuses },
    offices: offices.map(({ organisation, books }) => ({
      organisation: organisation.code,
      code: books.code,
      name: books.profile.name,
      customers: books.customers.size,
      openItems: openItemsOf(books).length,
      outstanding: formatAmount(outstandingOf(books), books.currency),
      comments: [...books.customers.values()].filter(({ credit }) => credit.comment !== '').length,
      withoutReminders: [...books.customers.values()].filter(({ credit }) => credit.sendReminder === 'false').length,
      statements: books.statements.length,
    })),
  };
  return { status: 200, body };
}
