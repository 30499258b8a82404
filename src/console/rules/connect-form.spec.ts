import { describe, expect, it } from '@jest/globals';
import { connectionFrom } from './connect-form.js';

const FORM = {
  name: 'Drukkerij Voorbeeld B.V.',
  address: ' Proefstraat 1 \r\n\r\n1234 AB Testdorp\n',
  email: 'debiteuren@voorbeeld.example',
  iban: 'nl02 abna 0123 4567 89',
};

describe('the form an administration is connected with', () => {
  it('gives the sender, and each account once', () => {
    const made = connectionFrom({ ...FORM, phone: '', moreIbans: 'NL91 ABNA 0417 1643 00\nNL02ABNA0123456789\n' });
    expect(made).toMatchObject({
      ok: true,
      value: {
        ibans: ['NL02ABNA0123456789', 'NL91ABNA0417164300'],
        sender: { address: ['Proefstraat 1', '1234 AB Testdorp'], iban: 'NL02ABNA0123456789', phone: null },
      },
    });
  });

  it('names the account that is none', () => {
    expect(connectionFrom({ ...FORM, moreIbans: 'NL02ABNA0123456780' })).toEqual({
      ok: false,
      error: { code: 'invalid-iban', message: '"NL02ABNA0123456780" is no IBAN' },
    });
  });

  it('takes no address without end', () => {
    expect(connectionFrom({ ...FORM, address: 'a\n'.repeat(7) })).toMatchObject({ ok: false, error: { code: 'too-long' } });
  });
});
