import { describe, expect, it } from '@jest/globals';
import { collectStatements } from '../../src/statements/collect.js';
import type { Entry, StatementFile } from '../../src/statements/rules/statement.js';

/*
 * Files no bank sample has (at least none we may use), with answers written down from the standard and camt053.md before they were read:
 * the telling ones of some 450 with which the reader was tried.
 */

const OWN = 'NL39RABO0300065264';
const PAYER = 'NL12PROF0000000017';

const ROOTS = {
  'camt.052': ['BkToCstmrAcctRpt', 'Rpt'],
  'camt.053': ['BkToCstmrStmt', 'Stmt'],
  'camt.054': ['BkToCstmrDbtCdtNtfctn', 'Ntfctn'],
} as const;
type Message = keyof typeof ROOTS;

interface Written {
  readonly message?: Message;
  readonly version?: number;
  readonly balances?: string;
}

const document = (entries: string, { message = 'camt.053', version = 8, balances = '' }: Written = {}): string => {
  const [root, part] = ROOTS[message];
  const name = version === 1 ? `${root}V01` : root;
  return (
    `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${message}.001.${String(version).padStart(2, '0')}"><${name}>` +
    `<GrpHdr><MsgId>M</MsgId><CreDtTm>2026-03-03T00:30:00+01:00</CreDtTm></GrpHdr>` +
    `<${part}><Id>S</Id><Acct><Id><IBAN>${OWN}</IBAN></Id><Ccy>EUR</Ccy></Acct>${balances}${entries}</${part}></${name}></Document>`
  );
};

const entry = (amount: string, given: { indicator?: string; status?: string; currency?: string; details?: string } = {}): string =>
  `<Ntry><Amt Ccy="${given.currency ?? 'EUR'}">${amount}</Amt><CdtDbtInd>${given.indicator ?? 'CRDT'}</CdtDbtInd>` +
  `${given.status ?? '<Sts><Cd>BOOK</Cd></Sts>'}<BookgDt><Dt>2026-03-02</Dt></BookgDt><BkTxCd/>${given.details ?? ''}</Ntry>`;

const details = (...transactions: readonly string[]): string =>
  `<NtryDtls>${transactions.map((each) => `<TxDtls>${each}</TxDtls>`).join('')}</NtryDtls>`;

const read = async (content: string | Buffer): Promise<StatementFile> => {
  const files = await collectStatements('file', [Buffer.from(content)]);
  expect(files).toHaveLength(1);
  return files[0] as StatementFile;
};
const readEntry = async (content: string): Promise<Entry> => (await read(content)).statements[0]?.entries[0] as Entry;
const codeOf = (content: string | Buffer): Promise<string | null> =>
  collectStatements('file', [Buffer.from(content)]).then(
    () => null,
    (error: { code: string }) => error.code,
  );

describe('one payment in every message and version', () => {
  const versions = Array.from({ length: 14 }, (_, index) => index + 1);
  const messages = Object.keys(ROOTS) as Message[];

  it.each(messages.flatMap((message) => versions.map((version) => [message, version] as const)))(
    '%s version %i',
    async (message, version) => {
      const party = version < 7 ? '<Nm>Jansen</Nm>' : '<Pty><Nm>Jansen</Nm></Pty>';
      const bic = version < 3 ? 'BIC' : 'BICFI';
      const reference =
        version === 1
          ? '<CdtrRefTp><Cd>SCOR</Cd></CdtrRefTp><CdtrRef>RF18539007547034</CdtrRef>'
          : '<Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>RF18539007547034</Ref>';
      const amount = '<Amt Ccy="EUR">100.10</Amt>';
      const transaction =
        `<Refs><EndToEndId>E1</EndToEndId></Refs>${version < 3 ? `<AmtDtls><TxAmt>${amount}</TxAmt></AmtDtls>` : amount}` +
        `<RltdPties><Dbtr>${party}</Dbtr><DbtrAcct><Id><IBAN>${PAYER}</IBAN></Id></DbtrAcct></RltdPties>` +
        `<RltdAgts><DbtrAgt><FinInstnId><${bic}>PROFNL2A</${bic}></FinInstnId></DbtrAgt></RltdAgts>` +
        `<RmtInf><Strd><CdtrRefInf>${reference}</CdtrRefInf></Strd></RmtInf>`;
      const status = version < 7 ? '<Sts>BOOK</Sts>' : '<Sts><Cd>BOOK</Cd></Sts>';
      const written = version === 1 ? `<TxDtls>${transaction}</TxDtls>` : details(transaction);
      const file = await read(document(entry('100.10', { status, details: written }), { message, version }));

      expect(file).toMatchObject({
        message,
        version: `001.${String(version).padStart(2, '0')}`,
        createdAt: '2026-03-02T23:30:00Z',
        warnings: [],
        statements: [{ account: { iban: OWN }, bookedCredit: '100.10', bookedDebit: '0.00', reconciles: null }],
      });
      expect(file.statements[0]?.entries[0]).toMatchObject({
        status: 'BOOK',
        amount: '100.10',
        transactions: [
          {
            amount: '100.10',
            endToEndId: 'E1',
            structuredReferences: [{ reference: 'RF18539007547034', type: 'SCOR' }],
            counterparty: { name: 'Jansen', iban: PAYER, bic: 'PROFNL2A' },
          },
        ],
      });
    },
  );
});

describe('amounts', () => {
  it.each([
    ['000000000000149.87', '149.87'], ['+1', '1'], [' \n12.50\t', '12.50'], ['9999999999999.99999', '9999999999999.99999'],
    ['123456789012345678', '123456789012345678'], ['10<!-- x -->0.00', '100.00'], ['10<?x y?>0.00', '100.00'], ['&#x31;00', '100'],
    ['<![CDATA[7.5]]>', '7.5'],
  ])('"%s" is %s', async (written, amount) => {
    expect((await readEntry(document(entry(written)))).amount).toBe(amount);
    expect((await readEntry(document(entry(written, { indicator: 'DBIT' })))).amount).toBe(`-${amount}`);
  }); // prettier-ignore

  it.each([
    '1e3',
    '1,00',
    '1.000,00',
    '1 000.00',
    'NaN',
    'INF',
    '0x10',
    '١٢',
    '１００',
    '',
    '-',
    '+',
    '.',
    '1.2.3',
    '++1',
    '1_000',
    '5.00-',
    '-5.00',
  ])('"%s" is none', async (written) => {
    expect(await codeOf(document(entry(written)))).toBe('invalid-amount');
  });

  it('have a currency of three capitals, however it is written', async () => {
    expect((await readEntry(document(entry('1', { currency: ' eur' })))).currency).toBe('EUR');
  });

  it('of yen and dinar add up as they are', async () => {
    const balance = (type: string, amount: string): string =>
      `<Bal><Tp><CdOrPrtry><Cd>${type}</Cd></CdOrPrtry></Tp><Amt Ccy="KWD">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>`;
    const file = await read(
      document(entry('1.234', { currency: 'KWD' }), { balances: balance('OPBD', '0.001') + balance('CLBD', '1.235') }),
    );
    expect(file.statements[0]).toMatchObject({ reconciles: true, difference: '0.000' });
  });
});

describe('details', () => {
  it('without a direction, or with one that is none, go the way of their entry', async () => {
    for (const written of ['', '<CdtDbtInd/>', '<CdtDbtInd>D</CdtDbtInd>']) {
      const sides = `<RltdPties><Dbtr><Pty><Nm>Wij</Nm></Pty></Dbtr><Cdtr><Pty><Nm>Leverancier</Nm></Pty></Cdtr></RltdPties>`;
      const read = await readEntry(
        document(entry('30', { indicator: 'DBIT', details: details(`<Amt Ccy="EUR">30</Amt>${written}${sides}`) })),
      );
      expect(read.transactions).toMatchObject([{ amount: '-30', counterparty: { name: 'Leverancier' } }]);
    }
  });

  it('that are not what was booked are told, the entry counts', async () => {
    const amount = (text: string, currency = 'EUR'): string => `<Amt Ccy="${currency}">${text}</Amt>`;
    const warned = async (...transactions: readonly string[]): Promise<string[]> =>
      (await read(document(entry('30', { details: details(...transactions) })))).warnings.map(({ code }) => code);
    expect(await warned(amount('10'), amount('20'))).toEqual([]);
    expect(await warned('')).toEqual([]);
    expect(await warned(amount('28'))).toEqual(['details-differ']);
    expect(await warned(amount('33', 'USD'))).toEqual(['details-differ']);
    expect(await warned(amount('30'), amount('30'))).toEqual(['details-differ']);
    expect(await warned('', '')).toEqual(['details-without-amounts']);
  });

  it('of a return in version 01 have their reason under its older name', async () => {
    const returned = '<TxDtls><RtrInf><RtrRsn><Cd>AM04</Cd></RtrRsn><AddtlRtrRsnInf>geen saldo</AddtlRtrRsnInf></RtrInf></TxDtls>';
    const read = await readEntry(
      document(entry('30', { indicator: 'DBIT', status: '<Sts>BOOK</Sts>', details: returned }), { version: 1 }),
    );
    expect(read.transactions[0]?.return).toEqual({ code: 'AM04', information: 'geen saldo' });
  });
});

describe('the text of a file', () => {
  const named = (declaration: string): string =>
    declaration + document(entry('1', { details: details('<RltdPties><Dbtr><Pty><Nm>Café 🥐</Nm></Pty></Dbtr></RltdPties>') }));
  const name = async (content: Buffer): Promise<string | null | undefined> =>
    (await read(content)).statements[0]?.entries[0]?.transactions[0]?.counterparty?.name;
  const declared = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}"?>`;
  const utf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');

  it('may be UTF-16 either way round, declared or not', async () => {
    expect(await name(utf16(named(declared('UTF-16'))))).toBe('Café 🥐');
    expect(await name(utf16(named('')))).toBe('Café 🥐');
    expect(await name(utf16(named(declared('UTF-16'))).swap16())).toBe('Café 🥐');
  });

  it.each([
    ['declares UTF-8 in UTF-16', utf16(named(declared('UTF-8')))],
    ['declares ISO-8859-1 behind the mark of UTF-8', Buffer.from(`\ufeff${named(declared('ISO-8859-1'))}`)],
    ['declares UTF-16 in UTF-8', Buffer.from(named(declared('UTF-16')))],
    ['declares ASCII and is not', Buffer.from(named(declared('US-ASCII')))],
    ['ends in half a character', Buffer.concat([Buffer.from(named('')), Buffer.from([0xe2, 0x82])])],
    ['has an odd byte of UTF-16', Buffer.concat([utf16(named('')), Buffer.from([0x20])])],
  ])('is refused when it %s', async (_, content) => {
    expect(await codeOf(content)).toBe('invalid-encoding');
  });
});

describe('an envelope', () => {
  it('may hold several documents: none of them is passed over', async () => {
    const file = await read(`<All>${document(entry('1'))}${document(entry('2'), { version: 2 })}</All>`);
    expect(file.statements.map(({ bookedCredit }) => bookedCredit)).toEqual(['1.00', '2.00']);
    expect(await codeOf(`<All>${document(entry('1'))}${document(entry('2'), { message: 'camt.052' })}</All>`)).toBe('mixed-messages');
  });
});
