import { answer, modelNotFound } from '../answers.js';
import {
  renderCustomField,
  renderDocumentStyle,
  renderIdentity,
  renderLedgerAccount,
  renderTaxRate,
  renderUser,
  renderWorkflow,
} from '../render/render-settings.js';
import { SCOPES } from '../tokens.js';
import { CONTACT_SCOPES, type Route, param } from './route.js';

/** What a connector only reads: none of these has pages. */
export const settingsRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/workflows',
    scopes: CONTACT_SCOPES,
    handle: ({ books }) =>
      answer(
        200,
        books.workflows.map((workflow) => renderWorkflow(books, workflow)),
      ),
  },
  {
    method: 'GET',
    path: '/workflows/:id',
    scopes: CONTACT_SCOPES,
    handle: (call) => {
      const workflow = call.books.workflow(param(call, 'id'));
      return workflow ? answer(200, renderWorkflow(call.books, workflow)) : modelNotFound('Workflow');
    },
  },
  {
    method: 'GET',
    path: '/custom_fields',
    scopes: CONTACT_SCOPES,
    handle: ({ books }) =>
      answer(
        200,
        books.customFields.map((field) => renderCustomField(books, field)),
      ),
  },
  {
    method: 'GET',
    path: '/users',
    scopes: ['settings'],
    handle: ({ books, query }) =>
      answer(
        200,
        books.users
          .filter(({ userType }) => userType !== 'api_user' || query.get('include_api_users') === 'true')
          .map((user) => renderUser(user, user.userType === 'owner' ? [...SCOPES, 'ownership'] : ['sales_invoices'])),
      ),
  },
  {
    method: 'GET',
    path: '/tax_rates',
    scopes: ['settings', 'sales_invoices', 'documents', 'estimates'],
    handle: ({ books }) =>
      answer(
        200,
        books.taxRates.map((rate) => renderTaxRate(books, rate)),
      ),
  },
  {
    method: 'GET',
    path: '/ledger_accounts',
    scopes: ['settings', 'sales_invoices', 'documents', 'estimates'],
    handle: ({ books }) =>
      answer(
        200,
        books.ledgerAccounts.map((account) => renderLedgerAccount(books, account)),
      ),
  },
  { method: 'GET', path: '/identities', scopes: ['settings'], handle: ({ books }) => answer(200, [renderIdentity(books)]) },
  { method: 'GET', path: '/identities/default', scopes: ['settings'], handle: ({ books }) => answer(200, renderIdentity(books)) },
  {
    method: 'GET',
    path: '/document_styles',
    scopes: ['settings', 'sales_invoices', 'estimates'],
    handle: ({ books }) => answer(200, [renderDocumentStyle(books)]),
  },
];
