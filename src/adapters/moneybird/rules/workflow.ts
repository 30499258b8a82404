import { type VendorRecord, idOf, recordsIn, textOf } from './record.js';

/** Per invoice workflow what it says of a debtor: how long the term is and in which language is written. */
export interface InvoiceTerms {
  readonly byWorkflow: ReadonlyMap<string, Term>;
  /** Of contacts without a workflow of their own. */
  readonly standard: Term;
}

export interface Term {
  readonly days: number | null;
  /** ISO 639-1; `nl-be` reads as `nl`. */
  readonly language: string | null;
}

export const UNKNOWN_TERM: Term = { days: null, language: null };
export const NO_TERMS: InvoiceTerms = { byWorkflow: new Map(), standard: UNKNOWN_TERM };

/** A native schedule that mails reminders by itself. */
export interface NativeReminder {
  readonly ref: string;
  readonly name: string;
  readonly isDefault: boolean;
}

const isInvoiceWorkflow = (workflow: VendorRecord): boolean => workflow['type'] === 'InvoiceWorkflow';

/** The payment term is the interval of step 0 (§3.7). */
export function invoiceTerms(workflows: readonly VendorRecord[]): InvoiceTerms {
  const byWorkflow = new Map<string, Term>();
  let standard = UNKNOWN_TERM;
  for (const workflow of workflows.filter(isInvoiceWorkflow)) {
    const id = idOf(workflow['id']);
    const term = termOf(workflow);
    if (id !== null) byWorkflow.set(id, term);
    if (workflow['default'] === true && workflow['active'] !== false) standard = term;
  }
  return { byWorkflow, standard };
}

function termOf(workflow: VendorRecord): Term {
  const interval = recordsIn(workflow['steps']).find((step) => step['step_order'] === 0)?.['due_interval'];
  return {
    days: Number.isSafeInteger(interval) ? (interval as number) : null,
    language: languageOf(workflow['language']),
  };
}

/** `nl-be` → `nl`; null when it is no language code. */
function languageOf(value: unknown): string | null {
  const code = textOf(value)?.toLowerCase().split('-')[0] ?? '';
  return /^[a-z]{2}$/.test(code) ? code : null;
}

/** Active invoice workflows with a step after the first that sends by itself: the customer would be reminded twice (§3.7). */
export function nativeReminders(workflows: readonly VendorRecord[]): NativeReminder[] {
  return workflows.filter(isInvoiceWorkflow).flatMap((workflow) => {
    const sends = recordsIn(workflow['steps']).some((step) => Number(step['step_order']) > 0 && step['reminder_auto_send'] === true);
    if (!sends || workflow['active'] === false) return [];
    const ref = idOf(workflow['id']) ?? '';
    return [{ ref, name: textOf(workflow['name']) ?? ref, isDefault: workflow['default'] === true }];
  });
}
