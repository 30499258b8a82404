import type { ContactView, LetterView } from './letter-view.js';

/**
 * The words that must be found back in a rendered letter, whatever became of its templates: a letter without the announced fee
 * costs the creditor that fee, one without the amount or the account cannot be paid (reference/collection-rules.md §1.6, §4.1, §6.2).
 */
export function requiredFacts(view: LetterView): string[] {
  const { creditor, debtor, items, totals, payBy, announced, payment } = view;
  const facts: (string | null)[] = [
    creditor.name,
    ...creditor.addressLines,
    creditor.registry?.id ?? null,
    debtor.name,
    view.date,
    ...items.flatMap(({ number, issueDate, dueDate, open, disputedPart }) => [number, issueDate, dueDate, open, disputedPart]),
    totals.amount,
    totals.costs,
    totals.interest,
    totals.total,
    payBy,
    ...contactFacts(view),
    payment?.iban ?? null,
    payment?.reference ?? null,
  ];
  if (view.kind === 'fourteen-day-letter' || view.kind === 'be-first-reminder') {
    facts.push(announced.costs, announced.vat, announced.interestPercent, ...items.map(({ description }) => description));
  }
  if (view.statesLaw) facts.push(view.interestPercent);
  return facts.filter((fact) => fact !== null);
}

/** Where to object or ask for a plan: what the sentence about it must name. */
export const contactFacts = ({ contact }: { readonly contact: ContactView }): string[] =>
  [contact.email, contact.phone].filter((fact) => fact !== null);

/** The required facts a rendered text lacks; blanks of every kind count as one, since lines are filled and amounts do not break. */
export function missingFacts(rendered: string, facts: readonly string[]): string[] {
  const flat = (text: string): string => text.replace(/\s+/g, ' ');
  const haystack = flat(rendered);
  return facts.filter((fact) => !haystack.includes(flat(fact)));
}
