import { escaped } from './escaped.js';
import { type Language, letterLanguage } from './localized.js';
import { singleLine } from './single-line.js';

/** What the mail about a lost connection is made of. */
export interface ConsentLostFacts {
  readonly administration: string;
  /** Language of the administration. */
  readonly language: string;
  /** As people know it: `Exact Online`. */
  readonly packageName: string;
  /** What the package said. */
  readonly because: string;
  /** The page of the administration in the console. */
  readonly url: string;
}

interface Words {
  readonly subject: string;
  readonly lines: readonly string[];
}

const WORDS: Readonly<Record<Language, (facts: ConsentLostFacts) => Words>> = {
  nl: ({ administration, packageName, because, url }) => ({
    subject: `${administration}: de koppeling met ${packageName} moet opnieuw worden toegestaan`,
    lines: [
      `${packageName} laat Tegoed niet meer binnen in de boekhouding van ${administration}.`,
      'Tot iemand opnieuw toestemming geeft, gaat er niets meer uit: geen herinneringen naar debiteuren en geen notities naar de boekhouding.',
      `Toestemming geven kan hier: ${url}`,
      `Wat het pakket zei: ${because}`,
    ],
  }),
  en: ({ administration, packageName, because, url }) => ({
    subject: `${administration}: ${packageName} needs your consent again`,
    lines: [
      `${packageName} no longer lets Tegoed into the books of ${administration}.`,
      'Until somebody gives consent again nothing goes out: no reminders to debtors and no notes into the books.',
      `Consent can be given here: ${url}`,
      `What the package said: ${because}`,
    ],
  }),
  fr: ({ administration, packageName, because, url }) => ({
    subject: `${administration} : ${packageName} demande à nouveau votre accord`,
    lines: [
      `${packageName} ne laisse plus Tegoed accéder à la comptabilité de ${administration}.`,
      'Tant que personne n’a redonné son accord, rien ne part : ni rappels aux débiteurs, ni notes vers la comptabilité.',
      `L’accord se donne ici : ${url}`,
      `Ce que le logiciel a répondu : ${because}`,
    ],
  }),
};

/** The mail to whoever runs an administration whose package no longer lets us in, in its language. */
export function composeConsentLost(given: ConsentLostFacts): { readonly subject: string; readonly text: string; readonly html: string } {
  const facts = { ...given, administration: singleLine(given.administration), because: singleLine(given.because, 300) };
  const { subject, lines } = WORDS[letterLanguage(facts.language, 'nl')](facts);
  return { subject, text: `${lines.join('\n\n')}\n`, html: lines.map((line) => `<p>${escaped(line)}</p>`).join('\n') };
}
