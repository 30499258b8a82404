import { describe, expect, it } from '@jest/globals';
import { unwrap } from '../../../kernel/result.js';
import { linesToLink, toFinancialAccount, unknownAccounts } from './financial-account.js';

const record = (fields: object = {}) => ({
  ...{ id: '402118851200000030', type: 'BankAccount', name: 'Zakelijke rekening', identifier: 'NL20 INGB 0001 2345 67' },
  ...{ currency: 'EUR', provider: null, moneybird_account: false, active: true },
  ...fields,
});
const account = (fields: object = {}) => unwrap(toFinancialAccount(record(fields)));

describe('an account in the package', () => {
  it('is read with its account number', () => {
    expect(account()).toEqual({
      ...{ id: '402118851200000030', type: 'BankAccount', name: 'Zakelijke rekening', iban: 'NL20INGB0001234567' },
      ...{ currency: 'EUR', isActive: true },
    });
  });

  it('may be of a kind nobody knew, or a card, which has no number', () => {
    expect(account({ type: 'WalletAccount', identifier: '0001', novel: 1 })).toMatchObject({ type: 'WalletAccount', iban: null });
    expect(account({ identifier: null, name: '' })).toMatchObject({ iban: null, name: null });
  });

  it('is in use unless it says otherwise', () => {
    expect([account({ active: undefined }).isActive, account({ active: false }).isActive]).toEqual([true, false]);
  });

  it('is refused without what tells it apart', () => {
    expect(toFinancialAccount(record({ id: null, currency: '' }))).toMatchObject({ ok: false, error: { code: 'unreadable-record' } });
  });
});

describe('bank lines a payment may be linked to', () => {
  const line = (financial_account_id: string | null, currency = 'EUR') => ({
    id: `of ${financial_account_id}`,
    financial_account_id,
    currency,
  });
  const accounts = [account({ id: '1' }), account({ id: '2', active: false }), account({ id: '3', currency: 'USD' })];
  const of = (currency: string, ...lines: object[]) => linesToLink(lines as never, accounts, currency).map(({ id }) => id);

  it('stand on an account of the administration that is in use', () => {
    expect(of('EUR', line('1'), line('2'), line('9'), line(null))).toEqual(['of 1']);
  });

  it('stand on one that keeps the currency of the invoice', () => {
    expect(of('EUR', line('1'), line('3'), line('1', 'USD'))).toEqual(['of 1']);
    expect(of('USD', line('3', 'USD'), line('1'))).toEqual(['of 3']);
  });

  it('name accounts we may not know yet', () => {
    expect(unknownAccounts([line('1'), line('8'), line('8'), line('2')], accounts)).toEqual(['8']);
  });
});
