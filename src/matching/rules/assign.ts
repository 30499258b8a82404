import type { BookIndex } from './book-index.js';
import { hypothesesFor } from './hypotheses.js';
import type { Context, Hypothesis, OpenAmounts } from './hypothesis.js';
import { type Reading, readLine } from './read-line.js';
import { blockedHalves } from './blocked-account.js';
import type { MatchSettings } from './settings.js';
import type { BankLine, Evidence } from './vocabulary.js';

interface Given {
  readonly index: BookIndex;
  readonly settings: MatchSettings;
  readonly evidence: Evidence;
  readonly open: OpenAmounts;
}

/** A receipt while the statement is worked. */
interface Candidate {
  readonly at: number;
  readonly line: BankLine;
  readonly forbidden: ReadonlySet<number>;
  hypotheses: readonly Hypothesis[];
  /** Debtors that were weighed: when one of them changes, the line is weighed again. */
  debtors: readonly number[];
  /** Value of the step counter when it was weighed. */
  weighed: number;
  settled: boolean;
  /** Why it may no longer be booked without a person. */
  contested: string | null;
}

/** Lines weighed again because something of their debtors changed: so many times at most, which keeps the work linear in lines. */
const ROUNDS_MAX = 3;

/**
 * Distributes the open items over all receipts, not line by line: the surest lines take their items first (exact before partial, named before
 * unnamed, then by date), the others are weighed again with what is left. Two payers with equal claims to one item both wait for a person. What is
 * proposed is kept apart for that line, so that two lines do not propose the same item while another is free.
 *
 * Changes `open`. `undone` are lines a later line takes back: they take nothing for good. Gives the hypotheses of each receipt, best first.
 */
export function assignReceipts(
  lines: readonly BankLine[],
  receipts: readonly number[],
  undone: ReadonlySet<number>,
  given: Given,
): ReadonlyMap<number, readonly Hypothesis[]> {
  const { index, open, evidence, settings } = given;
  const forbidden = forbiddenPairs(evidence, index);
  const halves = blockedHalves(lines, receipts);
  const touchedDebtors = new Int32Array(index.book.debtors.length);
  const touchedItems = new Int32Array(index.book.invoices.length);
  let step = 0;
  const weigh = (candidate: Candidate): void => {
    const context: Context = { index, settings, open, forbidden: candidate.forbidden, otherHalf: halves.get(candidate.at) ?? null };
    // read again each time: few lines are weighed twice, so the readings of all lines need not be kept
    const reading = readLine(candidate.line, index, evidence);
    const hypotheses = withoutRivals(hypothesesFor(candidate.line, reading, context), settings);
    candidate.debtors = debtorsOf(hypotheses, reading, index);
    candidate.hypotheses = hypotheses.slice(0, 1 + settings.alternativesMax);
    candidate.weighed = step;
  };
  const take = (candidate: Candidate): void => {
    if (undone.has(candidate.at)) return;
    step++;
    for (const { invoice, amount, settles } of candidate.hypotheses[0]?.explanation.parts ?? []) {
      open[invoice] = (open[invoice] as number) - (settles?.amount ?? amount);
      touchedItems[invoice] = step;
      touchedDebtors[index.debtorOf[invoice] as number] = step;
    }
  };
  /** Something else of its debtors was settled: what was ambiguous may be clear now. */
  const mayBeClearer = ({ debtors, weighed }: Candidate): boolean => debtors.some((debtor) => (touchedDebtors[debtor] as number) > weighed);
  /** An item it wants was given to another line. */
  const isOvertaken = ({ hypotheses, weighed }: Candidate): boolean =>
    (hypotheses[0]?.explanation.parts ?? []).some(({ invoice }) => (touchedItems[invoice] as number) > weighed);

  const candidates = receipts.map((at): Candidate => {
    const line = lines[at] as BankLine;
    const own = forbidden.get(line.key) ?? NOTHING;
    return { at, line, forbidden: own, hypotheses: [], debtors: [], weighed: 0, settled: false, contested: null };
  });
  candidates.sort((a, b) => compareDates(a.line, b.line) || a.at - b.at);
  candidates.forEach(weigh);

  for (let round = 0; round < ROUNDS_MAX; round++) {
    const ready = candidates.filter((candidate) => !candidate.settled && isAutomatic(candidate));
    if (ready.length === 0) break;
    markContested(
      ready.filter(({ at }) => !undone.has(at)),
      open,
    );
    ready.sort((a, b) => orderOf(a) - orderOf(b) || compareDates(a.line, b.line) || a.at - b.at);
    for (const candidate of ready) {
      const order = orderOf(candidate);
      if (isOvertaken(candidate)) weigh(candidate);
      if (!isAutomatic(candidate) || orderOf(candidate) > order) continue;
      take(candidate);
      candidate.settled = true;
    }
    for (const candidate of candidates) if (!candidate.settled && mayBeClearer(candidate)) weigh(candidate);
  }

  const waiting = candidates.filter(({ settled }) => !settled);
  waiting.sort((a, b) => confidenceOf(b) - confidenceOf(a) || compareDates(a.line, b.line) || a.at - b.at);
  for (const candidate of waiting) {
    // what other proposals have set aside says nothing: it must not make this one surer
    const limit = confidenceOf(candidate);
    if (isOvertaken(candidate)) weigh(candidate);
    candidate.hypotheses = candidate.hypotheses.map((one, at) => (at === 0 ? asProposal(one, candidate.contested, limit) : one));
    if (confidenceOf(candidate) >= settings.proposeFrom) take(candidate);
  }
  return new Map(candidates.map(({ at, hypotheses }) => [at, hypotheses]));
}

const NOTHING: ReadonlySet<number> = new Set();

const isAutomatic = ({ hypotheses, contested }: Candidate): boolean => contested === null && hypotheses[0]?.automatic === true;
const orderOf = ({ hypotheses }: Candidate): number => hypotheses[0]?.order ?? 99;
const confidenceOf = ({ hypotheses }: Candidate): number => hypotheses[0]?.confidence ?? 0;

function compareDates(a: BankLine, b: BankLine): number {
  return a.date === b.date ? 0 : (a.date ?? '') < (b.date ?? '') ? -1 : 1;
}

/** Most a proposal may claim that two payers contest, or that was held back from booking. */
const CONTESTED_MAX = 0.6;
const HELD_BACK_MAX = 0.9;

function asProposal(one: Hypothesis, contested: string | null, limit: number): Hypothesis {
  const confidence = Math.min(one.confidence, limit, contested !== null ? CONTESTED_MAX : one.automatic ? HELD_BACK_MAX : 1);
  if (contested !== null) return { ...one, automatic: false, confidence, because: [...one.because, `but ${contested}`] };
  if (!one.automatic) return { ...one, confidence };
  return { ...one, automatic: false, confidence, because: [...one.because, 'but other lines are proposed for what else was open'] };
}

/** From this confidence on a second explanation is a rival, and what the first may claim then. */
const RIVAL_MIN = 0.9;
const RIVALLED = 0.65;

/**
 * A second explanation of equal rank turns a booking into a proposal. A structured reference or a number of the very debtor stands
 * above that (camt053.md §11.1: stop at the first explanation that is complete and unrivalled).
 */
function withoutRivals(hypotheses: readonly Hypothesis[], { bookFrom }: MatchSettings): readonly Hypothesis[] {
  const [best, second] = hypotheses;
  if (best === undefined || !best.automatic) return hypotheses;
  const held = best.confidence < bookFrom;
  const rivalled = best.order >= 2 && second !== undefined && (second.automatic || second.confidence >= RIVAL_MIN);
  if (!held && !rivalled) return hypotheses;
  const because = rivalled ? [...best.because, 'but another explanation is as good'] : best.because;
  return [{ ...best, automatic: false, confidence: rivalled ? RIVALLED : best.confidence, because }, ...hypotheses.slice(1)];
}

function debtorsOf(hypotheses: readonly Hypothesis[], { payer }: Reading, index: BookIndex): number[] {
  const debtors = new Set<number>(payer.byIban);
  for (const { debtor, explanation } of hypotheses) {
    if (debtor !== null) debtors.add(debtor);
    for (const { invoice } of explanation.parts) debtors.add(index.debtorOf[invoice] as number);
  }
  return [...debtors];
}

/** Lines of equal rank and different payers that want more of an item than it has: none of them is booked. */
function markContested(ready: readonly Candidate[], open: OpenAmounts): void {
  const claims = new Map<number, Candidate[]>();
  for (const candidate of ready) {
    for (const { invoice, amount } of candidate.hypotheses[0]?.explanation.parts ?? []) {
      if (amount <= 0) continue;
      const same = claims.get(invoice);
      if (same) same.push(candidate);
      else claims.set(invoice, [candidate]);
    }
  }
  for (const [invoice, claimants] of claims) {
    if (claimants.length < 2) continue;
    const first = Math.min(...claimants.map(orderOf));
    const equal = claimants.filter((candidate) => orderOf(candidate) === first);
    const wanted = equal.reduce((sum, { hypotheses }) => sum + partOf(hypotheses[0] as Hypothesis, invoice), 0);
    if (equal.length < 2 || wanted <= Math.abs(open[invoice] as number) || equal.every((other) => samePayer(other, equal[0] as Candidate)))
      continue;
    for (const candidate of equal) candidate.contested = 'another payer claims the same item with equal right';
  }
}

const partOf = ({ explanation }: Hypothesis, invoice: number): number => {
  const part = explanation.parts.find((one) => one.invoice === invoice);
  return part?.settles?.amount ?? part?.amount ?? 0;
};

function samePayer(a: Candidate, b: Candidate): boolean {
  if (a.line.iban !== null && b.line.iban !== null) return a.line.iban === b.line.iban;
  return a.line.name !== null && a.line.name === b.line.name;
}

function forbiddenPairs(evidence: Evidence, index: BookIndex): ReadonlyMap<string, ReadonlySet<number>> {
  const pairs = new Map<string, Set<number>>();
  for (const { line, invoiceId } of evidence.undone) {
    const invoice = index.position(invoiceId);
    if (invoice !== undefined) pairs.set(line, (pairs.get(line) ?? new Set()).add(invoice));
  }
  return pairs;
}
