import { describe, expect, it } from '@jest/globals';
import { composeConsentLost } from './consent-lost-notice.js';

const FACTS = {
  administration: 'Drukkerij <Voorbeeld>\r\nBcc: iedereen@voorbeeld.example',
  language: 'nl',
  packageName: 'Exact Online',
  because: '401 unauthorized_client "used" & gone',
  url: 'https://tegoed.example/console/administrations/1',
};

describe('the mail about a lost connection', () => {
  it.each([
    ['nl', 'de koppeling met Exact Online moet opnieuw worden toegestaan'],
    ['fr-BE', 'Exact Online demande à nouveau votre accord'],
    ['en', 'Exact Online needs your consent again'],
    ['de', 'de koppeling met Exact Online moet opnieuw worden toegestaan'],
  ])('is written in the language of the administration: %s', (language, words) => {
    const { subject, text } = composeConsentLost({ ...FACTS, language });
    expect(subject).toContain(words);
    expect(text).toContain(FACTS.url);
    expect(text).toContain(FACTS.because);
  });

  it('keeps what others wrote on its line and out of the markup', () => {
    const { subject, html } = composeConsentLost(FACTS);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(html).toContain('Drukkerij &lt;Voorbeeld&gt; Bcc');
    expect(html).toContain('&quot;used&quot; &amp; gone');
  });
});
