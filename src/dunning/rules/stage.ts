import type { PlainDate } from '../../kernel/plain-date.js';
import type { Contact } from '../../ledger/rules/book.js';
import type { Step, Track } from './policy.js';

/** How far an item has come, read from its contacts; nothing of this is ever stored. */
export interface Stage {
  /** Index in the track of the furthest ordinary step done, -1: none. */
  readonly lastIndex: number;
  /** Names of all steps done, triggered ones included. */
  readonly done: ReadonlySet<string>;
  /** The item's contacts, oldest first; statements of account are not among them. */
  readonly contacts: readonly Contact[];
}

const NOTHING_DONE: Stage = { lastIndex: -1, done: new Set(), contacts: [] };

/** Contacts in the order in which they happened, whatever the order of the book. */
export const inOrderOfSending = (contacts: readonly Contact[]): Contact[] =>
  [...contacts].sort((a, b) => (a.sentOn !== b.sentOn ? (a.sentOn < b.sentOn ? -1 : 1) : a.id < b.id ? -1 : 1));

/**
 * The stage of each item of a debtor. A contact stands for the step it names; one that names a step this policy does not have (an
 * older policy, another program) stands for the first step of its kind that was not done yet. Steps are never taken back.
 */
export function stagesOf(contacts: readonly Contact[], track: Track): (invoiceId: string) => Stage {
  const byInvoice = new Map<string, Contact[]>();
  const named = new Set(track.steps.map(({ step }) => step));
  for (const contact of inOrderOfSending(contacts)) {
    if (contact.kind === 'statement' && !named.has(contact.step)) continue;
    for (const id of contact.invoiceIds) {
      const own = byInvoice.get(id);
      if (own) own.push(contact);
      else byInvoice.set(id, [contact]);
    }
  }
  return (invoiceId) => {
    const own = byInvoice.get(invoiceId);
    return own ? stageFrom(own, track.steps) : NOTHING_DONE;
  };
}

function stageFrom(contacts: readonly Contact[], steps: readonly Step[]): Stage {
  const done = new Set<string>();
  let lastIndex = -1;
  for (const contact of contacts) {
    const index = stepOf(contact, steps, done);
    const step = steps[index];
    if (!step) continue;
    done.add(step.step);
    if (step.trigger === null && index > lastIndex) lastIndex = index;
  }
  return { lastIndex, done, contacts };
}

function stepOf({ step: name, kind }: Contact, steps: readonly Step[], done: ReadonlySet<string>): number {
  const named = steps.findIndex(({ step }) => step === name);
  if (named >= 0) return named;
  return steps.findIndex((step) => step.trigger === null && step.kind === kind && !done.has(step.step));
}

export const lastContactDay = ({ contacts }: Stage): PlainDate | null => contacts.at(-1)?.sentOn ?? null;
