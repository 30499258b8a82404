import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { bankLinesOf } from '../../src/matching/rules/lines.js';
import { matchStatements } from '../../src/matching/rules/match.js';
import type { LineOutcome } from '../../src/matching/rules/vocabulary.js';
import { collectStatements } from '../../src/statements/collect.js';
import type { StatementFile } from '../../src/statements/rules/statement.js';
import { JANSEN, OWN, book, invoice } from './support/golden.js';

interface Payment {
  readonly amount: string;
  readonly text: string;
  readonly reference?: string;
  readonly status?: string;
}

/** An entry with one payment of Jansen each, or one entry that holds them all. */
function camt(
  message: '052' | '053' | '054',
  payments: readonly Payment[],
  options: { batch?: string; details?: boolean; id?: string } = {},
): string {
  const root = { '052': ['BkToCstmrAcctRpt', 'Rpt'], '053': ['BkToCstmrStmt', 'Stmt'], '054': ['BkToCstmrDbtCdtNtfctn', 'Ntfctn'] }[
    message
  ] as [string, string];
  const details = ({ amount, text }: Payment): string =>
    `<TxDtls><AmtDtls><TxAmt><Amt Ccy="EUR">${amount}</Amt></TxAmt></AmtDtls><RltdPties><Dbtr><Nm>Jansen Bouw</Nm></Dbtr><DbtrAcct><Id><IBAN>${JANSEN}</IBAN></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>${text}</Ustrd></RmtInf></TxDtls>`;
  const entry = (amount: string, status: string, reference: string | undefined, content: string): string =>
    `<Ntry><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>${status}</Sts><BookgDt><Dt>2026-11-20</Dt></BookgDt>` +
    `${reference === undefined ? '' : `<AcctSvcrRef>${reference}</AcctSvcrRef>`}<BkTxCd/><NtryDtls>${content}</NtryDtls></Ntry>`;
  const total = payments.reduce((sum, { amount }) => sum + Math.round(Number(amount) * 100), 0);
  const entries = options.batch
    ? entry(
        `${Math.floor(total / 100)}.${String(total % 100).padStart(2, '0')}`,
        'BOOK',
        options.batch,
        options.details === false ? `<Btch><NbOfTxs>${payments.length}</NbOfTxs></Btch>` : payments.map(details).join(''),
      )
    : payments.map((payment) => entry(payment.amount, payment.status ?? 'BOOK', payment.reference, details(payment))).join('');
  return (
    `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.${message}.001.02"><${root[0]}><GrpHdr><MsgId>M</MsgId><CreDtTm>2026-11-20T20:00:00</CreDtTm></GrpHdr>` +
    `<${root[1]}><Id>${options.id ?? 'S'}</Id><CreDtTm>2026-11-20T20:00:00</CreDtTm><Acct><Id><IBAN>${OWN}</IBAN></Id><Ccy>EUR</Ccy></Acct>${entries}</${root[1]}></${root[0]}></Document>`
  );
}

const three = book([
  invoice('2026-0042', 'jansen', '100.10'),
  invoice('2026-0043', 'jansen', '20.20'),
  invoice('2026-0044', 'jansen', '100.10'),
]);
const first = { amount: '100.10', text: '2026-0042' };
const second = { amount: '20.20', text: '2026-0043' };

async function match(...files: readonly [string, string][]): Promise<readonly LineOutcome[]> {
  const read: StatementFile[] = [];
  for (const [name, xml] of files) read.push(...(await collectStatements(name, [Buffer.from(xml)])));
  return matchStatements(three, bankLinesOf(read)).outcomes;
}
const short = (outcomes: readonly LineOutcome[]): string[] =>
  outcomes.map(({ outcome, allocations, because }) =>
    `${outcome} ${allocations.map(({ invoiceId }) => invoiceId).join('+')}${outcome === 'not-a-receipt' ? `: ${because[0]}` : ''}`.trim(),
  );

describe('statements that say the same twice', () => {
  it('pending entries settle nothing', async () => {
    expect(short(await match(['a', camt('053', [{ ...first, status: 'PDNG' }, second])]))).toEqual([
      'not-a-receipt : the entry is not booked (PDNG): it settles nothing until it is',
      'matched 2026-0043',
    ]);
  });

  it('the same file twice books once', async () => {
    expect(short(await match(['a', camt('053', [first, second])], ['b', camt('053', [first, second])]))).toEqual([
      'matched 2026-0042',
      'matched 2026-0043',
      'not-a-receipt : the same booking as in a, entry 0',
      'not-a-receipt : the same booking as in a, entry 1',
    ]);
  });

  it('two equal payments in one statement are two payments', async () => {
    const outcomes = await match([
      'a',
      camt('053', [
        { ...first, text: '' },
        { ...first, text: '' },
      ]),
    ]);
    expect(short(outcomes)).toEqual(['proposed 2026-0042', 'proposed 2026-0044']);
  });

  it('a month that holds a day: what the day had is not booked again, what it had not is', async () => {
    const outcomes = await match(['day', camt('053', [first])], ['month', camt('053', [first, second], { id: 'MONTH' })]);
    expect(short(outcomes)).toEqual(['matched 2026-0042', 'not-a-receipt : the same booking as in day, entry 0', 'matched 2026-0043']);
  });

  it('a camt.052 settles nothing, with or without the statement', async () => {
    expect(short(await match(['r', camt('052', [first])]))).toEqual([
      'not-a-receipt : a report of the day (camt.052) settles nothing until the statement comes',
    ]);
    expect(short(await match(['r', camt('052', [first])], ['s', camt('053', [first])]))).toEqual([
      'not-a-receipt : the same booking as in s, entry 0',
      'matched 2026-0042',
    ]);
  });

  it('a batch is read from its camt.054 when the statement has only the total', async () => {
    const outcomes = await match(
      ['s', camt('053', [first, second], { batch: 'REF1', details: false })],
      ['n', camt('054', [first, second], { batch: 'REF1' })],
    );
    expect(short(outcomes)).toEqual(['not-a-receipt : its details are read from n, entry 0', 'matched 2026-0042', 'matched 2026-0043']);
  });

  it('a camt.054 beside a statement that has the details is a copy', async () => {
    const outcomes = await match(
      ['s', camt('053', [first, second], { batch: 'REF1' })],
      ['n', camt('054', [first, second], { batch: 'REF1' })],
    );
    expect(short(outcomes)).toEqual([
      'matched 2026-0042',
      'matched 2026-0043',
      'not-a-receipt : the same booking as in s, entry 0',
      'not-a-receipt : the same booking as in s, entry 0',
    ]);
  });

  it('a camt.054 of another booking is not a copy', async () => {
    const outcomes = await match(
      ['s', camt('053', [{ ...first, reference: 'REF1' }])],
      ['n', camt('054', [{ ...first, text: '2026-0044', reference: 'REF2' }])],
    );
    expect(short(outcomes)).toEqual(['matched 2026-0042', 'matched 2026-0044']);
  });

  it('a camt.054 alone is read: Swiss and German banks book by it', async () => {
    expect(short(await match(['n', camt('054', [first])]))).toEqual(['matched 2026-0042']);
  });

  it('details that do not add up are weighed as one', async () => {
    const xml = camt('053', [first, second], { batch: 'B' }).replace(
      '<Amt Ccy="EUR">120.30</Amt><CdtDbtInd>',
      '<Amt Ccy="EUR">120.20</Amt><CdtDbtInd>',
    );
    const outcomes = await match(['s', xml]);
    expect(outcomes.map(({ line }) => line.amount)).toEqual([12_020, 0]);
    expect(outcomes[0]?.outcome).toBe('proposed');
  });
});

describe('the sample of fixtures/matching', () => {
  it('is a statement and a book that belong together', async () => {
    const root = new URL('../../fixtures/matching/', import.meta.url);
    expect(readFileSync(new URL('book.json', root), 'utf8')).toContain('tegoed.book/1');
    const [file] = await collectStatements('statement.xml', [readFileSync(new URL('statement.xml', root))]);
    expect(file?.statements[0]?.reconciles).toBe(true);
  });
});
