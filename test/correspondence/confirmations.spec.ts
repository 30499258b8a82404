import { describe, expect, it } from '@jest/globals';
import { sampleConfirmation } from '../../src/correspondence/confirmation-samples.js';
import { LetterRenderer, type RenderedLetter } from '../../src/correspondence/letter-renderer.js';
import type { ConfirmationLetter } from '../../src/correspondence/rules/confirmation-view.js';
import { LANGUAGES } from '../../src/correspondence/rules/localized.js';
import { CONFIRMATION_KINDS } from '../../src/dossier/rules/confirmation.js';
import { unwrap } from '../../src/kernel/result.js';

const renderer = new LetterRenderer();
const render = (letter: ConfirmationLetter): RenderedLetter => unwrap(renderer.renderConfirmation(letter));
const flat = (text: string): string => text.replace(/\s+/g, ' ');
const visible = (html: string): string => flat(html.replace(/<head>.*<\/head>/s, '').replace(/<[^>]*>/g, ' '));

describe('confirmations', () => {
  it.each(LANGUAGES.flatMap((language) => CONFIRMATION_KINDS.map((kind) => [language, kind] as const)))(
    '%s %s: one-line subject, both forms whole, no demand, nobody else’s amounts',
    (language, kind) => {
      const letter = sampleConfirmation(kind, language);
      const { subject, text, html, attachments } = render(letter);
      expect(subject).toMatch(/^[^\r\n]{10,}$/);
      expect(text).not.toMatch(/&\w+;|&#\d+;|<\w/);
      expect(`${subject}${text}${html}`).not.toMatch(/\{\{|\{%|undefined|\[object/);
      for (const form of [flat(text), visible(html)]) {
        for (const fact of ['Voorbeeld Installaties BV', 'J. Voorbeeld', 'administratie@example.com']) expect(form).toContain(fact);
        if (letter.invoices.length > 0) expect(form).toContain('2026-0042');
        // The words of demands, costs, interest and collection.
        expect(form).not.toMatch(
          /incasso|ingebrek|aanmaning|kosten|rente|collection|default|interest|costs|recouvrement|mise en demeure|frais|intérêts/i,
        );
      }
      // A code to pay with is a demand for its amount.
      expect(attachments).toEqual([]);
    },
  );

  it('asks for nothing but what was agreed', () => {
    const promised = render(sampleConfirmation('promise-noted', 'en'));
    expect(flat(promised.text).match(/€[\d,.]+/g)).toEqual(['€1,234.56']);
    const objected = render(sampleConfirmation('dispute-noted', 'en'));
    expect(flat(objected.text).match(/€[\d,.]+/g)).toEqual(['€250.00']);
    expect(objected.text).not.toContain('NL91');
    expect(flat(render(sampleConfirmation('dispute-settled', 'en')).text)).not.toMatch(/€|NL91/);
  });

  it('lists the instalments of an arrangement, aligned', () => {
    const { text, html } = render(sampleConfirmation('arrangement-made', 'en'));
    // Widths by hand: the longest cell or heading of each column, two blanks between them.
    expect(text).toContain(
      ['No later than     Amount', '---------------  -------', '1 December 2026  €617.28', '1 January 2027   €617.28'].join('\n'),
    );
    expect(visible(html)).toContain('1 January 2027 €617.28');
  });

  it('says of each outcome what it means', () => {
    const letter = sampleConfirmation('dispute-settled', 'nl');
    const told = (outcome: 'REJECTED' | 'CREDITED' | 'WITHDRAWN') =>
      flat(render({ ...letter, said: { ...letter.said, outcome } as never }).text);
    expect(told('REJECTED')).toContain('vinden dat de factuur juist is');
    expect(told('CREDITED')).toContain('U krijgt gelijk');
    expect(told('WITHDRAWN')).toContain('U hebt uw bezwaar ingetrokken');
  });

  it.each([
    ['no-invoices', { invoices: [] }],
    ['no-contact', { contact: { name: 'Jan', email: null, phone: null } }],
    ['incomplete-sender', { debtor: { name: ' ', number: null } }],
  ] as const)('is not written without what it needs: %s', (code, given) => {
    const letter = { ...sampleConfirmation('dispute-noted', 'nl'), ...given };
    expect(renderer.renderConfirmation(letter)).toMatchObject({ ok: false, error: { code } });
  });

  it('is not written with an account that cannot be paid to', () => {
    const letter = sampleConfirmation('promise-noted', 'nl');
    const broken = { ...letter, creditor: { ...letter.creditor, iban: 'NL00ABNA0417164300' } };
    expect(renderer.renderConfirmation(broken)).toMatchObject({ ok: false, error: { code: 'invalid-iban' } });
  });

  it('shows hostile names and never runs them', () => {
    const name = `"><script>alert('x')</script>{{ 7 | times: 6 }}`;
    const letter = sampleConfirmation('arrangement-made', 'nl');
    const hostile = { ...letter, debtor: { name, number: name }, invoices: [{ number: '<b>1</b>\r\nX-Evil: 1', paymentReference: name }] };
    const { subject, html, text } = render(hostile);
    expect(html).not.toMatch(/<script|<b>1/);
    expect(`${html}${text}`).not.toContain('42');
    expect(subject).not.toMatch(/[\r\n]/);
  });
});
