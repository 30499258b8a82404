import type { EntityManager } from 'typeorm';
import type { AdministrationEntity } from './administration.entity.js';
import type { DebtorOverrides } from './rules/debtor-overrides.js';
import { type OurStop, isOverruled, isPausedByPerson } from './rules/package-pause.js';

/** An invoice of which something is open and the package says that its reminders are stopped. */
export interface PausedInvoice {
  readonly id: string;
  readonly debtorId: string;
  readonly pausedSince: Date;
}

interface StopRow {
  readonly ref: string;
  readonly state: string;
  readonly tries: number;
  readonly stood_so: boolean | null;
  readonly at: Date;
  readonly given_back: boolean;
}

/**
 * Which of these a person stopped, by id. Where the package stops them for a debtor (`per`), they are all of his that are stopped: what stopped
 * the first of them stopped them all.
 */
export async function pausedByPeople(
  manager: EntityManager,
  administrationId: string,
  per: 'item' | 'debtor',
  paused: readonly PausedInvoice[],
): Promise<ReadonlySet<string>> {
  if (paused.length === 0) return new Set();
  const refOf = ({ id, debtorId }: PausedInvoice): string => (per === 'item' ? id : debtorId);
  const groups = Map.groupBy(paused, refOf);
  const stopsOf = await ourStops(manager, administrationId, per, [...groups.keys()]);
  return new Set(
    [...groups].flatMap(([ref, invoices]) => {
      const since = new Date(Math.min(...invoices.map(({ pausedSince }) => pausedSince.getTime())));
      return isPausedByPerson(since, stopsOf.get(ref) ?? []) ? invoices.map(({ id }) => id) : [];
    }),
  );
}

/** The open invoices of an administration that a person stopped in the package, and that nobody decided here to remind of all the same. */
export async function openPausedByPeople(
  manager: EntityManager,
  { id: administrationId, remindsPer }: Pick<AdministrationEntity, 'id' | 'remindsPer'>,
): Promise<PausedInvoice[]> {
  const rows = (await manager.query(
    `SELECT invoice.id, invoice.debtor_id, invoice.paused_since, debtor.overrides
       FROM invoice JOIN debtor ON debtor.administration_id = invoice.administration_id AND debtor.id = invoice.debtor_id
      WHERE invoice.administration_id = $1 AND debtor.deleted_at IS NULL AND ${OPEN} AND invoice.paused_since IS NOT NULL`,
    [administrationId],
  )) as { id: string; debtor_id: string; paused_since: Date; overrides: DebtorOverrides }[];
  const paused = rows.map((row) => ({
    id: row.id,
    debtorId: row.debtor_id,
    pausedSince: row.paused_since,
    overrides: row.overrides,
  }));
  const byPeople = await pausedByPeople(manager, administrationId, remindsPer ?? 'item', paused);
  return paused.filter(({ id, overrides }) => byPeople.has(id) && !isOverruled(overrides, id));
}

/** How many of the open invoices of an administration those are. */
export async function countPausedByPeople(
  manager: EntityManager,
  administration: Pick<AdministrationEntity, 'id' | 'remindsPer'>,
): Promise<{ readonly paused: number; readonly open: number }> {
  const { length: paused } = await openPausedByPeople(manager, administration);
  if (paused === 0) return { paused, open: 0 };
  const [row] = (await manager.query(`SELECT count(*)::int AS open FROM invoice WHERE invoice.administration_id = $1 AND ${OPEN}`, [
    administration.id,
  ])) as { open: number }[];
  return { paused, open: row?.open ?? 0 };
}

const OPEN = `invoice.deleted_at IS NULL AND invoice.kind = 'invoice' AND invoice.package_open > 0 AND NOT invoice.written_off`;

const ABOUT = { item: `payload -> 'about' ->> 'item'`, debtor: 'debtor_id' } as const;
/** What of ours stops reminders, as the adapters do it: of a debtor a dispute or a promise stops none. */
const KINDS = { item: `'hold', 'dispute', 'promise', 'handover'`, debtor: `'hold', 'handover'` } as const;

async function ourStops(
  manager: EntityManager,
  administrationId: string,
  per: 'item' | 'debtor',
  refs: readonly string[],
): Promise<ReadonlyMap<string, OurStop[]>> {
  const rows = (await manager.query(
    `SELECT ${ABOUT[per]} AS ref, state, attempts - coalesce((result ->> 'idle')::int, 0) AS tries, (result ->> 'stoodSo')::boolean AS stood_so,
            created_at AS at,
            EXISTS (SELECT FROM effect given
                     WHERE given.administration_id = $1 AND given.kind = 'push' AND given.payload ? 'givesBack'
                       AND given.payload ->> 'givesBack' = coalesce(effect.payload ->> 'takesOver', effect.payload -> 'about' ->> 'item', effect.debtor_id)
                       AND given.created_at >= effect.created_at AND given.state = 'done') AS given_back
       FROM effect
      WHERE administration_id = $1 AND kind = 'push' AND payload ->> 'kind' IN (${KINDS[per]}) AND ${ABOUT[per]} = ANY ($2::text[])
        AND payload ->> 'action' IS DISTINCT FROM 'resume' AND attempts > 0`,
    [administrationId, [...refs]],
  )) as StopRow[];
  return Map.groupBy(
    rows.map((row) => ({
      ref: row.ref,
      state: row.state,
      tries: row.tries,
      stoodSo: row.stood_so,
      at: row.at,
      isGivenBack: row.given_back,
    })),
    ({ ref }) => ref,
  );
}
