import { describe, expect, it } from '@jest/globals';
import { stillHolds } from './still-holds.js';

const act = {
  kind: 'reminder', step: 'second-reminder', channel: 'email', invoiceIds: ['i1', 'i2'], amount: '200.00', costs: '0.00',
  interest: '1.20', total: '201.20', payBy: '2026-11-30',
}; // prettier-ignore

describe('whether a decision may still be carried out', () => {
  it('may when nothing binding changed', () => {
    expect(stillHolds(act, { ...act })).toBeNull();
  });

  it('may with the term and the interest of the day it goes out', () => {
    expect(stillHolds(act, { ...act, payBy: '2026-12-02', interest: '1.26', total: '201.26' })).toBeNull();
  });

  it.each([
    ['nothing would be asked any more', undefined, /nothing would be asked/],
    ['part was paid', { ...act, amount: '150.00', total: '151.20' }, /amount was "200.00", now "150.00"/],
    ['an item was paid', { ...act, invoiceIds: ['i2'] }, /invoiceIds/],
    ['another step is due', { ...act, step: 'final-notice' }, /step/],
    ['costs came or went', { ...act, costs: '40.00' }, /costs was "0.00", now "40.00"/],
  ])('may not when %s', (_, fresh, why) => {
    expect(stillHolds(act, fresh)).toMatch(why);
  });
});
