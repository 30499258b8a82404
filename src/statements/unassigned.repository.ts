import { randomUUID } from 'node:crypto';
import { createGzip } from 'node:zlib';
import { Readable, pipeline } from 'node:stream';
import type { EntityManager } from 'typeorm';
import { InputError } from '../kernel/errors.js';
import type { SpooledFile } from './spooled-file.js';
import type { SurveyedAccount } from './survey.js';
import type { Bytes } from './unpack.js';

/** Bytes of a kept file in one row. */
const PIECE_BYTES = 1024 * 1024;
/** Files kept for one uploader: what nobody looks at must not grow without end. */
const FILES_MAX = 500;

/** An account of a kept file. */
export interface UnassignedAccount {
  readonly fileId: string;
  readonly account: string;
  readonly owner: string | null;
  readonly statements: number;
  readonly file: string;
  readonly keptAt: Date;
  /** Whose uploader kept it: it may go to one of these. */
  readonly administrationIds: readonly string[];
}

/**
 * Files with statements of accounts that belong to no administration yet, as they came. A file is seen by those who may enter all the
 * administrations its uploader could (row-level security). All methods run inside a unit of work of those.
 */
export class UnassignedRepository {
  constructor(private readonly manager: EntityManager) {}

  /** Keeps a file for the accounts; one that is kept already is not kept again. Throws {@link InputError} `too-many-unassigned`. */
  async keep(
    administrationIds: readonly string[],
    name: string,
    file: SpooledFile,
    accounts: readonly SurveyedAccount[],
    now: Date,
  ): Promise<void> {
    const owners = [...administrationIds].sort();
    const [{ count }] = (await this.manager.query('SELECT count(*)::int AS count FROM unassigned_file WHERE administration_ids = $1', [
      owners,
    ])) as [{ count: number }];
    if (count >= FILES_MAX) {
      throw new InputError('too-many-unassigned', `${count} files wait to be assigned to an administration; assign or discard them first`);
    }
    const [stored] = (await this.manager.query(
      `INSERT INTO unassigned_file (id, administration_ids, file_name, file_sha256, kept_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (administration_ids, file_sha256) DO NOTHING RETURNING id`,
      [randomUUID(), owners, name, file.sha256, now],
    )) as { id: string }[];
    const id = stored?.id ?? (await this.fileId(owners, file.sha256));
    await this.manager.query(
      `INSERT INTO unassigned_account (file_id, account, administration_ids, owner, statements)
       SELECT $1, account, $2, owner, statements FROM jsonb_to_recordset($3::jsonb) AS kept (account text, owner text, statements int)
       ON CONFLICT (file_id, account) DO NOTHING`,
      [id, owners, JSON.stringify(accounts)],
    );
    if (stored) await this.writeContent(id, owners, file);
  }

  async list(): Promise<UnassignedAccount[]> {
    const rows = (await this.manager.query(
      `SELECT kept.file_id, kept.account, kept.owner, kept.statements, file.file_name, file.kept_at, file.administration_ids
         FROM unassigned_account kept JOIN unassigned_file file ON file.id = kept.file_id ORDER BY kept.account, file.kept_at, file.file_name, file.id`,
    )) as {
      file_id: string;
      account: string;
      owner: string | null;
      statements: number;
      file_name: string;
      kept_at: Date;
      administration_ids: string[];
    }[];
    return rows.map((row) => ({
      fileId: row.file_id,
      account: row.account,
      owner: row.owner,
      statements: row.statements,
      file: row.file_name,
      keptAt: row.kept_at,
      administrationIds: row.administration_ids,
    }));
  }

  /** The gzipped bytes of a kept file, piece by piece. */
  async *content(fileId: string): AsyncGenerator<Uint8Array> {
    for (let sequence = 0; ; sequence++) {
      const [row] = (await this.manager.query('SELECT content FROM unassigned_piece WHERE file_id = $1 AND sequence = $2', [
        fileId,
        sequence,
      ])) as {
        content: Buffer;
      }[];
      if (!row) return;
      yield row.content;
    }
  }

  /** Forgets an account; a file nobody waits for goes with the last one. Gives how many files it was in. */
  async forget(account: string): Promise<number> {
    const rows = (await this.manager.query(
      'WITH gone AS (DELETE FROM unassigned_account WHERE account = $1 RETURNING file_id) SELECT file_id FROM gone',
      [account],
    )) as { file_id: string }[];
    await this.manager.query(
      'DELETE FROM unassigned_file WHERE id = ANY ($1) AND NOT EXISTS (SELECT FROM unassigned_account WHERE file_id = unassigned_file.id)',
      [rows.map(({ file_id }) => file_id)],
    );
    return rows.length;
  }

  private async fileId(owners: readonly string[], sha256: string): Promise<string> {
    const [row] = (await this.manager.query('SELECT id FROM unassigned_file WHERE administration_ids = $1 AND file_sha256 = $2', [
      owners,
      sha256,
    ])) as [{ id: string }];
    return row.id;
  }

  private async writeContent(id: string, owners: readonly string[], file: SpooledFile): Promise<void> {
    let sequence = 0;
    for await (const content of inPieces(gzipped(file.open()))) {
      await this.manager.query('INSERT INTO unassigned_piece (file_id, sequence, administration_ids, content) VALUES ($1, $2, $3, $4)', [
        id,
        sequence++,
        owners,
        content,
      ]);
    }
  }
}

function gzipped(bytes: Bytes): AsyncIterable<Uint8Array> {
  const gzip = createGzip();
  // The outcome of the pipeline also ends the iteration over it.
  pipeline(Readable.from(bytes), gzip, () => undefined);
  return gzip;
}

async function* inPieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of bytes) {
    pieces.push(piece);
    length += piece.length;
    if (length < PIECE_BYTES) continue;
    yield Buffer.concat(pieces);
    [pieces, length] = [[], 0];
  }
  if (length > 0) yield Buffer.concat(pieces);
}
