import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { digests } from '../../src/handover/digests.js';
import { dossierSchemaCheck } from '../../src/handover/dossier-schema.js';
import { checkDossier } from '../../src/handover/rules/document/check-dossier.js';
import type { ClaimBlock, DossierDocument } from '../../src/handover/rules/document/dossier.js';
import { type Unsealed, sealOf } from '../../src/handover/rules/document/seal.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { unwrap } from '../../src/kernel/result.js';
import { exported, invoice, item, payment, reminder, sampleCase, sampleDossier } from './support/sample-case.js';

const schema = dossierSchemaCheck();
const check = (bytes: Uint8Array) => checkDossier(bytes, schema, digests);
const codes = (bytes: Uint8Array): string[] => check(bytes).findings.map(({ code }) => code);

const sample = sampleDossier({
  reminders: [
    reminder('fourteen-day-letter', '2026-09-20'),
    reminder('notice-of-default', '2026-10-12', { costsAsked: 268_09, documentSha256: null }),
  ],
});
const bytes = exported(sample);

/** Somebody changes the document, makes a new seal for it and writes it as we do. */
function forged(change: (document: Unsealed) => unknown): Uint8Array {
  const { seal: _seal, ...unsealed } = structuredClone(sample);
  const changed = change(unsealed) as Unsealed;
  return exported({ ...changed, seal: unwrap(sealOf(changed, digests)) });
}
const claim = (given: Partial<Record<keyof ClaimBlock, unknown>>) => (document: Unsealed) => ({
  ...document,
  claims: document.claims.with(0, { ...(document.claims[0] as ClaimBlock), ...given } as ClaimBlock),
});
const block =
  <Name extends keyof Unsealed>(name: Name, given: Partial<Record<keyof Unsealed[Name], unknown>>) =>
  (document: Unsealed) => ({ ...document, [name]: { ...(document[name] as object), ...given } });

describe('an exported dossier', () => {
  it.each<[string, DossierDocument]>([
    ['the sample', sample],
    [
      'with payments to interest first',
      sampleDossier({ allocation: 'ART_6_44', approval: { ...sampleCase().approval, principal: 1803_80 } }),
    ],
    [
      'with a part disputed',
      sampleDossier({
        invoices: [
          item(invoice('F-1', { amount: 1210_00, open: 910_00, description: 'Geleverd: 12 stoelen “Ø 40”' }), { disputedPart: 10_00 }),
        ],
        receipts: sampleCase().receipts.slice(0, 1),
        approval: { ...sampleCase().approval, principal: 900_00 },
      }),
    ],
    [
      'with a direct debit that was returned',
      sampleDossier({
        receipts: [...sampleCase().receipts, payment('F-3', '2026-10-01', 332_75, { reversedOn: plainDate('2026-10-08') })],
      }),
    ],
    ['without a log', sampleDossier({ log: [] })],
  ])('has nothing wrong with it: %s', (_what, document) => {
    expect(check(exported(document))).toMatchObject({ document: { caseId: document.caseId }, findings: [] });
  });

  it('shows every changed byte', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const changed = bytes.slice();
        changed[at] = (changed[at] as number) ^ mask;
        expect(codes(changed)).not.toEqual([]);
      }),
    );
  });

  it('shows every byte that is gone or added', () => {
    const blank = fc.constantFrom(0x20, 0x0a, 0x09, 0x30, 0x22);
    fc.assert(
      fc.property(fc.nat(bytes.length), blank, fc.boolean(), (at, byte, add) => {
        const changed = add ? [...bytes.slice(0, at), byte, ...bytes.slice(at)] : [...bytes.slice(0, at), ...bytes.slice(at + 1)];
        fc.pre(changed.length !== bytes.length);
        expect(codes(Uint8Array.from(changed))).not.toEqual([]);
      }),
    );
  });

  it('shows each of its bytes, one after the other, with the lowest bit turned', () => {
    const small = exported(
      sampleDossier({ invoices: [item(invoice('F-3', { amount: 332_75, open: 332_75 }))], receipts: [], reminders: [], attachments: [] }),
    );
    for (let at = 0; at < small.length; at++) {
      const changed = small.slice();
      changed[at] = (changed[at] as number) ^ 1;
      if (codes(changed).length === 0) throw new Error(`byte ${at} can be changed unseen`);
    }
  });

  it('is one text only: the same values otherwise written are somebody else’s', () => {
    const pretty = new TextEncoder().encode(JSON.stringify(sample, null, 2));
    expect(codes(pretty)).toEqual(['bytes-changed']);
    expect(codes(bytes.slice(0, -1))).toEqual(['bytes-changed']);
    expect(codes(Uint8Array.from([0xef, 0xbb, 0xbf, ...bytes]))).toEqual(['not-json']);
    const doubled = new TextDecoder().decode(bytes).replace('"version":1', '"version":1,"version":1');
    expect(codes(new TextEncoder().encode(doubled))).toEqual(['bytes-changed']);
  });
});

describe('a dossier somebody sealed anew', () => {
  const entries = sample.log.entries;
  it.each<[string, (document: Unsealed) => unknown, string]>([
    ['a log entry is gone', block('log', { entries: entries.toSpliced(1, 1) }), 'log-entry-missing'],
    ['the last log entry is gone', block('log', { entries: entries.slice(0, -1) }), 'log-entry-missing'],
    ['the log is gone', block('log', { entries: [] }), 'log-entry-missing'],
    ['a log entry was changed', block('log', { entries: entries.with(0, { ...entries[0], body: {} } as never) }), 'log-body-changed'],
    [
      'a log entry was moved in time',
      block('log', { entries: entries.with(0, { ...entries[0], at: '2026-07-19T07:00:00.000Z' } as never) }),
      'log-entry-changed',
    ],
    ['two log entries changed places', block('log', { entries: [entries[1], entries[0], entries[2]] }), 'log-entry-missing'],
    ['it is the log of another debtor', block('log', { debtor: 'd-2' }), 'log-entry-changed'],
    ['more is open than is left', claim({ open: '920.00' }), 'sum-differs'],
    ['a payment is left out', (document) => ({ ...document, payments: document.payments.slice(1) }), 'sum-differs'],
    [
      'a payment is of something else',
      (document) => ({ ...document, payments: document.payments.map((each) => ({ ...each, invoice: 'F-77' })) }),
      'unknown-invoice',
    ],
    ['an invoice is claimed twice', (document) => ({ ...document, claims: [...document.claims, document.claims[0]] }), 'claimed-twice'],
    ['the principal is another', block('totals', { principal: '1787.26' }), 'sum-differs'],
    ['the costs are in the total twice', block('totals', { claim: '2383.90' }), 'sum-differs'],
    ['the costs are doubled', block('totals', { costs: '536.18', claim: '2383.90' }), 'sum-differs'],
    ['costs over more than is claimed', block('costs', { base: '1787.26' }), 'costs-over-more-than-claimed'],
    ['costs by no rule', block('costs', { scheme: 'NONE' }), 'costs-without-scheme'],
    ['costs that were asked are said not to be', block('costs', { alreadyClaimed: false }), 'costs-claimed-contradicts'],
    ['costs first asked on another day', block('costs', { letterDate: '2026-10-11' }), 'costs-letter-contradicts'],
    ['interest begins again on the last day', block('interest', { continuesFrom: '2026-11-23' }), 'interest-not-continued'],
    ['interest leaves out a day', block('interest', { continuesFrom: '2026-11-25' }), 'interest-not-continued'],
    ['interest of the future', block('interest', { calculatedTo: '2026-12-01', continuesFrom: '2026-12-02' }), 'interest-in-future'],
    [
      'interest over the same days twice',
      claim({ interestSegments: [sample.claims[0]?.interestSegments[0], sample.claims[0]?.interestSegments[0]] }),
      'interest-twice',
    ],
    ['interest before the due date', claim({ dueDate: '2026-07-16' }), 'interest-twice'],
    ['more interest than the days give', claim({ interest: '38.08' }), 'sum-differs'],
    [
      'another number of days',
      claim({ interestSegments: sample.claims[0]?.interestSegments.map((each) => ({ ...each, days: each.days + 1 })) }),
      'days-differ',
    ],
    ['disputed by nothing', claim({ disputed: true }), 'dispute-contradicts'],
    ['more than was approved', block('approval', { principal: '1000.00' }), 'sum-differs'],
    ['an amount that is no amount', claim({ open: '910' }), 'schema'],
    ['a day that is no day', block('interest', { calculatedTo: '2026-02-30' }), 'schema'],
    ['a field nobody knows', (document) => ({ ...document, bsn: '123' }), 'schema'],
    ['no instructions', ({ instructions: _gone, ...document }) => document, 'schema'],
    ['another schema', (document) => ({ ...document, schema: 'collection-dossier/2' }), 'schema'],
  ])('%s: %#', (_what, change, code) => {
    expect(codes(forged(change))).toContain(code);
  });

  it('with nothing changed is the same dossier', () => {
    expect(forged((document) => document)).toEqual(bytes);
  });
});

describe('what is no dossier', () => {
  it.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(0), 'not-json'],
    ['no text', Uint8Array.from([0xff, 0xfe, 0x7b]), 'not-json'],
    ['half of one', bytes.slice(0, 500), 'not-json'],
    ['a list', new TextEncoder().encode('[]'), 'schema'],
    ['null', new TextEncoder().encode('null'), 'schema'],
    ['brackets without end', new TextEncoder().encode('['.repeat(1_000_000)), 'not-json'],
  ])('%s', (_what, content, code) => {
    expect(codes(content)).toContain(code);
  });

  it('is refused at any depth of nesting', () => {
    const { log } = sample;
    const deep = JSON.stringify({ ...sample, log: { ...log, entries: [{ ...log.entries[0], body: { a: 0 } }] } });
    const nested = deep.replace('{"a":0}', `${'{"a":'.repeat(50_000)}0${'}'.repeat(50_000)}`);
    expect(codes(new TextEncoder().encode(nested))).not.toEqual([]);
  });
});
