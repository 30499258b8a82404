import type { PlainDate } from '../../kernel/plain-date.js';
import { decideCredit } from './decide-credit.js';
import { decideDebtor, type DecisionContext } from './decide-debtor.js';
import type { DebtorFacts } from './facts.js';
import { type Act, actToJson, isCreditKind } from './plan.js';
import type { Policy } from './policy.js';
import { LANGUAGES } from './sentence.js';

type Json = Readonly<Record<string, unknown>>;

/** What deciding again from the stored facts gives, beside what was decided. */
export interface Explanation {
  readonly agrees: boolean;
  /** The act as `tegoed plan` prints it; null: nothing would be done. */
  readonly recomputed: Json | null;
  /** The parts that differ, by name. */
  readonly differences: readonly string[];
}

/**
 * House rule 5: re-running a decision on its snapshot gives the same one. `decided` is an act as `tegoed plan` prints it, in whatever
 * language its reasons were told; parts it does not have (it was stored by an older version) are not compared.
 */
export function explain(decided: Json, facts: DebtorFacts, policy: Policy, on: PlainDate, context: DecisionContext): Explanation {
  const act = again(decided, facts, policy, on, context);
  if (!act) return { agrees: false, recomputed: null, differences: Object.keys(decided).sort() };
  const inEach = LANGUAGES.map((language) => actToJson(act, language));
  const recomputed = inEach.find(({ because }) => isSame(because, decided['because'])) ?? actToJson(act);
  const differences = Object.keys(decided)
    .filter((part) => !isSame(decided[part], recomputed[part]))
    .sort();
  return { agrees: differences.length === 0, recomputed, differences };
}

/** What was said about credit before only keeps an act from being repeated; the act itself follows from the facts. */
function again({ kind, step }: Json, facts: DebtorFacts, policy: Policy, on: PlainDate, context: DecisionContext): Act | null {
  if (!isCreditKind(String(kind))) return decideDebtor(facts, policy, on, context).act;
  return decideCredit(facts, policy, on, context.calendars.target).acts.find((act) => act.step === step) ?? null;
}

/** The same JSON value, whatever the order of its keys (the database keeps its own). */
const isSame = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b);

const canonical = (value: unknown): string =>
  JSON.stringify(value ?? null, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
