import { describe, expect, it } from '@jest/globals';
import { besideThePackage } from './beside-the-package.js';

const stillReminded = new Map([
  ['a', '2026-0001'],
  ['c', '2026-0003'],
]);

describe('a message', () => {
  it('waits while the package still reminds of one of its invoices, and says of which', () => {
    expect(besideThePackage({ invoiceIds: ['a', 'b', 'c'] }, stillReminded)).toEqual({
      to: 'wait',
      because: 'the package itself still reminds of 2026-0001, 2026-0003',
      minutes: 10,
    });
  });

  it('goes when it reminds of none of them', () => {
    expect(besideThePackage({ invoiceIds: ['b'] }, stillReminded)).toBeNull();
    expect(besideThePackage({ invoiceIds: [] }, stillReminded)).toBeNull();
  });
});
