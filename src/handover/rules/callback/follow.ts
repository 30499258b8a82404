import { type PlainDate, plainDateIn } from '../../../kernel/plain-date.js';
import { type Applied, type KnownCase, applyStatus } from '../status/apply-status.js';
import type { CaseState, CloseCode } from '../status/case-states.js';
import { type VocabularyName, meaningOf } from '../status/vocabularies.js';
import type { Callback, CallbackType } from './callback.js';
import { maskedIban } from './no-say.js';
import { instalmentsOf } from './plan-terms.js';
import type { TaskWanted } from './tasks.js';

/** A case as it stands when its agency says something. */
export interface CaseBefore {
  readonly known: KnownCase;
  readonly endedOn: PlainDate | null;
  /** Its invoices are with our own dunning again. */
  readonly released: boolean;
  readonly currency: string;
  /** Where settlements go, as the agency was told. */
  readonly iban: string;
  /** The words of its agency. */
  readonly vocabulary: VocabularyName;
}

export type Following =
  | {
      readonly kind: 'followed';
      /** `kept`: it is no status, or changes none. */
      readonly outcome: 'applied' | 'late' | 'unmapped' | 'kept';
      /** Where the case stands now, null: where it stood. */
      readonly known: KnownCase | null;
      readonly closeCode: CloseCode | null;
      readonly tasks: readonly TaskWanted[];
    }
  /** The agency is told what and where. */
  | { readonly kind: 'invalid'; readonly because: string }
  | { readonly kind: 'impossible'; readonly because: string };

const ZONE = 'Europe/Amsterdam';

/** The state a message says by being what it is; those that say it in words, or none, are not here. */
const STATES: Readonly<Partial<Record<CallbackType, CaseState>>> = {
  received: 'RECEIVED',
  accepted: 'ACCEPTED',
  rejected: 'REJECTED',
  info_required: 'INFO_REQUIRED',
  arrangement_agreed: 'ARRANGEMENT',
  dispute_raised: 'DISPUTED',
  legal_proposed: 'LEGAL_ADVICE',
  closed: 'CLOSED',
};
/** What they say counts whatever the case has come to: a question asked in court is a question. */
const CONTENT: readonly CallbackType[] = ['info_required', 'arrangement_agreed', 'dispute_raised', 'legal_proposed'];
/** Money is no status. */
const MONEY: readonly CallbackType[] = ['payment_registered', 'settlement_issued'];
/** An agency does not say these of a case: they are our own doing. */
const OURS: readonly CaseState[] = ['APPROVED', 'SUBMITTED', 'WITHDRAWN'];

/**
 * What follows from something an agency tells (agency-handover.md §5.1, §10): the state of the case and the work it makes. In whatever
 * order news arrive, the case ends up where the newest puts it, and each makes its tasks. What ends or opens a case is applied only when it can be.
 */
export function followCallback(before: CaseBefore, callback: Callback): Following {
  const invalid = invalidity(before, callback);
  if (invalid !== null) return { kind: 'invalid', because: invalid };
  const tasks = [...tasksOf(callback), ...ibanTasks(before, callback)];
  const followed = (outcome: 'applied' | 'late' | 'unmapped' | 'kept', more: Partial<Extract<Following, { kind: 'followed' }>> = {}) =>
    ({ kind: 'followed', outcome, known: null, closeCode: null, tasks, ...more }) as const;
  if (MONEY.includes(callback.type)) return followed('kept');

  const { to, closeCode } = meaningIn(before.vocabulary, callback);
  const applied = stand(before, callback, to);
  switch (applied.kind) {
    case 'unmapped':
      return followed('unmapped', { tasks: [...tasks, { kind: 'map-status', args: { word: wordOf(callback) ?? '' }, dueOn: null }] });
    case 'late':
      return followed('late');
    case 'kept':
      return followed('kept');
    case 'impossible':
      return CONTENT.includes(callback.type) && before.endedOn === null ? followed('kept') : applied;
    case 'applied':
      return followed('applied', {
        known: applied.known,
        closeCode,
        tasks: [...tasks, ...endTasks(applied.known.state, closeCode, callback)],
      });
  }
}

/** A case we have withdrawn stays so: the agency closes it, and what crossed our word on its way changes nothing. */
function stand({ known, endedOn, released }: CaseBefore, callback: Callback, to: CaseState | null): Applied | { readonly kind: 'kept' } {
  const reopens = callback.type === 'reopened';
  if (reopens && (released || known.state === 'WITHDRAWN' || known.state === 'REJECTED')) {
    return {
      kind: 'impossible',
      because: `a case that is ${known.state} and back with the creditor is not opened again but handed over anew`,
    };
  }
  if (known.state === 'WITHDRAWN' && to !== null) {
    if (to === 'CLOSED' || to === 'REJECTED') return { kind: 'kept' };
    const crossed = endedOn !== null && plainDateIn(new Date(callback.occurredAt), ZONE) <= endedOn;
    return crossed ? { kind: 'late' } : { kind: 'impossible', because: `the case was withdrawn, it cannot become ${to}` };
  }
  const { sequence, occurredAt } = callback;
  return applyStatus(known, { to, sequence, occurredAt, reopens });
}

/** What it says in our words. `to` null: nobody has said what the word means, or it says closed and not why: then nothing is guessed. */
function meaningIn(
  vocabulary: VocabularyName,
  callback: Callback,
): { readonly to: CaseState | null; readonly closeCode: CloseCode | null } {
  const said = STATES[callback.type];
  if (said !== undefined) return { to: said, closeCode: callback.closeCode };
  const word = wordIn(vocabulary, callback);
  if (word === null) return { to: callback.type === 'reopened' ? 'ACCEPTED' : null, closeCode: null };
  const meaning = meaningOf(vocabulary, word);
  if (meaning === null || OURS.includes(meaning.state)) return { to: null, closeCode: null };
  const closeCode = meaning.state === 'CLOSED' ? (meaning.closeCode ?? callback.closeCode) : null;
  return meaning.state === 'CLOSED' && closeCode === null ? { to: null, closeCode: null } : { to: meaning.state, closeCode };
}

/** An agency that speaks our words says them in `to`; another its own, as its system has them. */
const wordIn = (vocabulary: VocabularyName, { to, rawStatus }: Callback): string | null =>
  vocabulary === 'canonical' ? to : (rawStatus ?? to);

const wordOf = ({ to, rawStatus }: Callback): string | null => rawStatus ?? to;

function invalidity({ currency }: CaseBefore, callback: Callback): string | null {
  if (callback.currency !== null && callback.currency !== currency) return `currency: the case is in ${currency}`;
  if (callback.plan === null) return null;
  if (callback.plan.currency !== currency) return `arrangement/currency: the case is in ${currency}`;
  const plan = instalmentsOf(callback.plan);
  return plan.ok ? null : plan.error.message;
}

/** The work a message makes, whether it is late or not: a question waits for its answer. */
function tasksOf({ type, text, code, deadline, amount, currency }: Callback): TaskWanted[] {
  const said = text ?? '';
  switch (type) {
    case 'info_required':
      return [{ kind: 'answer-question', args: { text: said }, dueOn: deadline }];
    case 'dispute_raised':
      return [{ kind: 'answer-dispute', args: { code: code ?? '', text: said }, dueOn: deadline }];
    case 'legal_proposed':
      return [{ kind: 'approve-legal', args: { text: said, cost: amount === null ? '?' : `${currency} ${amount}` }, dueOn: deadline }];
    default:
      return [];
  }
}

/** Another account for the creditor's money is never taken over: it is asked about in another way than it came. */
const ibanTasks = ({ iban }: CaseBefore, { ibans }: Callback): TaskWanted[] =>
  ibans.filter((each) => each !== iban).map((each) => ({ kind: 'check-iban', args: { iban: maskedIban(each) }, dueOn: null, about: each }));

/** Close codes with which the agency has money of the creditor's. */
const WITH_MONEY: readonly (CloseCode | null)[] = ['PAID_FULL', 'PAID_PARTIAL_SETTLED'];

function endTasks(state: CaseState, closeCode: CloseCode | null, { text, code }: Callback): TaskWanted[] {
  if (state === 'REJECTED') return [{ kind: 'take-back', args: { text: text ?? code ?? '?' }, dueOn: null }];
  if (state !== 'CLOSED') return [];
  const rest: TaskWanted = { kind: 'decide-rest', args: { code: closeCode ?? '?' }, dueOn: null };
  return WITH_MONEY.includes(closeCode) ? [{ kind: 'expect-settlement', args: {}, dueOn: null, workingDays: 10 }, rest] : [rest];
}
