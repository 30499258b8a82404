import { sameValue } from './decimal.js';
import type { StatementTotals } from './statement.js';

/** Statements remembered to notice one that comes twice; a file with more is read, but not compared that far back. */
const REMEMBERED_MAX = 20_000;

/**
 * Follows the statements of a file and says what is odd about their order: one that comes twice, one that is missing between
 * two (camt053.md §7). Only for messages that carry balances; camt.052 and camt.054 are no chain.
 */
export class Continuity {
  private readonly seen = new Set<string>();
  private readonly lastOfAccount = new Map<string, StatementTotals>();

  /** The oddities of the next statement, as code and message. */
  follow(statement: StatementTotals): { code: string; message: string }[] {
    if (this.seen.size > REMEMBERED_MAX) return [];
    const account = statement.account.iban ?? statement.account.other ?? '';
    const { id, electronicSequence, legalSequence, page } = statement;
    const content = [statement.opening?.amount, statement.closing?.amount, statement.entryCount];
    const key = JSON.stringify([account, id, electronicSequence, legalSequence, page?.number, ...content]);
    if (id !== null && this.seen.has(key)) {
      return [{ code: 'repeated-statement', message: `statement ${id} of this account is in the file more than once` }];
    }
    this.seen.add(key);
    const previous = this.lastOfAccount.get(account);
    this.lastOfAccount.set(account, statement);
    return previous === undefined || follows(previous, statement) || follows(statement, previous)
      ? []
      : [{ code: 'statement-missing', message: describeGap(previous, statement) }];
  }
}

/** Whether nothing shows that a statement is missing between the two: the balances meet, or cannot be compared. */
function follows(previous: StatementTotals, next: StatementTotals): boolean {
  if (previous.closing === null || next.opening === null || previous.closing.currency !== next.opening.currency) return true;
  return sameValue(previous.closing.amount, next.opening.amount);
}

function describeGap(previous: StatementTotals, next: StatementTotals): string {
  const sequences = `${previous.electronicSequence ?? previous.id ?? '?'} and ${next.electronicSequence ?? next.id ?? '?'}`;
  return `a statement is missing between ${sequences}: the one closes with ${previous.closing?.amount}, the next opens with ${next.opening?.amount}`;
}
