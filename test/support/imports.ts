import { randomUUID } from 'node:crypto';
import { ManualClock } from '../../src/kernel/clock.js';
import { formatAmount } from '../../src/kernel/money.js';
import type { PlainDate } from '../../src/kernel/plain-date.js';
import { AdministrationEntity } from '../../src/ledger/administration.entity.js';
import { BankLineEntity } from '../../src/ledger/bank.entity.js';
import { createLogger } from '../../src/platform/observability/logger.js';
import { StatementImport } from '../../src/statements/statement-import.service.js';
import { StatementsImported } from '../../src/statements/statements-imported.js';
import { type StatementsView, StatementsOverview } from '../../src/statements/statements-overview.service.js';
import { type TestDatabase, testDatabase } from './database.js';
import { administrationRow } from './rows.js';

/** The parts of the service that take statements in, on a database of their own. */
export interface StatementDesk {
  readonly database: TestDatabase;
  readonly statements: StatementImport;
  readonly overview: StatementsOverview;
  readonly imported: StatementsImported;
  readonly clock: ManualClock;
  /** Makes an administration and gives its id. */
  administration(given?: Partial<AdministrationEntity>): Promise<string>;
  lines(administrationId: string): Promise<BankLineEntity[]>;
  close(): Promise<void>;
}

export async function statementDesk(): Promise<StatementDesk> {
  const database = await testDatabase();
  const clock = new ManualClock(new Date('2026-04-01T06:00:00Z'));
  const imported = new StatementsImported(createLogger('silent'));
  return {
    database,
    clock,
    imported,
    statements: new StatementImport(database.tenancy, clock, imported),
    overview: new StatementsOverview(database.tenancy, clock, imported),
    administration: async (given = {}) => {
      const id = randomUUID();
      await database.tenancy.within(id, (manager) => manager.insert(AdministrationEntity, administrationRow({ id, ...given })));
      return id;
    },
    lines: (administrationId) =>
      database.tenancy.within(administrationId, (manager) =>
        manager.find(BankLineEntity, {
          where: { administrationId },
          order: { bookedOn: 'ASC', amount: 'ASC', description: 'ASC', position: 'ASC', id: 'ASC' },
        }),
      ),
    close: () => database.close(),
  };
}

/** A line as a person reads it: day, amount, from whom, what is written with it. */
export const told = (lines: readonly BankLineEntity[]): string[] =>
  lines
    .map(({ bookedOn, amount, currency, counterpartyName, description }) =>
      [bookedOn, formatAmount(amount, currency), counterpartyName, description].filter((each) => each !== null && each !== '').join(' '),
    )
    .sort();

/** What must come out the same whatever the order of import. */
export const standing = async (
  desk: StatementDesk,
  administrationId: string,
): Promise<{ lines: string[]; gaps: string[]; through: readonly (PlainDate | null)[]; pending: string[] }> => {
  const view: StatementsView = await desk.overview.of(administrationId);
  return {
    lines: told(await desk.lines(administrationId)),
    gaps: view.findings
      .filter(({ knownThrough }) => knownThrough !== null)
      .map(({ message }) => message)
      .sort(),
    through: view.accounts.map(({ through }) => through),
    pending: view.pending.map(({ day, amount, description }) => `${day} ${amount} ${description}`).sort(),
  };
};
