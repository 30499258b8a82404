import { Continuity } from './continuity.js';
import { remarkOnDetails } from './settled-amounts.js';
import { type Balance, type Entry, type StatementHeader, type StatementMessage, type StatementTotals, ibanOf } from './statement.js';
import type { EventSink } from './statement-events.js';
import { BookedSums, closingOf, openingOf } from './totals.js';

/** Most warnings told of one file: who has that many does not read on. */
const WARNINGS_MAX = 1_000;
/** Most balances of one statement: fourteen types are known, some banks give each per day. */
export const BALANCES_MAX = 10_000;

/** Turns what a reader of any format finds into events: numbers entries, adds up, compares with the balances, warns. */
export class StatementBuilder {
  private readonly continuity = new Continuity();
  private warnings = 0;
  private statementIndex = -1;
  private entryIndex = 0;
  private balances: Balance[] = [];
  private sums = new BookedSums();

  constructor(private readonly sink: EventSink) {}

  get statementCount(): number {
    return this.statementIndex + 1;
  }

  /** Number the next entry will have. */
  get nextEntryIndex(): number {
    return this.entryIndex;
  }

  get balanceCurrency(): string | null {
    return this.balances.find(({ currency }) => currency !== null)?.currency ?? null;
  }

  get balanceCount(): number {
    return this.balances.length;
  }

  /** Begins the next statement; its header may still be unknown. */
  begin(): void {
    this.statementIndex += 1;
    this.entryIndex = 0;
    this.balances = [];
    this.sums = new BookedSums();
  }

  announce(statement: StatementHeader): void {
    this.sink({ type: 'statement-start', index: this.statementIndex, statement });
  }

  balance(balance: Balance): void {
    this.balances.push(balance);
  }

  entry(entry: Entry): void {
    this.sums.add(entry);
    this.entryIndex += 1;
    this.sink({ type: 'entry', statementIndex: this.statementIndex, entry });
    const remark = remarkOnDetails(entry);
    if (remark !== null) this.warn(remark.code, remark.message, entry.index);
  }

  /** Ends the statement; `chained` says whether its balances connect it with the one before. */
  finish(statement: StatementHeader, chained: boolean): StatementTotals {
    const opening = openingOf(this.balances);
    const closing = closingOf(this.balances);
    const totals: StatementTotals = {
      ...statement,
      opening,
      closing,
      balances: this.balances,
      ...this.sums.totals(statement.account.currency),
      ...this.sums.reconcile(opening, closing),
      entryCount: this.entryIndex,
    };
    const { account } = totals;
    if (account.iban !== null && ibanOf(account) === null) {
      this.warn('invalid-iban', `the account ${account.iban} is no valid IBAN`);
    }
    if (account.iban === null && account.other === null) this.warn('no-account', 'the statement names no account');
    if (this.sums.mixed)
      this.warn('mixed-currencies', 'entries are in several currencies; their sum means nothing and balances cannot be checked');
    if (totals.reconciles === false) {
      this.warn(
        'does-not-reconcile',
        `opening ${opening?.amount} plus ${totals.bookedCredit} minus ${totals.bookedDebit} is not the closing ${closing?.amount}: ${totals.difference} is unexplained`,
      );
    }
    if (chained) for (const { code, message } of this.continuity.follow(totals)) this.warn(code, message);
    this.sink({ type: 'statement-end', index: this.statementIndex, totals });
    return totals;
  }

  /** Tells something a person should see, about the whole file before the first statement, else about the current one. */
  warn(code: string, message: string, entryIndex: number | null = null): void {
    this.warnings += 1;
    if (this.warnings > WARNINGS_MAX) return;
    const last = this.warnings === WARNINGS_MAX;
    const inStatement = this.statementIndex < 0 ? null : `statements[${this.statementIndex}]`;
    this.sink({
      type: 'warning',
      warning: last
        ? { code: 'more-warnings', message: 'there are more warnings than are shown', path: null }
        : { code, message, path: entryIndex === null ? inStatement : `${inStatement}.entries[${entryIndex}]` },
    });
  }
}

/** Whether the statements of a message form a chain, each opening where the one before closed. */
export const isChained = (message: StatementMessage): boolean => message === 'camt.053' || message === 'mt940';
