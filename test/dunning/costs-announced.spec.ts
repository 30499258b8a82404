import { describe, expect, it } from '@jest/globals';
import { decide } from '../../src/dunning/rules/decide.js';
import type { Act } from '../../src/dunning/rules/plan.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { type Book, CONTACT_KINDS, type Contact, type ContactKind } from '../../src/ledger/rules/book.js';
import { bookToJson, parseBook } from '../../src/ledger/rules/book-json.js';
import { book, contact, debtor, invoice, payment } from './support/books.js';
import { context, policies } from './support/house.js';

const day = plainDate;
const nl = policies.get('nl-consumer');
const be = policies.get('be-consumer');
const beWithClause = { ...be, tracks: be.tracks.map((track) => ({ ...track, clause: { kind: 'statutory-maximum' } as const })) };

/** The one act of a day, decided on the book as it is read back from its document. */
function actOn(on: string, given: Partial<Book>, policy = nl): Act {
  const made = parseBook(bookToJson(book({ asOf: day(on), ...given })));
  const [act] = decide(made, policy, day(on), context).acts;
  if (!act) throw new Error(`no act on ${on}`);
  return act;
}

/** What the ledger keeps of an act that was sent. */
const sentAct = ({ invoiceIds, lines, announcedCosts, kind, ...act }: Act, sentOn: string): Contact => {
  if (!(CONTACT_KINDS as readonly string[]).includes(kind)) throw new Error(`a ${kind} is not sent`);
  return contact({
    ...{ id: `c-${sentOn}`, step: act.step, kind: kind as ContactKind, channel: act.channel ?? 'letter', sentOn: day(sentOn) },
    invoiceIds,
    asked: lines.map(({ invoiceId, asked }) => ({ invoiceId, amount: asked })),
    announcedCosts,
  });
};

const INVOICE = invoice({ id: 'a', amount: 1000_00, issueDate: day('2026-08-01'), dueDate: day('2026-09-01') });
const reminders = [
  contact({ id: '1', step: 'friendly-reminder', invoiceIds: ['a'], sentOn: day('2026-09-07') }),
  contact({ id: '2', step: 'second-reminder', invoiceIds: ['a'], sentOn: day('2026-09-15') }),
];
const disputed = (since: string, resolved: string | null) => ({
  ...INVOICE,
  dispute: { code: 'PRICE', since: day(since), amount: 900_00, resolved: resolved === null ? null : day(resolved) },
});

describe('costs asked after a notice about a part of the claim', () => {
  // 15 % of 100.00 is below the minimum of 40.00; over 1,000.00 it would be 150.00.
  const dutch = { debtors: [debtor({ capacity: 'consumer' })] };

  it('are what the Dutch letter announced, when a disputed part came free since', () => {
    const letter = actOn('2026-09-28', { ...dutch, invoices: [disputed('2026-09-10', null)], contacts: reminders });
    expect([letter.kind, letter.amount, letter.announcedCosts]).toEqual(['fourteen-day-letter', 100_00, 40_00]);
    const contacts = [...reminders, sentAct(letter, '2026-09-28')];
    const proposal = actOn('2026-11-20', { ...dutch, invoices: [disputed('2026-09-10', '2026-10-25')], contacts });
    expect([proposal.kind, proposal.amount, proposal.costs]).toEqual(['propose-handover', 1000_00, 40_00]);
  });

  it('are what the Dutch letter announced, when a receipt counted then was given to another invoice since', () => {
    const received = { id: 'p', amount: 900_00, date: day('2026-09-20') };
    const other = invoice({ id: 'b', amount: 900_00, dueDate: day('2026-10-10') });
    const letter = actOn('2026-09-28', { ...dutch, invoices: [INVOICE, other], payments: [payment(received)], contacts: reminders });
    expect([letter.kind, letter.amount, letter.announcedCosts]).toEqual(['fourteen-day-letter', 100_00, 40_00]);
    const contacts = [...reminders, sentAct(letter, '2026-09-28')];
    const payments = [payment({ ...received, invoiceId: 'b' })];
    const proposal = actOn('2026-11-20', { ...dutch, invoices: [INVOICE, { ...other, open: 0 }], payments, contacts });
    expect([proposal.kind, proposal.amount, proposal.costs]).toEqual(['propose-handover', 1000_00, 40_00]);
  });

  it('are what the Belgian first reminder announced (20.00, not 90.00)', () => {
    const debtors = [debtor({ capacity: 'consumer', country: 'BE' })];
    const first = actOn('2026-09-07', { debtors, invoices: [disputed('2026-09-02', null)] }, beWithClause);
    expect([first.kind, first.amount, first.announcedCosts]).toEqual(['be-first-reminder', 100_00, 20_00]);
    const given = { debtors, invoices: [disputed('2026-09-02', '2026-10-01')], contacts: [sentAct(first, '2026-09-07')] };
    const second = actOn('2026-10-12', given, beWithClause);
    // Nor interest over 1,000.00, when the free reminder asked for 100.00 of it.
    expect([second.step, second.amount, second.costs, second.interest]).toEqual(['second-reminder', 1000_00, 20_00, 0]);
  });

  it('are held to what was undisputed on its day, in a book that does not say what it asked', () => {
    const letter = contact({
      ...{ id: '3', step: 'fourteen-day-letter', kind: 'fourteen-day-letter', channel: 'letter', invoiceIds: ['a'] },
      sentOn: day('2026-09-28'),
    });
    const costs = (one: Book['invoices'][number]) =>
      actOn('2026-11-20', { ...dutch, invoices: [one], contacts: [...reminders, letter] }).costs;
    expect(costs(disputed('2026-09-10', '2026-10-25'))).toBe(40_00);
    expect(costs(INVOICE)).toBe(150_00);
  });
});
