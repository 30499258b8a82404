import type { PlainDate } from '../../kernel/plain-date.js';
import { type Result, err, ok } from '../../kernel/result.js';

/**
 * Whether a letter decided on a day can have been posted and received on others. `lapsedOn`: the day it was taken off the list, for it was
 * no longer needed; null: it is on it. Refuses: `before-decision`, `not-yet` for days that have not come, `received-before-sent`, and
 * `lapsed-before` for one that was posted after that day.
 */
export function acceptSentLetter(
  { decidedOn, lapsedOn }: { readonly decidedOn: PlainDate; readonly lapsedOn: PlainDate | null },
  sentOn: PlainDate,
  receivedOn: PlainDate | null,
  on: PlainDate,
): Result<null> {
  if (lapsedOn !== null && sentOn > lapsedOn)
    return err({ code: 'lapsed-before', message: `the letter was taken off the list on ${lapsedOn}, before ${sentOn}` });
  if (sentOn < decidedOn) return err({ code: 'before-decision', message: `the letter was decided on ${decidedOn}, after ${sentOn}` });
  if (sentOn > on || (receivedOn !== null && receivedOn > on)) {
    return err({ code: 'not-yet', message: `${sentOn > on ? sentOn : receivedOn} has not come yet` });
  }
  if (receivedOn !== null && receivedOn < sentOn) {
    return err({ code: 'received-before-sent', message: `received on ${receivedOn}, before it was sent on ${sentOn}` });
  }
  return ok(null);
}
