import { describe, expect, it } from '@jest/globals';
import { failureOf, isConsentLost } from './failure.js';

describe('failureOf', () => {
  // The bodies are those of the fact sheet, §2.4.
  it.each([
    [401, { error: 'token is invalid', symbolic: { request: 'invalid_grant' } }, 'consent-lost', 'token is invalid'],
    [401, { error: 'No access to sales_invoices' }, 'no-right', 'No access to sales_invoices'],
    [401, null, 'consent-lost', ''],
    [
      400,
      { error: 'User has no permissions to notes for SalesInvoice', symbolic: { user: 'insufficient_permissions' } },
      'no-right',
      'notes',
    ],
    [400, { error: 'Ids is required', symbolic: { ids: 'required' } }, 'refused', 'Ids is required'],
    [402, { error: 'creating sales invoices is limited', symbolic: { administration: 'limit_reached' } }, 'refused', 'is limited'],
    [403, 403, 'no-right', '403'],
    [404, { error: 'record not found', symbolic: { id: 'not_found' } }, 'refused', 'record not found'],
    [422, { error: { note: ["can't be blank"] }, details: { note: [{ error: 'blank' }] } }, 'refused', "note: can't be blank"],
    [422, { error: { price: ['is odd', 'is late'], date: ['x'] } }, 'refused', 'price: is odd, is late; date: x'],
    [408, null, 'unavailable', '408'],
    [500, '<html>Oops</html>', 'unavailable', '500'],
    [503, undefined, 'unavailable', '503'],
  ])('%d %j is %s', (status, body, kind, words) => {
    const failure = failureOf(status, body);
    expect(failure.kind).toBe(kind);
    expect(failure.message).toContain(words);
    expect(failure.message).not.toContain('<html>');
  });

  it('tells a dead token from a missing right', () => {
    expect(isConsentLost(401, { error: 'token is invalid', symbolic: { request: 'invalid_grant' } })).toBe(true);
    expect(isConsentLost(401, { error: 'No access to contacts' })).toBe(false);
    expect(isConsentLost(400, { error: 'token is invalid' })).toBe(false);
  });
});
