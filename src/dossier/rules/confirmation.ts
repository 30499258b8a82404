import type { Minor } from '../../kernel/money.js';
import { type PlainDate, daysBetween } from '../../kernel/plain-date.js';
import { activeHold } from '../../dunning/rules/hold.js';
import type { DebtorFacts } from '../../dunning/rules/facts.js';
import type { Instalment } from './arrangement-request.js';
import type { DisputeCode, DisputeOutcome } from './dispute-request.js';
import { isHardStop } from './hold-request.js';
import type { Judgements } from './judgements.js';
import { stopsPressing } from './pressing.js';
import { presses } from './who-tells.js';

/**
 * What is confirmed to a debtor in writing, as it was when it was noted. A confirmation tells what was agreed; it is no demand. Amounts in
 * minor units: of the invoice's currency in a dispute, of the administration's else.
 */
export type Confirmation =
  | {
      readonly confirmation: 'dispute-noted';
      readonly code: DisputeCode;
      /** Of one debtor, in one message. `amount` null: the whole. */
      readonly disputes: readonly { readonly disputeId: string; readonly invoiceId: string; readonly amount: Minor | null }[];
      readonly answerBy: PlainDate;
    }
  | {
      readonly confirmation: 'dispute-settled';
      readonly disputeId: string;
      readonly invoiceId: string;
      readonly outcome: DisputeOutcome;
    }
  | {
      readonly confirmation: 'promise-noted';
      readonly promiseId: string;
      readonly invoiceIds: readonly string[];
      readonly amount: Minor;
      readonly dueDate: PlainDate;
      /** False: too many were broken, reminders go on. */
      readonly pauses: boolean;
    }
  | {
      readonly confirmation: 'arrangement-made';
      readonly arrangementId: string;
      readonly invoiceIds: readonly string[];
      readonly instalments: readonly Instalment[];
    }
  | {
      readonly confirmation: 'arrangement-broken';
      readonly arrangementId: string;
      readonly invoiceIds: readonly string[];
      /** The instalment that broke it. */
      readonly missed: Instalment;
    }
  | { readonly confirmation: 'hold-noted'; readonly holdId: string; readonly until: PlainDate }
  | { readonly confirmation: 'address-changed'; readonly email: string };

export type ConfirmationKind = Confirmation['confirmation'];
export const CONFIRMATION_KINDS = [
  'dispute-noted',
  'dispute-settled',
  'promise-noted',
  'arrangement-made',
  'arrangement-broken',
  'hold-noted',
  'address-changed',
] as const satisfies readonly ConfirmationKind[];

/** The payload of a mail that carries a confirmation. */
export type ConfirmationPayload = { readonly type: 'confirmation' } & Confirmation;

/** How things are when a confirmation is about to go out. */
export interface Present {
  readonly facts: DebtorFacts;
  readonly disputes: readonly {
    readonly id: string;
    readonly invoiceId: string;
    readonly amount: Minor | null;
    readonly outcome: string | null;
  }[];
  readonly holds: readonly { readonly id: string; readonly until: PlainDate | null }[];
  readonly emails: readonly string[];
  /** Null: the figures are stale. */
  readonly judgements: Judgements | null;
  readonly on: PlainDate;
}

/** A confirmation that could not go out for so long confuses more than it helps. House choice. */
export const KEPT_DAYS = 7;

/** What becomes of a confirmation about to go out. `later`: it rests on figures that are stale now. */
export type Verdict = { readonly stands: true } | { readonly stands: false; readonly because: string; readonly later: boolean };

/** Whether what is confirmed still is so. */
export function standsStill(said: Confirmation, queuedOn: PlainDate, now: Present): Verdict {
  const because = hindrance(said, queuedOn, now) ?? changed(said, now);
  if (because !== null) return { stands: false, because, later: false };
  if (said.confirmation === 'arrangement-broken' && now.judgements === null) {
    return { stands: false, because: 'the figures are stale', later: true };
  }
  return { stands: true };
}

/** The invoices a confirmation names. */
export function invoicesIn(said: Confirmation): readonly string[] {
  switch (said.confirmation) {
    case 'dispute-noted':
      return said.disputes.map(({ invoiceId }) => invoiceId);
    case 'dispute-settled':
      return [said.invoiceId];
    case 'promise-noted':
    case 'arrangement-made':
    case 'arrangement-broken':
      return said.invoiceIds;
    case 'hold-noted':
    case 'address-changed':
      return [];
  }
}

function hindrance(said: Confirmation, queuedOn: PlainDate, { facts, on }: Present): string | null {
  if (daysBetween(queuedOn, on) > KEPT_DAYS) return `it waited since ${queuedOn}`;
  const hold = activeHold(facts.debtor.holds, on);
  if (hold && isHardStop(hold.kind)) return `nothing is written to the debtor: ${hold.kind}`;
  for (const id of invoicesIn(said)) {
    const invoice = facts.invoices.find((each) => each.id === id);
    if (!invoice) return `invoice ${id} is gone`;
    if (invoice.handedOverOn !== null) return `invoice ${invoice.number} was handed over`;
  }
  return presses(said.confirmation) ? stopsPressing(facts, invoicesIn(said), on) : null;
}

function changed(said: Confirmation, { disputes, holds, emails, judgements, facts }: Present): string | null {
  switch (said.confirmation) {
    case 'dispute-noted': {
      const isSo = said.disputes.every(({ disputeId, amount }) =>
        disputes.some((each) => each.id === disputeId && each.outcome === null && each.amount === amount),
      );
      return isSo ? null : 'the dispute has changed';
    }
    case 'dispute-settled': {
      const dispute = disputes.find(({ id }) => id === said.disputeId);
      const again = disputes.some(({ invoiceId, outcome }) => invoiceId === said.invoiceId && outcome === null);
      return dispute?.outcome === said.outcome && !again ? null : 'the dispute has changed';
    }
    case 'promise-noted':
      if (!facts.promises.some(({ id }) => id === said.promiseId)) return 'the promise was withdrawn';
      return ['open', undefined].includes(judgements?.promises.get(said.promiseId)?.state) ? null : 'the promise is over';
    case 'arrangement-made':
      if (!facts.arrangements.some(({ id }) => id === said.arrangementId)) return 'the arrangement was withdrawn';
      return ['running', undefined].includes(judgements?.arrangements.get(said.arrangementId)?.state) ? null : 'the arrangement is over';
    case 'arrangement-broken': {
      if (!facts.arrangements.some(({ id }) => id === said.arrangementId)) return 'the arrangement was withdrawn';
      const judged = judgements?.arrangements.get(said.arrangementId);
      return judged === undefined || judged.brokenBy?.dueDate === said.missed.dueDate ? null : 'the instalment has come';
    }
    case 'hold-noted':
      return holds.some(({ id, until }) => id === said.holdId && until === said.until) ? null : 'the hold was ended';
    case 'address-changed':
      return emails.length === 1 && emails[0] === said.email ? null : 'the address has changed again';
  }
}
