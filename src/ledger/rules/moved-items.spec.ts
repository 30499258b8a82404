import { describe, expect, it } from '@jest/globals';
import { addDays, plainDate } from '../../kernel/plain-date.js';
import type { Capacity } from './book.js';
import { type KnownHold, type Move, type MovingDebtor, whatFollows } from './moved-items.js';

const TODAY = plainDate('2026-11-20');
const debtor = (id: string, given: Partial<MovingDebtor> = {}): MovingDebtor => ({
  id,
  capacity: 'business',
  language: null,
  emails: [],
  segment: null,
  overrides: {},
  holds: [],
  ...given,
});
const hold = (id: string, given: Partial<KnownHold> = {}): KnownHold => ({
  id,
  kind: 'insolvency',
  reason: 'BANKRUPTCY',
  from: plainDate('2026-11-01'),
  until: null,
  ...given,
});
const move = (
  given: { from?: Partial<Move['from']>; to?: Partial<MovingDebtor> } & Partial<Pick<Move, 'openIds' | 'rejections'>>,
): Move => ({
  from: { ...debtor('a'), isGone: false, ...given.from },
  to: debtor('b', given.to),
  openIds: given.openIds ?? ['i'],
  rejections: given.rejections ?? [],
  on: TODAY,
});

describe('one invoice that was booked on another debtor', () => {
  it('stays on hold alone; the other debtor is not', () => {
    const ended = hold('past', { kind: 'manual', until: addDays(TODAY, -1) });
    const { isMerge, holds, invoiceHolds } = whatFollows(move({ from: { holds: [hold('h'), ended] } }));
    expect({ isMerge, holds }).toEqual({ isMerge: false, holds: [] });
    expect(invoiceHolds).toEqual([
      {
        invoiceId: 'i',
        key: 'h',
        kind: 'insolvency',
        reason: 'MOVED',
        detail: { debtor: 'a' },
        from: plainDate('2026-11-01'),
        until: null,
      },
    ]);
  });

  it('is on hold for what a person had set of its former debtor, where it is not so of the new one', () => {
    const reasons = (from: Partial<MovingDebtor>, to: Partial<MovingDebtor> = {}): string[] =>
      whatFollows(move({ from, to })).invoiceHolds.map(({ reason }) => reason);
    expect(reasons({ overrides: { capacity: 'consumer' } })).toEqual(['MOVED-SETTINGS']);
    expect(reasons({ overrides: { capacity: 'consumer' } }, { capacity: 'unknown' })).toEqual([]);
    expect(reasons({ capacity: 'consumer' })).toEqual([]);
    expect(reasons({ overrides: { segment: 'quiet' } })).toEqual(['MOVED-SETTINGS']);
    expect(reasons({ overrides: { segment: 'quiet' } }, { overrides: { segment: 'quiet' } })).toEqual([]);
  });

  it('keeps what a person said no to, until the day he named', () => {
    const rejections = [
      { act: 'x', invoiceIds: ['i', 'paid'], notBefore: plainDate('2026-12-01') },
      { act: 'y', invoiceIds: ['i'], notBefore: TODAY },
    ];
    expect(whatFollows(move({ rejections })).invoiceHolds.map(({ invoiceId, until }) => [invoiceId, until])).toEqual([['i', '2026-11-30']]);
  });

  it('changes nothing of the other debtor', () => {
    expect(whatFollows(move({ from: { overrides: { capacity: 'consumer', language: 'fr' } } })).overrides).toBeNull();
  });
});

describe('debtors that became one', () => {
  it.each<[string, boolean]>([
    ['are so when the former is archived or deleted', true],
    ['are not so while the former is there, whatever he still owes', false],
  ])('%s', (_what, isGone) => {
    const followed = whatFollows(move({ from: { isGone, holds: [hold('h')], overrides: { emails: ['chef@proef.example'] } } }));
    expect(followed).toMatchObject({
      isMerge: isGone,
      holds: isGone ? [hold('h')] : [],
      overrides: isGone ? { emails: ['chef@proef.example'] } : null,
    });
    expect(followed.invoiceHolds).toHaveLength(isGone ? 0 : 1);
  });

  it('says nothing of a debtor who only has a settled invoice booked elsewhere', () => {
    expect(whatFollows(move({ from: { holds: [hold('h')] }, openIds: [] }))).toEqual({
      isMerge: false,
      holds: [],
      invoiceHolds: [],
      overrides: null,
    });
  });

  it('takes a hold over once, and the longer one', () => {
    const until = (day: string): KnownHold => hold('h', { kind: 'manual', reason: 'REQUEST', until: plainDate(day) });
    const taken = (mine: KnownHold, theirs: KnownHold): number =>
      whatFollows(move({ from: { isGone: true, holds: [mine] }, to: { holds: [theirs] } })).holds.length;
    expect(taken(hold('h'), hold('g'))).toBe(0);
    expect(taken(until('2026-12-31'), until('2026-12-01'))).toBe(1);
    expect(taken(until('2026-12-01'), until('2026-12-31'))).toBe(0);
    expect(taken(hold('h'), hold('g', { kind: 'guardianship' }))).toBe(1);
  });

  it('puts a hold without an end, which a debtor cannot have, on the invoices', () => {
    const { holds, invoiceHolds } = whatFollows(move({ from: { isGone: true, holds: [hold('h', { kind: 'manual' })] } }));
    expect([holds, invoiceHolds.map(({ invoiceId, until }) => [invoiceId, until])]).toEqual([[], [['i', null]]]);
  });

  it.each<[Capacity | undefined, Capacity, Capacity | undefined, Capacity | undefined]>([
    // said of the former, the package of the other, said of the other: what is said of the other from now on
    ['consumer', 'business', undefined, 'consumer'],
    ['consumer', 'business', 'business', 'consumer'],
    ['unknown', 'business', undefined, 'unknown'],
    ['consumer', 'consumer', undefined, undefined],
    ['business', 'unknown', undefined, undefined],
    ['business', 'business', 'consumer', 'consumer'],
    [undefined, 'business', undefined, undefined],
  ])('in doubt he is a consumer: %s, %s, %s', (was, capacity, said, becomes) => {
    const { overrides } = whatFollows(
      move({
        from: { isGone: true, overrides: was === undefined ? {} : { capacity: was } },
        to: { capacity, overrides: said === undefined ? {} : { capacity: said } },
      }),
    );
    expect(overrides === null ? said : overrides.capacity).toBe(becomes);
  });

  it('takes over what a person had set and nobody knows better of the other', () => {
    const address = { street: 'Proefstraat', houseNumber: '1', suffix: null, postcode: '1000 AA', city: 'Proefstad' };
    const said = { language: 'fr', segment: 'quiet', emails: ['bewind@proef.example'], creditLimit: 100, address };
    const after = (to: Partial<MovingDebtor>): unknown => whatFollows(move({ from: { isGone: true, overrides: said }, to })).overrides;
    expect(after({})).toEqual({ language: 'fr', segment: 'quiet', emails: ['bewind@proef.example'] });
    // Not even where both had the same: what is said to him would go elsewhere from now on.
    const same = { emails: ['een@proef.example'] };
    expect(
      whatFollows(move({ from: { isGone: true, ...same, overrides: { emails: ['bewind@proef.example'] } }, to: same })).overrides,
    ).toBeNull();
    expect(after({ language: 'nl', segment: 'vip', emails: ['ander@proef.example'] })).toBeNull();
    expect(after({ overrides: { language: 'en', segment: 'vip', emails: ['zelf@proef.example'] } })).toBeNull();
  });
});
