import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type StoredConsent, afterAsk, judgeToken, pauseAfter } from './judge-token.js';
import { type TokenLifetime, tokenTimes } from './token-age.js';

const SECOND = 1_000;
const DAY = 86_400 * SECOND;
/** Exact Online's: ten minutes, renewed from 570 s, unused from 590 s, 200 calls a day. */
const STRICT: TokenLifetime = {
  unsaidSeconds: 600,
  renewBeforeEndSeconds: 30,
  unusableBeforeEndSeconds: 10,
  youngestRenewedSeconds: 570,
  asksPerDay: 200,
};
const T0 = Date.UTC(2026, 10, 20, 8);

const stored = (given: Partial<StoredConsent> = {}, tokens: Partial<StoredConsent['tokens']> = {}): StoredConsent => ({
  tokens: { accessToken: 'a', refreshToken: 'r', expiresInSeconds: 600, askedAt: T0 - 400, receivedAt: T0, ...tokens },
  trouble: null,
  notBefore: null,
  asks: 1,
  asksSince: T0,
  ...given,
});
const at = (seconds: number): number => T0 + seconds * SECOND;
const step = (consent: StoredConsent, seconds: number, refused: string | null = null): string =>
  judgeToken(consent, refused, STRICT, at(seconds)).do;

describe('a stored access token', () => {
  it('is renewed from 570 seconds after its answer, and not used from 590 after its request', () => {
    expect(tokenTimes(stored().tokens, STRICT)).toEqual({ renewFrom: at(570), unusableFrom: at(590) - 400, renewableFrom: at(570) });
    expect([0, 569.999, 570, 600, 90_000].map((seconds) => step(stored(), seconds))).toEqual(['use', 'use', 'renew', 'renew', 'renew']);
  });

  it('without a known end is used until it is refused', () => {
    const endless = { ...STRICT, unsaidSeconds: null, youngestRenewedSeconds: 60 };
    const consent = stored({}, { expiresInSeconds: null });
    expect(judgeToken(consent, null, endless, T0 + 1_000 * DAY)).toEqual({ do: 'use' });
    expect(judgeToken(consent, 'a', endless, at(60))).toEqual({ do: 'renew' });
  });

  it('that ends before it may be renewed is waited for', () => {
    const short = stored({}, { expiresInSeconds: 300 });
    expect(judgeToken(short, null, STRICT, at(300))).toMatchObject({ do: 'wait', until: at(570) });
  });

  it.each([
    ['just given: the same once more', 9, 'a', 'use'],
    ['before it may be renewed: waited for', 11, 'a', 'wait'],
    ['in its time: renewed', 571, 'a', 'renew'],
    ['that is not stored any more: the stored one', 100, 'older', 'use'],
  ])('refused %s', (_, seconds, refused, expected) => expect(step(stored(), seconds, refused)).toBe(expected));

  it('is used on until its end while nobody may ask, then waited for', () => {
    const paused = stored({ notBefore: at(620) });
    expect([575, 589, 590, 619, 620].map((seconds) => step(paused, seconds))).toEqual(['use', 'use', 'wait', 'wait', 'renew']);
    // Not the one the package refuses.
    expect(step(paused, 575, 'a')).toBe('wait');
    const spent = stored({ asks: 200, asksSince: at(-60) });
    expect([575, 595].map((seconds) => step(spent, seconds))).toEqual(['use', 'wait']);
    expect(judgeToken(spent, null, STRICT, at(595))).toMatchObject({ until: at(-60) + DAY });
    expect(step(spent, 86_400)).toBe('renew');
  });

  it('that nothing can renew ends the consent, as does what was noted before', () => {
    const once = stored({}, { refreshToken: null });
    expect([575, 595].map((seconds) => step(once, seconds))).toEqual(['use', 'give-up']);
    expect(judgeToken(stored({ trouble: 'withdrawn' }), null, STRICT, T0)).toEqual({ do: 'give-up', because: 'withdrawn' });
  });

  it('whatever is stored: none is renewed young, none is used past its end, none beyond the calls of a day', () => {
    const anyStored = fc.record({
      tokens: fc.record({
        accessToken: fc.constantFrom('a', 'b'),
        refreshToken: fc.option(fc.constant('r')),
        expiresInSeconds: fc.option(fc.integer({ min: 1, max: 4_000 })),
        askedAt: fc.integer({ min: T0 - 10_000, max: T0 }),
        receivedAt: fc.constant(T0),
      }),
      trouble: fc.option(fc.constant('lost')),
      notBefore: fc.option(fc.integer({ min: T0, max: T0 + 2_000 * SECOND })),
      asks: fc.integer({ min: 0, max: 300 }),
      asksSince: fc.integer({ min: T0 - 2 * DAY, max: T0 }),
    });
    fc.assert(
      fc.property(anyStored, fc.option(fc.constantFrom('a', 'b')), fc.integer({ min: 0, max: 5_000 }), (consent, refused, seconds) => {
        const now = at(seconds);
        const judged = judgeToken(consent, refused, STRICT, now);
        const { unusableFrom } = tokenTimes(consent.tokens, STRICT);
        if (judged.do === 'renew') {
          expect(seconds).toBeGreaterThanOrEqual(570);
          expect(consent.tokens.refreshToken).not.toBeNull();
          expect(consent.asks < 200 || now >= consent.asksSince + DAY).toBe(true);
          expect(now).toBeGreaterThanOrEqual(consent.notBefore ?? 0);
        }
        if (judged.do === 'use' && refused !== consent.tokens.accessToken) expect(now).toBeLessThan(unusableFrom);
        if (judged.do === 'wait') expect(judged.until).toBeGreaterThan(now);
        expect(consent.trouble !== null).toBe(judged.do === 'give-up' && judged.because === 'lost');
      }),
    );
  });
});

describe('calls of the token endpoint', () => {
  it('are counted over 24 hours from the first', () => {
    expect(afterAsk({ asks: 7, asksSince: T0 }, T0 + DAY - 1)).toEqual({ asks: 8, asksSince: T0 });
    expect(afterAsk({ asks: 7, asksSince: T0 }, T0 + DAY)).toEqual({ asks: 1, asksSince: T0 + DAY });
  });

  it('pause after those that came to nothing: half a minute, doubling, at most a quarter of an hour', () => {
    expect([1, 2, 3, 5, 6, 60].map(pauseAfter)).toEqual([30_000, 60_000, 120_000, 480_000, 900_000, 900_000]);
  });
});
