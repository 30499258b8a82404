import type { Random } from '../random.js';
import { fictitiousIban } from './fictitious-iban.js';
import { fictitiousVatNumber } from './fictitious-vat-number.js';
import { type Habit, type ReferenceStyle, drawHabit, drawStyle } from './habits.js';

/**
 * A customer of the sandbox company. None of these people and firms exist: mail goes to `.example`, and the numbers of registers (Dutch ones
 * start with 00) are from ranges that were never given out.
 */
export interface Customer {
  readonly number: string;
  readonly name: string;
  readonly business: boolean;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly country: 'NL' | 'BE';
  readonly street: string;
  readonly zipcode: string;
  readonly city: string;
  readonly email: string;
  readonly iban: string;
  /** Whether the bookkeeping knows the account. */
  readonly ibanKnown: boolean;
  readonly registryNumber: string | null;
  readonly vatNumber: string | null;
  readonly termDays: 14 | 30;
  readonly habit: Habit;
  readonly style: ReferenceStyle;
  /** How much it buys compared with others. */
  readonly weight: number;
}

const TRADES = [
  'Bakkerij', 'Garage', 'Drukkerij', 'Installatiebedrijf', 'Hoveniersbedrijf', 'Kapsalon', 'Brouwerij', 'Timmerbedrijf', 'Kwekerij',
  'Schildersbedrijf', 'Fietsenmakerij', 'Bloemisterij', 'Koffiebranderij', 'Meubelmakerij', 'Transportbedrijf', 'Architectenbureau',
]; // prettier-ignore
const FANCY = [
  'De Zilverdonk', 'Terhaverbeek', 'Kwakernoot', 'De Blauwe Reiger', 'Rooswinkel', 'Het Kromme Hout', 'Wolvenstee', 'De Gouden Spijker',
  'Maanhoeve', 'Vlierdonk', 'De Trage Tor', 'Hazelaarshof', 'Duizendpoot', 'Noorderzon', 'De Vrolijke Vos', 'Steenuil', 'Berkenrode',
  'Klaverdonk', 'Oeverzwaluw', 'De Zeven Linden',
]; // prettier-ignore
const FIRST_NAMES = ['Anouk', 'Bram', 'Carlijn', 'Daan', 'Elif', 'Femke', 'Guus', 'Hanna', 'Ilse', 'Joris', 'Kaoutar', 'Lotte', 'Mees', 'Noor', 'Otis', 'Puck', 'Renske', 'Sjoerd', 'Tess', 'Wout']; // prettier-ignore
const LAST_NAMES = ['Zilverschoon', 'Kwakernoot', 'van Wolvenstee', 'Rooswinkel', 'Terhaverbeek', 'de Hazelaar', 'Duizendstra', 'van der Blauwdonk', 'Klaverblad', 'Oeverzwaluw', 'Maanstra', 'ten Kromhout']; // prettier-ignore
const STREETS = ['Vlierpad', 'Zilverkade', 'Molentje', 'Kromme Elleboog', 'Reigerstraat', 'Lindehof', 'Spijkerlaan', 'Zonnewende'];
const CITIES = { NL: ['Zandwijk', 'Oosterdam', 'Nieuw-Vlieren', 'Hoogmeer'], BE: ['Sint-Vlierbeke', 'Zwanegem', 'Lindeberg'] } as const;

const ZIP_LETTERS = 'ABCDEGHJKLNPRSTVWXZ';

export class CustomerMaker {
  private readonly names = new Set<string>();
  private made = 0;

  constructor(private readonly random: Random) {}

  next(): Customer {
    const { random } = this;
    this.made += 1;
    const business = random.chance(0.75);
    const country = random.chance(0.15) ? 'BE' : 'NL';
    const name = this.unique(() => (business ? this.firm(country) : `${random.pick(FIRST_NAMES)} ${random.pick(LAST_NAMES)}`));
    const [firstName = '', ...lastName] = name.split(' ');
    const registryNumber = business ? (country === 'NL' ? `00${random.digits(6)}` : kbo(random)) : null;
    return {
      number: `D-${1000 + this.made}`,
      name,
      business,
      firstName: business ? null : firstName,
      lastName: business ? null : lastName.join(' '),
      country,
      street: `${random.pick(STREETS)} ${random.int(1, 180)}`,
      zipcode: country === 'NL' ? `${random.int(1000, 9899)}${random.text(ZIP_LETTERS, 2)}` : String(random.int(1000, 9990)),
      city: random.pick<string>(CITIES[country]),
      email: `${business ? 'administratie' : 'post'}@${slug(name)}.example`,
      iban: fictitiousIban(country, random),
      ibanKnown: random.chance(0.6),
      registryNumber,
      vatNumber: registryNumber === null ? null : country === 'NL' ? fictitiousVatNumber(random.digits(6)) : `BE${registryNumber}`,
      termDays: business && random.chance(0.4) ? 30 : 14,
      habit: drawHabit(random),
      style: drawStyle(random),
      weight: random.weighted([
        [1, 6],
        [2, 3],
        [5, 1],
      ]),
    };
  }

  private firm(country: 'NL' | 'BE'): string {
    const form = country === 'NL' ? this.random.pick(['B.V.', 'V.O.F.', '', '']) : this.random.pick(['BV', 'NV', '']);
    return `${this.random.pick(TRADES)} ${this.random.pick(FANCY)} ${form}`.trim();
  }

  private unique(make: () => string): string {
    for (let attempt = 0; ; attempt++) {
      const name = attempt < 20 ? make() : `${make()} ${this.made}`;
      if (this.names.has(name)) continue;
      this.names.add(name);
      return name;
    }
  }
}

/** A number as the Belgian register gives them (the last two digits are 97 minus the rest), from a range it has not given out. */
function kbo(random: Random): string {
  const eight = `00${random.digits(6)}`;
  return `${eight}${String(97 - (Number(eight) % 97)).padStart(2, '0')}`;
}

const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
