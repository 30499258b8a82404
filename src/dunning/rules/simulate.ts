import { type PlainDate, addDays } from '../../kernel/plain-date.js';
import { type Book, CONTACT_KINDS, type Contact, type ContactKind } from '../../ledger/rules/book.js';
import { bookOn } from './book-on.js';
import { type DecisionContext, decide } from './decide.js';
import { CreditDiary } from './credit-diary.js';
import { type Act, type ActKind, isCreditKind } from './plan.js';
import type { Policy } from './policy.js';
import { type Dso, projectedDso } from './projected-dso.js';

export interface Simulation {
  readonly policy: { readonly name: string; readonly version: number };
  readonly acts: Readonly<Partial<Record<ActKind, number>>>;
  /** Messages and calls by debtor, those with none left out, in the order of their ids. */
  readonly contacts: readonly {
    readonly debtorId: string;
    readonly contacts: number;
    readonly byKind: Readonly<Partial<Record<ActKind, number>>>;
  }[];
  readonly messages: number;
  readonly debtorsContacted: number;
  /** Messages about an item that was paid within the two days after: they may have crossed the payment. */
  readonly crossedPayments: number;
  readonly dso: Dso;
  /** The contacts themselves, for whoever wants to look closer. */
  readonly diary: readonly Contact[];
}

const CROSSED_WITHIN_DAYS = 2;

/**
 * What a policy would have sent from one day up to and including another, day by day, given the payments of the book: each day is
 * decided on the book as it was then, with the contacts of the days before, approvals taken as given and proposed handovers as done; what
 * was said about credit is remembered from day to day.
 * Contacts of the book from before the period count; its later ones do not, for the policy is tried instead of them.
 */
export function simulate(book: Book, policy: Policy, from: PlainDate, to: PlainDate, context: DecisionContext): Simulation {
  const before = book.contacts.filter(({ sentOn }) => sentOn < from);
  const diary: Contact[] = [];
  const acts: Act[] = [];
  const handedOver = new Map<string, PlainDate>();
  const proposed = new Set<string>();
  const credit = new CreditDiary();
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (!context.calendars.target.isWorkingDay(day)) continue;
    const known = bookOn(book, day, [...before, ...diary]);
    const today: Book =
      handedOver.size === 0
        ? known
        : { ...known, invoices: known.invoices.map((one) => ({ ...one, handedOverOn: handedOver.get(one.id) ?? one.handedOverOn })) };
    const plan = decide(today, policy, day, context, credit.memories);
    credit.follow(plan);
    for (const act of plan.acts) {
      if (act.channel === null && !isCreditKind(act.kind)) {
        // A proposal stays on the list until somebody looks at it; it is one proposal.
        const key = JSON.stringify([act.debtorId, act.step, act.invoiceIds]);
        if (proposed.has(key)) continue;
        proposed.add(key);
        if (act.kind === 'propose-handover') for (const id of act.invoiceIds) handedOver.set(id, day);
      } else if (act.channel !== null && isContactKind(act.kind)) {
        diary.push(contactOf(act, act.kind, act.channel, day));
      }
      acts.push(act);
    }
  }
  const contacts = perDebtor(diary);
  return {
    policy: { name: policy.name, version: policy.version },
    acts: countKinds(acts),
    contacts,
    messages: diary.length,
    debtorsContacted: contacts.length,
    crossedPayments: crossed(diary, book),
    dso: projectedDso(book, [...before, ...diary], from, to),
    diary,
  };
}

const isContactKind = (kind: ActKind): kind is ContactKind => (CONTACT_KINDS as readonly string[]).includes(kind);

const contactOf = (
  { debtorId, invoiceIds, step, lines, announcedCosts }: Act,
  kind: ContactKind,
  channel: Contact['channel'],
  sentOn: PlainDate,
): Contact => ({
  id: `${sentOn}/${debtorId}/${step}`,
  debtorId,
  invoiceIds,
  step,
  kind,
  channel,
  sentOn,
  receivedOn: null,
  asked: lines.map(({ invoiceId, asked }) => ({ invoiceId, amount: asked })),
  announcedCosts,
});

function countKinds(acts: readonly { readonly kind: ActKind }[]): Partial<Record<ActKind, number>> {
  const counts: Partial<Record<ActKind, number>> = {};
  for (const { kind } of acts) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function perDebtor(diary: readonly Contact[]): Simulation['contacts'] {
  const byDebtor = new Map<string, Contact[]>();
  for (const contact of diary) byDebtor.set(contact.debtorId, [...(byDebtor.get(contact.debtorId) ?? []), contact]);
  return [...byDebtor]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([debtorId, own]) => ({ debtorId, contacts: own.length, byKind: countKinds(own) }));
}

function crossed(diary: readonly Contact[], { payments }: Book): number {
  const paidOn = new Map<string, PlainDate[]>();
  for (const { invoiceId, date } of payments) if (invoiceId !== null) paidOn.set(invoiceId, [...(paidOn.get(invoiceId) ?? []), date]);
  return diary.filter(({ invoiceIds, sentOn }) => {
    const until = addDays(sentOn, CROSSED_WITHIN_DAYS);
    return invoiceIds.some((id) => paidOn.get(id)?.some((date) => date > sentOn && date <= until));
  }).length;
}
