import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unwrap } from '../../../kernel/result.js';
import { digests } from '../../digests.js';
import { LOG_START, type LogEntry, type LogFact, append, firstBreak, headOf, withheld } from './hash-chain.js';

const OWNER = { administration: '5b1f6c1e-4d0a-4f5e-9a57-2f8f4f0c1a11', debtor: 'd-1' };
const facts = (count: number): LogFact[] =>
  Array.from({ length: count }, (_, at) => ({
    at: `2026-11-${String(at + 1).padStart(2, '0')}T08:00:00.000Z`,
    kind: at % 2 === 0 ? 'mail-sent' : 'call-made',
    body: { number: at, what: 'é' },
  }));
const log = (count: number): LogEntry[] => unwrap(append(OWNER, LOG_START, facts(count), digests));
const broken = (entries: readonly LogEntry[], whole = log(5)) => firstBreak(OWNER, entries, headOf(whole), digests);
const sha = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

describe('the log of a dossier', () => {
  it('hashes an entry over the one before, in a form that stays as it is', () => {
    const [first, second] = log(2) as [LogEntry, LogEntry];
    // Written out by hand: whoever changes the form changes what has been handed to others.
    const body1 = sha('{"number":0,"what":"é"}');
    const hash1 = sha(
      `["tegoed.log/1","5b1f6c1e-4d0a-4f5e-9a57-2f8f4f0c1a11","d-1",1,"2026-11-01T08:00:00.000Z","mail-sent","${body1}","${'0'.repeat(64)}"]`,
    );
    const body2 = sha('{"number":1,"what":"é"}');
    const hash2 = sha(
      `["tegoed.log/1","5b1f6c1e-4d0a-4f5e-9a57-2f8f4f0c1a11","d-1",2,"2026-11-02T08:00:00.000Z","call-made","${body2}","${hash1}"]`,
    );
    expect(first).toMatchObject({ number: 1, bodySha256: body1, hash: hash1 });
    expect(second).toMatchObject({ number: 2, bodySha256: body2, hash: hash2 });
  });

  it('is whole when nothing happened to it, also when it was written in parts', () => {
    const part = log(2);
    const rest = unwrap(append(OWNER, headOf(part), facts(5).slice(2), digests));
    expect([...part, ...rest]).toEqual(log(5));
    expect(broken(log(5))).toBeNull();
    expect(firstBreak(OWNER, [], LOG_START, digests)).toBeNull();
  });

  it('closes over entries whose body is kept back, and only over those as they were', () => {
    const shown = log(5).map((entry) => (entry.kind === 'call-made' ? withheld(entry) : entry));
    expect(shown[1]?.body).toBeNull();
    expect(broken(shown)).toBeNull();
    expect(broken(shown.with(1, { ...(shown[1] as LogEntry), bodySha256: sha('{}') }))).toMatchObject({ code: 'entry-changed', number: 2 });
  });

  const whole = log(5);
  const entry = (at: number): LogEntry => whole[at] as LogEntry;
  it.each<[string, readonly LogEntry[], string, number]>([
    ['an entry is gone', whole.toSpliced(2, 1), 'entry-missing', 3],
    ['the first is gone', whole.slice(1), 'entry-missing', 1],
    ['the last is gone', whole.slice(0, -1), 'log-cut-short', 5],
    ['all are gone', [], 'log-cut-short', 1],
    ['two changed places', [entry(0), entry(2), entry(1), entry(3), entry(4)], 'entry-missing', 2],
    ['one is there twice', [entry(0), entry(0), ...whole.slice(1)], 'entry-out-of-order', 1],
    ['one was added', [...whole, { ...entry(4), number: 6 }], 'entry-changed', 6],
    ['a body was changed', whole.with(3, { ...entry(3), body: { number: 3, what: 'e' } }), 'body-changed', 4],
    ['a time was changed', whole.with(1, { ...entry(1), at: '2026-11-02T08:00:00.001Z' }), 'entry-changed', 2],
    ['a kind was changed', whole.with(1, { ...entry(1), kind: 'mail-sent' }), 'entry-changed', 2],
    ['the numbers were closed up over a gap', whole.toSpliced(2, 1).map((each, at) => ({ ...each, number: at + 1 })), 'entry-changed', 3],
  ])('%s: the first place is named', (_what, entries, code, number) => {
    expect(broken(entries)).toMatchObject({ code, number });
  });

  it('is not that of somebody else', () => {
    expect(firstBreak({ ...OWNER, debtor: 'd-2' }, whole, headOf(whole), digests)).toMatchObject({ code: 'entry-changed', number: 1 });
    expect(firstBreak({ ...OWNER, administration: 'x' }, whole, headOf(whole), digests)).toMatchObject({ number: 1 });
  });

  it('written anew over a changed entry does not end with the known head', () => {
    const forged = unwrap(append(OWNER, LOG_START, facts(5).with(1, { at: '2026-11-02T08:00:00.000Z', kind: 'x', body: {} }), digests));
    expect(broken(forged)).toMatchObject({ code: 'entry-changed', number: 5 });
    expect(broken(log(6))).toMatchObject({ code: 'log-too-long', number: 6 });
  });

  it('refuses a body that is no JSON', () => {
    expect(append(OWNER, LOG_START, [{ at: '', kind: 'x', body: { at: new Date(0) } }], digests)).toMatchObject({
      ok: false,
      error: { code: 'not-canonical' },
    });
  });

  it('names the first missing entry, whichever are taken out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.uniqueArray(fc.nat(11), { minLength: 1, maxLength: 6 }), (count, gone) => {
        const complete = log(count);
        const left = complete.filter((_, at) => !gone.includes(at));
        const missing = gone.filter((at) => at < count).sort((a, b) => a - b);
        const found = firstBreak(OWNER, left, headOf(complete), digests);
        expect(found?.number ?? null).toBe(missing.length === 0 ? null : (missing[0] as number) + 1);
      }),
    );
  });
});
