import { escaped } from './escaped.js';
import { type Language, letterLanguage } from './localized.js';
import { singleLine } from './single-line.js';

/** What the notice about claims that were handed over keeps: lines as they are told, in the language of the administration. */
export interface HandoverNoticePayload {
  readonly type: 'handover';
  readonly news: readonly { readonly debtorId: string | null; readonly text: string }[];
}

/** What the mail is made of; `debtor` null: about an agency, not about a case. */
export interface HandoverNoticeFacts {
  readonly administration: string;
  readonly language: string;
  readonly news: readonly { readonly debtor: string | null; readonly text: string }[];
  /** The page of the claims in the console. */
  readonly url: string;
}

const WORDS: Readonly<Record<Language, { readonly subject: (administration: string) => string; readonly more: (count: number) => string; readonly page: string }>> = {
  nl: { subject: (name) => `${name}: bericht over vorderingen bij het incassobureau`, more: (count) => `En nog ${count}.`, page: 'Bekijken en beantwoorden' },
  en: { subject: (name) => `${name}: news of claims with the agency`, more: (count) => `And ${count} more.`, page: 'Look and answer' },
  fr: { subject: (name) => `${name} : nouvelles des créances chez l’agence`, more: (count) => `Et ${count} autre(s).`, page: 'Voir et répondre' },
}; // prettier-ignore

/** A mail is read, not scrolled: the rest is in the console. */
const TOLD = 30;

/** The mail to whoever runs an administration about what agencies told, in its language. Agencies' words in it are text and nothing else. */
export function composeHandoverNotice({ administration, language, news, url }: HandoverNoticeFacts): {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
} {
  const words = WORDS[letterLanguage(language, 'nl')];
  const parts = [...Map.groupBy(news.slice(0, TOLD), ({ debtor }) => debtor)].map(([debtor, own]) => ({
    title: singleLine(debtor ?? administration),
    lines: own.map(({ text }) => singleLine(text, 500)),
  }));
  const rest = news.length > TOLD ? [words.more(news.length - TOLD)] : [];
  const link = `${words.page}: ${url}`;
  const text = [...parts.map(({ title, lines }) => [title, ...lines.map((line) => `- ${line}`)].join('\n')), ...rest, link];
  const html = [
    ...parts.map(
      ({ title, lines }) => `<p><b>${escaped(title)}</b></p><ul>${lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</ul>`,
    ),
    ...rest.map((line) => `<p>${escaped(line)}</p>`),
    `<p>${escaped(link)}</p>`,
  ];
  return { subject: words.subject(singleLine(administration)), text: `${text.join('\n\n')}\n`, html: html.join('\n') };
}
