import { normalizeRegistryNumber } from '../../kernel/identifiers/registry.js';
import { type Minor, formatAmount } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';
import type { Invoice } from '../../ledger/rules/book.js';
import { legalCapacity, regimeOf } from '../../law/rules/capacity.js';
import type { Law } from '../../law/rules/law.js';
import { rateOn, rateTable } from '../../law/rules/rates.js';
import type { DebtorFacts } from '../../dunning/rules/facts.js';
import type { Act } from '../../dunning/rules/plan.js';
import { accountHistory } from './account-history.js';
import { LETTER_KINDS, type Announced, type Deduction, type Letter, type LetterCreditor, type LetterKind } from './letter.js';

/** Kinds after which a letter is no longer the first demand. */
const DEMANDS: readonly string[] = ['demand', 'fourteen-day-letter', 'be-first-reminder', 'notice-of-default'];

/** What a letter needs to know of the sender beyond the book: `creditor` without its registry, which the book has. */
export type LetterSender = Omit<LetterCreditor, 'registry'> & { readonly replyTo: string | null };

/**
 * The letter that carries out an act, made from the facts it was decided on. Throws (a bug) when the act names an item that is not in
 * the facts; whether the letter satisfies the law is judged where it is rendered.
 */
export function composeLetter(act: Act, facts: DebtorFacts, sender: LetterSender, law: Law, date: PlainDate): Letter {
  const { debtor, administration, contacts } = facts;
  const invoices = new Map(facts.invoices.map((invoice) => [invoice.id, invoice]));
  const asked = act.lines.filter(({ open }) => open > 0);
  const { replyTo, ...creditor } = sender;
  const kind = letterKind(act);
  const named = new Set(act.invoiceIds);
  return {
    kind,
    tone: act.tone === 'friendly' ? 'friendly' : 'firm',
    language: act.language,
    channel: act.channel === 'letter' ? 'letter' : 'email',
    law: regimeOf(debtor.country),
    date,
    creditor: { ...creditor, registry: registryOf(administration.registry) },
    debtor: { name: debtor.name, number: debtor.number, capacity: legalCapacity(debtor.capacity) },
    currency: act.currency,
    items: asked.flatMap(({ invoiceId, open, disputed }) => {
      const invoice = known(invoices, invoiceId);
      // What is disputed is not asked for: the letter is about the rest.
      const left = open - disputed;
      return left > 0
        ? [
            {
              number: invoice.number,
              description: invoice.description,
              issueDate: invoice.issueDate,
              dueDate: invoice.dueDate,
              amount: invoice.amount,
              open: left,
              currency: invoice.currency,
              paymentReference: invoice.paymentReference,
              disputed: false,
              ...(disputed > 0 && { disputedPart: disputed }),
            },
          ]
        : [];
    }),
    deductions: deductionsOf(act, facts, date),
    totals: { amount: act.amount, costs: act.costs, interest: act.interest, total: act.total },
    payBy: kind === 'courtesy' ? null : act.payBy,
    announced: announcedBy(act),
    interestPercent: act.interest > 0 || act.kind === 'notice-of-default' ? percentOn(facts, law, date) : null,
    previousDemands: contacts.filter(({ kind, invoiceIds }) => DEMANDS.includes(kind) && invoiceIds.some((id) => named.has(id))).length,
    contact: { name: null, email: replyTo ?? sender.email, phone: sender.phone },
    account: act.kind === 'statement' ? accountHistory(facts, act.currency, act.amount, date) : null,
  };
}

function letterKind(act: Act): LetterKind {
  if (act.kind === 'reminder' && act.lines.every(({ daysOverdue }) => daysOverdue <= 0)) return 'courtesy';
  const kind = LETTER_KINDS.find((each) => each === act.kind);
  if (!kind) throw new Error(`no letter carries out ${act.kind}`);
  return kind;
}

function known(invoices: ReadonlyMap<string, Invoice>, id: string): Invoice {
  const invoice = invoices.get(id);
  if (!invoice) throw new Error(`an act names an item that is not in its facts: ${id}`);
  return invoice;
}

/** The credit notes the act counted, then what is left of the credit as the debtor's own unallocated money, oldest first. */
function deductionsOf(act: Act, facts: DebtorFacts, date: PlainDate): Deduction[] {
  let left = act.lines.reduce((total, { credited }) => total + credited, 0);
  const take = (most: Minor): Minor => {
    const amount = Math.min(most, left);
    left -= amount;
    return amount;
  };
  const credits = facts.invoices
    .filter(({ id, open }) => open < 0 && act.invoiceIds.includes(id))
    .map(({ number, issueDate, open }): Deduction => ({ kind: 'credit-note', number, date: issueDate, amount: take(-open) }));
  const receipts = facts.payments
    .filter(
      ({ invoiceId, amount, currency = facts.administration.currency }) => invoiceId === null && amount > 0 && currency === act.currency,
    )
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
    .map(({ date: on, amount }): Deduction => ({ kind: 'receipt', number: null, date: on, amount: take(amount) }));
  const rest: Deduction = { kind: 'receipt', number: null, date, amount: take(left) };
  return [...credits, ...receipts, rest].filter(({ amount }) => amount > 0);
}

/** What the act says will be owed when its term passes, with the VAT in it. */
function announcedBy({ announcedCosts, announcedVat, announcedRate }: Act): Announced | null {
  if (announcedCosts === 0 && announcedRate === null) return null;
  return { costs: announcedCosts, vat: announcedVat, interestPercent: announcedRate === null ? null : formatAmount(announcedRate) };
}

/** The statutory rate of the day as `10.40`; null where the law gives none. */
function percentOn({ debtor }: DebtorFacts, law: Law, date: PlainDate): string | null {
  const table = rateTable(law, regimeOf(debtor.country), debtor.capacity, debtor.country);
  const rate = table && rateOn(table, date, false);
  return rate ? formatAmount(rate.basisPoints) : null;
}

export function registryOf(registry: DebtorFacts['administration']['registry']): LetterCreditor['registry'] {
  if (registry?.scheme !== 'nl-kvk' && registry?.scheme !== 'be-kbo') return null;
  const id = normalizeRegistryNumber(registry.scheme, registry.id);
  return id === null ? null : { scheme: registry.scheme, id };
}
