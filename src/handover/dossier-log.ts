import type { EntityManager } from 'typeorm';
import { unwrap } from '../kernel/result.js';
import { digests } from './digests.js';
import { LOG_START, type LogBreak, type LogEntry, type LogHead, append, firstBreak } from './rules/log/hash-chain.js';

/** How many entries are linked at a time. */
const BATCH = 500;

interface EntryRow {
  readonly sequence: string;
  readonly at: Date;
  readonly kind: string;
  readonly body: Record<string, unknown>;
}

/**
 * The dossier of each debtor as a chain: every entry is hashed over the one before it, so that whoever has a later hash can tell that nothing
 * before it was changed, added or left out. All methods run inside a unit of work of the administration.
 */
export class DossierLog {
  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
  ) {}

  /** Debtors with entries that stand in no chain yet, at most `limit`. */
  async unlinked(limit: number): Promise<string[]> {
    const rows = (await this.manager.query(
      `SELECT DISTINCT debtor_id FROM dossier_entry entry
        WHERE administration_id = $1
          AND NOT EXISTS (SELECT FROM dossier_link link WHERE link.administration_id = $1 AND link.sequence = entry.sequence)
        ORDER BY debtor_id LIMIT $2`,
      [this.administrationId, limit],
    )) as { debtor_id: string }[];
    return rows.map(({ debtor_id: id }) => id);
  }

  /** Adds the entries of a debtor that stand in no chain yet to his, in the order they were written. Gives how many there were. */
  async link(debtorId: string): Promise<number> {
    const { administrationId } = this;
    // One at a time: two must not link on the same head.
    await this.manager.query('SELECT 1 FROM debtor WHERE administration_id = $1 AND id = $2 FOR UPDATE', [administrationId, debtorId]);
    let head = await this.head(debtorId);
    let linked = 0;
    for (;;) {
      const rows = (await this.manager.query(
        `SELECT sequence::text, at, kind, body FROM dossier_entry entry
          WHERE administration_id = $1 AND debtor_id = $2
            AND NOT EXISTS (SELECT FROM dossier_link link WHERE link.administration_id = $1 AND link.sequence = entry.sequence)
          ORDER BY entry.sequence LIMIT $3`,
        [administrationId, debtorId, BATCH],
      )) as EntryRow[];
      if (rows.length === 0) return linked;
      const facts = rows.map(({ at, kind, body }) => ({ at: at.toISOString(), kind, body }));
      const entries = unwrap(append(this.owner(debtorId), head, facts, digests));
      await this.manager.query(
        `INSERT INTO dossier_link (administration_id, debtor_id, number, sequence, body_sha256, hash)
         SELECT $1, $2, link.number, link.sequence, link.body_sha256, link.hash
           FROM unnest($3::int[], $4::bigint[], $5::text[], $6::text[]) AS link (number, sequence, body_sha256, hash)`,
        [
          administrationId,
          debtorId,
          entries.map(({ number }) => number),
          rows.map(({ sequence }) => sequence),
          entries.map(({ bodySha256 }) => bodySha256),
          entries.map(({ hash }) => hash),
        ],
      );
      head = entries.at(-1) ?? head;
      linked += rows.length;
    }
  }

  /** The chain of a debtor as it stands in the database: what was linked, with what the entries say now. */
  async entries(debtorId: string): Promise<LogEntry[]> {
    const rows = (await this.manager.query(
      `SELECT link.number, link.body_sha256, link.hash, entry.at, entry.kind, entry.body
         FROM dossier_link link JOIN dossier_entry entry ON entry.administration_id = $1 AND entry.sequence = link.sequence
                                AND entry.debtor_id = link.debtor_id
        WHERE link.administration_id = $1 AND link.debtor_id = $2 ORDER BY link.number`,
      [this.administrationId, debtorId],
    )) as (EntryRow & { readonly number: number; readonly body_sha256: string; readonly hash: string })[];
    return rows.map(({ number, at, kind, body, body_sha256: bodySha256, hash }) => ({
      number,
      at: at.toISOString(),
      kind,
      body,
      bodySha256,
      hash,
    }));
  }

  /**
   * Where the chain of a debtor is broken; null: it is whole. It is held against its own end, and against the ends that went out with
   * dossiers: an end that was cut off together with its hashes is missed there.
   */
  async broken(debtorId: string, entries: readonly LogEntry[]): Promise<LogBreak | null> {
    const owner = this.owner(debtorId);
    const found = firstBreak(owner, entries, await this.head(debtorId), digests);
    if (found) return found;
    for (const { number, hash } of await this.sentHeads(debtorId)) {
      if (number === 0 || entries[number - 1]?.hash === hash) continue;
      return { code: 'entry-changed', number, message: `entry ${number} is not the one a dossier was sent with` };
    }
    return null;
  }

  private owner(debtor: string) {
    return { administration: this.administrationId, debtor };
  }

  private async head(debtorId: string): Promise<LogHead> {
    const [row] = (await this.manager.query(
      'SELECT number, hash FROM dossier_link WHERE administration_id = $1 AND debtor_id = $2 ORDER BY number DESC LIMIT 1',
      [this.administrationId, debtorId],
    )) as LogHead[];
    return row ?? LOG_START;
  }

  private async sentHeads(debtorId: string): Promise<LogHead[]> {
    return (await this.manager.query(
      `SELECT (document::jsonb #>> '{log,head,number}')::int AS number, document::jsonb #>> '{log,head,hash}' AS hash
         FROM handover_dossier dossier
         JOIN handover_case sent ON sent.administration_id = $1 AND sent.id = dossier.case_id AND sent.debtor_id = $2
        WHERE dossier.administration_id = $1`,
      [this.administrationId, debtorId],
    )) as LogHead[];
  }
}
