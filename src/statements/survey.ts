import { InputError } from '../kernel/errors.js';
import { accountKey } from './rules/import/account-key.js';
import type { StatementWarning } from './rules/statement.js';
import type { Rereadable } from './spooled-file.js';
import { readStatementsInBatches } from './statement.reader.js';

/** Accounts one file may be about. */
const ACCOUNTS_MAX = 10_000;
/** Warnings passed on of one file. */
const WARNINGS_MAX = 100;

/** An account a file has statements of. */
export interface SurveyedAccount {
  /** Its IBAN, or whatever the bank calls it. */
  readonly account: string;
  readonly owner: string | null;
  readonly statements: number;
}

export interface Survey {
  readonly accounts: readonly SurveyedAccount[];
  readonly warnings: readonly StatementWarning[];
}

/**
 * Reads a file to its end and says which accounts it is about: what cannot be used is refused before anything is stored. Throws
 * {@link InputError} as the reader does, with the file; and `no-account`, `no-statements` where there is nothing to store.
 */
export async function survey(file: string, source: Rereadable): Promise<Survey> {
  const accounts = new Map<string, SurveyedAccount>();
  const warnings: StatementWarning[] = [];
  try {
    for await (const events of readStatementsInBatches(file, source.open())) {
      for (const event of events) {
        if (event.type === 'warning' && warnings.length < WARNINGS_MAX) warnings.push(event.warning);
        if (event.type !== 'statement-end') continue;
        const { id, account } = event.totals;
        const key = accountKey(account);
        if (key === null) throw new InputError('no-account', `statement ${id ?? 'without a number'} does not say of which account it is`);
        const known = accounts.get(key);
        if (known === undefined && accounts.size >= ACCOUNTS_MAX) throw new InputError('too-large', 'the file is about too many accounts');
        accounts.set(key, { account: key, owner: known?.owner ?? account.owner, statements: (known?.statements ?? 0) + 1 });
      }
    }
  } catch (cause) {
    throw cause instanceof InputError ? new InputError(cause.code, cause.message, { ...cause.place, file }) : cause;
  }
  if (accounts.size === 0) throw new InputError('no-statements', 'the file holds no statement: nothing to take from it', { file });
  return { accounts: [...accounts.values()], warnings };
}
