import { escaped } from './escaped.js';
import { type Language, letterLanguage } from './localized.js';
import { singleLine } from './single-line.js';

/** One act about credit, as whoever runs the administration is told of it. */
export interface CreditNoticeAct {
  readonly debtor: string;
  /** A person has to approve it. */
  readonly waits: boolean;
  /** `EUR 6000.00` */
  readonly exposure: string;
  /** Why, and what to do, in the language of the administration. */
  readonly because: readonly string[];
}

/** What the mail about credit is made of. */
export interface CreditNoticeFacts {
  readonly administration: string;
  /** Language of the administration. */
  readonly language: string;
  readonly acts: readonly CreditNoticeAct[];
  /** The page of the acts in the console. */
  readonly url: string;
}

interface Words {
  readonly subject: (administration: string, count: number) => string;
  readonly intro: string;
  readonly waits: string;
  readonly more: (count: number) => string;
  readonly page: string;
}

const WORDS: Readonly<Record<Language, Words>> = {
  nl: {
    subject: (administration, count) => `${administration}: krediet van ${count} klant(en) vraagt aandacht`,
    intro: 'Vandaag vraagt het krediet van deze klanten aandacht. Ieder wordt één keer gemeld, pas weer als het erger wordt.',
    waits: 'wacht op goedkeuring',
    more: (count) => `En nog ${count}.`,
    page: 'Bekijken, goedkeuren of afwijzen',
  },
  en: {
    subject: (administration, count) => `${administration}: the credit of ${count} customer(s) needs attention`,
    intro: 'The credit of these customers needs attention today. Each is told once, again only when it gets worse.',
    waits: 'waits for approval',
    more: (count) => `And ${count} more.`,
    page: 'Look, approve or say no',
  },
  fr: {
    subject: (administration, count) => `${administration} : le crédit de ${count} client(s) demande votre attention`,
    intro: 'Le crédit de ces clients demande votre attention aujourd’hui. Chacun est signalé une fois, puis seulement s’il s’aggrave.',
    waits: 'attend une approbation',
    more: (count) => `Et ${count} autre(s).`,
    page: 'Voir, approuver ou refuser',
  },
};

/** A mail is read, not scrolled: the rest is in the console. */
const TOLD = 20;

/** The mail to whoever runs an administration about what was said of credit on a day, in its language. */
export function composeCreditNotice({ administration, language, acts, url }: CreditNoticeFacts): {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
} {
  const words = WORDS[letterLanguage(language, 'nl')];
  const customers = new Set(acts.map(({ debtor }) => debtor)).size;
  const parts = acts.slice(0, TOLD).map(({ debtor, waits, exposure, because }) => ({
    title: `${singleLine(debtor)} (${exposure})${waits ? `: ${words.waits}` : ''}`,
    because: because.map((sentence) => singleLine(sentence, 300)),
  }));
  const rest = acts.length > TOLD ? [words.more(acts.length - TOLD)] : [];
  const link = `${words.page}: ${url}`;
  const text = [words.intro, ...parts.map(({ title, because }) => [title, ...because.map((one) => `- ${one}`)].join('\n')), ...rest, link];
  const html = [
    `<p>${escaped(words.intro)}</p>`,
    ...parts.map(
      ({ title, because }) => `<p><b>${escaped(title)}</b></p><ul>${because.map((one) => `<li>${escaped(one)}</li>`).join('')}</ul>`,
    ),
    ...rest.map((line) => `<p>${escaped(line)}</p>`),
    `<p>${escaped(link)}</p>`,
  ];
  return { subject: words.subject(singleLine(administration), customers), text: `${text.join('\n\n')}\n`, html: html.join('\n') };
}
