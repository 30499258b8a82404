import { type EntityManager, type FindOptionsWhere, Not } from 'typeorm';
import type { Clock } from '../kernel/clock.js';
import { InputError } from '../kernel/errors.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { AdministrationEntity } from '../ledger/administration.entity.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { AccountBooks } from './account-books.js';
import { type AccountOwner, type Distribution, distribute } from './rules/import/owners.js';
import type { StatementMessage, StatementWarning } from './rules/statement.js';
import { placeOfEntry } from './entry-place.js';
import { type Rereadable, SpooledFile } from './spooled-file.js';
import { readStatementsInBatches } from './statement.reader.js';
import { type StagedStatement, StatementStaging, UnbookableEntry } from './statement-staging.js';
import type { StatementsImported } from './statements-imported.js';
import { type Survey, type SurveyedAccount, survey } from './survey.js';
import { UnassignedRepository } from './unassigned.repository.js';
import { type Bytes, gunzipped } from './unpack.js';

export interface ImportedStatement {
  readonly id: string;
  readonly administrationId: string;
  readonly message: StatementMessage;
  readonly bankId: string | null;
  /** The account; what the bank calls it where it has no IBAN. */
  readonly iban: string;
  readonly through: PlainDate;
  readonly reconciles: boolean | null;
  /** Bank lines not known before. A camt.052 or 054 has none: it makes no bookings. */
  readonly newLines: number;
  /** Lines that were known, or that only tell about others. */
  readonly knownLines: number;
}

/** What became of a file. */
export interface ImportedFile {
  readonly file: string;
  readonly statements: readonly ImportedStatement[];
  /** Accounts of the file that belong to none of the administrations in question. */
  readonly unassigned: readonly SurveyedAccount[];
  /** What a person should see; the file was taken all the same. At most a hundred. */
  readonly warnings: readonly StatementWarning[];
}

/**
 * Books statement files into the ledger: CAMT.053 and MT940 settle, CAMT.052 and 054 tell about bookings; archives of them too. Every file is
 * read to its end before anything is stored, then stored in one transaction: the whole of it, or nothing. What is known already, from the same
 * file or another, is not booked again (rules/import).
 *
 * All methods throw {@link InputError} naming file and place for what cannot be used.
 */
export class StatementImport {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
    private readonly imported: StatementsImported,
  ) {}

  /** Imports what is of this administration, and keeps the file aside for the accounts that are not. */
  importInto(administrationId: string, file: string, bytes: Bytes): Promise<ImportedFile> {
    return this.importFor([administrationId], file, bytes);
  }

  /**
   * Imports a file over the administrations of a caller, by account; keeps it aside for the accounts of none of them. Throws
   * {@link InputError} `account-of-several` where more than one has the account, and `no-administration` without any.
   */
  async importFor(administrationIds: readonly string[], file: string, bytes: Bytes): Promise<ImportedFile> {
    if (administrationIds.length === 0) throw new InputError('no-administration', 'this key opens no administration yet', { file });
    const spooled = await SpooledFile.of(bytes);
    try {
      const surveyed = await survey(file, spooled);
      const owners = await this.tenancy.within(administrationIds, (manager) => ownersIn(manager));
      const distribution = undisputed(surveyed, owners, file);
      const unassigned = accountsOf(surveyed, distribution.nobodys);
      const statements = await this.store(administrationIds, distribution, file, spooled, async (manager) => {
        if (unassigned.length > 0)
          await new UnassignedRepository(manager).keep(administrationIds, file, spooled, unassigned, this.clock.now());
      });
      return { file, statements, unassigned, warnings: surveyed.warnings };
    } finally {
      await spooled.discard();
    }
  }

  /**
   * Imports a file over all administrations that are not off; for files nobody uploaded. Accounts of no administration are named in the
   * result, and nothing is kept of them: throws {@link InputError} `unknown-account` when there are no others.
   */
  async importForAll(file: string, source: Rereadable): Promise<ImportedFile> {
    const surveyed = await survey(file, source);
    const owners = await this.tenancy.directory((manager) => ownersIn(manager, { mode: Not('off') }));
    const distribution = undisputed(surveyed, owners, file);
    if (distribution.assigned.size === 0) {
      throw new InputError('unknown-account', `no administration has the account ${distribution.nobodys.join(', ')}`, { file });
    }
    const statements = await this.store([...new Set(distribution.assigned.values())], distribution, file, source, async () => undefined);
    return { file, statements, unassigned: accountsOf(surveyed, distribution.nobodys), warnings: surveyed.warnings };
  }

  /**
   * Makes an account that was kept aside one of the administration's, and imports all files kept with it, in one transaction. Null when no
   * file with that account is kept for who may enter these administrations.
   */
  async assign(callerIds: readonly string[], account: string, administrationId: string): Promise<ImportedFile[] | null> {
    const files = await this.tenancy.within(callerIds, async (manager) => {
      const unassigned = new UnassignedRepository(manager);
      const kept = (await unassigned.list()).filter((each) => each.account === account);
      if (kept.length === 0) return null;
      await lock(manager, [administrationId]);
      await manager.query('UPDATE administration SET ibans = array_append(ibans, $2) WHERE id = $1 AND NOT ($2 = ANY (ibans))', [
        administrationId,
        account,
      ]);
      const imported: ImportedFile[] = [];
      for (const { fileId, file } of kept) {
        // A gzip of an archive is no statement file, so what was kept is unpacked first.
        const spooled = await SpooledFile.of(gunzipped(unassigned.content(fileId)));
        try {
          const statements = await this.write(manager, new Map([[account, administrationId]]), file, spooled);
          imported.push({ file, statements, unassigned: [], warnings: [] });
        } finally {
          await spooled.discard();
        }
      }
      await unassigned.forget(account);
      return imported;
    });
    if (files !== null) await this.imported.announce([administrationId]);
    return files;
  }

  /** Drops what was kept aside of an account; false when there was nothing. */
  discard(callerIds: readonly string[], account: string): Promise<boolean> {
    return this.tenancy.within(callerIds, async (manager) => (await new UnassignedRepository(manager).forget(account)) > 0);
  }

  private async store(
    administrationIds: readonly string[],
    { assigned }: Distribution,
    file: string,
    source: Rereadable,
    keepAside: (manager: EntityManager) => Promise<void>,
  ): Promise<ImportedStatement[]> {
    const owners = [...new Set(assigned.values())];
    const statements = await this.tenancy.within(administrationIds, async (manager) => {
      await keepAside(manager);
      await lock(manager, owners);
      return this.write(manager, assigned, file, source);
    });
    await this.imported.announce(owners);
    return statements;
  }

  private async write(
    manager: EntityManager,
    assigned: ReadonlyMap<string, string>,
    file: string,
    source: Rereadable,
  ): Promise<ImportedStatement[]> {
    if (assigned.size === 0) return [];
    const now = this.clock.now();
    const staging = new StatementStaging(manager, (account) => assigned.get(account) ?? null, now);
    try {
      for await (const events of readStatementsInBatches(file, source.open())) for (const event of events) await staging.take(event);
    } catch (cause) {
      if (!(cause instanceof InputError)) throw cause;
      if (!(cause instanceof UnbookableEntry)) throw new InputError(cause.code, cause.message, { ...cause.place, file });
      const member = cause.address.file.slice(`${file}#`.length);
      const place = await placeOfEntry(file, source.open(), cause.address);
      throw new InputError(cause.code, member === '' ? cause.message : `${member}: ${cause.message}`, { ...place, file });
    }
    const added = new Map<string, number>();
    const fresh = staging.statements.filter(({ known }) => !known);
    for (const [account, statements] of Map.groupBy(fresh, (statement) => statement.account)) {
      const administrationId = assigned.get(account) as string;
      const lines = await new AccountBooks(manager, administrationId, account, now).take(statements.map(({ id }) => id));
      for (const [id, count] of lines) added.set(id, count);
    }
    return staging.statements.map((statement) => importedStatement(statement, added.get(statement.id) ?? 0));
  }
}

/** The administrations this unit of work sees. */
const ownersIn = (manager: EntityManager, where: FindOptionsWhere<AdministrationEntity> = {}): Promise<AccountOwner[]> =>
  manager.find(AdministrationEntity, { where, select: { id: true, name: true, ibans: true }, order: { id: 'ASC' } });

/** Two imports of an administration follow each other: what the one stores the other must see. In one order, so that none waits for another in turn. */
async function lock(manager: EntityManager, administrationIds: readonly string[]): Promise<void> {
  for (const id of [...administrationIds].sort()) {
    await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('statements ' || $1::text, 0))`, [id]);
  }
}

function undisputed({ accounts }: Survey, owners: readonly AccountOwner[], file: string): Distribution {
  const distribution = distribute(
    accounts.map(({ account }) => account),
    owners,
  );
  const [first] = distribution.disputed;
  if (first) {
    throw new InputError(
      'account-of-several',
      `${first.account} is an account of ${first.owners.join(' and ')}; say which by uploading it there`,
      { file },
    );
  }
  return distribution;
}

const accountsOf = ({ accounts }: Survey, wanted: readonly string[]): SurveyedAccount[] =>
  accounts.filter(({ account }) => wanted.includes(account));

const importedStatement = (
  { id, administrationId, account, message, bankId, through, reconciles, lines }: StagedStatement,
  newLines: number,
): ImportedStatement => ({
  id,
  administrationId,
  message,
  bankId,
  iban: account,
  through,
  reconciles,
  newLines,
  knownLines: Math.max(0, lines - newLines),
});
