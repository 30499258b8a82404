import type { About, PushEntry } from '../adapters/accounting-package.port.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { type DossierFact, dossierNote } from './rules/dossier-note.js';
import { type NoteLanguage, pausedNote } from './rules/note-text.js';

/** What the package is told without its marker, which is the effect's. */
type Unmarked<Entry> = Entry extends unknown ? Omit<Entry, 'marker'> : never;
export type UnmarkedEntry = Unmarked<PushEntry>;

/** An entry of a dossier that the package is to hear of, and what it is about. */
export interface ToldEntry {
  readonly debtorId: string;
  readonly on: PlainDate;
  /** The invoices it is about; none: the debtor. */
  readonly invoiceIds: readonly string[];
  readonly fact: DossierFact;
}

/** What the package has that a hold on a debtor must stop: his open items for which its own reminders still run. */
export type ReminderIds = readonly string[];

/**
 * What is written into the package about a dossier entry, never nothing. Disputes, promises and arrangements stop the package's own
 * reminders of their items; what ends them starts none: from now on Tegoed reminds, and two must not.
 */
export function pushesOf({ debtorId, on, invoiceIds, fact }: ToldEntry, reminding: ReminderIds, language: NoteLanguage): UnmarkedEntry[] {
  const text = dossierNote(fact, language);
  const items = invoiceIds.map((item) => ({ item }));
  const abouts: About[] = items.length > 0 ? items : [{ debtor: debtorId }];
  switch (fact.kind) {
    case 'dispute-opened':
    case 'dispute-changed':
      return abouts.map((about) => ({ kind: 'dispute', about, text, on, dueOn: fact.answerBy }));
    case 'promise-made':
      // One that gives no pause is told, and stops nothing.
      if (!fact.pauses) return abouts.map((about) => ({ kind: 'note', about, text, on }));
      return abouts.map((about) => ({ kind: 'promise', about, text, on, dueOn: fact.dueDate }));
    case 'arrangement-made':
      return abouts.map((about) => ({ kind: 'promise', about, text, on, dueOn: fact.last }));
    case 'hold-set':
      return [
        { kind: 'note', about: { debtor: debtorId }, text, on },
        ...reminding.map((item): UnmarkedEntry => ({ kind: 'hold', about: { item }, action: 'pause', text: pausedNote(language), on })),
      ];
    case 'handed-over':
      return abouts.map((about) => ({ kind: 'handover', about, text, on }));
    case 'handover-withdrawn':
      return abouts.map((about) => ({ kind: 'handover-status', about, text, on }));
    case 'limit-set':
      return [{ kind: 'limit', about: { debtor: debtorId }, limit: fact.limit, text, on }];
    case 'agency-told':
    case 'handover-ended':
      return abouts.map((about) => ({ kind: 'handover-status', about, text, on }));
    case 'dispute-settled':
    case 'promise-judged':
    case 'promise-withdrawn':
    case 'arrangement-withdrawn':
      return abouts.map((about) => ({ kind: 'note', about, text, on }));
    case 'arrangement-judged':
      return abouts.map((about) => ({ kind: 'note', about, text, on, ...(fact.isUntold && { isToDo: true }) }));
    // About deliveries: our reminders go on, so no item is paused.
    case 'credit-held':
    case 'credit-released':
      return [{ kind: 'credit-hold', about: { debtor: debtorId }, action: fact.kind === 'credit-held' ? 'hold' : 'release', text, on }];
    case 'contact-returned':
      return abouts.map((about) => ({ kind: 'note', about, text, on }));
    case 'hold-ended':
    case 'call-made':
      return [{ kind: 'note', about: { debtor: debtorId }, text, on }];
  }
}
