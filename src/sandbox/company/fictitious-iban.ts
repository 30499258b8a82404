import { mod97 } from '../../kernel/identifiers/mod97.js';
import type { Random } from '../random.js';

/** Bank codes that no bank has; the account numbers pass every check a program can make. */
const DUTCH_BANKS = ['TEGO', 'ZAND', 'FIKT', 'SPEL'];
const BELGIAN_BANK = '999';

const withCheckDigits = (country: string, account: string): string =>
  `${country}${String(98 - mod97(`${account}${country}00`)).padStart(2, '0')}${account}`;

/** An IBAN with right check digits of an account that does not exist. */
export function fictitiousIban(country: 'NL' | 'BE', random: Random): string {
  return country === 'NL' ? withCheckDigits('NL', random.pick(DUTCH_BANKS) + elevenProof(random)) : withCheckDigits('BE', belgian(random));
}

/** Ten digits that pass the Dutch eleven test. */
function elevenProof(random: Random): string {
  for (;;) {
    const nine = `0${random.digits(8)}`;
    const weighted = [...nine].reduce((total, digit, at) => total + Number(digit) * (10 - at), 0);
    const last = (11 - (weighted % 11)) % 11;
    if (last < 10) return `${nine}${last}`;
  }
}

/** Three digits of the bank, seven of the account, two that are the rest modulo 97. */
function belgian(random: Random): string {
  const ten = `${BELGIAN_BANK}${random.digits(7)}`;
  return `${ten}${String(Number(ten) % 97 || 97).padStart(2, '0')}`;
}
