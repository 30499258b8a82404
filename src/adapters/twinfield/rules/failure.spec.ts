import { describe, expect, it } from '@jest/globals';
import { failureOf, faultIn, troubleOf } from './failure.js';

const fault = (code: string | null) => ({ code, words: 'Toegang geweigerd.' });

describe('an answer that is no success', () => {
  it.each([
    [401, '354', 'token', 'consent-lost'],
    [401, '103', 'token', 'consent-lost'],
    [403, '104', 'final', 'consent-lost'],
    [403, '352', 'final', 'consent-lost'],
    [403, '102', 'final', 'no-right'],
    [500, '108', 'cluster', 'unavailable'],
    [500, '100', 'passing', 'unavailable'],
    [500, '358', 'passing', 'unavailable'],
    [500, '187', 'final', 'refused'],
    [403, '359', 'final', 'refused'],
  ] as const)('%i with fault %s is %s, and in the end %s', (status, code, trouble, kind) => {
    expect(troubleOf(status, fault(code))).toBe(trouble);
    expect(failureOf(status, fault(code), 'the customers').kind).toBe(kind);
  });

  it.each([
    [401, 'token', 'consent-lost'],
    [403, 'final', 'no-right'],
    [400, 'final', 'refused'],
    [404, 'final', 'refused'],
    [503, 'passing', 'unavailable'],
  ] as const)('%i without a fault is %s, and in the end %s', (status, trouble, kind) => {
    expect(troubleOf(status, null)).toBe(trouble);
    expect(failureOf(status, null, 'the customers').kind).toBe(kind);
  });

  it('is told with the words of the vendor, its code and what was asked', () => {
    expect(failureOf(403, fault('102'), 'the customers').message).toBe(
      'Twinfield answered 403 for the customers: Toegang geweigerd. (102)',
    );
  });

  it('reads the fault of a .svc service', () => {
    const body = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:Client</faultcode><faultstring>Fout</faultstring><detail><SecurityFault xmlns="x"><Code>102</Code><Message>Geen toegang</Message></SecurityFault></detail></s:Fault></s:Body></s:Envelope>`;
    expect(faultIn(body)).toEqual({ code: '102', words: 'Geen toegang' });
  });

  it('has no fault when it is a page, or nothing', () => {
    expect([faultIn('<html>Onderhoud</html>'), faultIn('')]).toEqual([null, null]);
  });
});
