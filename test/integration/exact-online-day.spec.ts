import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type PlainDate, plainDate } from '../../src/kernel/plain-date.js';
import { changeDueDate } from '../../src/sandbox/exact-online/receivables.js';
import { dayToWall } from '../../src/sandbox/exact-online/rules/wall-clock.js';
import type { FieldRow } from '../../src/sandbox/exact-online/records.js';
import { isWrite } from '../../src/sandbox/exact-online/faults.js';
import { ExactFirm } from '../support/exact-firm.js';
import { readPdf } from '../support/pdf.js';

describe('a day with Exact Online', () => {
  let firm: ExactFirm;
  beforeEach(async () => {
    firm = await ExactFirm.start();
    await firm.connect();
  });
  afterEach(() => firm.stop());

  const effects = (): Promise<object[]> =>
    firm.query(`SELECT state, payload->>'kind' AS kind, last_error FROM effect WHERE kind = 'push' ORDER BY created_at, id`);
  const status = (): Promise<object> => firm.house.api.get(`/api/v1/administrations/${firm.administrationId}/status`);
  const page = async (path: string): Promise<string> =>
    (await fetch(`${firm.house.url}/console${path}`, { headers: { cookie: `tegoed_key=${firm.house.key}` } })).text();

  it('writes a reminder as a document with a note, and plans nothing Exact has no place for', async () => {
    const report = await firm.runDay();
    expect(report).toMatchObject({ held: null, did: { acts: { reminder: 1 }, mailsSent: 1, pushed: { 'reminder-sent': 1 } } });
    expect(await effects()).toEqual([{ state: 'done', kind: 'reminder-sent', last_error: null }]);
    expect([firm.books.documents.size, firm.books.communicationNotes.size]).toEqual([1, 1]);
    // Looked at again, nothing is missing.
    await firm.runDay();
    expect(await effects()).toHaveLength(1);
  });

  describe('the letter of a reminder', () => {
    const pdfs = (): { fileName: string; text: string; title: string }[] =>
      [...firm.books.attachments.values()].map(({ fileName, content }) => {
        const { lines, title } = readPdf(Buffer.from(content));
        return { fileName, title, text: lines.join(' ').replaceAll('\u00a0', ' ') };
      });
    const kept = (): number[] => [firm.books.documents.size, firm.books.attachments.size, firm.books.communicationNotes.size];

    it('goes along as PDF with the figures of the mail, once', async () => {
      await firm.runDay();
      expect(kept()).toEqual([1, 1, 1]);
      const [document] = [...firm.books.documents.values()];
      const [file] = [...firm.books.attachments.values()];
      const [mail] = firm.mailbox.mails;
      expect(file?.documentId).toBe(document?.id);
      const [pdf] = pdfs();
      expect(pdf?.title).toBe(mail?.subject);
      expect(pdf?.fileName).toMatch(/^[a-z]+-.*\d+\.pdf$/);
      expect(pdf?.text).toContain('€ 121,00');
      expect(pdf?.text).toContain(String(firm.invoice.invoiceNumber));
      const figures = mail?.text.match(/\S*\d\S*/g) ?? [];
      expect(figures.length).toBeGreaterThan(10);
      for (const figure of figures) expect(pdf?.text).toContain(figure);
      await firm.runDay();
      expect(kept()).toEqual([1, 1, 1]);
      // The file is made when it is sent: the outbox has what was told, the mail what was said.
      expect(await firm.query(`SELECT payload ? 'attachments' AS there FROM effect WHERE kind = 'push'`)).toEqual([{ there: false }]);
    });

    it.each([
      [0, [1, 0, 0]],
      [1, [1, 1, 0]],
      [2, [1, 1, 1]],
    ])('is there once when the answer to write %i is lost and the package is gone until the next try', async (toCome, meanwhile) => {
      let seen = 0;
      let down = false;
      firm.sandbox.faults.next('drop-after', { match: (request) => isWrite(request) && seen++ === toCome && (down = true) });
      firm.sandbox.faults.next('maintenance', { times: Number.MAX_SAFE_INTEGER, match: () => down });
      expect(await firm.runDay()).toMatchObject({ did: { mailsSent: 1, pushed: {} } });
      expect(kept()).toEqual(meanwhile);
      down = false;
      // Another sender since: the letter is the one that was sent.
      const { sender } = await firm.administration();
      await firm.change({ sender: { ...sender, name: 'Nieuwe Naam B.V.' } });
      firm.clock.advance(3 * 60 * 60_000);
      await firm.runDay();
      expect(kept()).toEqual([1, 1, 1]);
      expect(pdfs()[0]?.text).toContain('€ 121,00');
      expect(pdfs()[0]?.text).not.toContain('Nieuwe Naam');
      expect(firm.mailbox.mails).toHaveLength(1);
    });
  });

  it('writes what was agreed where Exact people look, on the day it is to be looked at', async () => {
    await firm.change({ mode: 'shadow' });
    await firm.runDay();
    await firm.change({ mode: 'live' });
    const [invoice] = await firm.query<{ id: string; debtor_id: string }>('SELECT id, debtor_id FROM invoice');
    const agreed = (what: string, body: object): Promise<{ answerBy?: PlainDate }> =>
      firm.house.api.post(`/api/v1/administrations/${firm.administrationId}/${what}`, body);
    const { answerBy = plainDate('2026-11-20') } = await agreed('disputes', { invoiceId: invoice?.id, code: 'PRICE', amount: '20.00' });
    await agreed('promises', { invoiceIds: [invoice?.id], dueDate: '2026-11-27' });
    await agreed('holds', { debtorId: invoice?.debtor_id, reason: 'REQUEST', until: '2026-12-31', confirm: false });
    const { did } = (await firm.runDay()) ?? {};
    expect(did?.pushed).toEqual({ dispute: 1, promise: 1, note: 1 });
    const days = (table: Iterable<FieldRow>, field: string): unknown[] => [...table].map(({ fields }) => fields[field]);
    expect(answerBy > '2026-11-20').toBe(true);
    expect(days(firm.books.complaints.values(), 'NextAction')).toEqual([dayToWall(answerBy)]);
    expect(days(firm.books.tasks.values(), 'ActionDate')).toEqual([dayToWall(plainDate('2026-11-27'))]);
    expect((await effects()).map((effect) => (effect as { state: string }).state)).toEqual(['done', 'done', 'done']);
  });

  it('asks nothing of anyone while the package says another total is open, says so, and goes on when they agree', async () => {
    await firm.change({ mode: 'shadow' });
    await firm.runDay();
    await firm.change({ mode: 'live' });
    expect(await status()).toMatchObject({ difference: null });

    // A change that the stream of changes does not tell: 121.00 here, 120.00 more there.
    const [term] = firm.books.termsOf(firm.invoice);
    if (!term) throw new Error('the invoice has no term');
    term.amount -= 120_00;
    term.amountDC -= 120_00;
    const held = { reason: 'control-difference', since: null };
    expect(await firm.runDay()).toMatchObject({ held, did: { acts: {}, mailsSent: 0 } });
    expect(firm.mailbox.mails).toEqual([]);
    expect(await status()).toMatchObject({ difference: { currency: 'EUR', theirs: '241.00', ours: '121.00' }, lastDay: { held } });
    const shown = await page(`/administrations/${firm.administrationId}`);
    expect(shown).toContain('Totals differ');
    expect(shown).toContain('The package says €241.00 is open, here €121.00 is: nothing is asked of anyone until they agree.');
    expect(await page('')).toContain('Totals differ');

    changeDueDate(firm.books, firm.invoice, firm.invoice.dueDate, firm.clock.now());
    expect(await firm.runDay()).toMatchObject({ held: null, did: { acts: { reminder: 1 }, mailsSent: 1 } });
    expect(firm.mailbox.mails[0]?.text).toContain('241');
    expect(await status()).toMatchObject({ difference: null, lastDay: { held: null } });
    expect(await page('')).not.toContain('Totals differ');
  });
});
