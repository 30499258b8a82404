import { describe, expect, it } from '@jest/globals';
import { failureOf, isDuplicate, isValidation } from './failure.js';

const said = (value: string) => ({ error: { code: '', message: { lang: '', value } } });

describe('failureOf', () => {
  it.each([
    [401, undefined, 'consent-lost'],
    [403, undefined, 'no-right'],
    [403, said("Forbidden - Application Scope Violated. Cannot read 'organization.administration' scope."), 'no-right'],
    [404, undefined, 'refused'],
    [400, said('Bad Request - Error in query syntax.'), 'refused'],
    [405, undefined, 'refused'],
    [408, undefined, 'unavailable'],
    [500, said('Verplicht: Onderwerp\r\nVerplicht: Type'), 'refused'],
    [500, said('A problem has occurred. The cause of this issue will be investigated as soon as possible.'), 'unavailable'],
    [500, undefined, 'unavailable'],
    [502, said('something'), 'unavailable'],
    [503, undefined, 'unavailable'],
  ])('takes %i with %j for %s', (status, body, kind) => {
    expect(failureOf(status, body, 'crm/Accounts').kind).toBe(kind);
  });

  it('carries the words of the vendor, one line for all fields that failed', () => {
    expect(failureOf(500, said('Verplicht: Onderwerp\r\nVerplicht: Type'), 'documents/Documents').message).toBe(
      'Exact Online answered 500 for documents/Documents: Verplicht: Onderwerp; Verplicht: Type',
    );
  });

  it('says what may be missing when a refusal says nothing', () => {
    expect(failureOf(403, undefined, 'crm/Accounts').message).toContain('licence');
  });

  it('is at no loss for any body', () => {
    for (const body of [null, 1, 'x', [], { error: null }, { error: 'x' }, { error: { message: 7 } }, { error: { message: 'plain' } }]) {
      expect(failureOf(500, body, 'x').message).toContain('500');
    }
  });
});

describe('isValidation', () => {
  it('tells a rule that was broken from a crash', () => {
    expect(isValidation(500, said('Klant: non-actief'))).toBe(true);
    expect(isValidation(500, said('A problem has occurred. …'))).toBe(false);
    expect(isValidation(500, undefined)).toBe(false);
    expect(isValidation(503, said('Klant: non-actief'))).toBe(false);
  });
});

describe('isDuplicate', () => {
  it.each(['Gegeven bestaat reeds.', 'Data already exists', 'La donnée existe déjà', 'Angabe existiert bereits'])('hears %p', (text) => {
    expect(isDuplicate(text)).toBe(true);
  });
  it('hears it in nothing else', () => expect(isDuplicate('Verplicht: Type')).toBe(false));
});
