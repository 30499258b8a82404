import { type Result, err, ok } from '../../kernel/result.js';

export type LineState = 'unworked' | 'proposed' | 'unmatched' | 'matched' | 'not-a-receipt';

/**
 * What a person may do with a bank line, and what it becomes. `correct` and `split` replace whatever was there; `dismiss` takes a line
 * out of the queue that nothing was booked of; `undo` takes a decision back, after which matching looks at the line anew.
 */
export const DESK_STEPS = [
  { action: 'confirm', from: 'proposed', to: 'matched' },
  { action: 'correct', from: 'unworked', to: 'matched' },
  { action: 'correct', from: 'proposed', to: 'matched' },
  { action: 'correct', from: 'unmatched', to: 'matched' },
  { action: 'correct', from: 'not-a-receipt', to: 'matched' },
  { action: 'correct', from: 'matched', to: 'matched' },
  { action: 'dismiss', from: 'unworked', to: 'not-a-receipt' },
  { action: 'dismiss', from: 'proposed', to: 'not-a-receipt' },
  { action: 'dismiss', from: 'unmatched', to: 'not-a-receipt' },
  { action: 'leave', from: 'unworked', to: 'unmatched' },
  { action: 'leave', from: 'proposed', to: 'unmatched' },
  { action: 'leave', from: 'unmatched', to: 'unmatched' },
  { action: 'undo', from: 'matched', to: 'unmatched' },
  { action: 'undo', from: 'not-a-receipt', to: 'unmatched' },
] as const satisfies readonly { action: string; from: LineState; to: LineState }[];

/** `correct` covers splitting, `leave` is dismissing as unknown. */
export type DeskAction = (typeof DESK_STEPS)[number]['action'];

export interface DeskLine {
  readonly outcome: LineState;
  /** A person decided last. */
  readonly byPerson: boolean;
  /** Read from a statement; false: brought in by a book, with nothing that says what it was. */
  readonly fromStatement: boolean;
  /** Another line is booked as taking it back. */
  readonly takenBack: boolean;
}

const SAID: Readonly<Record<LineState, string>> = {
  unworked: 'has not been matched yet',
  proposed: 'waits for a person',
  unmatched: 'has no proposal',
  matched: 'is matched already',
  'not-a-receipt': 'was set aside as no receipt',
};

/** What the line becomes. Refuses: `not-possible-now`, `not-from-a-statement`, `taken-back` (undo the return first), `nothing-to-undo`. */
export function stepOf(action: DeskAction, line: DeskLine): Result<LineState> {
  if (!line.fromStatement) return err({ code: 'not-from-a-statement', message: 'this receipt was brought in by a book: change it there' });
  if (line.takenBack)
    return err({ code: 'taken-back', message: 'a later line is booked as taking this payment back: undo that one first' });
  const step = DESK_STEPS.find((one) => one.action === action && one.from === line.outcome);
  if (step === undefined || (action === 'undo' && line.outcome === 'not-a-receipt' && !line.byPerson)) {
    return action === 'undo'
      ? err({ code: 'nothing-to-undo', message: `this line ${SAID[line.outcome]}: there is nothing to undo` })
      : err({ code: 'not-possible-now', message: `this line ${SAID[line.outcome]}` });
  }
  return ok(step.to);
}
