import { describe, expect, it } from '@jest/globals';
import type { Account } from '../statement.js';
import { type Sides, chooseCounterparty } from './counterparty.js';
import { RawParty } from './raw.js';

const own: Account = { iban: 'NL13TEST0123456789', other: null, currency: 'EUR', owner: 'Voorbeeld B.V.', servicerBic: null };
const party = (fields: Partial<RawParty>): RawParty => Object.assign(new RawParty(), fields);
const boer = party({ name: 'J. de Boer', iban: 'nl12 prof 0000 0000 17' });
const us = party({ name: 'Voorbeeld B.V.', iban: 'NL13TEST0123456789' });

const choose = (sides: Partial<Sides>, account = own): unknown =>
  chooseCounterparty(
    { credit: true, cameBack: false, debtor: null, creditor: null, ultimateDebtor: null, ultimateCreditor: null, ...sides },
    account,
  );

describe('the other side', () => {
  it('is the debtor of a credit and the creditor of a debit, its IBAN without blanks', () => {
    expect(choose({ credit: true, debtor: boer, creditor: us })).toMatchObject({ name: 'J. de Boer', iban: 'NL12PROF0000000017' });
    expect(choose({ credit: false, debtor: us, creditor: boer })).toMatchObject({ name: 'J. de Boer' });
  });

  it('is the other role when the first is ourselves (exporters that give both sides the wrong way)', () => {
    expect(choose({ credit: true, debtor: us, creditor: boer })).toMatchObject({ name: 'J. de Boer' });
  });

  it('is nobody when only we are named', () => {
    expect(choose({ credit: true, debtor: us })).toBeNull();
    expect(choose({ credit: true, creditor: party({ name: 'Trading name of ours' }) })).toBeNull();
    expect(choose({})).toBeNull();
  });

  it('is the party of the original on a return (PostFinance)', () => {
    expect(choose({ credit: false, cameBack: true, debtor: party({ name: 'Meier' }) })).toMatchObject({ name: 'Meier' });
    expect(choose({ credit: false, cameBack: true, debtor: party({ name: 'voorbeeld b.v.' }) })).toBeNull();
  });

  it('is known by another kind of account number too', () => {
    const local = { ...own, iban: null, other: '0123 456' };
    expect(choose({ debtor: party({ other: '0123456' }), creditor: boer }, local)).toMatchObject({ name: 'J. de Boer' });
  });

  it('has an ultimate party, unless that is a filler', () => {
    expect(choose({ debtor: boer, ultimateDebtor: 'Bakkerij Zonneveld' })).toMatchObject({ ultimateName: 'Bakkerij Zonneveld' });
    expect(choose({ debtor: boer, ultimateDebtor: 'keine Information vorhanden' })).toMatchObject({ ultimateName: null });
    expect(choose({ debtor: party({ name: 'NOTPROVIDED', iban: 'NL12PROF0000000017' }) })).toMatchObject({ name: null });
  });
});
