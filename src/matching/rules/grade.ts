import type { Explanation, Way } from './explain-amount.js';
import { type Relation, isIdentified, isLikely } from './payer.js';

/**
 * How the items of an explanation are named: by a structured `reference`, a whole `number`, a list that a number begins (`listed`), a part of
 * a number (`short`), a number with one error (`damaged`), some named and some not (`mixed`), or not at all.
 */
export type Naming = 'reference' | 'number' | 'listed' | 'short' | 'damaged' | 'mixed' | 'none';

export interface Grade {
  /** Share of lines like this that turn out right. */
  readonly confidence: number;
  /** Two independent signals agree and nothing contradicts: may be booked without a person. */
  readonly automatic: boolean;
  /** Order in which automatic lines take their items: exact before partial, named before unnamed. */
  readonly order: number;
}

export interface Signals {
  readonly explanation: Explanation;
  readonly naming: Naming;
  readonly relation: Relation;
  /** The number has only four digits. */
  readonly short: boolean;
  /** Highest confidence that what speaks against it leaves; 1 when nothing does. Below 1 a person is asked. */
  readonly cap: number;
  /** No other open item of the debtor has this amount. */
  readonly amountAlone: boolean;
}

const EXACT: ReadonlySet<Way> = new Set(['one', 'sum', 'credit']);
const UNNAMED_SUMS: ReadonlySet<Way> = new Set(['all', 'all-due', 'month', 'oldest', 'subset']);

/** A sum that may come about by accident more often than this is not booked without a person. */
const ACCIDENT_MAX = 0.004;
/** The same for everything that is open: paying all one owes is what people do, so chance has to be likelier before a person is asked. */
const ACCIDENT_ALL_MAX = 0.02;

const automatic = (confidence: number, order: number): Grade => ({ confidence, automatic: true, order });
const asked = (confidence: number): Grade => ({ confidence, automatic: false, order: 99 });

/**
 * The table by which a line is booked, proposed or left (camt053.md §11, rule 2): automatic with two independent signals and no second
 * explanation of equal rank. The figures are a judgement, held against the generator in test/benchmarks (docs/benchmarks.md tells how they fared).
 */
export function gradeOf(signals: Signals): Grade {
  const { explanation, cap } = signals;
  const grade =
    signals.naming === 'none' ? gradeUnnamed(signals) : EXACT.has(explanation.way) ? gradeExact(signals) : gradeInexact(signals);
  if (cap < 1) return asked(Math.min(grade.confidence, cap));
  if (explanation.equals > 1) {
    const share = explanation.equals === Infinity ? 0.75 : 1 / explanation.equals;
    return asked(Math.min(grade.confidence, 0.3 + 0.7 * share));
  }
  return grade;
}

function gradeExact({ explanation, naming, relation, short, amountAlone }: Signals): Grade {
  switch (naming) {
    case 'reference':
      return automatic(0.999, 0);
    case 'number':
    case 'listed': {
      if (explanation.way === 'credit') return isLikely(relation) ? automatic(0.99, 3) : asked(0.9);
      if (relation === 'other') return short ? asked(0.7) : automatic(0.985, 2);
      if (isLikely(relation)) return automatic(0.998, 1);
      return short ? asked(0.8) : automatic(0.99, 2);
    }
    case 'short':
      if (isIdentified(relation)) return automatic(relation === 'known' ? 0.99 : 0.985, 3);
      return asked(isLikely(relation) ? 0.93 : relation === 'other' ? 0.3 : 0.6);
    case 'damaged':
      if (isIdentified(relation) && amountAlone) return automatic(relation === 'known' ? 0.99 : 0.98, 3);
      return asked(isLikely(relation) ? 0.88 : relation === 'other' ? 0.3 : 0.65);
    default:
      return asked(relation === 'known' ? 0.9 : isLikely(relation) ? 0.8 : 0.6);
  }
}

function gradeInexact({ explanation, naming, relation }: Signals): Grade {
  const firm = naming === 'reference' || naming === 'number' || naming === 'listed';
  const identified = isIdentified(relation);
  if (!firm) {
    const base = identified ? 0.7 : isLikely(relation) ? 0.5 : 0.2;
    return asked(explanation.way === 'rounding' || explanation.way === 'charges' ? base + 0.15 : base);
  }
  switch (explanation.way) {
    case 'rounding':
      return identified ? automatic(0.98, 4) : asked(0.92);
    case 'charges':
      if (explanation.certain && relation !== 'other') return automatic(isLikely(relation) ? 0.98 : 0.975, 4);
      return asked(isLikely(relation) ? 0.92 : 0.8);
    case 'discount':
      if (explanation.certain) return isLikely(relation) ? automatic(0.98, 4) : asked(0.93);
      return asked(isLikely(relation) ? 0.92 : 0.8);
    case 'deduction':
      return asked(isLikely(relation) ? 0.75 : 0.5);
    case 'currency':
      if (!explanation.certain) return asked(identified ? 0.85 : 0.6);
      return isLikely(relation) ? automatic(0.985, 3) : asked(0.93);
    case 'split':
      return isLikely(relation) ? automatic(0.985, 5) : asked(0.93);
    case 'part':
      return identified ? automatic(0.975, 6) : asked(isLikely(relation) ? 0.85 : relation === 'other' ? 0.3 : 0.4);
    case 'over':
      return identified ? automatic(0.975, 5) : asked(isLikely(relation) ? 0.8 : 0.35);
    case 'paid':
      return asked(explanation.certain ? (identified ? 0.9 : 0.7) : 0.45);
    default:
      return asked(0.5);
  }
}

function gradeUnnamed({ explanation, relation }: Signals): Grade {
  const { way, accident, equals } = explanation;
  if (way === 'one') {
    if (relation === 'known') return automatic(0.985, 7);
    // the debtors that share an account are one payer: an amount that only one item of theirs has is as good
    if (relation === 'shared') return automatic(0.975, 7);
    return asked({ named: 0.93, resembles: 0.85, mentioned: 0.8, near: 0.5, stranger: 0.3, other: 0.1 }[relation]);
  }
  if (UNNAMED_SUMS.has(way)) {
    const sure = relation === 'known' && equals === 1 && accident <= (way === 'all' ? ACCIDENT_ALL_MAX : ACCIDENT_MAX);
    if (sure) return automatic(way === 'subset' ? 0.975 : 0.985, 8);
    return asked(relation === 'known' ? 0.85 : isLikely(relation) ? 0.7 : 0.1);
  }
  if (way === 'agreed' || way === 'split') return relation === 'known' ? automatic(0.975, 8) : asked(isLikely(relation) ? 0.8 : 0.2);
  const base = relation === 'known' ? 1 : isLikely(relation) ? 0.8 : 0.2;
  switch (way) {
    case 'advance':
      return asked(isIdentified(relation) ? 0.8 * base : 0.1);
    case 'currency':
    case 'rounding':
    case 'discount':
    case 'charges':
    case 'deduction':
      return asked((equals === 1 ? 0.75 : 0.4) * base);
    case 'over':
      return asked(0.4 * base);
    default:
      return asked(0.35 * base);
  }
}
