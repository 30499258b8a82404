import { normalizeIban } from '../../kernel/identifiers/iban.js';
import { sum } from '../../kernel/money.js';
import { type Failure, type Result, err, ok } from '../../kernel/result.js';
import type { Letter, LetterKind } from './letter.js';
import { singleLine } from './single-line.js';

/** A requirement: whom it concerns, when it is broken, and what to say then. */
interface Requirement {
  readonly code: string;
  readonly kinds: readonly LetterKind[] | 'all';
  readonly broken: (letter: Letter) => boolean;
  readonly message: string;
}

const DEMANDING: readonly LetterKind[] = ['reminder', 'demand', 'fourteen-day-letter', 'be-first-reminder', 'notice-of-default'];
/** Asks for money, or for attention to it. */
const ABOUT_MONEY: readonly LetterKind[] = [...DEMANDING, 'courtesy'];
const STATUTORY: readonly LetterKind[] = ['fourteen-day-letter', 'be-first-reminder'];

/**
 * What a letter must satisfy before anything may be sent. Source: reference/collection-rules.md §1.6 (art. 6:96(6) BW), §4.1 (Book
 * XIX of the Belgian code of economic law), §6.2, §6.3. A statutory letter that breaks one of them loses the creditor its costs, so
 * it is refused, not sent with a gap.
 */
const REQUIREMENTS: readonly Requirement[] = [
  {
    code: 'no-items',
    kinds: ABOUT_MONEY,
    broken: ({ items }) => items.length === 0,
    message: 'a letter that asks for money needs an item',
  },
  {
    code: 'several-currencies',
    kinds: 'all',
    broken: ({ items, currency }) => items.some((item) => item.currency !== currency),
    message: 'all items of one letter must be in the currency of the letter',
  },
  {
    code: 'nothing-open',
    kinds: 'all',
    broken: ({ items, deductions }) => items.some(({ open }) => open <= 0) || deductions.some(({ amount }) => amount <= 0),
    message: 'every item must have something open and every deduction must be more than zero',
  },
  {
    code: 'negative-dispute',
    kinds: 'all',
    broken: ({ items }) => items.some(({ disputedPart = 0 }) => disputedPart < 0),
    message: 'the disputed part of an item cannot be less than zero',
  },
  {
    code: 'totals-differ',
    kinds: 'all',
    broken: ({ items, deductions, totals }) =>
      totals.amount !== sum(items.map(({ open }) => open)) - sum(deductions.map(({ amount }) => amount)) ||
      totals.total !== sum([totals.amount, totals.costs, totals.interest]) ||
      totals.costs < 0 ||
      totals.interest < 0,
    message: 'the totals are not those of the items, deductions, costs and interest',
  },
  {
    code: 'nothing-to-pay',
    kinds: ABOUT_MONEY,
    broken: ({ totals }) => totals.amount <= 0,
    message: 'after deductions nothing is left to ask',
  },
  {
    code: 'disputed-item',
    kinds: ABOUT_MONEY,
    broken: ({ items }) => items.some(({ disputed }) => disputed),
    message: 'a disputed item may not be asked for',
  },
  {
    code: 'not-in-default',
    kinds: DEMANDING,
    broken: ({ items, date }) => items.some(({ dueDate }) => dueDate >= date),
    message: 'every item must be past its due date on the date of the letter',
  },
  {
    code: 'already-due',
    kinds: ['courtesy'],
    broken: ({ items, date }) => items.some(({ dueDate }) => dueDate < date),
    message: 'no item may be past its due date on the date of the letter',
  },
  {
    code: 'charges-included',
    kinds: ['courtesy'],
    broken: ({ totals, announced }) => totals.costs + totals.interest !== 0 || announced !== null,
    message: 'before the due date nothing is charged or announced',
  },
  {
    code: 'invalid-iban',
    kinds: 'all',
    broken: ({ creditor }) => normalizeIban(creditor.iban) === null,
    message: 'the IBAN of the creditor is not valid',
  },
  {
    code: 'incomplete-sender',
    kinds: 'all',
    broken: ({ creditor, debtor }) =>
      singleLine(creditor.name) === '' || creditor.addressLines.length === 0 || singleLine(debtor.name) === '',
    message: 'the letter must name the creditor with its address, and the debtor',
  },
  {
    code: 'no-contact',
    kinds: 'all',
    broken: ({ contact }) => contact.email === null && contact.phone === null,
    message: 'the letter must say how to object or ask for a plan: a mail address or a telephone number',
  },
  {
    code: 'no-pay-by',
    kinds: ['demand', 'notice-of-default'],
    broken: ({ payBy }) => payBy === null,
    message: 'the letter must name the last day to pay',
  },
  {
    code: 'pay-by-passed',
    kinds: 'all',
    broken: ({ payBy, date }) => payBy !== null && payBy <= date,
    message: 'the last day to pay must lie after the date of the letter',
  },
  {
    code: 'no-interest-rate',
    kinds: 'all',
    broken: ({ kind, totals, interestPercent }) =>
      (totals.interest > 0 || kind === 'notice-of-default') && (interestPercent === null || !isPercent(interestPercent)),
    message: 'the letter must state the interest rate, as a decimal such as 10.40',
  },
  {
    code: 'no-description',
    kinds: STATUTORY,
    broken: ({ items }) => items.some(({ description }) => description === null || description.trim() === ''),
    message: 'this letter must say of every item what was delivered',
  },
  {
    code: 'costs-included',
    kinds: STATUTORY,
    broken: ({ totals }) => totals.costs !== 0,
    message: 'this letter may not ask for any costs yet',
  },
  {
    code: 'no-fee-announced',
    kinds: ['fourteen-day-letter'],
    broken: ({ announced }) => announced === null || announced.costs <= 0,
    message: 'this letter must announce the exact fee in money',
  },
  {
    code: 'invalid-announcement',
    kinds: 'all',
    broken: ({ announced }) =>
      announced !== null &&
      (announced.costs < 0 ||
        announced.vat < 0 ||
        announced.vat > announced.costs ||
        (announced.interestPercent !== null && !isPercent(announced.interestPercent))),
    message: 'the announced costs, their VAT and the interest rate do not fit together',
  },
  {
    code: 'interest-included',
    kinds: ['be-first-reminder'],
    broken: ({ totals }) => totals.interest !== 0,
    message: 'a Belgian first reminder may ask for the principal only',
  },
  {
    code: 'no-enterprise-number',
    kinds: ['be-first-reminder'],
    // A Dutch creditor has no Belgian enterprise number: the number of its own register names it.
    broken: ({ creditor }) => creditor.registry === null,
    message: 'a Belgian first reminder must carry the enterprise number of the creditor',
  },
  {
    code: 'costs-to-consumer',
    kinds: ['statement'],
    broken: ({ debtor, totals }) => debtor.capacity === 'consumer' && totals.costs + totals.interest !== 0,
    message: 'a statement of account to a consumer may not contain costs or interest',
  },
  {
    code: 'account-differs',
    kinds: 'all',
    broken: ({ kind, account, totals }) =>
      account !== null && (kind !== 'statement' || sum([account.opening, ...account.lines.map(({ amount }) => amount)]) !== totals.amount),
    message: 'an account history belongs in a statement, and its closing balance must be what is open',
  },
];

const isPercent = (text: string): boolean => /^\d{1,3}(\.\d{1,4})?$/.test(text);

/** The letter itself when it may be sent, else the first requirement it breaks (codes: see the table above). */
export function lawful(letter: Letter): Result<Letter, Failure> {
  for (const { code, kinds, broken, message } of REQUIREMENTS) {
    if ((kinds === 'all' || kinds.includes(letter.kind)) && broken(letter)) return err({ code, message: `${letter.kind}: ${message}` });
  }
  return ok(letter);
}
