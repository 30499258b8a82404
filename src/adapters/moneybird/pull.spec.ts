import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../kernel/clock.js';
import type { OutgoingRequest, Outcome } from '../../platform/outgoing/outcome.js';
import { memoryQuotas } from '../../platform/outgoing/quota.js';
import type { Cursor, PullBatch } from '../accounting-package.port.js';
import { createMoneybird } from './moneybird.js';
import { personalToken } from '../consent/token-source.js';

/** Long past, so that versions are settled when the clock stands at NOW. */
const OLD = 1_790_000_000;
const NOW = new Date('2026-11-20T08:00:00Z');

interface Record_ {
  readonly id: string;
  readonly version: number;
}
const contact = (id: string, fields: object = {}) => ({ id, version: OLD, company_name: `Bedrijf ${id}`, ...fields });
const invoice = (id: string, fields: object = {}) => ({
  id,
  version: OLD,
  contact_id: '1',
  invoice_id: `2026-${id}`,
  state: 'open',
  invoice_date: '2026-09-01',
  due_date: '2026-09-15',
  currency: 'EUR',
  total_price_incl_tax: '121.0',
  total_unpaid: '121.0',
  payments: [],
  ...fields,
});

/** What the other side does that the sandbox does not: lists and answers by id that do not agree with each other. */
interface Package_ {
  readonly listed: Record<string, Record_[]>;
  readonly answered: Record<string, Record_[]>;
}

function connect(world: Package_) {
  const clock = new ManualClock(NOW);
  const sleep = async (): Promise<void> => {};
  const requests: OutgoingRequest[] = [];
  const send = async (request: OutgoingRequest): Promise<Outcome> => {
    requests.push(request);
    return { kind: 'answer', status: 200, headers: {}, body: JSON.stringify(answer(world, request)) };
  };
  const adapter = createMoneybird({
    baseUrl: 'http://127.0.0.1',
    token: personalToken('t'),
    quota: memoryQuotas({ clock, sleep }),
    clock,
    sleep,
    send,
  });
  const batches: PullBatch[] = [];
  const pull = (cursor: Cursor | null) => {
    batches.length = 0;
    return adapter.pull('7', cursor, async (batch) => void batches.push(batch));
  };
  return { pull, batches, requests };
}

function answer({ listed, answered }: Package_, { method, url, body }: OutgoingRequest): unknown {
  const [, collection = ''] = /\/7\/(\w+)/.exec(new URL(url).pathname) ?? [];
  if (method === 'GET') return (listed[collection] ?? []).map(({ id, version }) => ({ id, version }));
  const { ids } = JSON.parse(String(body ?? '{}')) as { ids: string[] };
  return (answered[collection] ?? []).filter(({ id }) => ids.includes(id));
}

describe('a pull', () => {
  it('does not take for deleted what the list left out but the package still has', async () => {
    const answered = { external_sales_invoices: [{ ...contact('5'), ...invoice('5', { date: '2026-09-01', reference: 'W-5' }) }] };
    const first = connect({ listed: answered, answered });
    const { cursor } = await first.pull(null);
    expect(first.batches.flatMap(({ items }) => items.map(({ ref }) => ref))).toEqual(['external_sales_invoices:5']);

    const unlisted = connect({ listed: {}, answered });
    const again = await unlisted.pull(cursor);
    expect(unlisted.batches).toEqual([]);
    expect(again.cursor).toEqual(cursor);

    const paid = {
      external_sales_invoices: [invoice('5', { date: '2026-09-01', reference: 'W-5', version: OLD + 9, total_unpaid: '0.0' })],
    };
    const changed = connect({ listed: {}, answered: paid });
    await changed.pull(cursor);
    expect(changed.batches.flatMap(({ items, deletedItemRefs }) => [items[0]?.open, deletedItemRefs])).toEqual([0, []]);

    const gone = connect({ listed: {}, answered: {} });
    await gone.pull(cursor);
    expect(gone.batches.flatMap(({ deletedItemRefs }) => deletedItemRefs)).toEqual(['external_sales_invoices:5']);
  });

  it('asks again next time for what is listed and was not answered, and deletes nothing', async () => {
    const listed = { contacts: [contact('1')] };
    const first = connect({ listed, answered: {} });
    const { cursor } = await first.pull(null);
    expect(first.batches.flatMap(({ debtors, deletedDebtorRefs }) => [...debtors, ...deletedDebtorRefs])).toEqual([]);

    const later = connect({ listed, answered: listed });
    await later.pull(cursor);
    expect(later.batches.flatMap(({ debtors }) => debtors.map(({ ref }) => ref))).toEqual(['1']);
  });

  it('brings the debtor with the item when the contact was made after the contacts were listed', async () => {
    const listed = { sales_invoices: [invoice('9', { contact: contact('1') })] };
    const { pull, batches } = connect({ listed, answered: listed });
    await pull(null);
    expect(batches.map(({ debtors, items }) => [debtors.map(({ name }) => name), items.map(({ debtorRef }) => debtorRef)])).toEqual([
      [['Bedrijf 1'], ['1']],
    ]);
  });

  it('stops at a record that cannot be read, and names it', async () => {
    const listed = { contacts: [contact('1')], sales_invoices: [invoice('9', { total_unpaid: 'veel' })] };
    const { pull, batches } = connect({ listed, answered: listed });
    await expect(pull(null)).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('sales invoice 9: total_unpaid "veel"'),
    });
    expect(batches.map(({ debtors }) => debtors.length)).toEqual([1]);
  });

  it('asks for no more than a hundred at a time, and counts what it asked', async () => {
    const listed = { contacts: Array.from({ length: 201 }, (_, at) => contact(String(at + 1))) };
    const { pull, batches, requests } = connect({ listed, answered: listed });
    const { calls } = await pull(null);
    expect(batches.map(({ debtors }) => debtors.length)).toEqual([100, 100, 1]);
    // Three lists, three hundreds of contacts, the workflows.
    expect(calls).toBe(7);
    expect(requests).toHaveLength(7);
  });

  it('takes a draft for nothing, until it is sent', async () => {
    const draft = { sales_invoices: [invoice('9', { state: 'draft', invoice_id: null, invoice_date: null })] };
    const first = connect({ listed: draft, answered: draft });
    const { cursor } = await first.pull(null);
    expect(first.batches.flatMap(({ items }) => items)).toEqual([]);

    const unchanged = connect({ listed: draft, answered: draft });
    await unchanged.pull(cursor);
    expect(unchanged.requests.filter(({ method }) => method === 'POST')).toEqual([]);

    const deleted = connect({ listed: {}, answered: {} });
    await deleted.pull(cursor);
    expect(deleted.batches.flatMap(({ deletedItemRefs }) => deletedItemRefs)).toEqual([]);

    const sent = { sales_invoices: [invoice('9', { version: OLD + 9 })] };
    const later = connect({ listed: sent, answered: sent });
    await later.pull(cursor);
    expect(later.batches.flatMap(({ items }) => items.map(({ number }) => number))).toEqual(['2026-9']);
  });
});

describe('an item that is made a draft again', () => {
  it('is gone for the ledger, once', async () => {
    const open = { sales_invoices: [invoice('9')] };
    const { cursor } = await connect({ listed: open, answered: open }).pull(null);

    const draft = { sales_invoices: [invoice('9', { state: 'draft', version: OLD + 9 })] };
    const back = connect({ listed: draft, answered: draft });
    const { cursor: next } = await back.pull(cursor);
    expect(back.batches.map(({ items, deletedItemRefs }) => [items, deletedItemRefs])).toEqual([[[], ['sales_invoices:9']]]);

    const again = connect({ listed: draft, answered: draft });
    await again.pull(next);
    expect(again.batches).toEqual([]);
  });
});

describe('createMoneybird', () => {
  const clock = new ManualClock(NOW);
  const options = { token: personalToken('t'), quota: memoryQuotas({ clock }) };

  it.each([['http://moneybird.com'], ['http://127.0.0.1.example'], ['ftp://127.0.0.1']])('sends no token to %s', (baseUrl) => {
    expect(() => createMoneybird({ ...options, baseUrl })).toThrow('must be https');
  });

  it('refuses an administration that is no id, before anything is sent', async () => {
    await expect(createMoneybird(options).pull('../users', null, async () => {})).rejects.toMatchObject({ kind: 'refused' });
  });
});
