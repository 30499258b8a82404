import { type Minor, formatAmount } from '../../kernel/money.js';
import type { PlainDate } from '../../kernel/plain-date.js';

/** The languages of the people who read notes in the package. */
export type NoteLanguage = 'nl' | 'fr' | 'en';

export const noteLanguage = (language: string): NoteLanguage => (language === 'fr' || language === 'en' ? language : 'nl');

/** `2026-11-21` → `21-11-2026`, as the readers of all three languages here write it. */
export const written = (date: PlainDate): string => `${date.slice(8, 10)}-${date.slice(5, 7)}-${date.slice(0, 4)}`;

/** `123450 EUR` → `EUR 1234,50`; English with a point. */
export const money = (amount: Minor, currency: string, language: NoteLanguage): string => {
  const decimal = formatAmount(amount, currency);
  return `${currency} ${language === 'en' ? decimal : decimal.replace('.', ',')}`;
};

const KINDS: Readonly<Record<NoteLanguage, Readonly<Record<string, string>>>> = {
  nl: {
    reminder: 'Herinnering', demand: 'Aanmaning', 'fourteen-day-letter': 'Veertiendagenbrief', 'be-first-reminder': 'Eerste herinnering',
    'notice-of-default': 'Ingebrekestelling', statement: 'Rekeningoverzicht',
  },
  fr: {
    reminder: 'Rappel', demand: 'Mise en demeure', 'fourteen-day-letter': 'Lettre des quatorze jours', 'be-first-reminder': 'Premier rappel',
    'notice-of-default': 'Mise en demeure', statement: 'Relevé de compte',
  },
  en: {
    reminder: 'Reminder', demand: 'Demand', 'fourteen-day-letter': 'Fourteen-day letter', 'be-first-reminder': 'First reminder',
    'notice-of-default': 'Notice of default', statement: 'Statement of account',
  },
}; // prettier-ignore

const BY = {
  email: { nl: 'per e-mail', fr: 'par e-mail', en: 'by e-mail' },
  letter: { nl: 'per post', fr: 'par courrier', en: 'by post' },
} as const satisfies Readonly<Record<string, Readonly<Record<NoteLanguage, string>>>>;

/**
 * The note left on an invoice when a message about it went out: what, when, for which total, and to be paid by when. No address and
 * no name: whoever reads the note sees the customer already.
 */
export function sentNote(
  act: {
    readonly kind: string;
    readonly channel: 'email' | 'letter';
    readonly sentOn: PlainDate;
    readonly total: Minor;
    readonly currency: string;
    readonly payBy: PlainDate | null;
    readonly items: number;
  },
  language: NoteLanguage,
): string {
  const kind = KINDS[language][act.kind] ?? act.kind;
  const total = money(act.total, act.currency, language);
  const by = BY[act.channel][language];
  const others = act.items - 1;
  switch (language) {
    case 'nl':
      return `${kind} ${by} verstuurd op ${written(act.sentOn)}, totaal ${total}${others > 0 ? ` (met ${others} andere post${others > 1 ? 'en' : ''})` : ''}${act.payBy ? `, te betalen uiterlijk ${written(act.payBy)}` : ''}.`;
    case 'fr':
      return `${kind} envoyé ${by} le ${written(act.sentOn)}, total ${total}${others > 0 ? ` (avec ${others} autre${others > 1 ? 's' : ''} poste${others > 1 ? 's' : ''})` : ''}${act.payBy ? `, à payer au plus tard le ${written(act.payBy)}` : ''}.`;
    case 'en':
      return `${kind} sent ${by} on ${written(act.sentOn)}, total ${total}${others > 0 ? ` (with ${others} other item${others > 1 ? 's' : ''})` : ''}${act.payBy ? `, to be paid by ${written(act.payBy)}` : ''}.`;
  }
}

const PAUSED: Readonly<Record<NoteLanguage, string>> = {
  nl: 'Tegoed volgt deze factuur op; de eigen herinneringen staan stil.',
  fr: 'Tegoed suit cette facture ; les rappels propres sont suspendus.',
  en: 'Tegoed follows up this invoice; the package itself does not remind.',
};

const PAUSED_FOR_DEBTOR: Readonly<Record<NoteLanguage, string>> = {
  nl: 'Tegoed volgt deze klant op; de eigen herinneringen staan stil.',
  fr: 'Tegoed suit ce client ; les rappels propres sont suspendus.',
  en: 'Tegoed follows up this customer; the package itself does not remind.',
};

const RESUMED: Readonly<Record<NoteLanguage, string>> = {
  nl: 'Tegoed herinnert niet meer; de eigen herinneringen lopen weer.',
  fr: 'Tegoed ne rappelle plus ; les rappels propres reprennent.',
  en: 'Tegoed no longer reminds; the package itself does again.',
};

/** Why the package's own reminders were stopped for a customer. */
export const pausedForDebtorNote = (language: NoteLanguage): string => PAUSED_FOR_DEBTOR[language];

/** Why they run again. */
export const resumedNote = (language: NoteLanguage): string => RESUMED[language];

/** Why the package's own reminders were stopped for an invoice. */
export const pausedNote = (language: NoteLanguage): string => PAUSED[language];
