import type { DivisionBooks } from '../books.js';
import type { AppRegistration } from '../oauth-chains.js';
import type { Webhooks } from '../webhooks.js';
import { activityResources } from './activities.js';
import { crmResources } from './crm.js';
import { deletedResource } from './deletions.js';
import { documentResources } from './documents.js';
import { salesInvoiceResources } from './invoices.js';
import { bankResources } from './ledger.js';
import { overviewResources } from './overviews.js';
import { receivableResources } from './receivables.js';
import { type AnyResource, erased } from './resource.js';
import { salesEntryResources } from './sales.js';
import { settingsResources } from './settings.js';
import { transactionLineResources } from './transaction-lines.js';
import { webhookResource } from './webhooks.js';

/** What resources need of the simulator around the books. */
export interface Outside {
  /** Its own address. */
  readonly site: () => string;
  readonly webhooks: Webhooks;
}

/** Everything that is served below a division, by path in lower case. */
export function resourcesOf(
  books: DivisionBooks,
  now: () => Date,
  { site, webhooks, app }: Outside & { readonly app: AppRegistration },
): ReadonlyMap<string, AnyResource> {
  const all: AnyResource[] = [
    ...receivableResources(books).map(erased),
    ...overviewResources(books, now),
    ...salesEntryResources(books),
    ...salesInvoiceResources(books),
    ...transactionLineResources(books),
    ...bankResources(books),
    ...crmResources(books).map(erased),
    ...settingsResources(books).map(erased),
    ...documentResources(books, site),
    ...activityResources(books).map(erased),
    erased(webhookResource(books, app, webhooks)),
    erased(deletedResource(books, now)),
  ];
  return new Map(all.map((resource) => [resource.path.toLowerCase(), resource]));
}
