import { describe, expect, it } from '@jest/globals';
import { readInformation } from './information.js';

describe(':86:', () => {
  it('of ABN AMRO, broken in the middle of a word', () => {
    expect(
      readInformation([
        '/TRTP/SEPA OVERBOEKING/IBAN/NL12PROF0000000017/BIC/PROFNL2A/NAME/J. de Bo',
        'er/REMI/Factuur 2026/0117/EREF/NOTPROVIDED',
      ]),
    ).toMatchObject({
      endToEndId: null,
      unstructured: ['Factuur 2026/0117'],
      counterparty: { name: 'J. de Boer', iban: 'NL12PROF0000000017', bic: 'PROFNL2A' },
    });
  });

  it('of ING and SWIFT, with a structured reference', () => {
    expect(
      readInformation(['/EREF/E2E-7//MARF/M-1//CNTP/NL87PROF0000000025/PROFNL2A/Bakkerij///REMI/STRD/CUR/5000056789012345/']),
    ).toMatchObject({
      endToEndId: 'E2E-7',
      mandateId: 'M-1',
      structuredReferences: [{ reference: '5000056789012345', type: 'SCOR', issuer: 'CUR' }],
      unstructured: [],
      counterparty: { name: 'Bakkerij', iban: 'NL87PROF0000000025' },
    });
  });

  it('names who really paid, whatever stands before it', () => {
    const { counterparty } = readInformation(['/EREF/E1/ORDP//NAME/Betaalhuis/ULTD//NAME/Echte Klant/REMI/F1']);
    expect(counterparty).toMatchObject({ name: 'Betaalhuis', ultimateName: 'Echte Klant' });
    expect(readInformation(['/ULTD//NAME/Echte Klant/ORDP//NAME/Betaalhuis/REMI/F1']).counterparty).toEqual(counterparty);
  });

  it('leaves a slash in a name alone', () => {
    const name = (cntp: string): unknown =>
      readInformation([`/CNTP/NL87PROF0000000025/PROFNL2A/${cntp}/REMI/USTD//F1/`]).counterparty?.name;
    expect(name('J. Jansen e/o P. Vries/Utrecht/')).toBe('J. Jansen e/o P. Vries');
    expect(name('J. Jansen e/o P. Vries//')).toBe('J. Jansen e/o P. Vries');
    expect(name('J. Jansen/Utrecht/')).toBe('J. Jansen');
    expect(name('J. Jansen')).toBe('J. Jansen');
  });

  it('with the reason of a return', () => {
    expect(readInformation(['/RTRN/MS03//EREF/X//REMI/USTD//Factuur 7/'])).toMatchObject({
      returnCode: 'MS03',
      unstructured: ['Factuur 7'],
    });
  });

  it('of a German bank: pieces under SEPA tags are one text', () => {
    expect(
      readInformation(['166?00GUTSCHRIFT?20EREF+RE-1?21SVWZ+Rechnung 2025-0?22042?30TESTDEFF?31DE47100000000000004711?32Muster?33 KG']),
    ).toMatchObject({
      transactionCode: '166',
      endToEndId: 'RE-1',
      unstructured: ['Rechnung 2025-0042'],
      counterparty: { name: 'Muster KG', iban: 'DE47100000000000004711', bic: 'TESTDEFF' },
    });
  });

  it('of a German bank before SEPA: fields are lines, an account is no IBAN', () => {
    expect(readInformation(['008?00DAUERAUFTRAG?20Miete November?21Kunde 7?3010020030?31234567?32MUELLER'])).toMatchObject({
      unstructured: ['Miete November', 'Kunde 7'],
      counterparty: { name: 'MUELLER', iban: null, other: '234567' },
    });
  });

  it('of Knab, with account and name on the last line', () => {
    expect(readInformation(['FACTUUR 201403110', 'REK: NL65INGB0123456789/NAAM: PICQER'])).toMatchObject({
      unstructured: ['FACTUUR 201403110'],
      counterparty: { name: 'PICQER', iban: 'NL65INGB0123456789' },
    });
  });

  it('of plain lines is left as it is: nothing is guessed', () => {
    expect(readInformation(['BEA   NR:XXX1234   21.05.11/12.54', '', ' PAS999 '])).toMatchObject({
      unstructured: ['BEA   NR:XXX1234   21.05.11/12.54', 'PAS999'],
      counterparty: null,
      endToEndId: null,
    });
  });
});
