import type { PlainDate } from '../../kernel/plain-date.js';
import type { MoveContext } from './moves.js';
import { inOrderOfSending } from './stage.js';

export interface Gap {
  readonly since: PlainDate | null;
  readonly overOn: PlainDate;
}

/** The peace the policy keeps after any contact with the debtor, about whatever item. */
export function gapAfterLastContact({ facts: { contacts }, track, days, on }: MoveContext): Gap {
  const last = inOrderOfSending(contacts).at(-1);
  return last ? { since: last.sentOn, overOn: days.after(last.sentOn, track.minimumGap) } : { since: null, overOn: on };
}
