import { type Answer, answer, refusal } from './answers.js';
import type { Books } from './books.js';
import { administrationOverview, invoiceOverview } from './overview.js';
import type { RequestLog } from '../wire/request-log.js';

export interface OverviewSubject {
  readonly log: RequestLog;
  readonly now: Date;
  readonly books: readonly Books[];
  /** Further pages there are. */
  readonly pages: readonly string[];
}

const LATEST = 100;

/** The pages for people, as JSON: what is inside, what was asked, one administration, its invoices. */
export function overviewPage(path: string, subject: OverviewSubject): Answer {
  if (path === '/sandbox' || path === '/') return answer(200, index(subject));
  if (path === '/sandbox/requests') {
    const { log } = subject;
    return answer(200, { total: log.count(), statuses: log.statuses, latest: log.requests.slice(-LATEST).reverse() });
  }
  const [, id, part] = /^\/sandbox\/administrations\/(\d+)(\/invoices)?$/.exec(path) ?? [];
  const books = subject.books.find((one) => one.id === id);
  if (!books) return refusal(404, 'Not Found');
  if (part === undefined) return answer(200, administrationOverview(books));
  const invoices = [...books.invoices.values(), ...books.externalInvoices.values()];
  return answer(
    200,
    invoices.map((invoice) => invoiceOverview(books, invoice)),
  );
}

const index = ({ log, now, books, pages }: OverviewSubject): object => ({
  sandbox: 'moneybird',
  now,
  requests: log.count(),
  pages: ['/sandbox/requests', ...pages],
  administrations: books.map((one) => ({
    ...administrationOverview(one),
    pages: [`/sandbox/administrations/${one.id}`, `/sandbox/administrations/${one.id}/invoices`],
  })),
});
