import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import { BankLineEntity, StatementEntity } from '../ledger/bank.entity.js';
import type { Share } from '../ledger/rules/unallocated.js';
import type { Entry, StatementHeader, StatementMessage } from '../statements/rules/statement.js';
import { entryLines } from './rules/lines.js';
import type { Alternative, BankLine, LineOutcome, Remainder } from './rules/vocabulary.js';

/** What the engine last said of a line, kept with it until a person decides. */
export interface StoredProposal {
  readonly allocations: LineOutcome['allocations'];
  readonly debtorId: string | null;
  readonly remainder: Remainder;
  /** Id of the earlier line it takes back. */
  readonly returnOf: string | null;
  readonly alternatives: readonly Alternative[];
  /** Whom it may pay (rules/may-pay.ts): the ledger counts it as their money while the line waits. */
  readonly mayPay: readonly Share[];
}

export const proposalOf = ({ proposal }: BankLineEntity): StoredProposal | null => proposal as StoredProposal | null;

/** False for receipts a book brought in: nothing says what they were. */
export const isFromStatement = ({ detail }: BankLineEntity): boolean => 'entry' in detail;

/** Stored lines as matching reads them, in their order; the key of each is its id. Lines that are from no statement are left out. */
export async function bankLines(manager: EntityManager, administrationId: string, rows: readonly BankLineEntity[]): Promise<BankLine[]> {
  const statements = await manager.find(StatementEntity, {
    where: { administrationId, id: In([...new Set(rows.map(({ statementId }) => statementId))]) },
    select: { administrationId: true, id: true, iban: true, fileName: true, bankId: true },
  });
  const byId = new Map(statements.map((statement) => [statement.id, statement]));
  return rows.filter(isFromStatement).map((row) => bankLine(row, byId.get(row.statementId) ?? null));
}

function bankLine(row: BankLineEntity, statement: StatementEntity | null): BankLine {
  const { message, entry } = row.detail as { message: StatementMessage; entry: Entry };
  const header: StatementHeader = {
    id: statement?.bankId ?? null,
    electronicSequence: null,
    legalSequence: null,
    account: { iban: statement?.iban ?? null, other: null, currency: row.currency, owner: null, servicerBic: null },
    period: { from: null, to: null },
    createdAt: null,
    page: null,
    copyDuplicate: null,
  };
  const file = statement?.fileName ?? row.statementId;
  const [line] = entryLines(entry, { file, message, statementIndex: 0, header }).lines;
  if (!line) throw new Error(`bank line ${row.id} has no transaction`);
  return { ...line, key: row.id, date: row.bookedOn };
}
