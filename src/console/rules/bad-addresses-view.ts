import type { BadAddress } from '../../dossier/rules/bad-addresses.js';
import type { Texts } from '../texts.js';
import type { Format } from './format.js';

/** One of the addresses a person has to look up. */
export const showBadAddress = (bad: BadAddress, texts: Texts, format: Format) => ({
  debtorId: bad.debtorId,
  debtor: bad.debtor,
  code: bad.channel,
  channel: texts.acts.channelWord[bad.channel],
  address: bad.address ?? texts.returned.unknownAddress,
  on: format.day(bad.returnedOn),
  note: bad.note,
  phone: bad.phone ?? texts.none,
});
