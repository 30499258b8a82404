import { bankRoutes } from './bank.routes.js';
import { contactRoutes } from './contacts.routes.js';
import { documentRoutes } from './documents.routes.js';
import { externalInvoiceRoutes } from './external-invoices.routes.js';
import { paymentRoute } from './payments.routes.js';
import { portalRoute, reportRoutes } from './reports.routes.js';
import type { Route } from './route.js';
import { salesInvoiceRoutes } from './sales-invoices.routes.js';
import { settingsRoutes } from './settings.routes.js';
import { webhookRoutes } from './webhooks.routes.js';

/** Everything the simulator serves below an administration. */
export const MONEYBIRD_ROUTES: readonly Route[] = [
  ...salesInvoiceRoutes,
  ...externalInvoiceRoutes,
  ...contactRoutes,
  ...bankRoutes,
  ...settingsRoutes,
  ...documentRoutes,
  ...webhookRoutes,
  ...reportRoutes,
  paymentRoute,
  portalRoute,
];

interface Compiled {
  readonly route: Route;
  readonly parts: readonly string[];
  readonly literals: number;
}

/** Fixed parts win over placeholders: `/contacts/filter` is no contact. */
const COMPILED: readonly Compiled[] = MONEYBIRD_ROUTES.map((route) => {
  const parts = route.path.slice(1).split('/');
  return { route, parts, literals: parts.filter((part) => !part.startsWith(':')).length };
}).sort((a, b) => b.literals - a.literals);

export type Routed =
  | { readonly kind: 'route'; readonly route: Route; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'wrong-verb' }
  | { readonly kind: 'unknown' };

/** Finds the route of a path below the administration, decoded and without suffix, as its parts. */
export function routeOf(method: string, given: readonly string[]): Routed {
  const fitting = COMPILED.filter(
    ({ parts }) => parts.length === given.length && parts.every((part, at) => part.startsWith(':') || part === given[at]),
  );
  const found = fitting.find(({ route }) => route.method === method);
  if (!found) return { kind: fitting.length > 0 ? 'wrong-verb' : 'unknown' };
  const params = found.parts.flatMap((part, at) => (part.startsWith(':') ? [[part.slice(1), given[at] ?? '']] : []));
  return { kind: 'route', route: found.route, params: Object.fromEntries(params) as Record<string, string> };
}
