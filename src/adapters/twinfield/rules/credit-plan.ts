import { formatAmount } from '../../../kernel/money.js';
import type { PushEntry } from '../../accounting-package.port.js';
import { type Kept, type Section, entryOf, withEntry } from './comment.js';
import type { CreditBlock } from './customer.js';

/** An entry that ends up in a customer's credit fields. */
export type CreditEntry = Exclude<PushEntry, { readonly kind: 'payment-match' }>;

export interface CreditPlan {
  /** Fields to be set, besides the comment. */
  readonly fields: CreditBlock;
  readonly section: Section;
}

export interface PlanOptions {
  /** The invoice an entry is about, as people know it. */
  readonly invoice: string | null;
  /** The ref of the item an entry is about. */
  readonly item: string | null;
  /** Code of the user who stands for the agency; null: the office has none. */
  readonly handoverUser: string | null;
  readonly currency: string;
}

/** So many items are remembered as held; with more, reminders are given back by hand only. */
const HELD_MOST = 3;
const TOO_MANY = '*';

/** What an entry makes of a customer's credit fields (§8). What is taken over is remembered in our section, to be given back. */
export function planCredit(entry: CreditEntry, credit: CreditBlock, section: Section, options: PlanOptions): CreditPlan {
  const words = [options.invoice === null ? null : `inv ${options.invoice}`, ...wordsOf(entry, options)];
  const noted = withEntry(section, entryOf(entry.marker, entry.on, ...words));
  const plan = { fields: {}, section: noted };
  switch (entry.kind) {
    case 'limit':
      return { ...plan, fields: { basecreditlimit: entry.limit === null ? '' : formatAmount(entry.limit, options.currency) } };
    case 'reminder-sent':
      return takeOver(plan, credit);
    case 'hold':
      return entry.action === 'pause' ? hold(takeOver(plan, credit), options.item) : release(plan, options.item);
    case 'handover':
      return assign(takeOver(plan, credit), credit, options.handoverUser);
    default:
      return plan;
  }
}

function wordsOf(entry: CreditEntry, { currency }: PlanOptions): string[] {
  const due = 'dueOn' in entry && entry.dueOn !== undefined ? entry.dueOn : null;
  if (entry.kind === 'promise') return ['PTP', due ?? '', entry.text];
  if (entry.kind === 'dispute') return ['dispute', entry.text];
  if (entry.kind === 'limit') return [`limit ${entry.limit === null ? '-' : formatAmount(entry.limit, currency)}`, entry.text];
  return [entry.text];
}

/** Twinfield's own reminder run would double ours (§8 ii). Where it is off already there is nothing to take, and nothing to give back. */
function takeOver(plan: CreditPlan, credit: CreditBlock): CreditPlan {
  const current = credit.sendreminder?.trim() ?? '';
  if (current === 'false' || current === '') return plan;
  return keeping({ ...plan, fields: { ...plan.fields, sendreminder: 'false' } }, { reminders: current });
}

function hold(plan: CreditPlan, item: string | null): CreditPlan {
  const { held } = plan.section.kept;
  if (item === null || held.includes(item) || held.includes(TOO_MANY)) return plan;
  return keeping(plan, { held: held.length < HELD_MOST ? [...held, item] : [TOO_MANY] });
}

/** The last item that is let go gives the customer its own reminders back: as long as another is held, both would remind. */
function release(plan: CreditPlan, item: string | null): CreditPlan {
  const { reminders, held } = plan.section.kept;
  const left = held.filter((each) => each !== item);
  const released = keeping(plan, { held: left });
  if (left.length > 0 || reminders === undefined) return released;
  const { reminders: _given, ...kept } = released.section.kept;
  return { fields: { ...plan.fields, sendreminder: reminders }, section: { ...released.section, kept } };
}

/** A field people can filter their lists by (§8 iv). */
function assign(plan: CreditPlan, credit: CreditBlock, user: string | null): CreditPlan {
  const current = credit.responsibleuser?.trim() ?? '';
  if (user === null || current === user) return plan;
  const kept = plan.section.kept.user === undefined ? { user: current } : {};
  return keeping({ ...plan, fields: { ...plan.fields, responsibleuser: user } }, kept);
}

const keeping = (plan: CreditPlan, more: Partial<Kept>): CreditPlan => ({
  ...plan,
  section: { ...plan.section, kept: { ...plan.section.kept, ...more } },
});
