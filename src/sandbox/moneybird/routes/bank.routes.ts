import { type Result, ok } from '../../../kernel/result.js';
import { type Answer, answer, notFound, refusal, wrapperMissing } from '../answers.js';
import { createStatement, linkBooking, unlinkBooking } from '../bank.js';
import type { MutationRecord } from '../records.js';
import { renderFinancialAccount, renderMutation, renderStatement } from '../render/render-bank.js';
import { readFilter } from '../rules/filter.js';
import { readMoney } from '../rules/money-text.js';
import { DEFAULT_PERIOD, newestFirst, periodTest, stateTest, synchronizationList, synchronizationRecords } from './listing.js';
import { type Call, type Route, param, wrapped } from './route.js';

const bank = ['bank'] as const;

/** More than this and the list refuses; the synchronization does not. */
const MUTATION_LIMIT = 100;

function filtered(call: Call): Result<MutationRecord[], Answer> {
  const filter = readFilter(call.query.get('filter'));
  const inPeriod = periodTest(filter.get('period') ?? (filter.size === 0 ? DEFAULT_PERIOD : undefined), call.today);
  if (!inPeriod.ok) return inPeriod;
  const inState = stateTest(filter.get('state'), ['unprocessed', 'processed', 'auto_booked']);
  if (!inState.ok) return inState;
  const limit = (key: string): number | null => (filter.has(key) ? readMoney(filter.get(key)) : null);
  const [from, to] = [limit('amount_from'), limit('amount_to')];
  const type = filter.get('mutation_type');
  return ok(
    newestFirst(call.books.mutations.values()).filter(
      (mutation) =>
        inPeriod.value(mutation.date) &&
        inState.value(mutation.processedAt === null ? 'unprocessed' : 'processed') &&
        (type !== 'debit' || mutation.amount < 0) &&
        (type !== 'credit' || mutation.amount > 0) &&
        (from === null || Math.abs(mutation.amount) >= from) &&
        (to === null || Math.abs(mutation.amount) <= to) &&
        (!filter.has('financial_account_id') || filter.get('financial_account_id') === mutation.financialAccountId),
    ),
  );
}

const withMutation =
  (handle: (call: Call, mutation: MutationRecord) => Answer) =>
  (call: Call): Answer => {
    const mutation = call.books.mutations.get(param(call, 'id'));
    return mutation ? handle(call, mutation) : notFound();
  };

export const bankRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/financial_accounts',
    scopes: ['settings'],
    handle: (call) =>
      answer(
        200,
        call.books.financialAccounts.filter(({ active }) => active !== false).map((account) => renderFinancialAccount(call.books, account)),
      ),
  },
  {
    method: 'GET',
    path: '/financial_mutations',
    scopes: bank,
    handle: (call) => {
      const found = filtered(call);
      if (!found.ok) return found.error;
      if (found.value.length > MUTATION_LIMIT) return refusal(400, 'Too many financial mutations to return, please use sync API');
      return answer(
        200,
        found.value.map((mutation) => renderMutation(call.books, mutation)),
      );
    },
  },
  {
    method: 'GET',
    path: '/financial_mutations/synchronization',
    scopes: bank,
    handle: (call) => {
      const found = filtered(call);
      return found.ok ? synchronizationList(found.value) : found.error;
    },
  },
  {
    method: 'POST',
    path: '/financial_mutations/synchronization',
    scopes: bank,
    handle: (call) => synchronizationRecords(call, call.books.mutations, (mutation) => renderMutation(call.books, mutation)),
  },
  {
    method: 'GET',
    path: '/financial_mutations/:id',
    scopes: bank,
    handle: withMutation((call, mutation) => answer(200, renderMutation(call.books, mutation))),
  },
  {
    method: 'PATCH',
    path: '/financial_mutations/:id/link_booking',
    scopes: bank,
    handle: withMutation((call, mutation) => linkBooking(call.books, mutation, call.body, call.act)),
  },
  {
    method: 'DELETE',
    path: '/financial_mutations/:id/unlink_booking',
    scopes: bank,
    handle: withMutation(
      (call, mutation) => unlinkBooking(call.books, mutation, call.body, call.act) ?? answer(200, renderMutation(call.books, mutation)),
    ),
  },
  {
    method: 'POST',
    path: '/financial_statements',
    scopes: bank,
    handle: (call) => {
      const input = wrapped(call, 'financial_statement');
      if (!input) return wrapperMissing('financial_statement');
      const made = createStatement(call.books, input, call.act);
      return made.ok ? answer(201, renderStatement(call.books, made.value)) : made.error;
    },
  },
];
