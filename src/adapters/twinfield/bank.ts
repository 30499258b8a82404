import type { Result } from '../../kernel/result.js';
import { PackageError, type PushResult, type StatementToImport } from '../accounting-package.port.js';
import { type WriteOnceOptions, type WriteOutcome, writingOnce } from '../write-once.js';
import { isImported, soundStatement, statementRequest } from './rules/bank-statement.js';
import { refusalOf } from './rules/failure.js';
import { judgeEach } from './rules/result.js';
import type { OfficeApi } from './twinfield.api.js';

/**
 * What may be put into the bank books of an office; nothing, unless somebody said so for each of them: most offices have a bank feed, and
 * booking twice is worse than late (§7.3).
 */
export interface BankImports {
  /** Accounts whose statements may be imported. */
  readonly ibans: readonly string[];
}

/**
 * Puts a bank statement into the inbox of statements (§7.3), once: account, day and number tell it. Errors: those of the client;
 * `not-possible` when its account was not opened for that; `refused` when it does not add up, when another of that number or of those days
 * is there, or in Twinfield's words; `uncertain`.
 */
export async function importStatement(
  api: OfficeApi,
  statement: StatementToImport,
  { ibans }: BankImports,
  options: WriteOnceOptions,
): Promise<PushResult> {
  const what = `statement ${statement.number} of ${statement.iban}`;
  if (!ibans.includes(statement.iban)) throw new PackageError('not-possible', `${what}: statements of this account are not imported`);
  sound(soundStatement(statement));
  const there = async (): Promise<boolean> => {
    const found = isImported(await api.statementsOf(statement.from, statement.on), statement);
    if (found === 'other') throw new PackageError('refused', `${what}: Twinfield has another one of that number or of those days`);
    return found === 'yes';
  };
  if (await there()) return { outcome: 'already-there', ref: null, calls: api.calls };
  const write = () => changed(api, what, statementRequest(api.office, statement), 'statement');
  await writingOnce(() => '')(what, write, async () => ((await there()) ? '' : null), options);
  return { outcome: 'written', ref: null, calls: api.calls };
}

/** Sends what is to be written; throws when Twinfield refuses it. The body of an answer is the object. */
async function changed(api: OfficeApi, what: string, request: string, name: string): Promise<WriteOutcome> {
  const outcome = await api.change(what, request);
  if (outcome.applied === 'unknown') return outcome;
  const { object, judgement } = judgeEach(outcome.content, name)[0] ?? { object: outcome.content, judgement: { ok: false, messages: [] } };
  if (!judgement.ok) throw refusalOf(what, judgement);
  return { applied: 'yes', body: object };
}

function sound<T>(result: Result<T>): void {
  if (!result.ok) throw new PackageError('refused', result.error.message);
}
