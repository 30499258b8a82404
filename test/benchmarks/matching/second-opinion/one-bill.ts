/** Payments for one invoice. */
import { iban, kenmerk, rf } from './identifiers.js';
import type { Bill } from './office.js';
import { TRANSFER, type Entry, type Line, type Payer, type Till, type Truth } from './till.js';
import { PART, WITHOUT_NUMBER } from './vocabulary.js';
import { arrive, damaged, otherNumbers, sentence } from './writing.js';

type Extra = Partial<Pick<Line, 'structured' | 'endToEnd' | 'charges' | 'instructed' | 'info' | 'cents'>>;

const one = (till: Till): Bill | null => till.take(1)?.[0] ?? null;
const transfer = (payer: Payer | null, texts: readonly string[], cents: number, truth: Truth, extra: Extra = {}): Entry => ({
  lines: [{ cents, payer, texts, code: TRANSFER, truth, ...extra }],
});

function withNoise(till: Till, bill: Bill, text: string, share: number): string {
  if (!till.dice.chance(share)) return text;
  const other = otherNumbers(till.dice, till.office, bill);
  return till.dice.chance(0.5) ? `${text} ${other}` : `${other} ${text}`;
}
const noise = (till: Till): number => (till.office.mix === 'hard' ? 0.55 : 0.2);

/** The number as it stands on the invoice, and the exact amount: booked by anybody. */
export function clean(till: Till): Entry | null {
  const bill = one(till);
  if (bill === null) return null;
  const text = withNoise(till, bill, sentence(till.dice, bill.firm.tongue, bill.number), noise(till));
  return transfer(till.payer(bill.firm), arrive(till.dice, text, till.office.mix), bill.open, {
    case: 'clean number',
    pays: { [bill.id]: bill.open },
    sure: true,
  });
}

/** The number damaged, the amount exact. */
export function worn(till: Till): Entry | null {
  const bill = one(till);
  if (bill === null) return null;
  const { dice, office } = till;
  const { text, legibility, way } = damaged(bill.number, dice);
  const payer = till.payer(bill.firm);
  const known = till.holds(payer, bill.firm);
  const sure = {
    whole: true,
    digits: known || till.names(payer, bill.firm),
    end: known && till.onlyEnd(bill.firm, text),
    wrong: known && till.onlyAmount([bill.firm], bill) && !office.bills.some((other) => other.number === text),
  }[legibility];
  const texts = arrive(dice, withNoise(till, bill, sentence(dice, bill.firm.tongue, text), noise(till)), office.mix);
  return transfer(payer, texts, bill.open, { case: `damaged: ${way}`, pays: { [bill.id]: bill.open }, sure });
}

/** A text of 35 characters at most (paper chains, foreign banks): what stands last is lost. */
export function cut(till: Till): Entry | null {
  const bill = one(till);
  if (bill === null) return null;
  const whole = `${sentence(till.dice, bill.firm.tongue, '').trim()} ${till.dice.of(['van onze leverancier', 'afdeling inkoop', 'locatie 3', 'facilitair'])} ${bill.number}`;
  const text = whole.slice(0, 35);
  const payer = till.payer(bill.firm);
  const kept = text.includes(bill.number);
  const sure = kept || (till.holds(payer, bill.firm) && till.onlyAmount([bill.firm], bill));
  return transfer(payer, [text], bill.open, { case: 'cut at 35', pays: { [bill.id]: bill.open }, sure });
}

/** Tags of another bank's format inside the free text, with references of the payer beside the number. */
export function tagged(till: Till): Entry | null {
  const bill = one(till);
  if (bill === null) return null;
  const { dice } = till;
  const payer = till.payer(bill.firm);
  const text = dice.of([
    `/TRTP/SEPA OVERBOEKING/IBAN/${payer.iban ?? ''}/BIC/INGBNL2A/NAME/${payer.name ?? ''}/REMI/${bill.number}/EREF/${dice.digits(8)}`,
    `/EREF/${dice.digits(9)}//CNTP/${payer.iban ?? ''}/INGBNL2A/${payer.name ?? ''}///REMI/USTD//${sentence(dice, bill.firm.tongue, bill.number)}/`,
    `EREF+${dice.digits(7)} SVWZ+${sentence(dice, 'de', bill.number)} ABWA+${bill.firm.name}`,
  ]);
  const kept = text.slice(0, 140).includes(bill.number);
  return transfer(payer, [text.slice(0, 140)], bill.open, {
    case: 'tags in text',
    pays: { [bill.id]: bill.open },
    sure: kept || (till.holds(payer, bill.firm) && till.onlyAmount([bill.firm], bill)),
  });
}

/** The payment reference of the invoice, in its place or typed in the text. */
export function structured(till: Till): Entry | null {
  const bill = till.take(
    1,
    (firm) => till.unpaid(firm).some(({ reference }) => reference !== null),
    (bills) =>
      till.dice.some(
        bills.filter(({ reference }) => reference !== null),
        1,
      ),
  )?.[0];
  if (bill === undefined || bill.reference === null) return null;
  const { dice } = till;
  const payer = till.payer(bill.firm);
  const issuer = bill.reference.startsWith('RF') ? 'ISO' : /^\d{12}$/.test(bill.reference) ? 'BBA' : 'CUR';
  const way = dice.weighted({ field: 70, text: 18, typo: 12 });
  const truth = { case: `reference: ${way}`, pays: { [bill.id]: bill.open } };
  if (way === 'field')
    return transfer(payer, [], bill.open, { ...truth, sure: true }, { structured: { reference: bill.reference, issuer } });
  if (way === 'text') return transfer(payer, [typed(dice.chance(0.6), bill.reference)], bill.open, { ...truth, sure: true });
  const at = dice.between(5, bill.reference.length - 2);
  const wrong = `${bill.reference.slice(0, at)}${(Number(bill.reference[at]) + dice.between(1, 8)) % 10}${bill.reference.slice(at + 1)}`;
  return transfer(payer, [typed(true, wrong)], bill.open, {
    ...truth,
    sure: till.holds(payer, bill.firm) && till.onlyAmount([bill.firm], bill),
  });
}

function typed(grouped: boolean, reference: string): string {
  if (/^\d{12}$/.test(reference) && grouped) return `+++${reference.slice(0, 3)}/${reference.slice(3, 7)}/${reference.slice(7)}+++`;
  return grouped ? reference.replace(/(.{4})(?=.)/g, '$1 ') : reference;
}

/** A reference that passes its check and is not ours, though its digits hold one of our numbers. */
export function foreignReference(till: Till): Entry | null {
  const bill = one(till);
  if (bill === null) return null;
  const digits = bill.number.replace(/\D/g, '');
  const reference = till.dice.chance(0.5) ? rf(`${digits}99`) : kenmerk(Number(digits.slice(-8)));
  const cents = bill.open + till.dice.between(100, 9000);
  const payer = { name: 'Coöperatie De Vier Ambachten', iban: iban(till.dice) };
  return transfer(
    payer,
    [],
    cents,
    { case: "somebody else's reference", pays: {}, sure: false },
    { structured: { reference, issuer: reference.startsWith('RF') ? 'ISO' : 'CUR' } },
  );
}

/** Nothing but the account and the amount. */
export function accountOnly(till: Till): Entry | null {
  const bill = till.take(1, (firm) => firm.ibans.length > 0)?.[0];
  if (bill === undefined) return null;
  const payer = till.payer(bill.firm, 1);
  const words = till.dice.of(WITHOUT_NUMBER[bill.firm.tongue]);
  const text = withNoise(till, bill, words, noise(till) / 2);
  const holders = till.holders(payer);
  const sure = till.onlyAmount(holders, bill) && (holders.length === 1 || till.names(payer, bill.firm));
  return transfer(payer, arrive(till.dice, text.trim(), till.office.mix), bill.open, {
    case: 'account and amount',
    pays: { [bill.id]: bill.open },
    sure,
  });
}

/** Nothing but a name and the amount: never booked unasked. */
export function nameOnly(till: Till): Entry | null {
  const bill = one(till);
  if (bill === null) return null;
  const payer = { name: till.payer(bill.firm, 0).name, iban: iban(till.dice, bill.firm.country) };
  return transfer(payer, [till.dice.of(WITHOUT_NUMBER[bill.firm.tongue])], bill.open, {
    case: 'name and amount',
    pays: { [bill.id]: bill.open },
    sure: false,
  });
}

/** The customer number where the invoice number should be. */
export function customerNumber(till: Till): Entry | null {
  const bill = one(till);
  if (bill === null) return null;
  const payer = till.payer(bill.firm);
  const text = till.dice
    .of(['klantnr {n}', 'debiteurnummer {n}', 'n° client {n}', 'customer {n}', 'Kundennr. {n}', '{n}'])
    .replace('{n}', bill.firm.number);
  const sure = till.holds(payer, bill.firm) && till.onlyAmount([bill.firm], bill);
  return transfer(payer, [text], bill.open, { case: 'customer number', pays: { [bill.id]: bill.open }, sure });
}

/** The right serial under last year's prefix, as people type in January and do all year. Where that names what the firm owes as well nobody could tell. */
export function wrongYear(till: Till): Entry | null {
  const { office, dice } = till;
  if (['plain', 'short-prefix', 'per-customer'].includes(office.scheme)) return null;
  const lastYear = (bill: Bill): string => bill.number.replace('26', '25');
  const owedToo = (bill: Bill): boolean => bill.firm.bills.some(({ number, open }) => number === lastYear(bill) && open > 0);
  const fits = (bill: Bill): boolean => bill.number.includes('26') && !owedToo(bill);
  const bill = till.take(
    1,
    (firm) => till.unpaid(firm).some(fits),
    (bills) => dice.some(bills.filter(fits), 1),
  )?.[0];
  if (bill === undefined) return null;
  const payer = till.payer(bill.firm);
  const sure = till.holds(payer, bill.firm) && till.onlyAmount([bill.firm], bill);
  return transfer(payer, [sentence(dice, bill.firm.tongue, lastYear(bill))], bill.open, {
    case: 'wrong year',
    pays: { [bill.id]: bill.open },
    sure,
  });
}

/** The parent company, the accountant, a director pays; the number says for whom. */
export function thirdParty(till: Till): Entry | null {
  const bill = one(till);
  if (bill === null) return null;
  const { dice } = till;
  const relative = bill.firm.family.find(({ ibans }) => ibans.length > 0);
  const payer = relative
    ? { name: relative.name, iban: dice.of(relative.ibans) }
    : {
        name: dice.of([
          'Stichting Derdengelden Advocaten',
          'Factoring Nederland N.V.',
          'Accountantskantoor Prins',
          'Gerechtsdeurwaarders Maas',
        ]),
        iban: iban(dice),
        ultimate: bill.firm.name,
      };
  const name = dice.chance(0.6) ? ` voor ${bill.firm.name}` : '';
  const text = `${sentence(dice, bill.firm.tongue, bill.number)}${name}`;
  return transfer(payer, [text], bill.open, { case: 'somebody else pays', pays: { [bill.id]: bill.open }, sure: true });
}

/** Less than the invoice, said to be a part of it or not. */
export function part(till: Till): Entry | null {
  const bill = one(till);
  if (bill === null || bill.open < 4000) return null;
  const { dice } = till;
  const cents = dice.of([Math.round(bill.open / 2), Math.round(bill.open / 3), Math.floor(bill.open / 400) * 100]);
  const said = dice.chance(0.6) ? `${dice.of(PART[bill.firm.tongue])} ` : '';
  const payer = till.payer(bill.firm);
  const rival = bill.firm.bills.some((other) => other !== bill && other.open === cents);
  const sure = !rival && (said !== '' ? till.holds(payer, bill.firm) || till.names(payer, bill.firm) : till.holds(payer, bill.firm));
  return transfer(payer, [`${said}${bill.number}`], cents, {
    case: said === '' ? 'part, not said' : 'part, said',
    pays: { [bill.id]: cents },
    sure,
  });
}

/** Rounded up, a typing error upward, or two transposed digits in the amount. */
export function over(till: Till): Entry | null {
  const bill = one(till);
  if (bill === null) return null;
  const more = till.dice.of([1, 4, 100 - (bill.open % 100 || 1), 1000, 9000]);
  const payer = till.payer(bill.firm);
  const rival = bill.firm.bills.some((other) => other !== bill && (other.open === bill.open + more || other.open === more));
  const sure = till.holds(payer, bill.firm) && !rival && more <= 1000;
  return transfer(payer, [sentence(till.dice, bill.firm.tongue, bill.number)], bill.open + more, {
    case: 'overpaid',
    pays: { [bill.id]: bill.open },
    lenient: true,
    sure,
  });
}

/** Less a discount for paying early, which the book knows nothing of. */
export function discount(till: Till): Entry | null {
  const bill = one(till);
  if (bill === null) return null;
  const percent = till.dice.of([1, 2, 2, 3]);
  const off = Math.round((bill.open * percent) / 100);
  const said = till.dice.of([`${percent}% korting`, `Skonto ${percent} %`, `escompte ${percent}%`, '']);
  const payer = till.payer(bill.firm);
  return transfer(payer, [`${bill.number} ${said}`.trim()], bill.open - off, {
    case: 'discount',
    pays: { [bill.id]: bill.open - off },
    lenient: true,
    sure: false,
  });
}

/** From abroad: the bank between took its share, or the amount was in other money. */
export function shortByCharges(till: Till): Entry | null {
  const bill = one(till);
  if (bill === null || bill.open < 10000) return null;
  const { dice } = till;
  const fee = dice.of([500, 750, 1200, 1500, 1850]);
  const told = dice.chance(0.5);
  const payer = till.payer(bill.firm);
  const entry = transfer(
    payer,
    [sentence(dice, 'en', bill.number)],
    bill.open - fee,
    { case: told ? 'charges told' : 'charges not told', pays: { [bill.id]: bill.open - fee }, lenient: true, sure: told },
    told ? { charges: fee } : {},
  );
  return { lines: entry.lines.map((line) => ({ ...line, code: ['RCDT', 'XBCT'] as const })) };
}

/** Paid in another currency; what arrived is near what was asked. */
export function foreignMoney(till: Till): Entry | null {
  const bill = one(till);
  if (bill === null) return null;
  const cents = Math.round(bill.open * (0.985 + till.dice.roll() * 0.03));
  if (cents === bill.open) return null;
  const instructed = { amount: (bill.open * 0.0109).toFixed(2), currency: till.dice.of(['USD', 'CHF', 'GBP']) };
  return transfer(
    till.payer(bill.firm),
    [bill.number],
    cents,
    { case: 'foreign money', pays: { [bill.id]: Math.min(cents, bill.open) }, lenient: true, sure: false },
    { instructed },
  );
}

/** Twice the same: the first pays, the second is to be given back. */
export function twice(till: Till): Entry[] | null {
  const bill = one(till);
  if (bill === null) return null;
  const payer = till.payer(bill.firm);
  const text = [sentence(till.dice, bill.firm.tongue, bill.number)];
  return [
    transfer(payer, text, bill.open, { case: 'paid twice, first', pays: { [bill.id]: bill.open }, sure: true }),
    transfer(payer, text, bill.open, { case: 'paid twice, second', pays: {}, sure: false }),
  ];
}

/** An invoice the book says is paid, paid once more. */
export function again(till: Till): Entry | null {
  const paid = till.office.bills.filter((bill) => bill.open === 0 && bill.cents > 0);
  if (paid.length === 0) return null;
  const bill = till.dice.of(paid);
  return transfer(till.payer(bill.firm), [sentence(till.dice, bill.firm.tongue, bill.number)], bill.cents, {
    case: 'already paid',
    pays: {},
    sure: false,
  });
}

/** The rest to the normal account, the wage tax and VAT to the blocked one. */
export function blockedAccount(till: Till): Entry[] | null {
  const bill = one(till);
  if (bill === null || bill.open < 20000) return null;
  const blocked = Math.round(bill.open * till.dice.of([0.25, 0.3, 0.4]));
  const payer = till.payer(bill.firm, 1);
  const text = [`${bill.number} ${till.dice.of(['G-rek', 'g-rekening deel', 'WKA'])}`];
  return [
    transfer(payer, [bill.number], bill.open - blocked, { case: 'G-account, rest', pays: { [bill.id]: bill.open - blocked }, sure: false }),
    { ...transfer(payer, text, blocked, { case: 'G-account', pays: { [bill.id]: blocked }, sure: false }), account: till.office.blocked },
  ];
}

/** Two payments of one invoice within the statement, together exact. */
export function instalments(till: Till): Entry[] | null {
  const bill = one(till);
  if (bill === null || bill.open < 10000) return null;
  const first = Math.floor(bill.open / 2);
  const payer = till.payer(bill.firm);
  const sure = till.holds(payer, bill.firm);
  return [first, bill.open - first].map((cents, at) =>
    transfer(payer, [`${bill.number} termijn ${at + 1} van 2`], cents, { case: 'instalment', pays: { [bill.id]: cents }, sure }),
  );
}
