import { describe, expect, it } from '@jest/globals';
import { composeHandoverNotice } from './handover-notice.js';

describe('the mail about claims with agencies', () => {
  const facts = { administration: 'Drukkerij', language: 'nl', url: 'https://t.example/h' };

  it('has what belongs to a debtor together, and what agencies say as text', () => {
    const news = [
      { debtor: 'Bakker', text: 'Bureau: geweigerd' },
      { debtor: null, text: 'Bureau: veel berichten' },
      { debtor: 'Bakker', text: 'Bureau vraagt: <b onload=x>"\r\nBcc: a@b' },
    ];
    const mail = composeHandoverNotice({ ...facts, news });
    expect(mail.subject).toBe('Drukkerij: bericht over vorderingen bij het incassobureau');
    expect(mail.text).toBe(
      'Bakker\n- Bureau: geweigerd\n- Bureau vraagt: <b onload=x>" Bcc: a@b\n\nDrukkerij\n- Bureau: veel berichten\n\nBekijken en beantwoorden: https://t.example/h\n',
    );
    expect(mail.html).toContain('<li>Bureau vraagt: &lt;b onload=x&gt;&quot; Bcc: a@b</li>');
  });

  it.each([
    ['en', 'Drukkerij: news of claims with the agency', 'And 5 more.'],
    ['fr', 'Drukkerij : nouvelles des créances chez l’agence', 'Et 5 autre(s).'],
  ])('is in %s, and not without end', (language, subject, rest) => {
    const mail = composeHandoverNotice({ ...facts, language, news: Array.from({ length: 35 }, () => ({ debtor: 'B', text: 'x' })) });
    expect(mail.subject).toBe(subject);
    expect(mail.text).toContain(rest);
    expect(mail.text.match(/^- /gm)).toHaveLength(30);
  });
});
