/** How people write what they pay: the number more or less whole, the words round it, the other numbers that stand beside it. */
import type { Dice } from './dice.js';
import { isOpenInvoice, type Bill, type Mix, type Office } from './office.js';
import { AROUND_NUMBER, type Tongue } from './vocabulary.js';

/** `whole`: every letter and digit of it is still there, in order. `end`: only the serial at the end. `wrong`: another number now. */
export type Legibility = 'whole' | 'digits' | 'end' | 'wrong';
export interface Written {
  readonly text: string;
  readonly legibility: Legibility;
  readonly way: string;
}
type Way = (number: string, dice: Dice) => string;

const lastDigits = (number: string): string => /\d+$/.exec(number)?.[0] ?? number;
const blankAt = (text: string, at: number): string => `${text.slice(0, at)} ${text.slice(at)}`;
const swap = (text: string, at: number): string => `${text.slice(0, at)}${text[at + 1]}${text[at]}${text.slice(at + 2)}`;

const WAYS: Readonly<Record<string, { legibility: Legibility; weight: number; write: Way }>> = {
  separators: {
    legibility: 'whole',
    weight: 16,
    write: (number, dice) => number.replace(/[-/.]/g, () => dice.of(['', ' ', '.', '/', '-', '_'])),
  },
  lower: { legibility: 'whole', weight: 8, write: (number) => number.toLowerCase() },
  blank: {
    legibility: 'whole',
    weight: 10,
    write: (number, dice) => blankAt(number, number.length - dice.between(2, Math.min(4, number.length - 2))),
  },
  'word glued': {
    legibility: 'whole',
    weight: 8,
    write: (number, dice) => `${dice.of(['factuur', 'factnr', 'FACT', 'nota', 'Rechnung', 'invoice', 'factnr.', 'Rg.'])}${number}`,
  },
  'letter O': { legibility: 'whole', weight: 3, write: (number) => number.replace('0', 'O') },
  'zero added': { legibility: 'digits', weight: 4, write: (number) => number.replace(/\d+$/, (serial) => `0${serial}`) },
  'zeros dropped': { legibility: 'digits', weight: 8, write: (number) => number.replace(/\d+$/, (serial) => serial.replace(/^0+/, '')) },
  'prefix dropped': { legibility: 'digits', weight: 12, write: (number) => number.replace(/^[A-Z]+-?/, '') },
  'year dropped': { legibility: 'end', weight: 9, write: (number) => lastDigits(number).replace(/^20\d\d/, '') },
  'digits swapped': { legibility: 'wrong', weight: 5, write: (number, dice) => swap(number, number.length - dice.between(2, 3)) },
};

/** The number damaged one way. A way that changes nothing of this number is drawn again. */
export function damaged(number: string, dice: Dice): Written {
  for (;;) {
    const way = dice.weighted(Object.fromEntries(Object.entries(WAYS).map(([name, { weight }]) => [name, weight])));
    const { legibility, write } = WAYS[way]!;
    const text = write(number, dice);
    if (text !== number) return { text, legibility, way };
  }
}

export const sentence = (dice: Dice, tongue: Tongue, number: string): string => dice.of(AROUND_NUMBER[tongue]).replace('{n}', number);

/** Numbers that are no invoice; on a hard book half of those that can are made equal to somebody's open invoice. */
export function otherNumbers(dice: Dice, office: Office, of: Bill): string {
  const foreign = dice.of(office.bills.filter((bill) => isOpenInvoice(bill) && bill.firm !== of.firm && bill.open !== of.open));
  const order = office.mix === 'hard' && dice.chance(0.5) ? foreign.number.replace(/^\D+/, '') : dice.digits(dice.between(4, 8));
  return dice.of([
    `order ${order}`,
    `uw kenmerk ${dice.digits(6)}`,
    `klant ${of.firm.number}`,
    `debnr ${of.firm.number}`,
    `pakbon ${order}`,
    `ons kenmerk ${dice.digits(5)}`,
    `KvK ${dice.digits(8)}`,
    `BTW NL${dice.digits(9)}B01`,
    `tel 06-${dice.digits(8)}`,
    `${dice.digits(4)} AB`,
    `dd ${two(dice.between(1, 28))}-10-2026`,
    `kenteken ${dice.digits(2)}-XB-${dice.digits(1)}`,
    `PO${order}`,
    `Kd-Nr ${of.firm.number}`,
    `projet ${order}`,
    `week ${dice.between(1, 52)}`,
  ]);
}

/** A name as a bank may give it. */
export function asBankSays(dice: Dice, name: string): string {
  const way = dice.weighted({ same: 45, upper: 20, formless: 12, cut: 8, plain: 8, reordered: 7 });
  const bare = name.replace(/,? (B\.?V\.?|N\.?V\.?|V\.O\.F\.|BVBA|GmbH.*|SARL|SAS|SRL|SA|e\.K\.|Holding B\.V\.)$/, '');
  return {
    same: name,
    upper: name.toUpperCase(),
    formless: bare,
    cut: name.slice(0, Math.max(12, Math.min(35, name.length - 3))),
    plain: name
      .normalize('NFD')
      .replace(/\p{Diacritic}/gu, '')
      .replaceAll('ß', 'ss'),
    reordered: bare.split(' ').reverse().join(' '),
  }[way];
}

/** The text as it arrives: one piece, or broken in two where the bank's line ended. */
export const arrive = (dice: Dice, text: string, mix: Mix): string[] => {
  if (text.length < 12 || !dice.chance(mix === 'hard' ? 0.15 : 0.05)) return text === '' ? [] : [text.slice(0, 140)];
  const at = dice.between(6, text.length - 4);
  return [text.slice(0, at), text.slice(at, 140)];
};

const two = (value: number): string => String(value).padStart(2, '0');
