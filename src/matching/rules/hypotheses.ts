import { debtorHypotheses } from './debtor-hypotheses.js';
import { type OpenItem, exactlyNamed, totalOf, withDifference } from './explain-amount.js';
import { type FirmHit, firmHits } from './firm-hits.js';
import { type Context, type Hypothesis, hypothesisOf, openItem, ranked } from './hypothesis.js';
import { debtorsByName, holderHasName, isLikely, relationOf } from './payer.js';
import { type Reading, paymentOf } from './read-line.js';
import type { BankLine } from './vocabulary.js';

/** Debtors weighed because their name resembles the payer's. */
const BY_NAME_MAX = 5;
/** Ways to choose among invoices of the same number. */
const CHOICES_MAX = 64;

/** All hypotheses for a receipt, best first. Deterministic: the order depends on the content of line and book only. */
export function hypothesesFor(line: BankLine, reading: Reading, context: Context): Hypothesis[] {
  const hits = firmHits(reading, context);
  const complete = namedSum(line, reading, hits, context);
  const found = complete === null ? [] : [complete];
  // a reference decides whatever else is in the book; so does a named sum of a payer who may well be the debtor: nothing can rank with it
  if (complete?.automatic === true && (complete.naming === 'reference' || isLikely(complete.relation))) return found;
  for (const debtor of candidateDebtors(line, reading, hits, context))
    found.push(...debtorHypotheses(line, reading, hits, debtor, context));
  return ranked(found, context.index);
}

/** Debtors in the order of what speaks for them: named invoices, account, customer number, name, amount. */
function candidateDebtors(line: BankLine, reading: Reading, hits: readonly FirmHit[], { index, otherHalf }: Context): Iterable<number> {
  const { payer, numbers, references } = reading;
  const debtors = new Set<number>(hits.map(({ invoice }) => index.debtorOf[invoice] as number));
  for (const debtor of [...payer.byIban, ...payer.hinted, ...payer.byCustomerNumber]) debtors.add(debtor);
  for (const { invoice } of [...numbers.hits, ...references.named]) debtors.add(index.debtorOf[invoice] as number);
  if (payer.byIban.length > 0 && holderHasName(payer, index)) return debtors;
  for (const debtor of debtorsByName(payer, index, BY_NAME_MAX)) debtors.add(debtor);
  if (payer.byIban.length > 0) return debtors;
  const amount = line.amount + (otherHalf?.amount ?? 0);
  for (const invoice of index.withAmount(amount, line.currency)) debtors.add(index.debtorOf[invoice] as number);
  return debtors;
}

/**
 * The named items, of whichever debtors, explain the amount: one choice per number written, and one choice only. They add up to it, or a provider
 * paid them out minus its fee.
 */
function namedSum(line: BankLine, reading: Reading, hits: readonly FirmHit[], context: Context): Hypothesis | null {
  const { index, settings } = context;
  const byReference = hits.filter(({ naming }) => naming === 'reference');
  const choices = choicesOf(byReference.length > 0 ? byReference : hits, line, context);
  const itemsOf = (choice: readonly FirmHit[]): OpenItem[] => choice.map(({ invoice }) => openItem(invoice, context));
  const fitting = choices.filter((choice) => totalOf(itemsOf(choice)) === line.amount);
  const choice = fitting[0] ?? (reading.payer.neutral && choices.length === 1 ? choices[0] : undefined);
  if (choice === undefined) return null;
  const items = itemsOf(choice);
  const explanation =
    fitting.length > 0 ? exactlyNamed(line.amount, items, settings) : withDifference(paymentOf(line, reading), items, settings);
  if (explanation === null) return null;
  const debtors = [...new Set(choice.map(({ invoice }) => index.debtorOf[invoice] as number))];
  const related = debtors.map((debtor) => relationOf(reading.payer, debtor, index));
  const { relation, because } = related.find((one) => one.relation === 'known') ?? (related[0] as (typeof related)[number]);
  return hypothesisOf(
    line,
    {
      explanation: { ...explanation, equals: Math.max(1, fitting.length) },
      naming: byReference.length > 0 ? 'reference' : 'number',
      relation,
      debtor: debtors.length === 1 ? (debtors[0] as number) : null,
      words: [...choice.map((hit) => hit.because), ...(because === null ? [] : [because])],
      short: choice.length === 1 && (choice[0] as FirmHit).short,
    },
    index,
  );
}

/** One payable invoice for each number written; none when nothing is payable or there are too many ways to choose. */
function choicesOf(hits: readonly FirmHit[], line: BankLine, { index, open }: Context): FirmHit[][] {
  let choices: FirmHit[][] = [[]];
  for (const group of Map.groupBy(hits, ({ group: name }) => name).values()) {
    const payable = group.filter(({ invoice }) => open[invoice] !== 0 && index.invoice(invoice).currency === line.currency);
    if (payable.length === 0) continue;
    if (choices.length * payable.length > CHOICES_MAX) return [];
    choices = choices.flatMap((choice) => payable.map((hit) => [...choice, hit]));
  }
  return choices.filter(({ length }) => length > 0);
}
