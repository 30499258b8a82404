import { decideDebtor } from '../../src/dunning/rules/decide-debtor.js';
import { decide } from '../../src/dunning/rules/decide.js';
import { factsByDebtor } from '../../src/dunning/rules/facts.js';
import { type Act, type Plan, planToJson } from '../../src/dunning/rules/plan.js';
import type { Policy } from '../../src/dunning/rules/policy.js';
import { type PlainDate, addDays } from '../../src/kernel/plain-date.js';
import type { Book, Contact, ContactKind, Debtor, Hold, HoldKind, Invoice } from '../../src/ledger/rules/book.js';
import { arrangement, book, contact, debtor, invoice, payment, promise } from '../dunning/support/books.js';
import { context } from '../dunning/support/house.js';
import { type Entry, type Happening, type Story, amountOf, dateOf } from './story.js';

/** What went wrong in a story, one line each; empty when everything happened as told and nothing else did. */
export function run(story: Story, policy: Policy): string[] {
  const world = new World(story);
  const wrong = contradictions(story, policy);
  for (let day = story.from; day <= story.to; day = addDays(day, 1)) {
    const entries = story.diary.filter(({ from, to }) => from <= day && day <= to);
    for (const { happens } of entries) for (const happening of happens) world.happen(happening, day);
    const plan = decide(world.book(day), policy, day, context);
    wrong.push(...compare(day, plan, entries));
    const [act] = plan.acts;
    const between = entries.flatMap((entry) => entry.between);
    for (const happening of between) world.happen(happening, day);
    if (act && between.length > 0) {
      const [facts] = factsByDebtor(world.book(day));
      if (facts && decideDebtor(facts, policy, day, context).act) wrong.push(`${day}: ${act.step} would still go out`);
    } else if (act) {
      world.send(act, day);
    }
    for (const { then } of entries) for (const happening of then) world.happen(happening, day);
  }
  for (const name of story.never) {
    if (world.contacts.some(({ step, kind }) => step === name || kind === name)) wrong.push(`${name} was never to happen`);
  }
  return wrong;
}

function contradictions({ never, diary, from, to }: Story, { tracks }: Policy): string[] {
  const known = tracks.flatMap(({ steps }) => steps.flatMap(({ step, kind }) => [step, kind as string]));
  return [
    ...never.filter((name) => !known.includes(name)).map((name) => `the policy has no ${name}: that it does not happen says nothing`),
    ...diary.filter((entry) => entry.from < from || entry.to > to).map(({ line }) => `line ${line} lies outside the story`),
  ];
}

function compare(day: PlainDate, plan: Plan, entries: readonly Entry[]): string[] {
  const { acts, skipped } = planToJson(plan) as { acts: Record<string, unknown>[]; skipped: { invoiceId: string; reason: string }[] };
  const expected = entries.flatMap(({ act, line }) => (act ? [{ act, line }] : []));
  const wrong: string[] = [];
  if (acts.length !== expected.length) {
    wrong.push(
      `${day}: expected ${expected.map(({ act, line }) => `${String(act['step'])} (line ${line})`).join(', ') || 'nothing'}, got ${acts.map(brief).join(', ') || 'nothing'}`,
    );
  }
  for (const { act, line } of expected) {
    for (const [field, value] of Object.entries(act)) {
      const got = acts[0]?.[field === 'items' ? 'invoiceIds' : field];
      if (acts[0] && JSON.stringify(got) !== JSON.stringify(value)) {
        wrong.push(`${day} (line ${line}): ${field} is ${JSON.stringify(got)}, expected ${JSON.stringify(value)}`);
      }
    }
  }
  for (const { nothing, line } of entries) {
    for (const [item, reason] of Object.entries(nothing)) {
      const got = skipped.find(({ invoiceId }) => invoiceId === item)?.reason ?? 'no open item, or in an act';
      if (got !== reason) wrong.push(`${day} (line ${line}): ${item} is left alone because ${got}, expected ${reason}`);
    }
  }
  return wrong;
}

const brief = ({ step, invoiceIds, amount, total, payBy }: Record<string, unknown>): string =>
  `${String(step)} over ${JSON.stringify(invoiceIds)}, ${String(amount)}, in all ${String(total)}, by ${String(payBy)}`;

/** The debtor's world as the ledger would know it: it changes by what happens, and by what we send. */
class World {
  readonly contacts: Contact[] = [];
  private readonly invoices = new Map<string, Invoice>();
  private readonly payments: Book['payments'][number][] = [];
  private readonly promises: Book['promises'][number][] = [];
  private readonly arrangements: Book['arrangements'][number][] = [];
  private readonly holds: Hold[] = [];
  private stale = false;

  constructor(private readonly story: Story) {}

  book(day: PlainDate): Book {
    const { debtor: given, vatDeductible } = this.story;
    const fresh = book({ asOf: day });
    return {
      ...fresh,
      administration: { ...fresh.administration, vatDeductible },
      debtors: [debtor({ ...(given as Partial<Debtor>), holds: [...this.holds] })],
      invoices: [...this.invoices.values()],
      payments: [...this.payments],
      promises: [...this.promises],
      arrangements: [...this.arrangements],
      contacts: [...this.contacts],
      freshness: this.stale ? { ...fresh.freshness, statementsThrough: this.story.from } : fresh.freshness,
    };
  }

  /** An act went out; what only a person sees leaves no contact. */
  send({ step, kind, channel, invoiceIds }: Act, day: PlainDate): void {
    if (channel === null) return;
    this.contacts.push(contact({ id: `${day}/${step}`, step, kind: kind as ContactKind, channel, invoiceIds, sentOn: day }));
  }

  happen({ event, args }: Happening, day: PlainDate): void {
    const happening = EVENTS[event];
    if (!happening) throw new Error(`the story tells of "${event}", which the runner does not know`);
    happening.call(this, args, day);
  }

  invoiced({ item, due, amount, issued }: Args, day: PlainDate): void {
    const id = String(item);
    this.invoices.set(
      id,
      invoice({ id, issueDate: issued === undefined ? day : dateOf(issued), dueDate: dateOf(due), amount: amountOf(amount) }),
    );
  }

  credited({ item, amount }: Args, day: PlainDate): void {
    const id = String(item);
    this.invoices.set(id, invoice({ id, issueDate: day, dueDate: day, amount: -amountOf(amount) }));
  }

  paid({ item, amount }: Args, day: PlainDate): void {
    const invoiceId = item === undefined ? null : String(item);
    const own = invoiceId === null ? null : this.item(invoiceId);
    const received = amount === undefined ? (own?.open ?? 0) : amountOf(amount);
    this.payments.push(payment({ id: `payment-${this.payments.length}`, date: day, amount: received, invoiceId }));
    if (own) this.invoices.set(own.id, { ...own, open: own.open - received });
  }

  /** The package allocated a receipt or a credit note: both go off. */
  allocated({ item, credit, amount }: Args): void {
    const own = this.item(String(item));
    const minor = amountOf(amount);
    this.invoices.set(own.id, { ...own, open: own.open - minor });
    if (credit === undefined) return;
    const note = this.item(String(credit));
    this.invoices.set(note.id, { ...note, open: note.open + minor });
  }

  disputed({ item, code, amount }: Args, day: PlainDate): void {
    const own = this.item(String(item));
    this.invoices.set(own.id, {
      ...own,
      dispute: { code: String(code), since: day, amount: amount === undefined ? null : amountOf(amount), resolved: null },
    });
  }

  settled({ item }: Args, day: PlainDate): void {
    const own = this.item(String(item));
    if (!own.dispute) throw new Error(`${own.id} is not disputed`);
    this.invoices.set(own.id, { ...own, dispute: { ...own.dispute, resolved: day } });
  }

  promised({ items, due, amount }: Args, day: PlainDate): void {
    this.promises.push(
      promise({
        id: `promise-${this.promises.length}`,
        invoiceIds: (items ?? []) as string[],
        madeOn: day,
        dueDate: dateOf(due),
        amount: amountOf(amount),
      }),
    );
  }

  arranged({ items, instalments }: Args): void {
    const parts = (instalments as Record<string, unknown>[]).map(({ due, amount }) => ({ dueDate: dateOf(due), amount: amountOf(amount) }));
    this.arrangements.push(
      arrangement({ id: `arrangement-${this.arrangements.length}`, invoiceIds: items as string[], instalments: parts }),
    );
  }

  held({ kind, until }: Args, day: PlainDate): void {
    this.holds.push({ kind: String(kind) as HoldKind, from: day, until: until === undefined ? null : dateOf(until) });
  }

  handedOver({ items }: Args, day: PlainDate): void {
    for (const id of items as string[]) this.invoices.set(id, { ...this.item(id), handedOverOn: day });
  }

  received({ step, on }: Args): void {
    const at = this.contacts.findIndex((one) => one.step === step);
    const sent = this.contacts[at];
    if (!sent) throw new Error(`no ${String(step)} was sent`);
    this.contacts[at] = { ...sent, receivedOn: dateOf(on) };
  }

  statements({ arrive }: Args): void {
    this.stale = arrive === false;
  }

  private item(id: string): Invoice {
    const own = this.invoices.get(id);
    if (!own) throw new Error(`the story has no item ${id}`);
    return own;
  }
}

type Args = Readonly<Record<string, unknown>>;

const EVENTS: Readonly<Record<string, (this: World, args: Args, day: PlainDate) => void>> = {
  invoiced: World.prototype.invoiced,
  credited: World.prototype.credited,
  paid: World.prototype.paid,
  allocated: World.prototype.allocated,
  disputed: World.prototype.disputed,
  settled: World.prototype.settled,
  promised: World.prototype.promised,
  arranged: World.prototype.arranged,
  held: World.prototype.held,
  handedOver: World.prototype.handedOver,
  received: World.prototype.received,
  statements: World.prototype.statements,
};
