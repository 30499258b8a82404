import type { BookIndex } from './book-index.js';
import { type NameAgreement, compareNames, holdersOf, nameTokens } from './names.js';
import { fold } from './normalize.js';
import { TEXT_MAX } from './text.js';
import type { BankLine, Evidence } from './vocabulary.js';

/**
 * What the payer of a line has to do with a debtor, strongest first:
 * `known` its account is the debtor's alone; `named` it has exactly the debtor's name and no other debtor has; `shared` its account is that of
 * several debtors; `resembles` its name is the debtor's, shortened or cut; `mentioned` the text gives the debtor's name or customer number;
 * `near` one letter differs; `stranger` nothing; `other` its account is another debtor's.
 */
export type Relation = 'known' | 'named' | 'shared' | 'resembles' | 'mentioned' | 'near' | 'stranger' | 'other';

/** Relations by which a debtor counts as identified, though not proven as by `known`. */
export const isIdentified = (relation: Relation): boolean => relation === 'known' || relation === 'named';
export const isLikely = (relation: Relation): boolean => isIdentified(relation) || ['shared', 'resembles', 'mentioned'].includes(relation);

/** The schema allows 140 characters. */
const NAME_MAX = 140;

/** Payment providers and collecting accounts: whoever they are, they are not the debtor. Folded. */
const PROVIDER =
  /\b(MOLLIE|ADYEN|STRIPE|BUCKAROO|PAY ?NL|PAY\.NL|MULTISAFEPAY|PAYPAL|KLARNA|WORLDLINE|SUMUP|ICEPAY|SISOW|ONLINE PAYMENT PLATFORM|DERDENGELDEN|CLIENT MONEY|CLIENTMONEY|TIKKIE|BETAALVERZOEK|GOCARDLESS|WISE PAYMENTS|CASHFLOWS|TWIKEY|POM)\b/;

export const isProvider = (name: string): boolean => PROVIDER.test(fold(name));

export interface Payer {
  /** Debtors whose account it is. */
  readonly byIban: readonly number[];
  /** Debtors a person linked to the account, but not often enough. */
  readonly hinted: readonly number[];
  /** The account stands for nobody (provider, factor, bailiff, accountant). */
  readonly neutral: boolean;
  readonly iban: string | null;
  /** Names of the payer, taken apart: holders, and the ultimate party. */
  readonly names: readonly (readonly string[])[];
  /** Debtors whose customer number is in the text. */
  readonly byCustomerNumber: ReadonlySet<number>;
  /** Words of the text, for names in it. */
  readonly words: readonly string[];
}

/** Reads who paid: accounts (also those written in the text when a provider paid), names, customer numbers. */
export function readPayer(
  line: BankLine,
  textIbans: readonly string[],
  customers: readonly { readonly debtor: number }[],
  index: BookIndex,
  evidence: Evidence,
): Payer {
  const neutral = (line.iban !== null && evidence.neutralIbans.includes(line.iban)) || (line.name !== null && isProvider(line.name));
  const accounts = neutral || line.iban === null ? textIbans : [line.iban];
  const own = index.book.administration.ibans;
  const byIban = new Set(accounts.filter((iban) => !own.includes(iban)).flatMap((iban) => index.debtorsWithIban(iban)));
  const hinted = evidence.ibanLinks
    .filter(({ iban }) => accounts.includes(iban))
    .map(({ debtorId }) => index.debtorPosition(debtorId))
    .filter((debtor) => debtor !== undefined && !byIban.has(debtor)) as number[];
  const names = [
    ...(neutral || line.name === null ? [] : holdersOf(line.name)),
    ...(line.ultimateName === null ? [] : [line.ultimateName]),
  ];
  return {
    byIban: [...byIban],
    hinted,
    neutral,
    iban: line.iban,
    names: names.map((name) => nameTokens(name.slice(0, NAME_MAX))),
    byCustomerNumber: new Set(customers.map(({ debtor }) => debtor)),
    words: line.text.length === 0 ? [] : nameTokens(line.text.join(' ').slice(0, TEXT_MAX)),
  };
}

const ORDER: readonly NameAgreement[] = ['different', 'near', 'alike', 'same'];

/** How well one of the payer's names agrees with a debtor's. */
export function nameAgreement(payer: Payer, debtor: number, index: BookIndex): NameAgreement {
  const own = index.nameTokensOf(debtor);
  let best: NameAgreement = 'different';
  for (const name of payer.names) {
    const agreement = compareNames(name, own);
    if (ORDER.indexOf(agreement) > ORDER.indexOf(best)) best = agreement;
  }
  return best;
}

/** Debtors whose name the payer has or resembles, best first; none for names that half the book carries. */
export function debtorsByName(payer: Payer, index: BookIndex, max: number): number[] {
  const candidates = new Set(payer.names.flatMap((tokens) => index.debtorsWithName(tokens)));
  return [...candidates]
    .map((debtor) => ({ debtor, level: ORDER.indexOf(nameAgreement(payer, debtor, index)) }))
    .filter(({ level }) => level > 0)
    .sort((a, b) => b.level - a.level)
    .slice(0, max)
    .map(({ debtor }) => debtor);
}

/** Whether the payer's name agrees with a debtor whose account it is, or no name is given: then no other debtor is looked for by name. */
export const holderHasName = (payer: Payer, index: BookIndex): boolean =>
  payer.names.length === 0 || payer.byIban.some((debtor) => nameAgreement(payer, debtor, index) !== 'different');

/** Relation of the payer to a debtor, and that in words. */
export function relationOf(payer: Payer, debtor: number, index: BookIndex): { relation: Relation; because: string | null } {
  const { name } = index.debtor(debtor);
  const agreement = nameAgreement(payer, debtor, index);
  if (payer.byIban.includes(debtor)) {
    if (payer.byIban.length === 1)
      return { relation: 'known', because: `account ${payer.iban ?? ''} is known to be ${name}'s`.replace('  ', ' ') };
    const others = payer.byIban.filter((other) => other !== debtor);
    if (
      ORDER.indexOf(agreement) >= 2 &&
      others.every((other) => ORDER.indexOf(nameAgreement(payer, other, index)) < ORDER.indexOf(agreement))
    ) {
      return {
        relation: 'known',
        because: `account ${payer.iban ?? ''} is shared by ${payer.byIban.length} debtors, the name says ${name}`,
      };
    }
    return { relation: 'shared', because: `account ${payer.iban ?? ''} is shared by ${payer.byIban.length} debtors, among them ${name}` };
  }
  const mentioned = payer.byCustomerNumber.has(debtor) || payer.hinted.includes(debtor) || isMentioned(payer, debtor, index);
  if (payer.byIban.length > 0) {
    if (mentioned) return { relation: 'mentioned', because: `${name} is mentioned, though the account is another debtor's` };
    if (agreement === 'same' && !holderHasName(payer, index)) {
      return { relation: 'mentioned', because: `the payer's name is that of ${name}, though the account is another debtor's` };
    }
    return { relation: 'other', because: `the account is another debtor's than ${name}` };
  }
  if (agreement === 'same') {
    const same = index.debtorsWithName(index.nameTokensOf(debtor)).filter((other) => nameAgreement(payer, other, index) === 'same');
    if (same.length === 1) return { relation: 'named', because: `the payer's name is that of ${name}` };
    return { relation: 'resembles', because: `the payer's name is that of ${same.length} debtors, among them ${name}` };
  }
  if (mentioned)
    return {
      relation: 'mentioned',
      because: payer.hinted.includes(debtor) ? `the account was linked to ${name} before` : `the text mentions ${name}`,
    };
  if (agreement === 'alike') return { relation: 'resembles', because: `the payer's name resembles ${name}` };
  if (agreement === 'near') return { relation: 'near', because: `the payer's name is one letter off ${name}` };
  return { relation: 'stranger', because: null };
}

/** All telling words of the debtor's name, at least seven letters of them, stand in the text one after another. */
function isMentioned(payer: Payer, debtor: number, index: BookIndex): boolean {
  const own = index.nameTokensOf(debtor);
  if (own.join('').length < 7 || payer.words.length < own.length) return false;
  return ` ${payer.words.join(' ')} `.includes(` ${own.join(' ')} `);
}
