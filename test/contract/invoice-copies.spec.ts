import { afterEach, describe, expect, it } from '@jest/globals';
import { fileTypeOf } from '../../src/handover/rules/attachments/file-type.js';
import { ExactOnlineHarness } from './support/exact-online-harness.js';
import { MoneybirdHarness } from './support/moneybird-harness.js';

describe('the copy of an invoice', () => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });

  it('of Moneybird comes from where it keeps files, to the byte, and the token stays with us', async () => {
    const harness = new MoneybirdHarness();
    await harness.start();
    stops.push(() => harness.stop());
    const copy = await harness.connect().invoiceCopy?.(harness.administrationRef, harness.openInvoice.ref);
    const content = Buffer.from(copy?.base64 ?? '', 'base64');
    expect(fileTypeOf(content, copy?.fileName ?? '')).toMatchObject({ ok: true, value: { mediaType: 'application/pdf' } });
    expect(copy?.fileName).toMatch(/^[\w-]+\.pdf$/);
    expect(harness.storageLeaks()).toBe(0);
    expect(harness.violations()).toEqual([]);
  });

  it('of an external invoice of Moneybird there is none', async () => {
    const harness = new MoneybirdHarness();
    await harness.start();
    stops.push(() => harness.stop());
    const [external] = [...harness.books.externalInvoices.values()];
    expect(await harness.connect().invoiceCopy?.(harness.administrationRef, `external_sales_invoices:${external?.id}`)).toBeNull();
  });

  it('of Exact Online is the PDF of the document of the entry, and none where there is no document', async () => {
    const harness = new ExactOnlineHarness();
    await harness.start();
    stops.push(() => harness.stop());
    const bookkeeping = harness.connect();
    const { ref } = harness.openInvoice;
    expect(await bookkeeping.invoiceCopy?.(harness.administrationRef, ref)).toBeNull();
    const pdf = Buffer.from('%PDF-1.7\n\x00\xff\xfe\x80\n%%EOF\n', 'latin1');
    const { books } = harness;
    const stamp = () => books.stamp(harness.clock.now());
    const document = books.add(books.documents, { ...stamp(), fields: { Subject: 'F-1', Type: 10 } });
    for (const [fileName, content] of [
      ['F-1.xml', Buffer.from('<ubl/>')],
      ['F-1.pdf', pdf],
    ] as const) {
      books.add(books.attachments, { ...stamp(), documentId: document.id, fileName, content });
    }
    const entry = books.entries.get(ref.replace('entry:', ''));
    if (!entry) throw new Error('the open invoice of the harness is no sales entry');
    entry.documentId = document.id;
    const copy = await bookkeeping.invoiceCopy?.(harness.administrationRef, ref);
    expect([copy?.fileName, Buffer.from(copy?.base64 ?? '', 'base64')]).toEqual(['F-1.pdf', pdf]);
  });
});
