import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../src/kernel/plain-date.js';
import { coverPaper } from '../../src/handover/documents/cover-paper.js';
import { coverPdf } from '../../src/handover/documents/cover-pdf.js';
import { COVER_WORDS } from '../../src/handover/documents/cover-words.js';
import type { Language } from '../../src/correspondence/rules/localized.js';
import type { DossierDocument } from '../../src/handover/rules/document/dossier.js';
import { letterPdf } from '../../src/correspondence/letter-pdf.js';
import { readPdf } from '../support/pdf.js';
import { invoice, item, reminder, sampleCase, sampleDossier } from './support/sample-case.js';

/** The sample with everything a dossier can have, and long texts. */
const rich = (): DossierDocument =>
  sampleDossier({
    invoices: [
      ...sampleCase().invoices,
      ...Array.from({ length: 60 }, (_, at) =>
        item(
          invoice(`2026-${String(at).padStart(5, '0')}`, {
            amount: 123_456_78 + at,
            open: 123_456_78 + at,
            description: 'Levering en montage van onderdelen voor de koelinstallatie, derde verdieping, volgens opdracht van mei',
          }),
        ),
      ),
    ],
    disputes: [
      {
        invoiceId: 'id-F-1',
        code: 'QUALITY_DAMAGE',
        amount: 100_00,
        openedOn: plainDate('2026-08-01'),
        outcome: 'REJECTED',
        resolvedOn: plainDate('2026-08-20'),
      },
      {
        invoiceId: 'id-F-2',
        code: 'INTEREST_COSTS_CONTESTED',
        amount: null,
        openedOn: plainDate('2026-08-01'),
        outcome: null,
        resolvedOn: null,
      },
    ],
    promises: [{ madeOn: plainDate('2026-09-01'), dueDate: plainDate('2026-09-10'), amount: 910_00, state: 'broken' }],
    arrangements: [
      {
        madeOn: plainDate('2026-09-15'),
        state: 'broken',
        instalments: [
          { dueDate: plainDate('2026-10-01'), amount: 455_00 },
          { dueDate: plainDate('2026-11-01'), amount: 455_00 },
        ],
      },
    ],
    reminders: [
      reminder('reminder', '2026-07-20', { payBy: plainDate('2026-07-27') }),
      reminder('notice-of-default', '2026-10-12', {
        asked: 2_055_34,
        costsAsked: 268_09,
        payBy: plainDate('2026-10-20'),
        addressUsed: 'Kade 2, 1234 CD Voorbeeld',
      }),
    ],
    attachments: Array.from({ length: 12 }, (_, at) => ({
      id: `a-${at}`,
      kind: 'INVOICE' as const,
      fileName: `een-heel-lange-bestandsnaam-van-een-factuur-met-een-omschrijving-erin-${at}.pdf`,
      mediaType: 'application/pdf',
      bytes: 48_211 + at,
      sha256: 'ab'.repeat(32),
    })),
  });

const linesIn = async (document: DossierDocument, language: Language): Promise<readonly string[]> =>
  readPdf(await letterPdf(coverPaper(document, language))).lines.map((line) => line.replaceAll('\u00a0', ' '));

describe('the cover of a dossier', () => {
  it.each<[Language, string[]]>([
    ['nl', ['Hoofdsom', '€ 1.787,25', 'Rente', '€ 60,47', 'Incassokosten', '€ 268,09', 'Te vorderen', '€ 2.115,81']],
    ['en', ['Principal', '€1,787.25', 'Interest', '€60.47', 'Collection costs', '€268.09', 'Claim', '€2,115.81']],
    ['fr', ['Principal', '1 787,25 €', 'Intérêts', '60,47 €', 'Frais de recouvrement', '268,09 €', 'Créance totale', '2 115,81 €']],
  ])('says in %s what is claimed', async (language, totals) => {
    expect((await linesIn(sampleDossier(), language)).join('|')).toContain(totals.join('|'));
  });

  it('has the claim per invoice, its interest by stretches of days, and where it goes on', async () => {
    const all = (await linesIn(sampleDossier(), 'nl')).join('|');
    for (const row of [
      'F-1|15-06-2026|15-07-2026|1.210,00|300,00|0,00|910,00|38,07|verjaart na 12-10-2031',
      'F-2|15-07-2026|14-08-2026|605,00|0,00|60,50|544,50|15,67|verjaart na 12-10-2031',
      'F-1|16-07-2026|01-09-2026|48|1.210,00|10,40%|16,5488',
      'F-1|02-09-2026|23-11-2026|83|910,00|10,40%|21,5209',
      'Berekend tot en met|23-11-2026: € 60,47|Daarna per dag|€ 0,5092',
      'Regeling|staffel, Besluit vergoeding buitengerechtelijke incassokosten|Grondslag|€ 1.787,25|Vergoeding|€ 268,09',
      'F-1|betaling|01-09-2026|300,00|F-2|creditnota|01-08-2026|60,50',
      'Betwistingen|Geen.|Betaaltoezeggingen|Geen.|Betalingsregelingen|Geen.',
    ]) {
      expect(all).toContain(row);
    }
  });

  it('has the reminders in order of time, what was agreed, and every annex with its number and hash', async () => {
    const reversed = { ...rich(), reminders: [...rich().reminders].reverse() };
    const all = (await linesIn(reversed, 'nl')).join('|');
    const [friendly, notice] = [
      all.indexOf('herinnering|20-07-2026|e-mail|1.787,25|0,00|27-07-2026'),
      all.indexOf('ingebrekestelling|12-10-2026|post|2.055,34|268,09|20-10-2026'),
    ];
    expect(friendly).toBeGreaterThan(0);
    expect(notice).toBeGreaterThan(friendly);
    expect(all).toContain('niet nagekomen|01-09-2026|10-09-2026|910,00');
    expect(all).toContain('F-1|kwaliteit of schade|100,00|01-08-2026|afgewezen|20-08-2026|F-2|rente of kosten betwist|geheel|01-08-2026');
    expect(all).toContain(
      `12 een-heel-lange-bestandsnaam-van-een-factuur-met-een-omschrijving-erin-11.pdf|factuur|48222|SHA-256 ${'ab'.repeat(32)}`,
    );
    expect(all).toContain(`Zegel van het dossier (SHA-256)|${rich().seal.sha256}`);
  });

  it.each<Language>(['nl', 'en', 'fr'])('keeps within its page in %s, with figures in one piece', async (language) => {
    const pdf = readPdf(await letterPdf(coverPaper(rich(), language)));
    expect(pdf.beyondMargin).toEqual([]);
    expect(pdf.pages.length).toBeGreaterThan(4);
    // Every heading has something below it on its page.
    const headings = Object.values(COVER_WORDS[language].headings);
    expect(pdf.pages.map((page) => page.at(-2) ?? '').filter((line) => headings.includes(line))).toEqual([]);
    const figures = pdf.lines.filter((line) => /45[67]/.test(line) && /^[\d.,\s\u00a0]+$/.test(line));
    expect(figures.length).toBeGreaterThanOrEqual(180);
    expect(figures.filter((line) => !/^123[.,\u00a0 ]45[67][.,]\d\d$/.test(line))).toEqual([]);
  });

  it('is the same file each time, in the language of the dossier or in Dutch', async () => {
    const document = sampleDossier();
    expect(await coverPdf(document)).toEqual(await coverPdf(document));
    expect(readPdf(await coverPdf({ ...document, language: 'fr' })).title).toBe('Dossier de recouvrement Café Zuiderzee B.V.');
    expect(readPdf(await coverPdf({ ...document, language: 'de' })).title).toBe('Incassodossier Café Zuiderzee B.V.');
  });
});
