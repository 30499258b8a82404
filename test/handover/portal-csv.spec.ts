import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { portalCsv } from '../../src/handover/rules/document/portal-csv.js';
import { debtor, reminder, sampleCase, sampleDossier } from './support/sample-case.js';

/** A second reading of the file, character by character (RFC 4180). */
function read(csv: string): string[][] {
  const rows: string[][] = [['']];
  let quoted = false;
  for (let at = csv.startsWith('\ufeff') ? 1 : 0; at < csv.length; at++) {
    const char = csv[at] as string;
    const row = rows.at(-1) as string[];
    if (quoted && char === '"' && csv[at + 1] === '"') row[row.length - 1] += csv[at++] as string;
    else if (char === '"') quoted = !quoted;
    else if (!quoted && char === ';') row.push('');
    else if (!quoted && char === '\r' && csv[at + 1] === '\n') rows.push((at++, ['']) as string[]);
    else row[row.length - 1] += char;
  }
  return rows.slice(0, -1);
}
const named = (name: string) => sampleDossier({ debtor: { ...sampleCase().debtor, debtor: { ...debtor, name } } });
const nameIn = (csv: string): string => read(csv)[1]?.[3] ?? '';

describe('the file for portals', () => {
  it('has a row for each invoice, in the columns of the fact sheet', () => {
    const csv = portalCsv(
      sampleDossier({ reminders: [reminder('fourteen-day-letter', '2026-10-12'), reminder('reminder', '2026-09-20')] }),
    );
    const [head, first, ...others] = csv.split('\r\n');
    expect(head).toBe(
      '\ufeffcaseRef;debtorRef;segment;name;registryNo;vatNo;street;houseNo;suffix;postcode;city;country;email;phone;invoiceNo;invoiceDate;dueDate;currency;originalAmount;openAmount;description;lastReminderDate;costLetterDate;disputed;contractDate;language',
    );
    expect(first).toBe(
      '8b1f6c1e-4d0a-4f5e-9a57-2f8f4f0c1a11;1001;B2B;Café Zuiderzee B.V.;87654321;;Kade;2;;1234 CD;Voorbeeld;NL;administratie@zuiderzee.example;;F-1;2026-06-15;2026-07-15;EUR;1210,00;910,00;;2026-10-12;2026-10-12;no;;nl',
    );
    expect(others).toHaveLength(3);
    expect(portalCsv(sampleDossier(), { decimal: '.' })).toContain(';1210.00;910.00;');
  });

  it.each(['=HYPERLINK("http://x.example";"klik")', '+31201234567', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '\n=1'])(
    'runs nothing: %j',
    (name) => {
      expect(nameIn(portalCsv(named(name)))).toBe(`'${name}`);
    },
  );

  it('gives back every name, and no cell begins like a formula', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }), (name) => {
        const csv = portalCsv(named(name));
        const rows = read(csv);
        expect(rows).toHaveLength(4);
        for (const row of rows) expect(row).toHaveLength(26);
        expect([name, `'${name}`]).toContain(nameIn(csv));
        for (const cell of rows.slice(1).flat()) expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
      }),
    );
  });
});
