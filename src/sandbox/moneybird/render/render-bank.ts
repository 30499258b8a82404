import { openOn } from '../bank.js';
import type { Books } from '../books.js';
import type { FinancialAccountRecord, LedgerBookingRecord, MutationRecord, StatementRecord } from '../records.js';
import { moneyText } from '../rules/money-text.js';
import { type Json, renderPayment, timestamp, timestamps, versionOf } from './render-common.js';

export const renderFinancialAccount = (books: Books, account: FinancialAccountRecord): Json => ({
  id: account.id,
  administration_id: books.id,
  type: account.type,
  name: account.name,
  identifier: account.identifier,
  currency: account.currency ?? books.profile.currency,
  provider: null,
  moneybird_account: false,
  active: account.active ?? true,
  ...timestamps(account),
});

export const renderMutation = (books: Books, mutation: MutationRecord): Json => ({
  id: mutation.id,
  administration_id: books.id,
  amount: moneyText(mutation.amount),
  code: mutation.code,
  date: mutation.date,
  message: mutation.message,
  contra_account_name: mutation.contraName,
  contra_account_number: mutation.contraNumber ?? '',
  state: mutation.processedAt === null ? 'unprocessed' : 'processed',
  settlement_state: 'settled',
  amount_open: moneyText(openOn(mutation)),
  sepa_fields: mutation.sepaFields,
  batch_reference: mutation.batchReference,
  financial_account_id: mutation.financialAccountId,
  currency: books.financialAccounts.find(({ id }) => id === mutation.financialAccountId)?.currency ?? books.profile.currency,
  original_amount: null,
  ...timestamps(mutation),
  version: versionOf(mutation),
  financial_statement_id: mutation.financialStatementId,
  processed_at: mutation.processedAt === null ? null : timestamp(mutation.processedAt),
  account_servicer_transaction_id: mutation.servicerTransactionId,
  payments: mutation.payments.map((payment) => renderPayment(books, payment)),
  ledger_account_bookings: mutation.bookings.map((booking) => renderBooking(books, mutation, booking)),
});

const renderBooking = (books: Books, mutation: MutationRecord, booking: LedgerBookingRecord): Json => ({
  id: booking.id,
  administration_id: books.id,
  financial_mutation_id: mutation.id,
  ledger_account_id: booking.ledgerAccountId,
  project_id: null,
  description: booking.description,
  price: moneyText(booking.price),
  ...timestamps(booking),
});

export const renderStatement = (books: Books, statement: StatementRecord): Json => ({
  id: statement.id,
  financial_account_id: statement.financialAccountId,
  reference: statement.reference,
  official_date: statement.officialDate,
  official_balance: statement.officialBalance === null ? null : moneyText(statement.officialBalance),
  importer_service: null,
  financial_mutations: statement.mutationIds
    .map((id) => books.mutations.get(id))
    .filter((mutation) => mutation !== undefined)
    .map((mutation) => renderMutation(books, mutation)),
});
