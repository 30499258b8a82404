/**
 * An administration as somebody else would imagine one: its numbering, its customers, what they still owe. Words used here:
 * firm = debtor, bill = invoice or credit note, mix = ordinary or hard.
 */
import { Dice } from './dice.js';
import { iban, kenmerk, ogm, rf } from './identifiers.js';
import { FORMS, SURNAMES, TOWNS, TRADES, type Tongue } from './vocabulary.js';

export type Mix = 'ordinary' | 'hard';
export interface Firm {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly country: 'NL' | 'BE' | 'DE' | 'FR';
  readonly tongue: Tongue;
  readonly ibans: readonly string[];
  readonly bills: Bill[];
  /** Firms of one owner: they know each other's accounts. */
  readonly family: Firm[];
}
export interface Bill {
  readonly id: string;
  readonly number: string;
  readonly firm: Firm;
  readonly issued: string;
  readonly due: string;
  readonly cents: number;
  readonly open: number;
  readonly reference: string | null;
  readonly currency: string;
}
export interface Office {
  readonly id: string;
  readonly scheme: SchemeName;
  readonly mix: Mix;
  readonly asOf: string;
  readonly own: readonly string[];
  readonly blocked: string;
  readonly firms: readonly Firm[];
  readonly bills: readonly Bill[];
}
export type SchemeName = keyof typeof SCHEMES;

const two = (value: number, width = 2): string => String(value).padStart(width, '0');

/** Invoice numbers as packages hand them out: (year, serial within the year, customer number, serial of that customer, month). */
const SCHEMES = {
  'year-dash': (year: number, serial: number) => `${year}-${two(serial, 4)}`,
  'letter-year': (year: number, serial: number) => `F${year}${two(serial, 4)}`,
  slash: (year: number, serial: number) => `VF-${two(year % 100)}/${two(serial, 5)}`,
  plain: (year: number, serial: number) => String(700000 + (year - 2025) * 3000 + serial),
  'short-prefix': (year: number, serial: number) => `INV${two((year - 2025) * 2500 + serial, 4)}`,
  'year-glued': (year: number, serial: number) => `${two(year % 100)}7${two(serial, 5)}`,
  'per-customer': (_year: number, _serial: number, customer: string, own: number) => `${customer}-${two(own, 3)}`,
  dotted: (year: number, serial: number, _customer: string, _own: number, month: string) => `${year}.${month}.${two(serial, 4)}`,
} as const;
export const SCHEME_NAMES = Object.keys(SCHEMES) as SchemeName[];
const REFERENCES = [null, null, 'rf', 'ogm', 'kenmerk'] as const;

export const day = (date: string, plus: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + plus * 86_400_000).toISOString().slice(0, 10);

/** An office with `firms` customers, everything about it from the seed. */
export function office(seed: number, mix: Mix, firms: number): Office {
  const dice = new Dice(seed);
  const scheme = SCHEME_NAMES[seed % SCHEME_NAMES.length]!;
  const asOf = '2026-11-13';
  const members = people(dice, firms, mix, scheme);
  const bills = billing(dice, members, mix, scheme, asOf);
  return {
    id: `office-${seed}`,
    scheme,
    mix,
    asOf,
    own: [iban(dice), iban(dice)],
    blocked: iban(dice, 'NL', 'INGB').replace(/.{9}$/, `99${dice.digits(7)}`),
    firms: members,
    bills,
  };
}

function people(dice: Dice, count: number, mix: Mix, scheme: SchemeName): Firm[] {
  const firms: Firm[] = [];
  const names = new Set<string>();
  while (firms.length < count) {
    const country = dice.weighted({ NL: 70, BE: 16, DE: 8, FR: 6 });
    const rival = mix === 'hard' && firms.length > 5 && dice.chance(0.12) ? nearName(dice, dice.of(firms).name) : null;
    const name = rival ?? firmName(dice, country);
    if (names.has(name)) continue;
    names.add(name);
    firms.push(firm(dice, firms.length, name, country, scheme, mix));
  }
  for (let at = 0; at + 1 < firms.length; at += dice.between(9, 18)) join(dice, firms[at]!, firms[at + 1]!);
  return firms;
}

function firm(dice: Dice, at: number, name: string, country: Firm['country'], scheme: SchemeName, mix: Mix): Firm {
  const tongue = ({ NL: 'nl', BE: dice.of(['nl', 'fr'] as const), DE: 'de', FR: 'fr' } as const)[country];
  const ibans = Array.from({ length: dice.of([0, 1, 1, 1, 1, 1, 2, 2, 3]) }, () => iban(dice, country));
  // On a hard book the customer numbers run through the same range as the invoice numbers of a plain scheme.
  const number =
    mix === 'hard' && scheme === 'plain' ? String(700000 + at * 7) : scheme === 'per-customer' ? String(10020 + at) : String(1000 + at * 3);
  return { id: `firm-${at}`, number, name, country, tongue: dice.chance(0.08) ? 'en' : tongue, ibans, bills: [], family: [] };
}

function firmName(dice: Dice, country: Firm['country']): string {
  const form = dice.of(FORMS[country]);
  const shape = dice.weighted({ trade: 45, place: 25, pair: 15, person: 15 });
  if (shape === 'person') return `${dice.of(['A.', 'J.P.', 'M.', 'Th.', 'K.', 'Mw. S.'])} ${dice.of(SURNAMES)}`;
  const core = {
    trade: `${dice.of(SURNAMES)} ${dice.of(TRADES)}`,
    place: `${dice.of(TRADES)} ${dice.of(TOWNS)}`,
    pair: `${dice.of(SURNAMES)} & ${dice.of(SURNAMES)}`,
  }[shape];
  return `${core} ${form}`.trim();
}

/** The same name with one letter of its longest word changed. */
function nearName(dice: Dice, name: string): string {
  const longest = [...name.split(' ')].sort((a, b) => b.length - a.length)[0]!;
  const at = dice.between(1, longest.length - 2);
  return name.replace(longest, `${longest.slice(0, at)}${dice.of(['a', 'e', 'n', 's', 't'])}${longest.slice(at + 1)}`);
}

function join(dice: Dice, one: Firm, other: Firm): void {
  one.family.push(other);
  other.family.push(one);
  if (dice.chance(0.4) && one.ibans.length > 0) (other.ibans as string[]).push(one.ibans[0]!);
}

function billing(dice: Dice, firms: readonly Firm[], mix: Mix, scheme: SchemeName, asOf: string): Bill[] {
  const serials = new Map<number, number>();
  const kind = dice.of(REFERENCES);
  const bills: Bill[] = [];
  const dated = firms
    .flatMap((owner) => issueDates(dice, asOf).map((issued) => ({ owner, issued })))
    .sort((a, b) => (a.issued < b.issued ? -1 : 1));
  const subscription = new Map(firms.filter(() => dice.chance(mix === 'hard' ? 0.3 : 0.15)).map((owner) => [owner.id, cents(dice)]));
  for (const { owner, issued } of dated) {
    const year = Number(issued.slice(0, 4));
    const serial = (serials.get(year) ?? 0) + 1;
    serials.set(year, serial);
    const number = SCHEMES[scheme](year, serial, owner.number, owner.bills.length + 1, issued.slice(5, 7));
    bills.push(bill(dice, owner, number, issued, subscription.get(owner.id) ?? cents(dice), { at: bills.length, kind, asOf }));
  }
  return bills;
}

function bill(
  dice: Dice,
  owner: Firm,
  number: string,
  issued: string,
  amount: number,
  { at, kind, asOf }: { at: number; kind: (typeof REFERENCES)[number]; asOf: string },
): Bill {
  const credit = dice.chance(0.05);
  const total = credit ? -Math.round(amount * dice.of([1, 0.5, 0.2])) : amount;
  const recent = issued > day(asOf, -70);
  const open = dice.chance(recent ? 0.9 : issued > day(asOf, -160) ? 0.25 : 0.04) ? total : 0;
  const reference =
    kind === null || credit
      ? null
      : { rf: rf(`${owner.number}${at + 1000}`), ogm: ogm(820000000 + at * 13), kenmerk: kenmerk(4000000 + at * 17) }[kind];
  const made: Bill = {
    id: `bill-${at}`,
    number,
    firm: owner,
    issued,
    due: day(issued, dice.of([14, 30, 30, 30, 60])),
    cents: total,
    open,
    reference,
    currency: 'EUR',
  };
  owner.bills.push(made);
  return made;
}

const issueDates = (dice: Dice, asOf: string): string[] =>
  Array.from({ length: dice.of([1, 2, 3, 4, 6, 8, 12, 20, 34]) }, () => day(asOf, -Math.floor(dice.roll() ** 1.6 * 600) - 3));

/** Prices as they are: whole hours, round packages, and odd ones, mostly with 21 % on top. */
function cents(dice: Dice): number {
  const net = dice.weighted({ hours: 40, round: 20, odd: 40 });
  const base = {
    hours: dice.between(1, 60) * dice.of([6250, 7500, 8900, 9500]),
    round: dice.between(1, 80) * 2500,
    odd: dice.between(900, 900000),
  }[net];
  return Math.round(base * dice.of([1.21, 1.21, 1.09, 1]));
}

export const isOpenInvoice = (bill: Bill): boolean => bill.open > 0;
export const isOpenCredit = (bill: Bill): boolean => bill.open < 0;
