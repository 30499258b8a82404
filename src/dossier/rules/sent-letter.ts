import type { PlainDate } from '../../kernel/plain-date.js';
import { type Result, err, ok } from '../../kernel/result.js';

/**
 * Whether a letter decided on a day can have been posted and received on others. Refuses: `before-decision`, `not-yet` for days that
 * have not come, `received-before-sent`.
 */
export function acceptSentLetter(decidedOn: PlainDate, sentOn: PlainDate, receivedOn: PlainDate | null, on: PlainDate): Result<null> {
  if (sentOn < decidedOn) return err({ code: 'before-decision', message: `the letter was decided on ${decidedOn}, after ${sentOn}` });
  if (sentOn > on || (receivedOn !== null && receivedOn > on)) {
    return err({ code: 'not-yet', message: `${sentOn > on ? sentOn : receivedOn} has not come yet` });
  }
  if (receivedOn !== null && receivedOn < sentOn) {
    return err({ code: 'received-before-sent', message: `received on ${receivedOn}, before it was sent on ${sentOn}` });
  }
  return ok(null);
}
