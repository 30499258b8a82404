import { describe, expect, it } from '@jest/globals';
import { identityOf } from '../../credit/rules/identity.js';
import { Random } from '../random.js';
import { CustomerMaker } from './customer.js';
import { fictitiousVatNumber } from './fictitious-vat-number.js';

describe('VAT numbers of companies that do not exist', () => {
  it.each([
    // 6×1 + 5×2 + 4×3 + 3×4 + 2×5 = 50, and 50 = 4×11 + 6.
    ['123456', 'NL000123456B01'],
    // Whatever the sixth digit is: it becomes the check digit.
    ['123450', 'NL000123456B01'],
    // 2×5 = 10 is no digit; 2×6 = 12, and 12 = 11 + 1.
    ['000050', 'NL000000061B01'],
    // All zeros are no number.
    ['000000', 'NL000000012B01'],
  ])('%s becomes %s', (six, number) => {
    expect(fictitiousVatNumber(six)).toBe(number);
  });

  it('every customer of the sandbox has numbers that can be right, in the Netherlands and in Belgium', () => {
    const maker = new CustomerMaker(new Random('numbers'));
    const customers = Array.from({ length: 2_000 }, () => maker.next()).filter(({ registryNumber }) => registryNumber !== null);
    expect(new Set(customers.map(({ country }) => country))).toEqual(new Set(['NL', 'BE']));
    const wrong = customers.filter(({ country, vatNumber, registryNumber }) => {
      const { registry, vat, wrong: why } = identityOf({ country, vatId: vatNumber, registryId: registryNumber });
      return why.length > 0 || vat === null || registry === null;
    });
    expect(wrong.map(({ vatNumber }) => vatNumber)).toEqual([]);
  });
});
