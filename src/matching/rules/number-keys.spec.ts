import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../kernel/plain-date.js';
import { numberParts, strongKeys } from './number-keys.js';

const parts = (number: string) => numberParts(number, plainDate('2026-10-01'));

describe('keys of an invoice number', () => {
  it.each([
    ['2026-0042', { folded: '20260042', digits: '20260042', letters: '', year: '2026', serial: '0042' }],
    ['20260042', { folded: '20260042', digits: '20260042', letters: '', year: '2026', serial: '0042' }],
    ['F26.00042', { folded: 'F2600042', digits: '2600042', letters: 'F', year: '26', serial: '00042' }],
    ['700042', { folded: '700042', digits: '700042', letters: '', year: '', serial: '700042' }],
    ['VK/26/00317', { folded: 'VK2600317', digits: '2600317', letters: 'VK', year: '26', serial: '00317' }],
    ['10023-2026-04', { folded: '10023202604', digits: '10023202604', letters: '', year: '', serial: '04' }],
    ['é-7', { folded: 'E7', digits: '7', letters: 'E', year: '', serial: '7' }],
    ['', { folded: '', digits: '', letters: '', year: '', serial: '' }],
  ])('%s', (number, expected) => expect(parts(number)).toEqual(expected));

  it.each([
    ['2026-0042', ['20260042', '2026~42']],
    ['F26.00042', ['F2600042', '2600042', 'F26~42']],
    ['700042', ['700042', '~700042']],
    // fewer than four digits name nothing without the debtor
    ['42', []],
    ['F-42', []],
    ['4711', ['4711']],
  ])('%s is found by %j', (number, keys) => expect(strongKeys(parts(number))).toEqual(keys));
});
