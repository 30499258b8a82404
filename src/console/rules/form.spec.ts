import { describe, expect, it } from '@jest/globals';
import { EMPTY_FORM, fieldOf, misreadFields, refusedField, typed } from './form.js';

const words = { problem: { 'no-end': 'needs a last day' }, misread: { amount: 'write an amount', recipients: 'write an address' } };

describe('a form', () => {
  it('shows what was typed, else what is so, with what is wrong at the field', () => {
    const given = { given: '5.00', required: true };
    expect(fieldOf('set', 'amount', 'Amount', EMPTY_FORM, given)).toEqual({
      ...{ id: 'set-amount', name: 'amount', label: 'Amount', type: 'text', value: '5.00', required: true, problem: null },
    });
    // What was emptied stays empty.
    expect(fieldOf('set', 'amount', 'Amount', { values: { amount: '' }, problems: { amount: 'no' } }, given)).toMatchObject({
      ...{ value: '', problem: 'no' },
    });
  });

  it('names what cannot be read by its field, also one that the API has a level down', () => {
    const mistakes = [
      { field: 'amount', message: 'amount must match' },
      { field: 'recipients.key-account', message: 'must be an email' },
      { field: 'other', message: 'other must be' },
    ];
    expect(misreadFields(mistakes, words)).toEqual({
      ...{ amount: 'write an amount', 'key-account': 'write an address', other: 'other must be' },
    });
  });

  it('puts a refusal at its field, where the form has it', () => {
    const refusal = (code: string, fields: string[]): object => refusedField({ code, message: 'in its own words' }, words, fields);
    expect(refusal('no-end', ['amount', 'until'])).toEqual({ until: 'needs a last day' });
    expect(refusal('no-end', ['reason'])).toEqual({ form: 'needs a last day' });
    expect(refusal('amount-too-high', ['amount'])).toEqual({ amount: 'in its own words' });
    expect(refusal('role-too-low', ['amount'])).toEqual({ form: 'in its own words' });
  });

  it('leaves out what is empty, and reads its amounts', () => {
    expect(typed({ amount: ' 1.250,00 ', from: '', until: '  ', reason: ' omdat ', none: undefined }, ['amount'])).toEqual({
      ...{ ok: true, value: { amount: '1250.00', reason: 'omdat' } },
    });
    expect(typed({ amount: '1.250' }, ['amount'])).toMatchObject({ ok: false, error: { code: 'ambiguous-amount', field: 'amount' } });
    expect(typed({ reason: '1.250' }, ['amount'])).toEqual({ ok: true, value: { reason: '1.250' } });
  });
});
