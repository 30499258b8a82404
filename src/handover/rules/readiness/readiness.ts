import type { SkipReason } from '../../../dunning/rules/plan.js';
import { money } from '../../../dunning/rules/reasons.js';
import { type Minor, sum } from '../../../kernel/money.js';
import type { SentenceArgs } from '../../../kernel/sentence.js';
import { legalCapacity } from '../../../law/rules/capacity.js';
import { registeredFor } from './agency.js';
import type { ReadinessFacts, ReadinessItem } from './facts.js';
import { checkNotices } from './notices.js';
import { type ReadinessCode, type ReadinessReason, because, severityOf } from './reasons.js';

export const READINESS = ['READY', 'READY_WITH_WARNINGS', 'BLOCKED'] as const;

export interface Readiness {
  readonly result: (typeof READINESS)[number];
  /** What blocks first; within that in the order of the checks. */
  readonly reasons: readonly ReadinessReason[];
  /** What would be handed over: open less what is disputed. */
  readonly principal: Minor;
}

/** Whether items of a debtor can be handed over. Every check is made, so that everything that is missing is told at once. */
export function readinessOf(facts: ReadinessFacts): Readiness {
  const principal = sum(facts.items.map(({ invoice, disputedPart }) => Math.max(0, invoice.open - disputedPart)));
  const found = [
    ...facts.items.flatMap((item) => checkItem(facts, item)),
    ...checkClaim(facts, principal),
    ...checkFigures(facts),
    ...checkNotices(facts),
    ...checkDebtor(facts),
    ...checkEvidence(facts),
    ...checkPeople(facts, principal),
  ];
  const blocking = found.filter((reason) => severityOf(reason) === 'blocks');
  const warning = found.filter((reason) => severityOf(reason) === 'warns');
  const result = blocking.length > 0 ? 'BLOCKED' : warning.length > 0 ? 'READY_WITH_WARNINGS' : 'READY';
  return { result, reasons: [...blocking, ...warning], principal };
}

/** Protections of dunning that a handover respects too; the others only mean that nothing is sent today. */
const PROTECTIONS: Partial<Record<SkipReason, ReadinessCode>> = {
  disputed: 'disputed',
  promise: 'promise',
  arrangement: 'arrangement',
  insolvency: 'insolvency',
  hold: 'hold',
  collecting: 'collecting',
  'paused-in-package': 'paused-in-package',
  'handed-over': 'handed-over',
};

function checkItem({ on }: ReadinessFacts, { invoice, dueDate, disputedPart, protectedBy, limitation }: ReadinessItem): ReadinessReason[] {
  const { id, number, kind, open, currency, handedOverOn } = invoice;
  const about = (code: ReadinessCode, args: SentenceArgs = {}): ReadinessReason => because(code, { invoice: number, ...args }, id);
  if (kind === 'credit-note') return [about('not-an-invoice')];
  const reasons: ReadinessReason[] = [];
  if (open <= 0) reasons.push(about('nothing-open'));
  if (currency !== 'EUR') reasons.push(about('other-currency', { currency }));
  if (dueDate >= on) reasons.push(about('not-due', { date: dueDate }));
  const protection = protectedBy && PROTECTIONS[protectedBy];
  if (protection) reasons.push(about(protection, handedOverOn === null ? {} : { date: handedOverOn }));
  else if (open > 0 && disputedPart >= open) reasons.push(about('disputed'));
  else if (disputedPart > 0) reasons.push(about('part-disputed', { amount: money(disputedPart, currency) }));
  if (limitation?.lapsed) reasons.push(about('prescribed', { date: limitation.limitationDate }));
  else if (limitation && limitation.warning !== null) reasons.push(about('prescription-near', { date: limitation.limitationDate }));
  return reasons;
}

function checkClaim({ items, minimum, collectedBefore }: ReadinessFacts, principal: Minor): ReadinessReason[] {
  if (items.length === 0) return [because('nothing-to-hand-over')];
  return [
    ...(principal < minimum ? [because('below-minimum', { amount: money(principal, 'EUR'), minimum: money(minimum, 'EUR') })] : []),
    ...(collectedBefore > 0 ? [because('collected-before', { amount: money(collectedBefore, 'EUR') })] : []),
  ];
}

function checkFigures({ held, unallocated, openCreditNotes }: ReadinessFacts): ReadinessReason[] {
  return [
    ...(held ? [because(held.reason, { date: held.since ?? '-' })] : []),
    ...[...unallocated].map(([currency, amount]) => because('unallocated-receipts', { amount: money(amount, currency) })),
    ...openCreditNotes.map(({ id, number }) => because('open-credit-notes', { invoice: number }, id)),
  ];
}

function checkDebtor({ debtor: { capacity, registryId }, addressKnown }: ReadinessFacts): ReadinessReason[] {
  const consumer = legalCapacity(capacity) === 'consumer';
  return [
    ...(consumer || registryId !== null ? [] : [because('debtor-not-identified')]),
    ...(addressKnown || !consumer ? [] : [because('debtor-address-missing')]),
    ...(capacity === 'unknown' ? [because('capacity-assumed')] : []),
  ];
}

function checkEvidence({ items, contractAttached }: ReadinessFacts): ReadinessReason[] {
  return [
    ...items
      .filter(({ invoice, copyAttached }) => invoice.kind === 'invoice' && !copyAttached)
      .map(({ invoice }) => because('invoice-copy-missing', { invoice: invoice.number }, invoice.id)),
    ...(contractAttached ? [] : [because('contract-missing')]),
  ];
}

/** The agency, the insurer, and the person who says yes. */
function checkPeople({ agency, debtor, insurer, approval }: ReadinessFacts, principal: Minor): ReadinessReason[] {
  const reasons: ReadinessReason[] = [];
  if (agency === null) reasons.push(because('agency-not-configured'));
  else {
    const { allowed, register } = registeredFor(agency, debtor);
    if (!allowed) reasons.push(because('agency-not-registered', { agency: agency.name, register }));
  }
  if (insurer && insurer.consultedOn === null && legalCapacity(debtor.capacity) === 'business')
    reasons.push(because('insurer-not-consulted'));
  if (approval === null) reasons.push(because('approval-missing'));
  else if (approval.principal !== principal) {
    reasons.push(because('approval-other-amount', { approved: money(approval.principal, 'EUR'), amount: money(principal, 'EUR') }));
  }
  return reasons;
}
