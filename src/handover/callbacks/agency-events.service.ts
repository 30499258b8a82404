import { NotFoundException } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../kernel/clock.js';
import { LedgerRepository } from '../../ledger/ledger.repository.js';
import type { Tenancy } from '../../platform/database/tenancy.js';
import { CaseDeliveries } from '../case-deliveries.js';
import { CaseRepository } from '../case.repository.js';
import { GIVEN_BACK } from '../documents/case-files.service.js';
import { AgencyEntity } from '../handover.entity.js';
import { type KeyRings, signed } from '../signing.js';
import type { WebhookPayload } from '../webhook-outbox.js';
import type { ProvenAgency } from './agency-directory.js';

/** Bodies have up to 256 kB each. */
const PAGE = 20;

/** An event as its webhook would be: sign and compare as ever. */
export interface FetchedEvent {
  readonly webhookId: string;
  readonly type: string;
  readonly arrived: boolean;
  readonly headers: Readonly<Record<string, string>>;
  /** The text that is signed. */
  readonly body: string;
}

export interface EventPage {
  readonly events: readonly FetchedEvent[];
  /** There are more: ask after the last of these, or say that these have arrived. */
  readonly more: boolean;
}

interface Row {
  readonly payload: WebhookPayload;
  readonly arrived: boolean;
}

/** For agencies that cannot be called: what we would have told them, and that they have it. */
export class AgencyEvents {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly rings: KeyRings,
  ) {}

  /**
   * The events of an agency's cases in their order, at most 20: those that have not arrived, or, with `after` (the id of an event), all that follow
   * it. None while the administration is not live or a person has disabled the agency: nothing leaves then. Throws 404 for an `after` it has not.
   */
  list({ administrationId, id: agencyId }: ProvenAgency, after: string | null): Promise<EventPage> {
    const now = this.clock.now();
    return this.tenancy.within(administrationId, async (manager) => {
      const agency = await manager.findOneByOrFail(AgencyEntity, { administrationId, id: agencyId });
      if (!(await mayLeave(manager, agency))) return { events: [], more: false };
      const rows = await eventsAfter(manager, agency, after);
      if (rows === null) throw unknownEvent();
      const ring = this.rings.open(agency.keys, agencyId);
      const page = await stillToShow(manager, agency, rows.slice(0, PAGE));
      const events = page.map(({ payload, arrived }): FetchedEvent => {
        const { webhookId, type, body } = payload;
        return { webhookId, type, arrived, headers: signed(payload, ring, now).headers, body };
      });
      return { events, more: rows.length > PAGE };
    });
  }

  /** The agency has these events. Gives how many it had not before; throws 404, and nothing is marked, when one is not its. */
  arrived({ administrationId, id: agencyId }: ProvenAgency, webhookIds: readonly string[]): Promise<number> {
    const now = this.clock.now();
    return this.tenancy.within(administrationId, async (manager) => {
      const agency = await manager.findOneByOrFail(AgencyEntity, { administrationId, id: agencyId });
      if (!(await mayLeave(manager, agency))) throw unknownEvent();
      const rows = (await manager.query(
        `SELECT id, state, payload FROM effect
          WHERE administration_id = $1 AND kind = 'webhook' AND payload ->> 'agencyId' = $2 AND payload ->> 'webhookId' = ANY ($3::text[])
          ORDER BY id FOR UPDATE`,
        [administrationId, agencyId, webhookIds],
      )) as { id: string; state: string; payload: WebhookPayload }[];
      const known = new Set(rows.map(({ payload }) => payload.webhookId));
      if (webhookIds.some((id) => !known.has(id))) throw unknownEvent();
      const fresh = rows.filter(({ state }) => state !== 'done');
      // Also what a worker holds: it finds its effect gone, and its try was one the agency knows the id of.
      await manager.query(
        `UPDATE effect SET state = 'done', claimed_by = NULL, lease_until = NULL, ended_at = $3, last_error = NULL
          WHERE administration_id = $1 AND id = ANY ($2::uuid[])`,
        [administrationId, fresh.map(({ id }) => id), now],
      );
      for (const { payload } of fresh) await new CaseDeliveries(manager, administrationId).delivered(payload);
      return new Set(fresh.map(({ payload }) => payload.webhookId)).size;
    });
  }

  /** A version of the dossier of one of its cases, as it was sealed; default: the last. Throws 404. */
  dossier({ administrationId, id: agencyId }: ProvenAgency, caseId: string, version: number | null): Promise<string> {
    return this.tenancy.within(administrationId, async (manager) => {
      const agency = await manager.findOneByOrFail(AgencyEntity, { administrationId, id: agencyId });
      const cases = new CaseRepository(manager, administrationId);
      const found = (await mayLeave(manager, agency)) ? await cases.ofAgency(agencyId, caseId) : null;
      const dossier = found && !GIVEN_BACK.includes(found.state) && (await cases.dossier(caseId, version ?? found.version));
      if (!dossier) throw new NotFoundException({ code: 'unknown-case', message: 'This agency has no such case.' });
      return dossier.document;
    });
  }
}

/** Writes down that they were shown, so that nobody takes back as unheard of what the agency has read (webhook-outbox.ts); without those just taken back. */
async function stillToShow(manager: EntityManager, { administrationId }: AgencyEntity, rows: readonly Row[]): Promise<readonly Row[]> {
  const [shown] = (await manager.query(
    `UPDATE effect SET result = coalesce(result, '{"shown": true}')
      WHERE administration_id = $1 AND kind = 'webhook' AND payload ->> 'webhookId' = ANY ($2::text[]) AND state <> 'cancelled'
     RETURNING payload ->> 'webhookId' AS id`,
    [administrationId, rows.map(({ payload }) => payload.webhookId)],
  )) as [{ id: string }[], number];
  const ids = new Set(shown.map(({ id }) => id));
  return rows.filter(({ payload }) => ids.has(payload.webhookId));
}

const unknownEvent = (): NotFoundException => new NotFoundException({ code: 'unknown-event', message: 'This agency has no such event.' });

async function mayLeave(manager: EntityManager, { administrationId, state }: AgencyEntity): Promise<boolean> {
  const { mode } = await new LedgerRepository(manager).administration(administrationId);
  return mode === 'live' && state !== 'disabled';
}

/** Each event once, though it may have been queued again; null for an `after` there is not. */
async function eventsAfter(manager: EntityManager, { administrationId, id }: AgencyEntity, after: string | null): Promise<Row[] | null> {
  const events = `
    SELECT DISTINCT ON (payload ->> 'webhookId') payload, created_at, (payload ->> 'number')::int AS number,
           bool_or(state = 'done') OVER (PARTITION BY payload ->> 'webhookId') AS arrived
      FROM effect
     WHERE administration_id = $1 AND kind = 'webhook' AND payload ->> 'agencyId' = $2 AND state <> 'cancelled'
     ORDER BY payload ->> 'webhookId', created_at, id`;
  const place = `(created_at, number, payload ->> 'webhookId')`;
  if (after !== null) {
    const [known] = (await manager.query(`SELECT 1 FROM (${events}) AS event WHERE payload ->> 'webhookId' = $3`, [
      administrationId,
      id,
      after,
    ])) as unknown[];
    if (known === undefined) return null;
  }
  return manager.query(
    `WITH event AS (${events})
     SELECT payload, arrived FROM event
      WHERE CASE WHEN $3::text IS NULL THEN NOT arrived
                 ELSE ${place} > (SELECT created_at, number, payload ->> 'webhookId' FROM event WHERE payload ->> 'webhookId' = $3) END
      ORDER BY created_at, number, payload ->> 'webhookId' LIMIT ${PAGE + 1}`,
    [administrationId, id, after],
  ) as Promise<Row[]>;
}
