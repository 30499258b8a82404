import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { type KeptLine, type StatementFacts, statementToImport, whyNotPlanned } from './statement-push.js';

const line = (more: Partial<KeptLine> = {}): KeptLine => ({
  ...{ amount: 815_00, counterpartyIban: 'NL20INGB0001234567', description: 'fact 2025-0318', endToEndId: null, servicerReference: null },
  bankCode: null,
  ...more,
});
const kept = (lines: readonly KeptLine[], sequence: number | null = 231) => ({
  ...{ iban: 'NL02ABNA0123456789', currency: 'EUR', from: plainDate('2026-11-18'), through: plainDate('2026-11-20') },
  ...{ opening: 1_000_00, closing: 1_815_00, sequence, lines },
});

describe('a statement for the package', () => {
  it('is what the bank told, of the day it closes on', () => {
    expect(statementToImport(kept([line({ endToEndId: 'E-7781', servicerReference: 'BANK-1', bankCode: 'N100' })]))).toEqual({
      ...{
        iban: 'NL02ABNA0123456789',
        currency: 'EUR',
        from: '2026-11-18',
        on: '2026-11-20',
        number: 231,
        opening: 1_000_00,
        closing: 1_815_00,
      },
      lines: [{ contraIban: 'NL20INGB0001234567', type: 'N100', reference: 'E-7781', amount: 815_00, description: 'fact 2025-0318' }],
    });
  });

  it('has number 0, which no package takes, where the bank gave none', () => {
    expect(statementToImport(kept([line()], null))).toMatchObject({ number: 0, lines: [{ reference: '0-1' }] });
  });

  it.each([
    ['100', 'N100'],
    ['ntrf', 'NTRF'],
    [' 544 ', 'N544'],
    ['005', 'N005'],
    ['PMNT-RCDT', 'NMSC'],
    [null, 'NMSC'],
  ])('of which the bank says %j is of type %s', (bankCode, type) => {
    expect(statementToImport(kept([line({ bankCode, servicerReference: 'BANK-1' })])).lines).toMatchObject([{ type, reference: 'BANK-1' }]);
  });
});

const whole: StatementFacts = { message: 'camt.053', reconciles: true, superseded: false, page: null, last: null, interim: false };
it.each([
  ['as MT940', { message: 'mt940' }, 'only CAMT.053 is sent'],
  ['corrected', { superseded: true }, 'the bank made it anew'],
  ['the first page of several', { page: 1, last: false }, 'it is one page of a statement'],
  ['the last page of several', { page: 2, last: true }, 'it is one page of a statement'],
  ['with a balance of a page', { interim: true }, 'it is one page of a statement'],
  ['that does not close', { reconciles: false }, 'its lines do not come to what it ends with'],
  ['without balances', { reconciles: null }, 'its lines do not come to what it ends with'],
  ['that is whole, alone on its page', { page: 1, last: true }, 'waits for the next work of the day, or its bookings'],
])('it is told why a statement %s was not planned', (_what, facts, because) => {
  expect(whyNotPlanned({ ...whole, ...facts })).toContain(because);
});
