import type { PlainDate } from '../../kernel/plain-date.js';
import type { Texts } from '../texts.js';
import type { Format } from './format.js';

/** An address that post came back from. */
export interface BadAddressFacts {
  readonly debtorId: string;
  readonly debtor: string;
  readonly channel: 'email' | 'letter';
  readonly address: string | null;
  readonly returnedOn: PlainDate;
  readonly note: string | null;
  readonly phone: string | null;
}

export const showBadAddress = (bad: BadAddressFacts, texts: Texts, format: Format) => ({
  debtorId: bad.debtorId,
  debtor: bad.debtor,
  code: bad.channel,
  channel: texts.acts.channelWord[bad.channel],
  address: bad.address ?? texts.returned.unknownAddress,
  on: format.day(bad.returnedOn),
  note: bad.note,
  phone: bad.phone ?? texts.none,
});
