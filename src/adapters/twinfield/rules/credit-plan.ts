import { formatAmount } from '../../../kernel/money.js';
import type { PushEntry } from '../../accounting-package.port.js';
import { type Kept, type Section, entryOf, withEntry } from './comment.js';
import type { CreditBlock } from './customer.js';

/** An entry that ends up in a customer's credit fields. */
export type CreditEntry = Exclude<PushEntry, { readonly kind: 'payment-match' | 'payment-undo' }>;

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
      return entry.action === 'pause' ? hold(takeOver(plan, credit), options.item) : release(plan, credit, options);
    case 'handover':
      return assign(takeOver(plan, credit), credit, options.handoverUser);
    case 'credit-hold':
      return markHold(plan, entry);
    default:
      return plan;
  }
}

function wordsOf(entry: CreditEntry, { currency }: PlanOptions): string[] {
  const due = 'dueOn' in entry && entry.dueOn !== undefined ? entry.dueOn : null;
  if (entry.kind === 'promise') return ['PTP', due ?? '', entry.text];
  if (entry.kind === 'dispute') return ['dispute', entry.text];
  if (entry.kind === 'credit-hold') return [entry.action === 'hold' ? 'credit hold' : 'credit hold ended', entry.text];
  if (entry.kind === 'limit') return [`limit ${entry.limit === null ? '-' : formatAmount(entry.limit, currency)}`, entry.text];
  return [entry.text];
}

/** Twinfield's own reminder run would double ours (§8 ii). Where it is off already there is nothing to take, and nothing to give back. */
function takeOver(plan: CreditPlan, credit: CreditBlock): CreditPlan {
  const current = credit.sendreminder?.trim() ?? '';
  if (isOff(credit)) return plan;
  return keeping({ ...plan, fields: { ...plan.fields, sendreminder: 'false' } }, { reminders: current });
}

/**
 * Whether reminders stood as the entry wants them, and not through us: then there is nothing to give back, or to take over (port, `stoodSo`).
 */
export const stoodSo = ({ action }: Extract<CreditEntry, { readonly kind: 'hold' }>, credit: CreditBlock, { kept }: Section): boolean =>
  isOff(credit) === (action === 'pause') && kept.reminders === undefined;

const isOff = ({ sendreminder = '' }: CreditBlock): boolean => ['false', ''].includes(sendreminder.trim());

function hold(plan: CreditPlan, item: string | null): CreditPlan {
  const { held } = plan.section.kept;
  if (item === null || held.includes(item) || held.includes(TOO_MANY)) return plan;
  return keeping(plan, { held: held.length < HELD_MOST ? [...held, item] : [TOO_MANY] });
}

/** The last item that is let go gives the customer its own reminders back: as long as another is held, both would remind. */
function release(plan: CreditPlan, credit: CreditBlock, { item, handoverUser }: PlanOptions): CreditPlan {
  if (item === null) return giveBack(plan, credit, handoverUser);
  const left = plan.section.kept.held.filter((each) => each !== item);
  const released = keeping(plan, { held: left });
  return left.length > 0 ? released : giveBackReminders(released, credit);
}

function giveBackReminders(plan: CreditPlan, credit: CreditBlock): CreditPlan {
  const { reminders, ...kept } = plan.section.kept;
  if (reminders === undefined) return plan;
  const section = { ...plan.section, kept };
  // Somebody has switched them since: that is what people want.
  return isOff(credit) ? { fields: { ...plan.fields, sendreminder: reminders }, section } : { ...plan, section };
}

function giveBackUser(plan: CreditPlan, credit: CreditBlock, ours: string | null): CreditPlan {
  const { user, ...kept } = plan.section.kept;
  if (user === undefined) return plan;
  const section = { ...plan.section, kept };
  const isOurs = ours !== null && credit.responsibleuser?.trim() === ours;
  return isOurs ? { fields: { ...plan.fields, responsibleuser: user }, section } : { ...plan, section };
}

/** Everything that was taken over from a customer: from now on Twinfield is to remind here (§8 ii, iv). What our section says stays. */
const giveBack = (plan: CreditPlan, credit: CreditBlock, handoverUser: string | null): CreditPlan =>
  giveBackUser(giveBackReminders(keeping(plan, { held: [] }), credit), credit, handoverUser);

/** In words and beside the entries, which make way in time; never `blocked`, which is about projects, nor another status (§8 vi). */
function markHold(plan: CreditPlan, { action, on }: Extract<CreditEntry, { readonly kind: 'credit-hold' }>): CreditPlan {
  const { creditHold, ...kept } = plan.section.kept;
  return { ...plan, section: { ...plan.section, kept: action === 'hold' ? { ...kept, creditHold: creditHold ?? on } : kept } };
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
