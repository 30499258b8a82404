import type { EntityManager } from 'typeorm';
import { type Clock, today } from '../kernel/clock.js';
import { formatAmount } from '../kernel/money.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';
import { openPausedByPeople } from '../ledger/package-pauses.js';
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
      packageDisputes: await packageDisputes(manager, administrationId),
      pauses: await pauses(manager, administrationId),
      promises: await promises(manager, administrationId),
      arrangements: await arrangements(manager, administrationId),
      holds: await holds(manager, administrationId, on),
    }));
  }

  /** The holds of those alone: a page that is looked at every few seconds needs no more. */
  openHolds(administrationId: string): Promise<OpenAgreements['holds']> {
    const on = today(this.clock);
    return this.tenancy.within(administrationId, (manager) => holds(manager, administrationId, on));
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

async function packageDisputes(manager: EntityManager, administrationId: string): Promise<OpenAgreements['packageDisputes']> {
  const found = await rows<{ invoice_id: string; number: string; words: string; on: PlainDate | null }>(
    manager,
    `SELECT invoice.id AS invoice_id, invoice.number, invoice.package_dispute AS words, invoice.package_dispute_on::text AS on,
            invoice.debtor_id, debtor.name AS debtor
       FROM invoice
       JOIN debtor ON debtor.administration_id = invoice.administration_id AND debtor.id = invoice.debtor_id
      WHERE invoice.administration_id = $1 AND invoice.deleted_at IS NULL AND invoice.package_dispute IS NOT NULL AND invoice.package_open > 0
      ORDER BY debtor.name, invoice.number, invoice.id`,
    [administrationId],
  );
  return found.map(({ invoice_id: invoiceId, number: invoice, words, on, ...row }) => ({
    ...ofDebtor(row),
    invoiceId,
    invoice,
    words,
    on,
  }));
}

async function pauses(manager: EntityManager, administrationId: string): Promise<OpenAgreements['pauses']> {
  const administration = await new LedgerRepository(manager).administration(administrationId);
  const paused = administration.respectsPauses ? await openPausedByPeople(manager, administration) : [];
  if (paused.length === 0) return [];
  const found = await rows<{
    invoice_id: string; number: string; open: string; currency: string; due_date: PlainDate; since: PlainDate;
  }>(
    manager,
    `SELECT invoice.id AS invoice_id, invoice.number, invoice.package_open::text AS open, invoice.currency, invoice.due_date::text AS due_date,
            (invoice.paused_since AT TIME ZONE 'Europe/Amsterdam')::date::text AS since, invoice.debtor_id, debtor.name AS debtor
       FROM invoice
       JOIN debtor ON debtor.administration_id = invoice.administration_id AND debtor.id = invoice.debtor_id
      WHERE invoice.administration_id = $1 AND invoice.id = ANY ($2::text[])
      ORDER BY invoice.due_date, invoice.number, invoice.id`,
    [administrationId, paused.map(({ id }) => id)],
  ); // prettier-ignore
  return found.map(({ invoice_id: invoiceId, number: invoice, open, currency, due_date: dueDate, since, ...row }) => ({
    ...ofDebtor(row),
    ...{ invoiceId, invoice, currency, dueDate, since },
    open: formatAmount(Number(open), currency),
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
  const found = await rows<{
    id: string; kind: HoldKind; reason: string; starts_on: PlainDate; until: PlainDate | null; invoice: string | null; former: string | null;
  }>(
    manager,
    `SELECT held.*, debtor.name AS debtor
       FROM (SELECT id, kind, reason, starts_on::text, until::text, debtor_id, NULL AS invoice,
                    (SELECT name FROM debtor WHERE administration_id = $1 AND debtor.id = moved_from) AS former
               FROM debtor_hold WHERE administration_id = $1 AND (until IS NULL OR until >= $2)
             UNION ALL
             SELECT own.id, own.kind, own.reason, own.starts_on::text, own.until::text, invoice.debtor_id, invoice.number, former.name
               FROM invoice_hold own
               JOIN invoice ON invoice.administration_id = $1 AND invoice.id = own.invoice_id AND invoice.deleted_at IS NULL
               LEFT JOIN debtor former ON former.administration_id = $1 AND former.id = own.detail ->> 'debtor' AND former.id <> invoice.debtor_id
              WHERE own.administration_id = $1 AND own.ended_on IS NULL AND (own.until IS NULL OR own.until >= $2)
                AND invoice.package_open <> 0) held
       JOIN debtor ON debtor.administration_id = $1 AND debtor.id = held.debtor_id
      ORDER BY held.invoice IS NULL AND held.former IS NULL, held.starts_on, debtor.name, held.id`,
    [administrationId, on],
  ); // prettier-ignore
  return found.map(({ id, kind, reason, starts_on: from, until, invoice, former, ...row }) => ({
    ...ofDebtor(row),
    ...{ id, kind, reason, from, until },
    ...(invoice !== null && { invoice }),
    ...(former !== null && { formerDebtor: former }),
  }));
}
