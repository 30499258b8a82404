import { addDays } from '../../../src/kernel/plain-date.js';
import { addAccount, addContact, changeAccount } from '../../../src/sandbox/exact-online/accounts.js';
import type { DivisionBooks } from '../../../src/sandbox/exact-online/books.js';
import { bounced, collected, selectForCollection, sendCollection } from '../../../src/sandbox/exact-online/collections.js';
import { isOpen, openOn, unmatch } from '../../../src/sandbox/exact-online/matching.js';
import {
  bookCreditNote,
  bookInvoice,
  changeDueDate,
  creditInvoice,
  deleteEntry,
  payInvoice,
  receive,
  settle,
} from '../../../src/sandbox/exact-online/receivables.js';
import type { EntryRow } from '../../../src/sandbox/exact-online/records.js';
import type { Random } from '../../../src/sandbox/random.js';

/** What people do in a division in a day: `count` things by chance. Nothing of it is told to anybody. */
export function workOfADay(books: DivisionBooks, count: number, random: Random, at: Date): void {
  for (let nth = 0; nth < count; nth++) random.pick(DEEDS)(books, random, at);
}

type Deed = (books: DivisionBooks, random: Random, at: Date) => void;

const openSales = (books: DivisionBooks, type: 20 | 21): EntryRow[] =>
  [...books.entries.values()].filter((entry) => entry.type === type && openOn(books, entry) !== 0);

const one = <T>(random: Random, some: readonly T[], work: (chosen: T) => void): void => {
  if (some.length > 0) work(random.pick(some));
};

const customers = (books: DivisionBooks) => [...books.accounts.values()].filter(({ fields }) => fields['Status'] === 'C');

const invoice: Deed = (books, random, at) => {
  one(random, customers(books), ({ id: accountId }) => {
    const more = random.chance(0.1) ? { instalments: [{ percent: 50, days: 14 }, { percent: 50, days: 28 }] } : {}; // prettier-ignore
    const money = random.chance(0.1) ? { currency: 'USD', rateMillionths: 913_000 } : {};
    const amount = random.int(100, 900_000);
    const paymentCondition = random.chance(0.1) ? 'IN' : '30';
    bookInvoice(books, { accountId, date: books.day(at), amount, paymentCondition, ...more, ...money }, at);
  });
};

const payment: Deed = (books, random, at) =>
  one(random, openSales(books, 20), (entry) => {
    const open = openOn(books, entry);
    if (open <= 1) return;
    const amount = random.chance(0.5) ? open : random.chance(0.8) ? random.int(1, open) : open + random.int(1, 500);
    payInvoice(books, entry, { amount, date: books.day(at) }, at);
  });

const DEEDS: readonly Deed[] = [
  invoice,
  invoice,
  invoice,
  payment,
  payment,
  payment,
  (books, random, at) =>
    one(random, customers(books), ({ id: accountId }) =>
      receive(books, { accountId, amount: random.int(1, 90_000), date: books.day(at) }, at),
    ),
  (books, random, at) =>
    one(random, customers(books), ({ id: accountId }) =>
      bookCreditNote(books, { accountId, amount: -random.int(1, 90_000), date: books.day(at) }, at),
    ),
  (books, random, at) => one(random, openSales(books, 20), (entry) => creditInvoice(books, entry, { settle: random.chance(0.5) }, at)),
  // A receipt that lay there is given to an invoice of the same customer after all.
  (books, random, at) => {
    const loose = [...books.entries.values()].filter((entry) => entry.type === 40 && openOn(books, entry) < 0);
    one(random, loose, (receipt) => {
      const mine = openSales(books, 20).filter(
        ({ accountId, currency }) => accountId === receipt.accountId && currency === receipt.currency,
      );
      one(random, mine, (entry) => settle(books, entry, receipt, books.day(at), at));
    });
  },
  // A match turns out to be wrong.
  (books, random, at) => {
    const matched = [...books.terms.values()].filter((term) => !isOpen(term) && term.lineType === 20 && term.entry.type === 20);
    one(random, matched, (term) => unmatch(books, term, at));
  },
  (books, random, at) =>
    one(random, openSales(books, 20), (entry) => changeDueDate(books, entry, addDays(entry.dueDate, random.int(1, 30)), at)),
  (books, random, at) => {
    const untouched = openSales(books, 20).filter((entry) => books.termsOf(entry).every(isOpen));
    one(random, untouched, (entry) => deleteEntry(books, entry, at));
  },
  (books, random, at) => one(random, openSales(books, 20), (entry) => selectForCollection(books, [entry], at)),
  (books, _random, at) => sendCollection(books, openSales(books, 20), at),
  (books, random, at) => {
    const sent = openSales(books, 20).filter((entry) => books.termsOf(entry).some(({ status }) => status === 40));
    one(random, sent, (entry) => (random.chance(0.5) ? collected(books, entry, books.day(at), at) : bounced(books, entry, at)));
  },
  (books, random, at) =>
    one(random, customers(books), (account) => changeAccount(books, account, { Phone: `055-${random.int(1, 999_999)}` }, at)),
  (books, random, at) => {
    const account = addAccount(books, { Name: `Nieuw ${books.count('newcomer')}`, Status: random.chance(0.5) ? 'C' : 'P' }, at);
    addContact(books, account, { FullName: 'Contact', Email: `c${books.count('contact mail')}@nieuw.example` }, at);
  },
  // A prospect becomes a customer, long after its contacts were entered.
  (books, random, at) => {
    const prospects = [...books.accounts.values()].filter(({ fields }) => fields['Status'] === 'P');
    one(random, prospects, (account) => changeAccount(books, account, { Status: 'C' }, at));
  },
];
