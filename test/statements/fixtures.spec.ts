import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { collectStatements } from '../../src/statements/collect.js';
import { settledAmounts } from '../../src/statements/rules/settled-amounts.js';
import type { Entry, Statement, StatementFile } from '../../src/statements/rules/statement.js';

const fixture = (name: string): Buffer => readFileSync(new URL(`../../fixtures/statements/${name}`, import.meta.url));

const read = async (name: string): Promise<StatementFile> => {
  const files = await collectStatements(name, [fixture(name)]);
  expect(files).toHaveLength(1);
  return files[0] as StatementFile;
};

const only = (file: StatementFile): Statement => {
  expect(file.statements).toHaveLength(1);
  return file.statements[0] as Statement;
};

const refusal = (bytes: Buffer): Promise<unknown> =>
  collectStatements('file', [bytes]).then(
    () => null,
    (error: { code: string; place: object }) => ({ code: error.code, ...error.place }),
  );

describe('a Dutch day in version 02', () => {
  it('gives header, balances and sums', async () => {
    const file = await read('nl-001.02.xml');
    expect(file).toMatchObject({
      message: 'camt.053',
      version: '001.02',
      messageId: 'NL-20260302-1',
      createdAt: '2026-03-03T04:30:00Z',
      page: { number: 1, last: true },
      warnings: [],
    });
    // 363.00 + 242.00 came in, 6.65 went out, 75.00 is pending: 1000.00 + 605.00 - 6.65 = 1598.35.
    expect(only(file)).toMatchObject({
      id: 'NL-2026-061',
      electronicSequence: '061',
      account: { iban: 'NL13TEST0123456789', other: null, currency: 'EUR', owner: 'Voorbeeld Installaties B.V.', servicerBic: 'TESTNL2A' },
      opening: { type: 'OPBD', amount: '1000.00', date: '2026-03-02' },
      closing: { type: 'CLBD', amount: '1598.35' },
      bookedCredit: '605.00',
      bookedDebit: '6.65',
      reconciles: true,
      difference: '0.00',
    });
  });

  it('takes the amount of the entry where a single detail has none, and reads NOTPROVIDED as nothing', async () => {
    const [entry] = only(await read('nl-001.02.xml')).entries;
    expect(entry).toMatchObject({ amount: '363.00', entryReference: '260302000001', batch: false, bankCode: { proprietary: '00100' } });
    expect(entry?.transactions).toMatchObject([
      {
        amount: '363.00',
        amountSource: 'Ntry/Amt',
        endToEndId: null,
        unstructured: ['Factuur 2026-', '0117 dank u'],
        counterparty: { name: 'J. de Boer e/o', iban: 'NL12PROF0000000017', bic: 'PROFNL2A' },
      },
    ]);
  });

  it('drops leading zeros and keeps the betalingskenmerk with its issuer', async () => {
    const entry = only(await read('nl-001.02.xml')).entries[1];
    expect(entry?.amount).toBe('242.00');
    expect(entry?.transactions[0]).toMatchObject({
      amountSource: 'AmtDtls/TxAmt',
      structuredReferences: [{ reference: '5000056789012345', type: 'SCOR', issuer: 'CUR' }],
    });
  });

  it('makes one transaction of costs without details and keeps days as written', async () => {
    const entry = only(await read('nl-001.02.xml')).entries[2];
    expect(entry).toMatchObject({
      amount: '-6.65',
      bookingDate: '2026-03-02',
      valueDate: '2026-03-01',
      information: 'Kosten zakelijk betalen februari',
      transactions: [{ index: 0, amount: '-6.65', amountSource: 'Ntry/Amt', counterparty: null, unstructured: [] }],
    });
  });

  it('keeps a pending entry apart', async () => {
    const entry = only(await read('nl-001.02.xml')).entries[3];
    expect(entry).toMatchObject({ status: 'PDNG', amount: '75.00', bookingDate: null, bankCode: { domain: null, proprietary: null } });
  });
});

describe('version 08 with prefixes in an envelope', () => {
  const entry = async (index: number): Promise<Entry> => only(await read('batch-and-return-001.08.xml')).entries[index] as Entry;

  it('reads the opening from PRCD, overdrawn, and the page', async () => {
    // -50.00 + 300.50 - 50.00 + 985.00 = 1185.50
    expect(only(await read('batch-and-return-001.08.xml'))).toMatchObject({
      page: { number: 1, last: false },
      account: { currency: 'EUR' },
      opening: { type: 'PRCD', amount: '-50.00' },
      bookedCredit: '1285.50',
      bookedDebit: '50.00',
      reconciles: true,
    });
  });

  it('splits a batch and passes over a foreign entry inside it', async () => {
    const batch = await entry(0);
    expect(batch).toMatchObject({ batch: true, batchDetails: { paymentInformationId: 'INC-2026-03', transactions: 2 } });
    expect(batch.transactions.map(({ amount, endToEndId, mandateId }) => [amount, endToEndId, mandateId])).toEqual([
      ['121.00', '2026-0101', 'M-1'],
      ['179.50', '2026-0102', 'M-2'],
    ]);
    expect(settledAmounts(batch)).toEqual(['121.00', '179.50']);
    expect(only(await read('batch-and-return-001.08.xml')).entries).toHaveLength(3);
  });

  it('tells who bounced a collection and why', async () => {
    const returned = await entry(1);
    expect(returned).toMatchObject({ amount: '-50.00', reversal: true });
    expect(returned.transactions[0]).toMatchObject({
      amount: '-50.00',
      return: { code: 'MD06', information: 'Refund asked' },
      counterparty: { name: 'J. de Boer' },
    });
  });

  it('tells the original amount, the charges and who really paid', async () => {
    const abroad = await entry(2);
    expect(abroad.transactions[0]).toMatchObject({
      amount: '985.00',
      original: { amount: '1080.00', currency: 'USD', rate: '1.08' },
      charges: [{ amount: '15.00', currency: 'EUR', bearer: 'SHAR', included: true, credit: false }],
      counterparty: {
        name: 'Zahlungsdienst AG',
        iban: 'DE47100000000000004711',
        bic: 'TESTDEFF',
        country: 'DE',
        ultimateName: 'Muster & Söhne KG',
      },
    });
  });
});

describe('MT940', () => {
  it('reads Dutch structured text of two banks', async () => {
    const statement = only(await read('mt940-nl.sta'));
    // 1000 + 363 + 242 - 50 - 6.65 = 1548.35
    expect(statement).toMatchObject({
      id: 'NL 2026-061',
      electronicSequence: '061',
      page: { number: 1, last: true },
      account: { iban: 'NL13TEST0123456789', currency: 'EUR' },
      opening: { type: 'OPBD', amount: '1000' },
      closing: { type: 'CLBD', amount: '1548.35', date: '2026-03-02' },
      reconciles: true,
    });
    expect(statement.entries.map(({ amount, reversal, servicerReference }) => [amount, reversal, servicerReference])).toEqual([
      ['363', false, 'SVC-1'],
      ['242', false, 'SVC-2'],
      ['-50', true, 'SVC-3'],
      ['-6.65', false, null],
    ]);
    const [abn, sepa, returned, costs] = statement.entries.map(({ transactions }) => transactions[0]);
    expect(abn).toMatchObject({
      endToEndId: null,
      unstructured: ['Factuur 2026-0117 dank u'],
      counterparty: { name: 'J. de Boer e/o', iban: 'NL12PROF0000000017', bic: 'PROFNL2A' },
    });
    expect(sepa).toMatchObject({
      endToEndId: 'E2E-7',
      structuredReferences: [{ reference: '5000056789012345', type: 'SCOR', issuer: 'CUR' }],
      counterparty: { name: 'Bakkerij Zonneveld' },
    });
    expect(returned).toMatchObject({ endToEndId: '2026-0099', mandateId: 'M-1', return: { code: 'MD06' } });
    expect(costs).toMatchObject({ counterparty: null, unstructured: ['Kosten zakelijk betalen februari'] });
  });

  it('reads German fields and puts an entry date into the right year', async () => {
    const statement = only(await read('mt940-turn-of-year-de.sta'));
    expect(statement).toMatchObject({ account: { iban: null, other: '10000000/4711' }, opening: { amount: '-100.00' }, reconciles: true });
    expect(statement.entries[0]).toMatchObject({
      valueDate: '2025-12-31',
      bookingDate: '2026-01-02',
      bankCode: { proprietary: '166' },
      transactions: [
        {
          endToEndId: 'RE-4711',
          unstructured: ['Rechnung 2025-0042 Kunde 17'],
          counterparty: { name: 'Muster ? Söhne KG', iban: 'DE47100000000000004711', bic: 'TESTDEFF' },
        },
      ],
    });
  });

  it('refuses a statement that stops before its closing balance', async () => {
    const text = fixture('mt940-nl.sta').toString();
    expect(await refusal(Buffer.from(text.slice(0, text.indexOf(':62F:'))))).toMatchObject({ code: 'truncated' });
    // The last digit of the closing balance is gone: it no longer matches.
    expect(await refusal(Buffer.from(text.slice(0, text.indexOf(',35\n-') + 2)))).toMatchObject({ code: 'truncated' });
  });
});

describe('encodings and hostile files', () => {
  it('reads ISO-8859-1 by its declaration', async () => {
    expect(only(await read('latin1.xml')).entries[0]?.transactions[0]?.counterparty?.name).toBe('Café Müller');
  });

  it('refuses bytes that are not what the file declares, with their line', async () => {
    expect(await refusal(fixture('wrong-encoding.xml'))).toMatchObject({ code: 'invalid-encoding', line: 2 });
  });

  it('refuses entities at the DOCTYPE', async () => {
    expect(await refusal(fixture('hostile-entity.xml'))).toEqual({ code: 'doctype', line: 2, column: 1 });
  });

  it('refuses half a statement as cut off', async () => {
    expect(await refusal(fixture('truncated.xml'))).toMatchObject({ code: 'truncated' });
  });

  it('names line and column of an amount that is none', async () => {
    const text = fixture('nl-001.02.xml').toString().replace('>6.65<', '>6,65<');
    const line = text.split('\n').findIndex((each) => each.includes('6,65')) + 1;
    // The place is where the text ends: 8 blanks, <Amt Ccy="EUR"> and 6,65 stand before it.
    expect(await refusal(Buffer.from(text))).toEqual({ code: 'invalid-amount', line, column: 8 + 15 + 4 + 1 });
  });
});
