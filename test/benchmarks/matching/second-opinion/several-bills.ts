/** One payment for several invoices, with and without credit notes. */
import { isOpenCredit, isOpenInvoice, type Bill, type Firm } from './office.js';
import { TRANSFER, type Entry, type Payer, type Till } from './till.js';
import { AND, LESS_CREDIT, THROUGH, WITHOUT_NUMBER } from './vocabulary.js';
import { arrive, sentence } from './writing.js';

const total = (bills: readonly Bill[]): number => bills.reduce((sum, { open }) => sum + open, 0);
const pays = (bills: readonly Bill[]): Record<string, number> => Object.fromEntries(bills.map(({ id, open }) => [id, open]));
const entry = (payer: Payer, texts: readonly string[], bills: readonly Bill[], name: string, sure: boolean): Entry => ({
  lines: [{ cents: total(bills), payer, texts, code: TRANSFER, truth: { case: name, pays: pays(bills), sure } }],
});

/** All of them written out. */
export function listed(till: Till): Entry | null {
  const bills = till.take(till.dice.of([2, 2, 2, 3, 3, 4, 5, 7]));
  if (bills === null) return null;
  const { dice, office } = till;
  const { tongue } = bills[0]!.firm;
  const text = sentence(
    dice,
    tongue,
    inARow(
      bills.map(({ number }) => number),
      dice.of([', ', ' ', '/', ';', ` ${dice.of(AND[tongue])} `]),
      dice.of(AND[tongue]),
    ),
  );
  const whole = text.length <= 140;
  return entry(till.payer(bills[0]!.firm), arrive(dice, text, office.mix), bills, whole ? 'listed' : 'list cut at 140', whole);
}

/** The first written out, of the others only what differs. */
export function shortened(till: Till): Entry | null {
  const bills = till.take(till.dice.of([2, 2, 3, 4]));
  if (bills === null) return null;
  const { dice } = till;
  const { firm } = bills[0]!;
  const tail = dice.of([2, 3, 4]);
  const text = sentence(
    dice,
    firm.tongue,
    inARow(
      bills.map(({ number }, at) => (at === 0 ? number : number.slice(-tail))),
      dice.of([', ', '/', ' + ']),
      dice.of(AND[firm.tongue]),
    ),
  );
  const payer = till.payer(firm);
  const ends = bills.slice(1).every(({ number }) => till.onlyEnd(firm, number.slice(-tail)));
  const sure = ends && (till.holds(payer, firm) || (till.names(payer, firm) && tail > 2));
  return entry(payer, [text], bills, 'list without prefixes', sure);
}

/** From the first to the last: all the firm has between the two. */
export function range(till: Till): Entry | null {
  const { dice } = till;
  const bills = till.take(3, neighbours, (open) => runOf(open));
  if (bills === null || bills.length < 2) return null;
  const { firm } = bills[0]!;
  const last = bills[bills.length - 1]!.number;
  const text = `${bills[0]!.number} ${dice.of(THROUGH[firm.tongue])} ${dice.chance(0.5) ? last : last.slice(-4)}`;
  return entry(till.payer(firm), [sentence(dice, firm.tongue, text)], bills, 'range', bills.length > 2 && complete(firm, bills));
}

/** Nothing else of the firm is open between the first and the last. */
const complete = (firm: Firm, bills: readonly Bill[]): boolean => {
  const serials = bills.map(serial);
  return firm.bills
    .filter((bill) => isOpenInvoice(bill) && serial(bill) > Math.min(...serials) && serial(bill) < Math.max(...serials))
    .every((bill) => bills.includes(bill));
};

const serial = (bill: Bill): number => Number(bill.number.replace(/\D/g, ''));
const neighbours = (firm: Firm): boolean => firm.bills.filter(isOpenInvoice).length > 2;
function runOf(open: Bill[]): Bill[] {
  const sorted = [...open].sort((a, b) => serial(a) - serial(b));
  return sorted.slice(0, Math.min(5, sorted.length));
}

/** Nothing said: everything that is open, the oldest ones, or some of them. */
export function unnamed(till: Till): Entry | null {
  const { dice } = till;
  const way = dice.weighted({ all: 45, oldest: 30, some: 25 });
  const wide = (firm: Firm): boolean =>
    firm.ibans.length > 0 &&
    till.unpaid(firm).length === firm.bills.filter(isOpenInvoice).length &&
    till.unpaid(firm).length <= 11 &&
    !firm.bills.some(isOpenCredit);
  const bills = till.take(2, wide, (open) => choose(open));
  if (bills === null) return null;
  const { firm } = bills[0]!;
  const payer = till.payer(firm, 1);
  const sure = way !== 'some' && till.holds(payer, firm) && solutions(firm.bills.filter(isOpenInvoice), total(bills)) === 1;
  return entry(payer, [dice.of(WITHOUT_NUMBER[firm.tongue])], bills, `unnamed: ${way}`, sure);

  function choose(open: Bill[]): Bill[] {
    const oldest = [...open].sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
    if (way === 'all') return oldest;
    return way === 'oldest' ? oldest.slice(0, dice.between(2, oldest.length)) : dice.some(open, dice.between(2, open.length));
  }
}

/** In how many ways some of these make the sum: all subsets tried, so for few bills only. */
function solutions(bills: readonly Bill[], cents: number): number {
  let found = 0;
  for (let mask = 1; mask < 2 ** bills.length; mask += 1) {
    if (bills.reduce((sum, bill, at) => sum + ((mask >> at) & 1 ? bill.open : 0), 0) === cents) found += 1;
  }
  return found;
}

/** Invoices less a credit note, named or not. */
export function netted(till: Till): Entry | null {
  const { dice } = till;
  const firms = till.office.firms.filter((firm) => till.credits(firm).length > 0 && till.unpaid(firm).length > 0);
  if (firms.length === 0) return null;
  const firm = dice.of(firms);
  const credit = dice.of(till.credits(firm));
  const bills = dice.some(till.unpaid(firm), dice.of([1, 1, 2, 3]));
  if (total(bills) + credit.open <= 0) return null;
  till.spend([...bills, credit]);
  const named = dice.chance(0.65);
  const list = bills.map(({ number }) => number).join(', ');
  const text = `${sentence(dice, firm.tongue, list)} ${dice.of(LESS_CREDIT[firm.tongue])}${named ? ` ${credit.number}` : ''}`;
  const payer = till.payer(firm);
  const alike = firm.bills.filter((bill) => bill.open === credit.open).length;
  const sure = text.length <= 140 && (named || (alike === 1 && till.holds(payer, firm)));
  return entry(payer, [text.slice(0, 140)], [...bills, credit], named ? 'less a named credit note' : 'less a credit note', sure);
}

function inARow(numbers: readonly string[], between: string, and: string): string {
  if (numbers.length < 2 || between.trim() === '') return numbers.join(between);
  return `${numbers.slice(0, -1).join(between)} ${and} ${numbers[numbers.length - 1]}`;
}
