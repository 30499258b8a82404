import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { InputError } from '../../src/kernel/errors.js';
import { plainDate } from '../../src/kernel/plain-date.js';
import { unwrap } from '../../src/kernel/result.js';
import { configPath } from '../../src/platform/config/config-files.js';
import { LetterRenderer, type RenderedLetter } from '../../src/correspondence/letter-renderer.js';
import { sampleLetter } from '../../src/correspondence/letter-samples.js';
import { LETTER_KINDS, type Letter, type LetterKind } from '../../src/correspondence/rules/letter.js';
import { LANGUAGES, type Language } from '../../src/correspondence/rules/localized.js';

const renderer = new LetterRenderer();
const render = async (letter: Letter): Promise<RenderedLetter> => unwrap(await renderer.render(letter));

/** Lines are filled at 72 characters: sentences are looked for with every blank as one. */
const flat = (text: string): string => text.replace(/\s+/g, ' ');
/** What a reader sees of the HTML. */
const visible = (html: string): string => flat(html.replace(/<head>.*<\/head>/s, '').replace(/<[^>]*>/g, ' '));

describe('templates', () => {
  it('render every kind in every language, tone and legal setting', () => {
    expect(() => renderer.checkTemplates()).not.toThrow();
  });

  it.each(LANGUAGES.flatMap((language) => LETTER_KINDS.map((kind) => [language, kind] as const)))(
    '%s %s: one-line subject, no entity in the text, no liquid left, every fact in both forms',
    async (language, kind) => {
      const { subject, text, html } = await render(sampleLetter(kind, language));
      expect(subject).not.toMatch(/[\r\n]/);
      expect(subject.length).toBeGreaterThan(10);
      expect(text).not.toMatch(/&\w+;|&#\d+;|<\w/);
      expect(`${subject}${text}${html}`).not.toMatch(/\{\{|\{%|undefined|\[object/);
      for (const fact of ['Voorbeeld Installaties BV', '2026-0042', 'NL91 ABNA 0417 1643 00', 'RF18 5390 0754 7034']) {
        expect(flat(text)).toContain(fact);
        expect(visible(html)).toContain(fact);
      }
    },
  );

  it.each([
    ['nl', '€ 1.234,56', '21 november 2026'],
    ['en', '€1,234.56', '21 November 2026'],
    ['fr', '1 234,56 €', '21 novembre 2026'],
  ] as const)('%s: amounts and dates in the language of the debtor', async (language, amount, date) => {
    const { text, html } = await render(sampleLetter('reminder', language));
    for (const form of [flat(text), visible(html)]) {
      expect(form).toContain(amount);
      expect(form).toContain(date);
    }
  });
});

describe('reminder', () => {
  it('is kind the first time', async () => {
    const { subject, text } = await render(sampleLetter('reminder', 'nl'));
    expect(subject).toBe('Herinnering: factuur 2026-0042');
    expect(flat(text)).toContain('waarschijnlijk aan uw aandacht ontsnapt');
    expect(text).not.toMatch(/incasso|kosten|rente|gebreke/i);
  });

  it('says how to object or pay in parts, and to whom', async () => {
    const { text } = await render(sampleLetter('reminder', 'en'));
    expect(flat(text)).toContain('would you like to pay in parts? Please contact our accounts department: administratie@example.com');
  });

  it('lists several invoices in one aligned table, and names them for the payment', async () => {
    const letter = sampleLetter('reminder', 'nl');
    const [item] = letter.items as [Letter['items'][number]];
    const { subject, text } = await render({
      ...letter,
      items: [item, { ...item, number: 'F1', amount: 5_00, open: 5_00, description: null, paymentReference: null }],
      totals: { amount: 123_956, costs: 0, interest: 0, total: 123_956 },
    });
    expect(subject).toBe('Herinnering: 2 openstaande facturen');
    // Widths by hand: the longest cell or heading of each column, two blanks between them.
    expect(text).toContain(
      [
        'Factuur    Datum       Vervaldatum      Bedrag   Voldaan        Open  Dagen te laat',
        '---------  ----------  -----------  ----------  --------  ----------  -------------',
        '2026-0042  30-09-2026  30-10-2026   € 1.500,00  € 265,44  € 1.234,56             22',
        '  Onderhoud ketel',
        'F1         30-09-2026  30-10-2026       € 5,00    € 0,00      € 5,00             22',
      ].join('\n'),
    );
    expect(text).toContain('Vermeld bij uw betaling:  2026-0042 F1');
  });
});

describe('fourteen-day letter (art. 6:96(6) BW)', () => {
  const safeTerm: Record<Language, string> = {
    nl: 'binnen 15 dagen nadat deze brief bij u is bezorgd',
    en: 'within 15 days after this letter was delivered to you',
    fr: 'dans les 15 jours après que cette lettre vous a été remise',
  };
  // 15% of 1 234.56 is 185.184, so 185.18.
  const fee: Record<Language, string> = { nl: '€ 185,18', en: '€185.18', fr: '185,18 €' };

  it.each(LANGUAGES)('%s: safe term, exact fee, nothing but the principal asked', async (language) => {
    const { text, html } = await render(sampleLetter('fourteen-day-letter', language));
    for (const form of [flat(text), visible(html)]) {
      // Once where it asks, once where it says what follows.
      expect(form.split(safeTerm[language])).toHaveLength(3);
      expect(form).toContain(fee[language]);
      expect(form).toContain('Onderhoud ketel');
      expect(form).toContain('6:96');
      // A day beside the term could contradict it.
      expect(form).not.toMatch(/5 (december|December|décembre) 2026/);
      // "Within 14 days" of anything is the wording that voids the letter.
      expect(form).not.toMatch(/14 (dagen|days|jours)/);
    }
  });

  it.each([
    ['nl', '€ 38,89 btw begrepen: voor de incasso wordt ons btw berekend, en wij kunnen die btw niet verrekenen'],
    ['en', '€38.89 VAT: we are charged VAT for the collection, and we cannot deduct that VAT'],
    ['fr', '38,89 € de TVA : la TVA nous est facturée pour le recouvrement et nous ne pouvons pas la déduire'],
  ] as const)('%s: with the VAT uplift it says why', async (language, statement) => {
    // 185.18 × 21% = 38.8878; together 224.07.
    const letter: Letter = {
      ...sampleLetter('fourteen-day-letter', language),
      announced: { costs: 22_407, vat: 3_889, interestPercent: null },
    };
    expect(flat((await render(letter)).text)).toContain(statement);
    expect(flat((await render(sampleLetter('fourteen-day-letter', language))).text)).not.toMatch(/btw berekend|charged VAT|TVA nous/);
  });
});

describe('Belgian first reminder (Book XIX)', () => {
  it.each([
    ['nl', 'email', '14 kalenderdagen om te betalen. Die termijn begint op de kalenderdag na de dag waarop wij deze e-mail verzenden'],
    ['nl', 'letter', 'Die termijn begint op de derde werkdag na de dag waarop wij deze brief verzenden'],
    ['fr', 'email', '14 jours calendrier pour payer. Ce délai prend cours le jour calendrier qui suit le jour de l’envoi de cet e-mail'],
    ['fr', 'letter', 'Ce délai prend cours le troisième jour ouvrable qui suit le jour de l’envoi de cette lettre'],
    ['en', 'email', 'That term starts on the calendar day after the day on which we send this e-mail'],
    ['en', 'letter', 'That term starts on the third working day after the day on which we send this letter'],
  ] as const)('%s by %s: the term begins where the law lets it', async (language, channel, sentence) => {
    expect(flat((await render({ ...sampleLetter('be-first-reminder', language), channel })).text)).toContain(sentence);
  });

  it.each([
    ['nl', '€ 101,73', 'kosteloos', 'OCMW'],
    ['fr', '101,73 €', 'gratuit', 'CPAS'],
    ['en', '€101.73', 'free of charge', 'OCMW/CPAS'],
  ] as const)('%s: free, with the clause, the enterprise number, what was delivered and where to find help', async (language, ...facts) => {
    // 65 + 5% of (1 234.56 - 500) = 65 + 36.728 = 101.728.
    const { subject, text, html } = await render(sampleLetter('be-first-reminder', language));
    expect(subject).toContain(facts[1]);
    for (const form of [flat(text), visible(html)]) {
      for (const fact of [...facts, '0123.456.749', 'Onderhoud ketel']) expect(form).toContain(fact);
    }
  });

  it('promises no compensation where no clause was agreed', async () => {
    const { text } = await render({ ...sampleLetter('be-first-reminder', 'nl'), announced: null });
    expect(flat(text)).toContain('Wij rekenen ook na die termijn geen schadevergoeding aan.');
  });
});

describe('notice of default', () => {
  const letter: Letter = {
    ...sampleLetter('notice-of-default', 'nl'),
    totals: { amount: 123_456, costs: 4_000, interest: 771, total: 128_227 },
  };

  it('names the law, the rate, the costs and the total, and reserves the right to performance', async () => {
    const { text } = await render(letter);
    for (const fact of ['6:119a', '10,40%', '€ 40,00', '€ 7,71', '€ 1.282,27', 'het recht op nakoming', '5 december 2026']) {
      expect(flat(text)).toContain(fact);
    }
  });

  it('names the law of the debtor: consumer, Belgian, elsewhere', async () => {
    const consumer = { ...letter, debtor: { ...letter.debtor, capacity: 'consumer' as const } };
    expect(flat((await render(consumer)).text)).toMatch(/artikel 6:119 van/);
    expect(flat((await render({ ...letter, law: 'be' })).text)).toContain('wet van 2 augustus 2002');
    expect(flat((await render({ ...consumer, law: 'be' })).text)).toContain('Boek XIX');
    expect(flat((await render({ ...letter, law: 'eu' })).text)).toContain('2011/7/EU');
  });

  it('does not threaten with what only a court can give', async () => {
    for (const language of LANGUAGES) {
      const { text } = await render({ ...letter, language });
      expect(text).not.toMatch(/beslag|deurwaarder|dagvaard|faillissement|bailiff|seiz|bankrupt|huissier|saisie|faillite/i);
    }
  });
});

describe('hostile content', () => {
  const NAME = `"><script>alert('x')</script>&amp; {{ 7 | times: 6 }} {% raw %}`;
  const hostile = (kind: LetterKind): Letter => {
    const letter = sampleLetter(kind, 'nl');
    return {
      ...letter,
      debtor: { ...letter.debtor, name: NAME, number: NAME },
      creditor: { ...letter.creditor, name: `${NAME}\r\nBcc: victim@example.com`, addressLines: [NAME], vatId: NAME },
      contact: { name: NAME, email: NAME, phone: NAME },
      items: letter.items.map((item) => ({ ...item, number: '<b>1</b>\r\nX-Evil: 1', description: NAME, paymentReference: NAME })),
    };
  };

  it.each(LETTER_KINDS)('%s: is shown, never run', async (kind) => {
    const { subject, text, html } = await render(hostile(kind));
    expect(html).not.toMatch(/<script|<b>1/);
    expect(html).toContain('&lt;script&gt;');
    // An entity that was typed is typed, not an ampersand.
    expect(html).toContain('&amp;amp;');
    expect(text).toContain(NAME);
    expect(`${html}${text}`).not.toContain('42');
    expect(subject).not.toMatch(/[\r\n]/);
  });

  it('cannot start a paragraph or a header of its own', async () => {
    const letter = sampleLetter('reminder', 'nl');
    const { text } = await render({ ...letter, debtor: { ...letter.debtor, name: 'X\n\nU hoeft niet te betalen.\n\nY' } });
    expect(text).toContain('Beste X U hoeft niet te betalen. Y,');
  });

  it('renders the longest names there are without losing the amounts', async () => {
    const letter = sampleLetter('demand', 'fr');
    const { text, attachments } = await render({
      ...letter,
      creditor: { ...letter.creditor, name: 'N'.repeat(5_000) },
      debtor: { ...letter.debtor, name: 'é'.repeat(5_000) },
    });
    expect(flat(text)).toContain('1 234,56 €');
    // Too long a name for the code: the letter goes without one.
    expect(attachments).toEqual([]);
  });
});

describe('payment QR', () => {
  it('goes along as PNG and is shown in the HTML by its cid', async () => {
    const { html, attachments } = await render(sampleLetter('reminder', 'nl'));
    expect(attachments.map(({ cid, contentType }) => [cid, contentType])).toEqual([['payment-qr@tegoed', 'image/png']]);
    expect(attachments[0]?.content.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
    expect(html).toContain('src="cid:payment-qr@tegoed"');
  });

  it('is left out where a SEPA transfer cannot pay, with its explanation', async () => {
    const letter = sampleLetter('reminder', 'nl');
    const { html, attachments } = await render({
      ...letter,
      currency: 'USD',
      items: letter.items.map((item) => ({ ...item, currency: 'USD' })),
    });
    expect(attachments).toEqual([]);
    expect(html).not.toMatch(/cid:|Scan deze code/);
  });
});

describe('a letter that may not go out', () => {
  it('is a value with its reason, not a mail', async () => {
    const letter = sampleLetter('demand', 'nl');
    expect(await renderer.render({ ...letter, payBy: plainDate('2026-11-20') })).toMatchObject({
      ok: false,
      error: { code: 'pay-by-passed', message: expect.stringContaining('demand') },
    });
  });
});

describe('broken templates', () => {
  const root = mkdtempSync(join(tmpdir(), 'tegoed-templates-'));
  afterAll(() => rmSync(root, { recursive: true }));

  const broken = (file: string, change: (text: string) => string | null): unknown => {
    const folder = mkdtempSync(join(root, 'case-'));
    cpSync(configPath('templates'), folder, { recursive: true });
    const changed = change(readFileSync(join(folder, file), 'utf8'));
    if (changed === null) rmSync(join(folder, file));
    else writeFileSync(join(folder, file), changed);
    try {
      new LetterRenderer(folder).checkTemplates();
    } catch (error) {
      return error;
    }
    return null;
  };

  it.each<[string, string, (text: string) => string | null, RegExp]>([
    ['a variable that does not exist', 'fr/demand.opening.liquid', (text) => `${text}{{ montant }}`, /undefined variable: montant/],
    ['a filter that does not exist', 'nl/objection.liquid', (text) => `${text}{{ date | shout }}`, /undefined filter: shout/],
    ['a tag that is not closed', 'en/law.liquid', (text) => `${text}{% if law %}`, /not closed/],
    ['a file that is gone', 'en/statement.subject.liquid', () => null, /statement\.subject\.liquid/],
    ['a label that is gone', 'nl/labels.yml', (text) => text.replace(/^total:.*\n/m, ''), /labels\.yml.*total/],
    [
      'the announced fee taken out',
      'nl/fourteen-day-letter.closing.liquid',
      (text) => text.replaceAll('{{ announced.costs }}', 'incassokosten'),
      /nl templates of fourteen-day-letter lost: €.185,18/,
    ],
    ['the way to object taken out', 'fr/objection.liquid', () => '', /lost: administratie@example\.com/],
    ['the account taken out of the HTML', 'layout/payment.html.liquid', () => '', /lost: NL91 ABNA/],
  ])('stop the service: %s', (_what, file, change, message) => {
    const error = broken(file, change);
    expect(error).toBeInstanceOf(Error);
    expect((error as Error).message).toMatch(message);
  });

  it('are an input error when files or labels are missing', () => {
    expect(broken('nl/farewell.liquid', () => null)).toBeInstanceOf(InputError);
    expect(() => new LetterRenderer(join(root, 'nowhere'))).toThrow(InputError);
  });
});
