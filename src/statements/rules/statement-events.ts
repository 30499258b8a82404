import type { Entry, MessageHeader, StatementHeader, StatementTotals, StatementWarning } from './statement.js';

/**
 * What a statement file tells while it is read, in this order: `message`, then for every statement `statement-start`, its `entry`s
 * and `statement-end`, with `warning`s anywhere, and `end` when the whole file was sound. Without an `end` nothing of it counts.
 */
export type StatementEvent =
  | { readonly type: 'message'; readonly header: MessageHeader }
  | { readonly type: 'statement-start'; readonly index: number; readonly statement: StatementHeader }
  | { readonly type: 'entry'; readonly statementIndex: number; readonly entry: Entry }
  | { readonly type: 'statement-end'; readonly index: number; readonly totals: StatementTotals }
  | { readonly type: 'warning'; readonly warning: StatementWarning }
  /** The header once more: parts of it may stand behind the statements. */
  | { readonly type: 'end'; readonly header: MessageHeader };

export type EventSink = (event: StatementEvent) => void;

/** A reader of one format, given the text of a file in pieces. Throws `InputError` when the file cannot be used. */
export interface StatementParser {
  write(text: string): void;
  end(): void;
  /** How far it has come; lines and columns count from 1. */
  readonly position: { readonly line: number; readonly column: number };
  /** Where the entry told last stands (in XML: where it ends); to be asked while it is told. */
  readonly entryPosition: { readonly line: number; readonly column: number };
}
