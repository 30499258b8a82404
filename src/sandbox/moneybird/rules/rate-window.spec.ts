import { describe, expect, it } from '@jest/globals';
import { RateWindow } from './rate-window.js';

describe('the rate limit', () => {
  it('counts in a window from the first request, with the odd headers of the vendor', () => {
    const window = new RateWindow({ requests: 2, windowSeconds: 300 });
    const started = 1_790_000_000;
    expect(window.take(started).headers).toEqual({
      'RateLimit-Limit': '2',
      'RateLimit-Remaining': '300',
      'RateLimit-RequestsRemaining': '1',
      'RateLimit-Reset': '1790000300',
    });
    expect(window.take(started + 100.9)).toMatchObject({ allowed: true, headers: { 'RateLimit-Remaining': '200' } });
    expect(window.take(started + 113)).toEqual({
      allowed: false,
      headers: {
        'RateLimit-Limit': '2',
        'RateLimit-Remaining': '187',
        'RateLimit-RequestsRemaining': '0',
        'RateLimit-Reset': '1790000300',
        'Retry-After': '1790000300',
      },
    });
    expect(window.take(started + 299)).toMatchObject({ allowed: false });
    expect(window.take(started + 300)).toMatchObject({ allowed: true, headers: { 'RateLimit-RequestsRemaining': '1' } });
  });
});
