/** Payments in which two readings compete, and payments that come by a detour. */
import { iban } from './identifiers.js';
import { type Bill, isOpenInvoice } from './office.js';
import { TRANSFER, type Entry, type Payer, type Till, type Truth } from './till.js';
import { WITHOUT_NUMBER } from './vocabulary.js';
import { sentence } from './writing.js';

const pay = (payer: Payer | null, texts: readonly string[], cents: number, truth: Truth): Entry => ({
  lines: [{ cents, payer, texts, code: TRANSFER, truth }],
});
const exactly = (bills: readonly Bill[]): Record<string, number> => Object.fromEntries(bills.map(({ id, open }) => [id, open]));
const total = (bills: readonly Bill[]): number => bills.reduce((sum, { open }) => sum + open, 0);

/** Two numbers run together by a form that has no room for a blank. */
export function glued(till: Till): Entry | null {
  const bills = till.take(2);
  if (bills === null) return null;
  const payer = till.payer(bills[0]!.firm);
  const text = bills.map(({ number }) => number.replace(/[^A-Z0-9]/g, '')).join('');
  return pay(payer, [text], total(bills), { case: 'two numbers glued', pays: exactly(bills), sure: till.holds(payer, bills[0]!.firm) });
}

/** One of a family pays what another owes, and does not say so. */
export function sisterAccount(till: Till): Entry | null {
  const bill = till.take(1, ({ family }) => family.some(({ ibans }) => ibans.length > 0))?.[0];
  const sister = bill?.firm.family.find(({ ibans }) => ibans.length > 0);
  if (bill === undefined || sister === undefined) return null;
  const payer = { name: till.dice.chance(0.5) ? bill.firm.name : sister.name, iban: till.dice.of(sister.ibans) };
  return pay(payer, [till.dice.of(WITHOUT_NUMBER[bill.firm.tongue])], bill.open, {
    case: 'account of a sister',
    pays: exactly([bill]),
    sure: false,
  });
}

/** A parent pays for two of its firms and names both invoices. */
export function forTwoFirms(till: Till): Entry | null {
  const one = till.take(1, ({ family }) => family.some((sister) => till.unpaid(sister).length > 0))?.[0];
  const sister = one?.firm.family.find((firm) => till.unpaid(firm).length > 0);
  if (one === undefined || sister === undefined) return null;
  const bills = [one, till.dice.of(till.unpaid(sister))];
  till.spend(bills);
  const payer = till.dice.chance(0.6) ? till.payer(one.firm) : { name: 'Concern Treasury Centre', iban: iban(till.dice) };
  return pay(payer, [sentence(till.dice, 'nl', bills.map(({ number }) => number).join(' en '))], total(bills), {
    case: 'for two firms',
    pays: exactly(bills),
    sure: true,
  });
}

/** A list with an invoice on it that was paid long ago; the amount leaves it out. */
export function listWithPaidOne(till: Till): Entry | null {
  const bill = till.take(1, ({ bills }) => bills.some(({ open, cents }) => open === 0 && cents > 0))?.[0];
  if (bill === undefined) return null;
  const paid = till.dice.of(bill.firm.bills.filter(({ open, cents }) => open === 0 && cents > 0));
  const payer = till.payer(bill.firm);
  const sure = till.holds(payer, bill.firm) && paid.cents !== bill.open;
  return pay(payer, [sentence(till.dice, bill.firm.tongue, `${paid.number}, ${bill.number}`)], bill.open, {
    case: 'list with a paid one',
    pays: exactly([bill]),
    sure,
  });
}

/** The number of one invoice with the amount of another of the same firm: copied from last month's payment. */
export function oldTemplate(till: Till): Entry | null {
  const bill = till.take(1, ({ bills }) => bills.filter(isOpenInvoice).length > 1)?.[0];
  if (bill === undefined) return null;
  const other = bill.firm.bills.find((candidate) => isOpenInvoice(candidate) && candidate.open !== bill.open);
  if (other === undefined) return null;
  return pay(till.payer(bill.firm), [sentence(till.dice, bill.firm.tongue, other.number)], bill.open, {
    case: "another one's number",
    pays: exactly([bill]),
    sure: false,
  });
}

/** A customer pays something else, with a number of his own that looks like anything. */
export function otherBusiness(till: Till): Entry | null {
  const firm = till.dice.of(till.office.firms.filter(({ ibans }) => ibans.length > 0));
  const cents = till.dice.between(30, 900) * 131;
  const owes = firm.bills.filter(isOpenInvoice);
  if (owes.some(({ open }) => open === cents) || owes.length > 8) return null;
  return pay(till.payer(firm, 1), [`huur ${till.dice.digits(5)} unit ${till.dice.between(1, 40)}`], cents, {
    case: 'other business',
    pays: {},
    sure: false,
  });
}

/** A payment request: the bank collects, payer and number stand in the text. */
export function paymentRequest(till: Till): Entry | null {
  const bill = till.take(1)?.[0];
  if (bill === undefined) return null;
  const from = bill.firm.ibans[0] ?? iban(till.dice, bill.firm.country);
  const text = `Tikkie ID 00${till.dice.digits(10)}, ${bill.number}, Van ${bill.firm.name}, ${from}`.slice(0, 140);
  const payer = { name: 'AAB INZ TIKKIE', iban: iban(till.dice, 'NL', 'ABNA') };
  return pay(payer, [text], bill.open, { case: 'payment request', pays: exactly([bill]), sure: true });
}
