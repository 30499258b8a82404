import { describe, expect, it } from '@jest/globals';
import { type CreditNoticeAct, composeCreditNotice } from './credit-notice.js';

const act = (given: Partial<CreditNoticeAct> = {}): CreditNoticeAct => ({
  debtor: 'Bakkerij <De Vlier>\r\nBcc: iedereen@voorbeeld.example',
  waits: true,
  exposure: 'EUR 6000.00',
  because: ['Obligo EUR 6000.00 op een limiet van EUR 5000.00: 120% benut.', 'Te doen: keur de blokkade goed.'],
  ...given,
});
const facts = {
  administration: 'Drukkerij\r\nBcc: x@voorbeeld.example',
  language: 'nl',
  acts: [act()],
  url: 'https://tegoed.example/acts',
};

describe('the mail about credit', () => {
  it('tells who, how much, why and what to do, and where', () => {
    const { text } = composeCreditNotice(facts);
    expect(text).toContain('(EUR 6000.00): wacht op goedkeuring');
    for (const sentence of act().because) expect(text).toContain(`- ${sentence}`);
    expect(text).toContain(facts.url);
  });

  it.each([
    ['nl', 'krediet van 1 klant(en)'],
    ['en', 'the credit of 1 customer(s)'],
    ['fr-BE', 'le crédit de 1 client(s)'],
    ['de', 'krediet van 1 klant(en)'],
  ])('is written in the language of the administration: %s', (language, words) => {
    expect(composeCreditNotice({ ...facts, language }).subject).toContain(words);
  });

  it('keeps what others wrote on its line and out of the markup', () => {
    const { subject, text, html } = composeCreditNotice(facts);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(text).not.toMatch(/^Bcc/m);
    expect(html).toContain('&lt;De Vlier&gt;');
    expect(html).not.toContain('<De');
  });

  it('counts customers, not acts, and says how many are not told', () => {
    const many = Array.from({ length: 22 }, (_, at) => act({ debtor: `Klant ${Math.floor(at / 2)}` }));
    const { subject, text } = composeCreditNotice({ ...facts, acts: many });
    expect(subject).toContain('11 klant');
    expect(text).toContain('En nog 2.');
    expect(text).not.toContain('Klant 10');
  });
});
