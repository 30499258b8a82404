import type { EntityManager } from 'typeorm';
import type { StatementToImport } from '../adapters/accounting-package.port.js';
import type { Minor } from '../kernel/money.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { derivedUuid } from '../platform/database/ids.js';
import type { PlannedEffect } from '../platform/outbox/outbox.repository.js';
import { type KeptLine, type StatementPayload, statementToImport } from './rules/statement-push.js';

/** A statement of the bank that is whole: all its pages in one, nothing newer in its place, in one currency, and its lines come to what it ends with. */
const WHOLE = `statement.message = 'camt.053' AND statement.superseded_by IS NULL AND statement.reconciles
       AND statement.opening IS NOT NULL AND statement.closing IS NOT NULL AND NOT statement.opening_interim AND NOT statement.closing_interim
       AND COALESCE(statement.page, 1) = 1 AND COALESCE(statement.last_page, true)
       AND NOT EXISTS (SELECT FROM statement_line line WHERE line.administration_id = $1 AND line.statement_id = statement.id
                                                       AND line.standing = 'booked' AND line.currency <> statement.currency)`;

/**
 * The statements the package is to get, at most `limit` at a time, oldest first: whole ones of the administration's own accounts that were
 * imported since somebody chose that they are sent. One whose bookings stand in another statement too (a month beside its days) is sent only
 * when it is the shorter of them: money that is in the bank book twice is worse than late.
 */
export async function statementPushes(manager: EntityManager, administrationId: string, limit: number): Promise<PlannedEffect[]> {
  const rows = (await manager.query(
    `SELECT statement.id
       FROM statement
       JOIN connection ON connection.administration_id = $1 AND connection.statements_from <= statement.imported_at
       JOIN administration ON administration.id = $1 AND statement.iban = ANY (administration.ibans)
      WHERE statement.administration_id = $1 AND ${WHOLE}
        AND NOT EXISTS (SELECT FROM effect WHERE effect.administration_id = $1 AND effect.kind = 'push' AND effect.payload ? 'statementId'
                           AND effect.payload ->> 'statementId' = statement.id::text)
        AND NOT EXISTS (
          SELECT FROM statement_line line
            JOIN statement_line same ON same.administration_id = $1 AND same.booking_id = line.booking_id AND same.statement_id <> statement.id
                                    AND same.standing = 'booked'
            JOIN statement other ON other.administration_id = $1 AND other.id = same.statement_id AND other.message = 'camt.053'
           WHERE line.administration_id = $1 AND line.statement_id = statement.id AND line.standing = 'booked'
             AND (EXISTS (SELECT FROM effect WHERE effect.administration_id = $1 AND effect.kind = 'push' AND effect.payload ? 'statementId'
                             AND effect.payload ->> 'statementId' = other.id::text)
                  OR other.superseded_by IS NULL
                     AND (other.through_date - COALESCE(other.from_date, other.through_date), other.imported_at, other.id)
                       < (statement.through_date - COALESCE(statement.from_date, statement.through_date), statement.imported_at, statement.id)))
      ORDER BY statement.through_date, statement.imported_at, statement.id LIMIT $2`,
    [administrationId, limit],
  )) as { id: string }[];
  return rows.map(({ id }) => ({
    id: derivedUuid('push', 'statement', administrationId, id),
    kind: 'push',
    actId: null,
    debtorId: null,
    payload: { kind: 'statement', statementId: id } satisfies StatementPayload,
  }));
}

/** A statement of this administration as the package takes it. Throws (a bug) when there is none: they are never deleted. */
export async function keptStatement(manager: EntityManager, administrationId: string, statementId: string): Promise<StatementToImport> {
  const [statement] = (await manager.query(
    `SELECT iban, currency, COALESCE(from_date, through_date)::text AS from, through_date::text AS through, opening::text, closing::text,
            sequence::text
       FROM statement WHERE administration_id = $1 AND id = $2`,
    [administrationId, statementId],
  )) as {
    iban: string;
    currency: string;
    from: PlainDate;
    through: PlainDate;
    opening: string;
    closing: string;
    sequence: string | null;
  }[];
  if (!statement) throw new Error(`there is no statement ${statementId}`);
  const lines = (await manager.query(
    `SELECT amount::text, counterparty_iban, description, detail #>> '{transactions,0,endToEndId}' AS end_to_end_id,
            COALESCE(detail #>> '{transactions,0,servicerReference}', detail ->> 'servicerReference') AS servicer_reference,
            detail #>> '{bankCode,proprietary}' AS bank_code
       FROM statement_line WHERE administration_id = $1 AND statement_id = $2 AND standing = 'booked' ORDER BY position`,
    [administrationId, statementId],
  )) as Row[];
  const { iban, currency, from, through, opening, closing, sequence } = statement;
  return statementToImport({
    ...{ iban, currency, from, through, opening: minor(opening), closing: minor(closing) },
    sequence: sequence === null ? null : Number(sequence),
    lines: lines.map(keptLine),
  });
}

interface Row {
  readonly amount: string;
  readonly counterparty_iban: string | null;
  readonly description: string;
  readonly end_to_end_id: string | null;
  readonly servicer_reference: string | null;
  readonly bank_code: string | null;
}

const keptLine = (row: Row): KeptLine => ({
  amount: minor(row.amount),
  counterpartyIban: row.counterparty_iban,
  description: row.description,
  endToEndId: row.end_to_end_id,
  servicerReference: row.servicer_reference,
  bankCode: row.bank_code,
});

const minor = (text: string): Minor => Number(text);
