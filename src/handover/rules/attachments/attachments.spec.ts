import { describe, expect, it } from '@jest/globals';
import { LOG_START, append } from '../log/hash-chain.js';
import { unwrap } from '../../../kernel/result.js';
import { digests } from '../../digests.js';
import { sampleCase } from '../../../../test/handover/support/sample-case.js';
import { annexNames } from './annexes.js';
import { cleanFileName, dispositionOf } from './file-name.js';
import { fileTypeOf } from './file-type.js';
import { minimised } from './minimised.js';
import { withoutPersonalNumbers } from './personal-numbers.js';

const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const PDF = '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n%%EOF\n';
/** The last record of a zip, with a remark of as many bytes as follow it. */
const zipEnd = (remark: string): string =>
  `PK\x05\x06${'\0'.repeat(16)}${String.fromCharCode(remark.length % 256, remark.length >> 8)}${remark}`;
const PNG_END = '\0\0\0\0IEND\xae\x42\x60\x82';
const PNG = `\x89PNG\r\n\x1a\n${'x'.repeat(20)}${PNG_END}`;
const EML = 'Received: from x\r\n by y\r\nFrom: a@proef.example\r\nDate: Mon, 23 Nov 2026 08:00:00 +0000\r\nSubject: F-1\r\n\r\nHallo\r\n';

describe('what a file is', () => {
  it.each([
    ['application/pdf', 'f.pdf', PDF],
    ['application/pdf', 'f.jpg', PDF],
    ['image/jpeg', 'f.pdf', '\xff\xd8\xff\xe0 picture \xff\xd9'],
    ['image/png', 'f', PNG],
    ['image/gif', 'f.gif', 'GIF89a picture ;'],
    ['text/plain', 'f.md', 'Bonjour, le café est fermé'],
    ['text/csv', 'f.CSV', 'naam;bedrag;telefoon\r\n"Jansen";-12,50;+31 20 000 00 00\r\n'],
    ['text/plain', 'f.txt', '=not a sheet'],
    ['message/rfc822', 'f.txt', EML],
  ])('is %s for %s by its bytes', (mediaType, name, content) => {
    expect(fileTypeOf(latin(content), name)).toMatchObject({ ok: true, value: { mediaType } });
  });

  it.each([
    ['a zip, whatever its name', 'invoice.pdf', 'PK\x03\x04 word/vbaProject.bin'],
    ['a zip bomb', '42.pdf', `PK\x03\x04${'\0'.repeat(1000)}`],
    ['an old Office document', 'f.pdf', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
    ['a program', 'f.jpg', 'MZ\x90\0'],
    ['a script', 'f.txt', '#!/bin/sh\nrm -rf /'],
    ['a rich-text document', 'f.txt', '{\\rtf1 }'],
    ['a gzip', 'f.txt', '\x1f\x8b\x08'],
    ['a tar', 'f.txt', `${'a'.repeat(257)}ustar\0`],
    ['HTML', 'f.txt', '  <!DOCTYPE html><script>alert(1)</script>'],
    ['SVG under another name', 'f.txt', '\xef\xbb\xbf<svg onload="alert(1)">'],
    ['text named as a program', 'f.bat', 'del *'],
    ['a macro document by name', 'invoice.docm', 'text'],
    ['a PDF with a script', 'f.pdf', PDF.replace('/Type', '/OpenAction << /S /JavaScript /JS (x) >> /Type')],
    ['a PDF with a script in codes', 'f.pdf', PDF.replace('/Type', '/S /J#61va#53cript /Type')],
    ['a PDF that starts a program', 'f.pdf', PDF.replace('/Type', '/S /Launch /Type')],
    ['a PDF that is a zip too', 'f.pdf', `${PDF}PK\x03\x04 hidden ${zipEnd('')}%%EOF`.replace(/%%EOF$/, '')],
    ['a PDF in the remark of a zip', 'f.pdf', `%PDF-1.7 PK\x03\x04 hidden ${zipEnd('%%EOF\n')}`],
    ['a CSV with a formula', 'f.csv', 'naam;bedrag\n"=HYPERLINK(""http://x"")";1'],
    ['a CSV with a command', 'f.csv', "naam;bedrag\n-2+3+cmd|' /C calc'!A0;1"],
  ])('refuses %s', (_, name, content) => {
    expect(fileTypeOf(latin(content), name)).toMatchObject({ ok: false, error: { code: 'file-refused' } });
  });

  it.each([
    ['file-empty', ''],
    ['file-damaged', '%PDF-1.7\n cut off'],
    ['file-damaged', `${PDF}${'x'.repeat(2000)}`],
    ['file-damaged', '\xff\xd8\xff\xe0 picture \xff\xd9 MZ program behind'],
    ['file-damaged', `${PNG}<script>`],
    ['file-damaged', 'GIF89a=1;/* js */ alert(1)'],
    ['file-unknown', 'RIFF\0\0\0\0WAVE'],
    ['file-unknown', 'text with\0a nul'],
  ])('says %s of %j', (code, content) => {
    expect(fileTypeOf(latin(content), 'f.pdf')).toMatchObject({ ok: false, error: { code } });
  });

  it('takes no compressed picture in a PDF for a script', () => {
    const noise = Array.from({ length: 3_000_000 }, (_, at) => String.fromCharCode((at * 7919 + (at >> 8) * 31) % 256)).join('');
    expect(fileTypeOf(latin(PDF.replace('trailer', `stream\n/JS /AA ${noise}\nendstream trailer`)), 'f.pdf').ok).toBe(true);
  });

  it('finds a script that lies over the border of two pieces', () => {
    const script = '/JavaScript ';
    for (const before of [1024 ** 2 - 5, 1024 ** 2 - 11, 1024 ** 2]) {
      const content = `%PDF-1.7\n${' '.repeat(before - 9)}${script}%%EOF`;
      expect(fileTypeOf(latin(content), 'f.pdf')).toMatchObject({ ok: false, error: { code: 'file-refused' } });
    }
  });
});

describe('the name of a file', () => {
  it.each([
    ['F-1.pdf', 'F-1.pdf'],
    ['../../etc/passwd', 'passwd.pdf'],
    ['C:\\Users\\x\\factuur mei.PDF', 'factuur mei.pdf'],
    ['invoice\u202Efdp.exe', 'invoicefdp.pdf'],
    ['a\r\nSet-Cookie: x\u0000.pdf', 'aSet-Cookie- x.pdf'],
    ['zero\u200Bwidth\u2066.pdf', 'zerowidth.pdf'],
    ['"; rm -rf $(x)`.pdf', 'rm -rf -(x)-.pdf'],
    ['con.pdf', '_con.pdf'],
    ['.htaccess', 'document.pdf'],
    ['   ', 'document.pdf'],
    ['....', 'document.pdf'],
    ['Café Zuiderzee ①.jpeg', 'Café Zuiderzee ①.pdf'],
    ['half \ud800.pdf', 'half \ufffd.pdf'],
  ])('%j becomes %j', (given, clean) => {
    expect(cleanFileName(given, 'pdf')).toBe(clean);
  });

  it('is never longer than a folder takes', () => {
    expect(cleanFileName('€'.repeat(500), 'pdf')).toBe(`${'€'.repeat(80)}.pdf`);
  });

  it('stands in the header in plain letters, and whole', () => {
    expect(dispositionOf('Café "1";\r\nx’.pdf')).toBe(
      `attachment; filename="Cafe _1____x_.pdf"; filename*=UTF-8''Caf%C3%A9%20%221%22%3B%0D%0Ax%E2%80%99.pdf`,
    );
  });

  it('has its number as an annex, so that no two are alike', () => {
    const one = { id: 'a', kind: 'INVOICE' as const, fileName: 'x.pdf', mediaType: 'application/pdf', bytes: 1, sha256: '' };
    expect(annexNames([one, one]).map(({ name }) => name)).toEqual(['01 x.pdf', '02 x.pdf']);
    expect(annexNames(Array.from({ length: 100 }, () => one)).at(0)?.name).toBe('001 x.pdf');
  });
});

describe('what does not leave', () => {
  it.each([
    // 1·9+1·8+1·7+2·6+2·5+2·4+3·3+3·2−3 = 66 = 6 × 11
    ['zijn BSN is 111222333.', 'zijn BSN is […].'],
    ['BSN 1112.22.333', 'BSN […]'],
    // 11 × 11 = 121 is not reached: 9+16+21+24+25+24+21+16−9 = 147, no multiple.
    ['klant 123456789', 'klant 123456789'],
    // 97 − 850730033 mod 97 = 28
    ['rijksregister 85.07.30-033.28', 'rijksregister […]'],
    ['geboren 2000: 00012556777', 'geboren 2000: […]'],
    ['niet 85.07.30-033.29', 'niet 85.07.30-033.29'],
    ['betaald van NL91 ABNA 0417 1643 00 op 1 mei', 'betaald van …4300 op 1 mei'],
    ['van BE68539007547034', 'van …7034'],
    ['naar ons NL02ABNA0123456789', 'naar ons NL02ABNA0123456789'],
    ['geen rekening NL00XXXX1234567890', 'geen rekening NL00XXXX1234567890'],
    ['factuur 26700123, 1.210,00 euro, 2026-11-20, tel. 020 123 45 67', 'factuur 26700123, 1.210,00 euro, 2026-11-20, tel. 020 123 45 67'],
  ])('%s', (text, clean) => {
    expect(withoutPersonalNumbers(text, ['NL02ABNA0123456789'])).toBe(clean);
  });

  it('is taken out of a case file everywhere people type, and hides an entry of the log', () => {
    const owner = { administration: 'a', debtor: 'd' };
    const facts = ['BSN 111222333', 'betaalt morgen'].map((note) => ({
      at: '2026-09-01T09:30:00.000Z',
      kind: 'call-made',
      body: { note },
    }));
    const log = unwrap(append(owner, LOG_START, facts, digests));
    const given = sampleCase({ log });
    const [first, ...others] = given.invoices;
    const dirty = 'zie BSN 111222333 en NL91ABNA0417164300';
    const clean = minimised({
      ...given,
      invoices: [{ ...first!, invoice: { ...first!.invoice, description: dirty } }, ...others],
      receipts: given.receipts.map((receipt) => ({ ...receipt, bankReference: dirty })),
      contacts: given.contacts.map((contact) => ({ ...contact, outcome: dirty })),
      attachments: given.attachments.map((attachment) => ({ ...attachment, fileName: dirty })),
    });
    const text = JSON.stringify(clean);
    expect(text).not.toMatch(/111222333|NL91ABNA0417164300/);
    expect(clean.debtor.debtor.ibans).toEqual([]);
    expect(clean.creditor.iban).toBe('NL02ABNA0123456789');
    expect(clean.log.map(({ body }) => body)).toEqual([null, { note: 'betaalt morgen' }]);
    expect(clean.log.map(({ hash }) => hash)).toEqual(log.map(({ hash }) => hash));
  });
});
