import type { EntityManager } from 'typeorm';
import { type Clock, today } from '../kernel/clock.js';
import { formatAmount } from '../kernel/money.js';
import type { PlainDate } from '../kernel/plain-date.js';
import type { HoldKind } from '../ledger/rules/book.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import type { OfDebtor, OpenAgreements } from './rules/open-agreements.js';

/** How many of a kind are shown. */
const SHOWN = 200;

/** Everything that stops dunning, over all debtors of an administration. */
export class Agreements {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
  ) {}

  open(administrationId: string): Promise<OpenAgreements> {
    const on = today(this.clock);
    return this.tenancy.within(administrationId, async (manager) => ({
      disputes: await disputes(manager, administrationId),
      promises: await promises(manager, administrationId),
      arrangements: await arrangements(manager, administrationId),
      holds: await holds(manager, administrationId, on),
    }));
  }
}

interface Debtor {
  readonly debtor_id: string;
  readonly debtor: string;
}

const ofDebtor = ({ debtor_id: debtorId, debtor }: Debtor): OfDebtor => ({ debtorId, debtor });

const rows = <Row>(manager: EntityManager, sql: string, parameters: unknown[]): Promise<(Row & Debtor)[]> =>
  manager.query(`${sql} LIMIT ${SHOWN}`, parameters);

/** What was noted here, and what only the book or the package says of invoices nothing was ever noted about. */
async function disputes(manager: EntityManager, administrationId: string): Promise<OpenAgreements['disputes']> {
  const found = await rows<{
    id: string | null; invoice_id: string; number: string; code: string; amount: string | null; currency: string; since: PlainDate; answer_by: PlainDate | null;
  }>(
    manager,
    `SELECT noted.id, invoice.id AS invoice_id, invoice.number, invoice.currency, invoice.debtor_id, debtor.name AS debtor,
            coalesce(noted.code, invoice.dispute ->> 'code') AS code,
            CASE WHEN noted.id IS NULL THEN invoice.dispute ->> 'amount' ELSE noted.amount::text END AS amount,
            coalesce(noted.opened_on::text, invoice.dispute ->> 'since') AS since, noted.answer_by::text
       FROM invoice
       JOIN debtor ON debtor.administration_id = invoice.administration_id AND debtor.id = invoice.debtor_id
       LEFT JOIN dispute noted
         ON noted.administration_id = invoice.administration_id AND noted.invoice_id = invoice.id AND noted.resolved_on IS NULL
      WHERE invoice.administration_id = $1 AND invoice.deleted_at IS NULL
        AND (noted.id IS NOT NULL
             OR (invoice.dispute IS NOT NULL AND invoice.dispute ->> 'resolved' IS NULL
                 AND NOT EXISTS (SELECT 1 FROM dispute past
                                  WHERE past.administration_id = invoice.administration_id AND past.invoice_id = invoice.id)))
      ORDER BY since, invoice.number, invoice.id`,
    [administrationId],
  ); // prettier-ignore
  return found.map(({ amount, currency, ...row }) => ({
    ...ofDebtor(row),
    id: row.id,
    invoiceId: row.invoice_id,
    invoice: row.number,
    code: row.code,
    amount: amount === null ? null : formatAmount(Number(amount), currency),
    currency,
    since: row.since,
    answerBy: row.answer_by,
  }));
}

async function promises(manager: EntityManager, administrationId: string): Promise<OpenAgreements['promises']> {
  const found = await rows<{ id: string; amount: string; currency: string; made_on: PlainDate; due_date: PlainDate; state: string }>(
    manager,
    `SELECT promise.id, promise.amount::text, administration.currency, promise.made_on::text, promise.due_date::text, promise.state,
            promise.debtor_id, debtor.name AS debtor
       FROM promise
       JOIN administration ON administration.id = promise.administration_id
       JOIN debtor ON debtor.administration_id = promise.administration_id AND debtor.id = promise.debtor_id
      WHERE promise.administration_id = $1 AND promise.withdrawn_on IS NULL AND promise.state IN ('open', 'short', 'broken')
      ORDER BY promise.due_date, promise.id`,
    [administrationId],
  );
  return found.map(({ id, amount, currency, made_on: madeOn, due_date: dueDate, state, ...row }) => ({
    ...ofDebtor(row),
    id,
    amount: formatAmount(Number(amount), currency),
    currency,
    madeOn,
    dueDate,
    state,
  }));
}

async function arrangements(manager: EntityManager, administrationId: string): Promise<OpenAgreements['arrangements']> {
  const found = await rows<{
    id: string; currency: string; state: string; instalments: { dueDate: PlainDate; amount: number }[]; instalment_states: string[];
  }>(
    manager,
    `SELECT arrangement.id, administration.currency, arrangement.state, arrangement.instalments, arrangement.instalment_states,
            arrangement.debtor_id, debtor.name AS debtor
       FROM arrangement
       JOIN administration ON administration.id = arrangement.administration_id
       JOIN debtor ON debtor.administration_id = arrangement.administration_id AND debtor.id = arrangement.debtor_id
      WHERE arrangement.administration_id = $1 AND arrangement.withdrawn_on IS NULL AND arrangement.state IN ('running', 'broken')
      ORDER BY debtor.name, arrangement.id`,
    [administrationId],
  ); // prettier-ignore
  return found.map(({ id, currency, state, instalments, instalment_states: states, ...row }) => ({
    ...ofDebtor(row),
    id,
    currency,
    state,
    instalments: instalments.map(({ dueDate, amount }, at) => ({
      dueDate,
      amount: formatAmount(amount, currency),
      state: states[at] ?? 'open',
    })),
  }));
}

async function holds(manager: EntityManager, administrationId: string, on: PlainDate): Promise<OpenAgreements['holds']> {
  const found = await rows<{ id: string; kind: HoldKind; reason: string; starts_on: PlainDate; until: PlainDate | null }>(
    manager,
    `SELECT hold.id, hold.kind, hold.reason, hold.starts_on::text, hold.until::text, hold.debtor_id, debtor.name AS debtor
       FROM debtor_hold hold
       JOIN debtor ON debtor.administration_id = hold.administration_id AND debtor.id = hold.debtor_id
      WHERE hold.administration_id = $1 AND (hold.until IS NULL OR hold.until >= $2)
      ORDER BY hold.starts_on, debtor.name, hold.id`,
    [administrationId, on],
  );
  return found.map(({ id, kind, reason, starts_on: from, until, ...row }) => ({ ...ofDebtor(row), id, kind, reason, from, until }));
}
