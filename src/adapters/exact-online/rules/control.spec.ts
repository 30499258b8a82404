import { describe, expect, it } from '@jest/globals';
import { nativeScenarios, readConditions } from './conditions.js';
import { added, controlTotal, outstandingIn, taken } from './control.js';
import { currentDivision, divisionWarnings, hasRight, toAdministration } from './division.js';

describe('the control total', () => {
  const ours = { all: 90_450, documents: 100_000, receivable: 121_000 };

  it.each([
    [90_450, 'all'],
    [100_000, 'documents'],
    [121_000, 'receivable'],
  ] as const)('finds out that %i is our figure "%s"', (theirs, basis) => {
    expect(controlTotal(theirs, ours, 'EUR', null)).toEqual({ basis, control: { currency: 'EUR', theirs, ours: theirs } });
  });

  it('stays with the figure that fitted before, although another would fit now', () => {
    expect(controlTotal(100_000, ours, 'EUR', 'all')).toEqual({
      basis: 'all',
      control: { currency: 'EUR', theirs: 100_000, ours: 90_450 },
    });
  });

  it('shows the difference of everything while none has fitted', () => {
    expect(controlTotal(1, ours, 'EUR', null)).toEqual({ basis: null, control: { currency: 'EUR', theirs: 1, ours: 90_450 } });
  });

  it('learns nothing from a book without anything in it', () => {
    expect(controlTotal(0, { all: 0, documents: 0, receivable: 0 }, 'EUR', null).basis).toBeNull();
  });

  it('reads the figure of the administration, in its own currency', () => {
    const lines = [
      { CurrencyCode: 'USD', OutstandingReceivableInvoiceAmount: 5 },
      { CurrencyCode: 'EUR', OutstandingReceivableInvoiceAmount: 904.5 },
    ];
    expect(outstandingIn(lines, 'EUR')).toBe(90_450);
    expect(outstandingIn(lines, 'GBP')).toBeNull();
    expect(outstandingIn([], 'EUR')).toBeNull();
    expect(outstandingIn([{ CurrencyCode: 'EUR' }], 'EUR')).toBeNull();
  });

  it('goes up and down with each change', () => {
    expect(taken(added(ours, ours), ours)).toEqual(ours);
  });
});

describe('payment conditions', () => {
  const conditions = [
    { Code: '30 ', PaymentDays: 30, PaymentEndOfMonths: 0 },
    { Code: 'EM', PaymentDays: 0, PaymentEndOfMonths: 1 },
    { Code: 'ZZ', PaymentDays: null },
    { PaymentDays: 5 },
  ];

  it('give a term of days, unless it runs to the end of a month', () => {
    expect(readConditions(conditions)).toEqual({ '30': { days: 30 }, EM: { days: null }, ZZ: { days: null } });
  });

  it('show the reminders Exact sends by itself', () => {
    const CreditManagementScenario = 'e0000000-0000-4000-8000-000000000001';
    const scenario = { CreditManagementScenario, CreditManagementScenarioDescription: 'Streng', Description: '30 dagen' };
    expect(nativeScenarios([...conditions, scenario])).toEqual([
      { ref: CreditManagementScenario, name: 'Streng (30 dagen)', isDefault: false },
    ]);
  });
});

describe('divisions', () => {
  const division = {
    Code: 1234567,
    Country: 'NL ',
    Currency: 'EUR',
    Description: 'Parkiet',
    CustomerName: 'Holding',
    Status: 1,
    BlockingStatus: 0,
  };

  it('are administrations', () => {
    expect(toAdministration(division)).toEqual({
      ref: '1234567',
      name: 'Parkiet',
      country: 'NL',
      currency: 'EUR',
      language: null,
      timeZone: 'Europe/Amsterdam',
      active: true,
    });
    expect(toAdministration({})).toBeNull();
  });

  it('that are archived, inactive or blocked are not in use, and say so', () => {
    for (const more of [{ Status: 0 }, { Status: 2 }, { BlockingStatus: 3 }]) {
      expect(toAdministration({ ...division, ...more })?.active).toBe(false);
      expect(divisionWarnings({ ...division, ...more })).toHaveLength(1);
    }
    expect(divisionWarnings(division)).toEqual([]);
  });

  it('the current one is a number or none', () => {
    expect([currentDivision({ CurrentDivision: 7 }), currentDivision({ CurrentDivision: null }), currentDivision(undefined)]).toEqual([
      '7',
      null,
      null,
    ]);
  });
});

describe('hasRight', () => {
  it.each([
    [{ d: { UserHasRights: true } }, true],
    [{ d: { results: [{ UserHasRights: false }] } }, false],
    [{ d: { UserHasRights: { UserHasRights: true } } }, true],
    [{ d: {} }, null],
    [null, null],
  ])('reads %j as %p', (body, expected) => expect(hasRight(body)).toBe(expected));
});
