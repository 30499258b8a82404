import { type PlainDate, addDays } from '../../kernel/plain-date.js';
import { type Book, CHANNELS, type Channel } from '../../ledger/rules/book.js';
import { type DecisionContext, type Desk, decideAtDesk, deskFor, trackFor } from './decide-debtor.js';
import { type DebtorFacts, factsByDebtor } from './facts.js';
import { type CreditMemories, decideCredit } from './decide-credit.js';
import type { Act, CreditChange, Plan, Skip } from './plan.js';
import type { Policy } from './policy.js';
import { reason } from './reasons.js';
import { firstOpenDay } from './working-days.js';

export type { DecisionContext } from './decide-debtor.js';

/**
 * The plan of a day: who is approached, how and with what, and why everything else is left alone (contracts.md, `tegoed plan`). A pure
 * function: same book, policy and day, same plan, whatever the order of the book. Every open item is in `acts` or in `skipped`, once.
 * Never fails: what cannot be decided safely is skipped and says so. `memories` are what was said about credit before, which no book
 * tells; without them every debtor's credit is looked at for the first time.
 */
export function decide(book: Book, policy: Policy, on: PlainDate, context: DecisionContext, memories: CreditMemories = new Map()): Plan {
  const desk = deskFor(book.freshness, policy, on, context);
  const acts: Act[] = [];
  const skipped: Skip[] = [];
  const credit: CreditChange[] = [];
  const debtors = new Map<string, DebtorFacts>();
  for (const facts of factsByDebtor(book)) {
    const plan = decideAtDesk(facts, policy, on, desk);
    if (plan.act) {
      acts.push(plan.act);
      debtors.set(facts.debtor.id, facts);
    }
    for (const one of plan.skipped) skipped.push(one);
    if (desk.held) continue;
    const credited = decideCredit(facts, policy, on, desk.banking, memories.get(facts.debtor.id));
    acts.push(...credited.acts);
    if (credited.change) credit.push(credited.change);
  }
  const over = overCap(acts, policy);
  for (const act of over) {
    const facts = debtors.get(act.debtorId);
    if (facts) skipped.push(...putOff(act, facts, policy, on, desk));
  }
  return {
    date: on,
    policy: { name: policy.name, version: policy.version },
    held: desk.held,
    acts: over.size === 0 ? acts : acts.filter((act) => !over.has(act)),
    skipped: over.size === 0 ? skipped : skipped.sort(byDebtorAndInvoice),
    credit,
  };
}

const byDebtorAndInvoice = (a: Skip, b: Skip): number =>
  a.debtorId !== b.debtorId ? (a.debtorId < b.debtorId ? -1 : 1) : a.invoiceId < b.invoiceId ? -1 : 1;

/** The acts beyond the day's limit of their channel: those about the youngest, then the smallest debts. */
function overCap(acts: readonly Act[], { dailyCap }: Policy): Set<Act> {
  const over = new Set<Act>();
  for (const channel of CHANNELS) {
    const cap = dailyCap[channel];
    if (cap === null) continue;
    for (const act of acts
      .filter((one) => one.channel === channel)
      .sort(mostUrgentFirst)
      .slice(cap))
      over.add(act);
  }
  return over;
}

const age = ({ lines }: Act): number => Math.max(...lines.map(({ daysOverdue }) => daysOverdue));

const mostUrgentFirst = (a: Act, b: Act): number => age(b) - age(a) || b.total - a.total || (a.debtorId < b.debtorId ? -1 : 1);

function putOff(act: Act, facts: DebtorFacts, policy: Policy, on: PlainDate, desk: Desk): Skip[] {
  const quietDays = trackFor(facts, policy, on)?.quietDays ?? [];
  const until = firstOpenDay(desk.workingDays(facts.debtor.country), quietDays, addDays(on, 1));
  const because = reason('daily-cap', { count: policy.dailyCap[act.channel as Channel] ?? 0 });
  return act.invoiceIds.map((invoiceId) => ({ debtorId: act.debtorId, invoiceId, reason: 'daily-cap', until, because }));
}
