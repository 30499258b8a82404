/** Lines that pay no invoice of ours, or not one that a person could tell. */
import { iban } from './identifiers.js';
import { isOpenInvoice, type Bill } from './office.js';
import { TRANSFER, type Entry, type Line, type Till, type Truth } from './till.js';
import { SURNAMES, TRADES } from './vocabulary.js';

const nothing = (name: string): Truth => ({ case: name, pays: {}, sure: false });
const strange = (till: Till): string => `${till.dice.of(TRADES)} ${till.dice.of(SURNAMES)}`;
const plain = (till: Till, name: string, line: Omit<Line, 'truth' | 'code'> & Partial<Pick<Line, 'code'>>): Entry => ({
  lines: [{ code: TRANSFER, ...line, truth: nothing(name) }],
});

/** Money of somebody we never heard of, for something else; his numbers may equal ours. */
export function stranger(till: Till): Entry | null {
  const { dice, office } = till;
  const ours = dice.of(office.bills.filter(isOpenInvoice));
  const number = office.mix === 'hard' ? ours.number.replace(/^\D+/, '') : dice.digits(6);
  const text = dice.of([`ordernr ${number}`, `polis ${number}`, number, `donatie ${number}`, `dossier ${number} termijn`]);
  return plain(till, 'stranger', {
    cents: ours.open + dice.between(51, 30000),
    payer: { name: strange(till), iban: iban(dice) },
    texts: [text],
  });
}

/** A stranger who happens to pay what one of our invoices asks. */
export function sameAmount(till: Till): Entry | null {
  const bill = till.dice.of(till.office.bills.filter(isOpenInvoice));
  return plain(till, 'stranger, same amount', {
    cents: bill.open,
    payer: { name: strange(till), iban: iban(till.dice) },
    texts: [till.dice.of(['bijdrage', 'sponsoring', 'huur november', ''])],
  });
}

export const taxRefund = (till: Till): Entry =>
  plain(till, 'tax refund', {
    cents: till.dice.between(10000, 900000),
    payer: { name: 'Belastingdienst', iban: 'NL86INGB0002445588' },
    texts: [`Teruggaaf omzetbelasting ${till.dice.digits(9)}B01 ${till.dice.digits(4)}`],
  });

export const ownTransfer = (till: Till): Entry =>
  plain(till, 'own transfer', {
    cents: till.dice.between(1, 50) * 100000,
    payer: { name: 'Eigen rekening', iban: till.office.own[1]! },
    texts: ['overboeking spaarrekening'],
    code: ['RCDT', 'BOOK'],
  });

export const salaryBack = (till: Till): Entry =>
  plain(till, 'salary came back', {
    cents: till.dice.between(150000, 300000),
    payer: { name: `M. ${till.dice.of(SURNAMES)}`, iban: iban(till.dice) },
    texts: ['salaris oktober'],
    code: ['ICDT', 'RRTN'],
    returned: 'AC01',
  });

export const interest = (till: Till): Entry =>
  plain(till, 'interest', {
    cents: till.dice.between(12, 9000),
    payer: null,
    texts: [],
    info: 'Creditrente 3e kwartaal',
    code: ['MCOP', 'INTR'],
  });

/** Money in advance of a firm we know, for an order that has no invoice yet. */
export function advance(till: Till): Entry | null {
  const firm = till.dice.of(till.office.firms.filter(({ ibans }) => ibans.length > 0));
  const cents = till.dice.between(50, 2000) * 173;
  if (firm.bills.some(({ open }) => open === cents)) return null;
  return plain(till, 'in advance', {
    cents,
    payer: { name: firm.name, iban: firm.ibans[0]! },
    texts: [till.dice.of(['aanbetaling offerte', 'vooruitbetaling bestelling', 'acompte devis'])],
  });
}

/** What a payment provider pays out: many sales, its fees taken off. */
export function payout(till: Till): Entry | null {
  const { dice } = till;
  const bills = Array.from({ length: dice.between(3, 9) }, () => till.take(1)?.[0]).filter((bill) => bill !== undefined);
  if (bills.length < 3) return null;
  const cents = bills.reduce((sum, { open }) => sum + open, 0) - bills.length * 29;
  const provider = dice.of(['Stichting Mollie Payments', 'Buckaroo Stichting Derdengelden', 'Adyen Client Management', 'Stichting Pay.nl']);
  return plain(till, 'provider payout', {
    cents,
    payer: { name: provider, iban: iban(dice, 'NL', 'ABNA') },
    texts: [`Uitbetaling ${dice.digits(7)} ${dice.of(['settlement', 'ref', 'periode'])} ${dice.digits(6)}`],
  });
}

/** What we pay ourselves: suppliers, wages, the bank. */
export function outgoing(till: Till): Entry {
  const { dice } = till;
  const ours = dice.of(till.office.bills);
  const kind = dice.weighted({ supplier: 70, fee: 15, wage: 15 });
  if (kind === 'fee')
    return plain(till, 'bank fee', {
      cents: -dice.between(100, 4000),
      payer: null,
      texts: [],
      info: 'Kosten zakelijk betalingsverkeer',
      code: ['MDOP', 'CHRG'],
    });
  const text = kind === 'wage' ? 'salaris november' : `uw factuur ${dice.chance(0.4) ? ours.number : dice.digits(6)}`;
  return plain(till, `outgoing ${kind}`, {
    cents: -dice.between(2000, 500000),
    payer: { name: strange(till), iban: iban(dice) },
    texts: [text],
    code: ['ICDT', kind === 'wage' ? 'SALA' : 'ESCT'],
  });
}

/** Direct debits of ours in one booking, and what became of one of them some days later. */
export function collection(till: Till): Entry[] | null {
  const { dice } = till;
  const bills = Array.from({ length: dice.between(3, 8) }, () => till.take(1, ({ ibans }) => ibans.length > 0)?.[0]).filter(
    (bill) => bill !== undefined,
  );
  if (bills.length < 2) return null;
  if (dice.chance(0.25)) return [{ lines: [untold(bills)], folded: bills.length }];
  const lines: Line[] = bills.map((bill) => ({
    cents: bill.open,
    payer: { name: bill.firm.name, iban: bill.firm.ibans[0]! },
    texts: [`Incasso ${bill.number}`],
    endToEnd: bill.number.replace(/[^A-Za-z0-9]/g, ''),
    mandate: `MND${bill.firm.number}`,
    code: ['IDDT', 'ESDD'] as const,
    truth: { case: 'collection', pays: { [bill.id]: bill.open }, sure: true },
  }));
  const bounced = dice.of(lines);
  const back: Line = {
    ...bounced,
    cents: -bounced.cents,
    code: ['IDDT', 'UPDD'],
    returned: dice.of(['AM04', 'MD06', 'AC04', 'MS03']),
    truth: { case: 'collection bounced', pays: {}, sure: true, undoes: bounced },
  };
  return dice.chance(0.7) ? [{ lines }, { lines: [back] }] : [{ lines }];
}

const untold = (bills: readonly Bill[]): Line => ({
  cents: bills.reduce((sum, { open }) => sum + open, 0),
  payer: null,
  texts: [],
  info: `Incassobatch ${bills.length} posten`,
  code: ['IDDT', 'ESDD'],
  truth: { case: 'collection, not itemised', pays: Object.fromEntries(bills.map(({ id, open }) => [id, open])), sure: false },
});

/** A customer's transfer that his bank calls back. */
export function transferBack(till: Till): Entry[] | null {
  const bill = till.take(1, ({ ibans }) => ibans.length > 0)?.[0];
  if (bill === undefined) return null;
  const payer = { name: bill.firm.name, iban: bill.firm.ibans[0]! };
  const there: Line = {
    cents: bill.open,
    payer,
    texts: [bill.number],
    code: TRANSFER,
    truth: { case: 'transfer, called back later', pays: { [bill.id]: bill.open }, sure: true },
  };
  const back: Line = {
    ...there,
    cents: -bill.open,
    code: ['RCDT', 'RRTN'],
    returned: 'FOCR',
    truth: { case: 'transfer called back', pays: {}, sure: true, undoes: there },
  };
  return [{ lines: [there] }, { lines: [back] }];
}
