import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideDebtor } from '../../src/dunning/rules/decide-debtor.js';
import { decide } from '../../src/dunning/rules/decide.js';
import { factsByDebtor } from '../../src/dunning/rules/facts.js';
import type { Act, Plan } from '../../src/dunning/rules/plan.js';
import type { Policy } from '../../src/dunning/rules/policy.js';
import { addDays, addYears } from '../../src/kernel/plain-date.js';
import type { Book, Contact, ContactKind, Invoice } from '../../src/ledger/rules/book.js';
import { collectionCosts } from '../../src/law/rules/collection-costs.js';
import { regimeOf } from '../../src/law/rules/capacity.js';
import { contact } from './support/books.js';
import { context, policies } from './support/house.js';
import { ON, STEP_NAMES, absurdPolicy, randomBook } from './support/random.js';

/** Shipped policies as they are, and absurd ones that no file reader would let through. */
const SHIPPED = ['default', 'starter', 'nl-business', 'nl-consumer', 'be-business', 'be-consumer'].map((name) => policies.get(name));
const names = [
  ...new Set([...STEP_NAMES, ...SHIPPED.flatMap(({ tracks }) => tracks.flatMap(({ steps }) => steps.map(({ step }) => step)))]),
];
const anyPolicy: fc.Arbitrary<Policy> = fc.oneof(fc.constantFrom(...SHIPPED), absurdPolicy);
const anyBook = randomBook(names);
const RUNS = { numRuns: 400 };

const check = (property: (book: Book, policy: Policy, plan: Plan) => void): void =>
  fc.assert(
    fc.property(anyBook, anyPolicy, (book, policy) => property(book, policy, decide(book, policy, ON, context))),
    RUNS,
  );

const isSent = ({ channel }: Act): boolean => channel !== null;
const itemsOf = (book: Book, { invoiceIds }: Act): Invoice[] => book.invoices.filter(({ id }) => invoiceIds.includes(id));

/**
 * House rule 1 said once more, in the plainest words and without the code under test: reasons why an item may not be in an act. It
 * says less than the rule (grace, part payments), and all of it must hold.
 */
function forbidden(item: Invoice, book: Book, policy: Policy): string[] {
  const owner = book.debtors.find(({ id }) => id === item.debtorId);
  const covers = ({ debtorId, invoiceIds }: { debtorId: string; invoiceIds: readonly string[] }): boolean =>
    invoiceIds.includes(item.id) || (invoiceIds.length === 0 && debtorId === item.debtorId);
  const brokenMax = Math.min(...policy.tracks.map(({ promises }) => promises.brokenMax));
  const promises = book.promises.filter(covers).filter(({ dueDate }) => dueDate >= ON);
  return [
    ...(item.open === 0 ? ['paid'] : []),
    ...(item.collecting && item.open > 0 ? ['being collected'] : []),
    ...(item.handedOverOn !== null ? ['handed over'] : []),
    ...(owner?.holds.some(({ from, until }) => from <= ON && (until === null || until >= ON)) ? ['on hold'] : []),
    ...(item.dispute && item.dispute.resolved === null && (item.dispute.amount === null || item.dispute.amount >= item.open)
      ? ['disputed']
      : []),
    ...(book.arrangements.filter(covers).some(({ instalments }) => instalments.every(({ dueDate }) => dueDate >= ON))
      ? ['in an arrangement']
      : []),
    ...(promises.length > 0 && book.promises.length <= brokenMax ? ['promised'] : []),
  ];
}

describe('whatever the book and whatever the policy', () => {
  it('nothing goes out for an item of rule 1', () => {
    check((book, policy, { acts }) => {
      for (const act of acts) {
        const asked = itemsOf(book, act).filter(({ open }) => open >= 0);
        expect(asked.flatMap((item) => forbidden(item, book, policy))).toEqual([]);
      }
    });
  });

  it('every open item is in one act or skipped, once, and nothing else is', () => {
    check((book, _, { acts, skipped }) => {
      const placed = [...acts.flatMap(({ invoiceIds }) => invoiceIds), ...skipped.map(({ invoiceId }) => invoiceId)];
      expect(placed.sort()).toEqual(
        book.invoices
          .filter(({ open }) => open !== 0)
          .map(({ id }) => id)
          .sort(),
      );
    });
  });

  it('the same is decided twice, and for each debtor alone', () => {
    check((book, policy, plan) => {
      expect(decide(book, policy, ON, context)).toEqual(plan);
      const apart = factsByDebtor(book).map((facts) => decideDebtor(facts, policy, ON, context));
      const capped = plan.skipped.some(({ reason }) => reason === 'daily-cap');
      if (!capped) expect(apart.flatMap(({ act }) => act ?? [])).toEqual(plan.acts);
    });
  });

  it('the order of the book makes no difference', () => {
    check((book, policy, plan) => {
      const turned: Book = {
        ...book,
        debtors: book.debtors.toReversed(),
        invoices: book.invoices.toReversed(),
        payments: book.payments.toReversed(),
        promises: book.promises.toReversed(),
        arrangements: book.arrangements.toReversed(),
        contacts: book.contacts.toReversed(),
      };
      expect(decide(turned, policy, ON, context)).toEqual(plan);
    });
  });

  it('stale figures let nothing out', () => {
    const stale = fc.constantFrom(
      { pulledAt: null, statementsThrough: ON },
      { pulledAt: '2026-11-18T08:00:00Z', statementsThrough: ON },
      { pulledAt: '2026-11-20T05:00:00Z', statementsThrough: null },
      { pulledAt: '2026-11-20T05:00:00Z', statementsThrough: addDays(ON, -2) },
    );
    fc.assert(
      fc.property(anyBook, anyPolicy, stale, (book, policy, freshness) => {
        const plan = decide({ ...book, freshness }, policy, ON, context);
        expect(plan.acts).toEqual([]);
        expect(plan.held).not.toBeNull();
        expect(new Set(plan.skipped.map(({ reason }) => reason))).toEqual(new Set(plan.skipped.length > 0 ? ['stale'] : []));
      }),
      RUNS,
    );
  });

  it('one debtor gets one act, and nothing on a Saturday', () => {
    check((book, policy, { acts }) => {
      expect(new Set(acts.map(({ debtorId }) => debtorId)).size).toBe(acts.length);
      const saturday = addDays(ON, 1);
      const fresh = { ...book, freshness: { pulledAt: '2026-11-21T05:00:00Z', statementsThrough: ON } };
      expect(decide(fresh, policy, saturday, context).acts).toEqual([]);
    });
  });

  it('amounts add up, and never exceed what is open less what is disputed and in credit', () => {
    check((book, _, { acts }) => {
      for (const act of acts) {
        for (const line of act.lines) {
          expect(line.asked).toBe(line.open - line.disputed - line.credited);
          expect(line.asked).toBeGreaterThan(0);
        }
        expect(act.amount).toBe(act.lines.reduce((total, { asked }) => total + asked, 0));
        expect(act.total).toBe(act.amount + act.costs + act.interest);
        const own = book.invoices.filter(
          ({ debtorId, currency, handedOverOn }) => debtorId === act.debtorId && currency === act.currency && handedOverOn === null,
        );
        const positive = own.filter(({ open }) => open > 0).reduce((total, { open }) => total + open, 0);
        const credits = own.filter(({ open }) => open < 0).reduce((total, { open }) => total - open, 0);
        expect(act.amount).toBeLessThanOrEqual(positive - credits);
      }
    });
  });

  it('a consumer is never asked for more than the law allows, nor before its notice', () => {
    const notice = { nl: 'fourteen-day-letter', be: 'be-first-reminder', eu: null } as const;
    check((book, _, { acts }) => {
      for (const act of acts) {
        const owner = book.debtors.find(({ id }) => id === act.debtorId);
        if (!owner || (owner.capacity !== 'consumer' && owner.capacity !== 'unknown')) continue;
        const regime = regimeOf(owner.country);
        const notices = book.contacts.filter(({ kind, sentOn }) => kind === notice[regime] && sentOn <= addDays(ON, -15));
        const noticed = notices.flatMap(({ invoiceIds }) => invoiceIds);
        // What a Dutch consumer pays when the term of his letter is over leaves the costs as they were.
        const paidTooLate = book.payments.filter(
          ({ invoiceId, date, amount }) =>
            invoiceId !== null &&
            act.invoiceIds.includes(invoiceId) &&
            amount > 0 &&
            regime === 'nl' &&
            notices.some(({ invoiceIds, sentOn }) => invoiceIds.includes(invoiceId) && date > addDays(sentOn, 14)),
        );
        if (!act.invoiceIds.some((id) => noticed.includes(id))) expect(act.costs).toBe(0);
        const most = collectionCosts(context.law, {
          regime,
          capacity: 'consumer',
          principals: [act.amount, ...paidTooLate.map(({ amount }) => amount)],
          vatDeductible: true,
          on: ON,
          clause: { kind: 'statutory-maximum' },
        });
        expect(act.costs).toBeLessThanOrEqual(most.ok ? most.value.total : 0);
        if (act.kind === 'statement') expect(act.costs + act.interest).toBe(0);
      }
    });
  });

  it('a Belgian consumer hears nothing about an overdue item before the free reminder', () => {
    check((book, _, { acts }) => {
      for (const act of acts) {
        const owner = book.debtors.find(({ id }) => id === act.debtorId);
        if (owner?.country !== 'BE' || (owner.capacity !== 'consumer' && owner.capacity !== 'unknown') || act.kind === 'be-first-reminder')
          continue;
        const reminded = book.contacts.filter(({ kind }) => kind === 'be-first-reminder').flatMap(({ invoiceIds }) => invoiceIds);
        const overdue = act.lines.filter(({ daysOverdue }) => daysOverdue > 0).map(({ invoiceId }) => invoiceId);
        expect(overdue.filter((id) => !reminded.includes(id))).toEqual([]);
      }
    });
  });

  it('before the due date nothing goes out but a reminder without charges', () => {
    check((_, __, { acts }) => {
      for (const act of acts.filter(({ lines }) => lines.some(({ daysOverdue }) => daysOverdue <= 0))) {
        expect([act.kind, act.costs, act.interest]).toEqual(['reminder', 0, 0]);
      }
    });
  });

  it('nobody is handed over without a person, nor without a demand', () => {
    check((book, _, { acts }) => {
      for (const act of acts.filter(({ kind }) => kind === 'propose-handover')) {
        expect(act.needsApproval).toBe(true);
        const demanded = book.contacts
          .filter(({ kind }) => ['demand', 'notice-of-default', 'fourteen-day-letter', 'be-first-reminder'].includes(kind))
          .flatMap(({ invoiceIds }) => invoiceIds);
        expect(act.lines.filter(({ invoiceId }) => !demanded.includes(invoiceId))).toEqual([]);
      }
    });
  });
});

describe('claims that may have lapsed', () => {
  /** Terms of §3.1 and §4.5 in years, without anything that might have interrupted them. */
  const years = (country: string, isConsumer: boolean): number => (country === 'NL' ? (isConsumer ? 2 : 5) : isConsumer ? 1 : 10);

  it('are never handed over, and go out only with the approval of a person', () => {
    check((book, _, { acts }) => {
      for (const act of acts) {
        const owner = book.debtors.find(({ id }) => id === act.debtorId);
        if (!owner || owner.country === 'DE') continue;
        const isConsumer = owner.capacity === 'consumer' || owner.capacity === 'unknown';
        const lapsed = itemsOf(book, act).filter(
          ({ id, open, dueDate }) =>
            open > 0 &&
            addYears(dueDate, years(owner.country, isConsumer)) < ON &&
            ![...book.payments.map(({ invoiceId }) => invoiceId), ...book.promises.flatMap(({ invoiceIds }) => invoiceIds)].includes(id) &&
            !book.contacts.some(({ invoiceIds, receivedOn }) => receivedOn !== null && invoiceIds.includes(id)),
        );
        if (lapsed.length === 0 || act.kind === 'statement') continue;
        expect(act.kind).not.toBe('propose-handover');
        expect(act.needsApproval).toBe(true);
      }
    });
  });
});

describe('over a month, with what was sent fed back as contacts', () => {
  const sent = (act: Act, day: Contact['sentOn']): Contact =>
    contact({
      id: `${day}/${act.debtorId}`,
      debtorId: act.debtorId,
      invoiceIds: act.invoiceIds,
      step: act.step,
      kind: act.kind as ContactKind,
      channel: act.channel ?? 'email',
      sentOn: day,
    });

  it('no item gets a step twice, no debtor two messages a day, and a day run again adds nothing', () => {
    fc.assert(
      fc.property(anyBook, anyPolicy, (book, policy) => {
        const before = new Set(book.contacts.flatMap(({ invoiceIds, step }) => invoiceIds.map((id) => `${id} ${step}`)));
        let contacts = [...book.contacts];
        for (let count = 0; count < 30; count++) {
          const day = addDays(ON, count);
          const today = (): Book => ({ ...book, asOf: day, contacts, freshness: { pulledAt: `${day}T05:00:00Z`, statementsThrough: day } });
          const acts = decide(today(), policy, day, context).acts.filter(isSent);
          for (const { invoiceIds, step } of acts) {
            for (const id of invoiceIds.filter((one) => (book.invoices.find((item) => item.id === one)?.open ?? 0) > 0)) {
              expect([`${id} ${step}`, before.has(`${id} ${step}`)]).toEqual([`${id} ${step}`, false]);
              before.add(`${id} ${step}`);
            }
          }
          contacts = [...contacts, ...acts.map((act) => sent(act, day))];
          const again = decide(today(), policy, day, context).acts.filter(isSent);
          const gapless = policy.tracks.some(({ minimumGap }) => minimumGap.days === 0);
          if (!gapless) expect(again.filter(({ debtorId }) => acts.some((act) => act.debtorId === debtorId))).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });
});
