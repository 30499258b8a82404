import { describe, expect, it } from '@jest/globals';
import { debtor, invoice, payment } from '../../../test/dunning/support/books.js';
import type { DebtorFacts } from '../../dunning/rules/facts.js';
import { plainDate } from '../../kernel/plain-date.js';
import { stopsPressing } from './pressing.js';

const ON = plainDate('2026-11-20');
const dispute = { code: 'PRICE', since: ON, amount: 20_00, resolved: null };
const facts = (given: Partial<DebtorFacts> = {}): Parameters<typeof stopsPressing>[0] => ({
  ...{ debtor: debtor(), invoices: [invoice({ id: 'a' })], payments: [] },
  ...given,
});

describe('pressing for payment', () => {
  it.each<[string, Partial<DebtorFacts>, string | null]>([
    ['of what is simply open is free', {}, null],
    [
      'of a debtor on hold is not',
      { debtor: debtor({ holds: [{ kind: 'manual', from: ON, until: null }] }) },
      'the debtor is on hold: manual',
    ],
    ['of what is disputed in part is not', { invoices: [invoice({ id: 'a', number: 'F-1', dispute })] }, 'invoice F-1 is disputed'],
    [
      'of what is disputed in the package is not',
      { invoices: [invoice({ id: 'a', number: 'F-1', packageDispute: { text: 'B2', on: null } })] },
      'invoice F-1 is disputed',
    ],
    [
      'of what a person stopped in the package is not',
      { invoices: [invoice({ id: 'a', number: 'F-1', pausedInPackage: true })] },
      'reminders of invoice F-1 are stopped in the package by a person',
    ],
    [
      'of what is on hold by itself is not',
      { invoices: [invoice({ id: 'a', number: 'F-1', holds: [{ kind: 'manual', from: ON, until: null }] })] },
      'invoice F-1 is on hold',
    ],
    [
      'of what the package collects is not',
      { invoices: [invoice({ id: 'a', number: 'F-1', collecting: true })] },
      'invoice F-1 is being collected',
    ],
    [
      'beside an open credit note is not',
      { invoices: [invoice({ id: 'a' }), invoice({ id: 'n', kind: 'credit-note', amount: -1_00, open: -1_00 })] },
      'a credit of the debtor is open',
    ],
    [
      'beside money that waits is not',
      { payments: [payment({ id: 'p', invoiceId: null, amount: 1_00 })] },
      'money of the debtor waits to be allocated',
    ],
    ['for a dispute of another invoice is free', { invoices: [invoice({ id: 'a' }), invoice({ id: 'b', dispute })] }, null],
    ['after a payment that was allocated is free', { payments: [payment({ id: 'p', invoiceId: 'a', amount: 1_00 })] }, null],
  ])('%s', (_, given, because) => {
    expect(stopsPressing(facts(given), ['a'], ON)).toBe(because);
  });
});
