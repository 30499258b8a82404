import { type Language, type Sentence, type SentenceArgs, say } from '../../../kernel/sentence.js';
import type { PlainDate } from '../../../kernel/plain-date.js';

/** What an agency's word, or our own doing, asks of a person. `{agency}` is the name of the agency. */
const TASKS = {
  'answer-question': {
    nl: '{agency} vraagt: {text}',
    fr: '{agency} demande : {text}',
    en: '{agency} asks: {text}',
  },
  'answer-dispute': {
    nl: '{agency}: de debiteur betwist ({code}). {text} Geef antwoord.',
    fr: '{agency} : le débiteur conteste ({code}). {text} Donnez une réponse.',
    en: '{agency}: the debtor disputes ({code}). {text} Give an answer.',
  },
  'approve-legal': {
    nl: '{agency} stelt een juridische stap voor ({cost}): {text} Keur goed of wijs af.',
    fr: '{agency} propose une action en justice ({cost}) : {text} Approuvez ou refusez.',
    en: '{agency} proposes legal action ({cost}): {text} Approve it or say no.',
  },
  'map-status': {
    nl: '{agency} meldt de status "{word}". Wat die betekent is niet vastgelegd; er is niets gewijzigd.',
    fr: '{agency} annonce le statut « {word} ». Sa signification n’est pas définie ; rien n’a été modifié.',
    en: '{agency} says the status is "{word}". Nobody has said what that means; nothing was changed.',
  },
  'check-iban': {
    nl: '{agency} noemt een andere rekening voor afdracht ({iban}). Niets is gewijzigd: bel een nummer dat u al kent.',
    fr: '{agency} indique un autre compte pour les versements ({iban}). Rien n’a été modifié : appelez un numéro que vous connaissez déjà.',
    en: '{agency} names another account for remittances ({iban}). Nothing was changed: call a number you know already.',
  },
  'take-back': {
    nl: '{agency} heeft het dossier geweigerd: {text} De facturen zijn terug bij de eigen opvolging. Beslis hoe verder.',
    fr: '{agency} a refusé le dossier : {text} Les factures sont revenues à votre propre suivi. Décidez de la suite.',
    en: '{agency} has rejected the case: {text} The invoices are back with your own follow-up. Decide how to go on.',
  },
  'decide-rest': {
    nl: '{agency} heeft het dossier gesloten ({code}). Wat nog open is blijft beschermd: neem het terug of boek het af.',
    fr: '{agency} a clôturé le dossier ({code}). Ce qui reste ouvert demeure protégé : reprenez-le ou passez-le en perte.',
    en: '{agency} has closed the case ({code}). What is still open stays protected: take it back or write it off.',
  },
  'expect-settlement': {
    nl: '{agency} heeft het dossier gesloten als betaald. De afrekening moet nog komen.',
    fr: '{agency} a clôturé le dossier comme payé. Le décompte doit encore arriver.',
    en: '{agency} has closed the case as paid. The settlement is still to come.',
  },
  'check-settlement': {
    nl: '{agency}: afrekening {settlement} klopt niet en is niet geboekt. {text}',
    fr: '{agency} : le décompte {settlement} n’est pas exact et n’a pas été comptabilisé. {text}',
    en: '{agency}: settlement {settlement} does not add up and was not booked. {text}',
  },
  'no-receipt': {
    nl: '{agency} heeft het dossier vier uur na aflevering niet bevestigd. Neem contact op.',
    fr: '{agency} n’a pas confirmé le dossier quatre heures après sa remise. Prenez contact.',
    en: '{agency} has not confirmed the case four hours after it was delivered. Get in touch.',
  },
  'no-decision': {
    nl: '{agency} heeft het dossier na drie werkdagen aangenomen noch geweigerd. Neem contact op.',
    fr: '{agency} n’a ni accepté ni refusé le dossier après trois jours ouvrables. Prenez contact.',
    en: '{agency} has neither accepted nor rejected the case after three working days. Get in touch.',
  },
  'decide-after-return': {
    nl: 'Terug van {agency} in de eigen opvolging: {count} factu(u)r(en). Beslis hoe verder.',
    fr: 'De retour de {agency} dans votre propre suivi : {count} facture(s). Décidez de la suite.',
    en: 'Back from {agency}, dunned here again: {count} invoice(s). Decide what is to become of them.',
  },
  'settle-paid': {
    nl: 'Van deze vordering staat niets meer open; {agency} is gevraagd te stoppen. Spreek de kosten af en trek het dossier dan in, of laat het sluiten.',
    fr: 'Plus rien n’est ouvert de cette créance ; {agency} est priée de s’arrêter. Convenez des frais, puis retirez le dossier ou faites-le clôturer.',
    en: 'Nothing of this claim is open any more; {agency} was asked to stop. Agree on its costs, then withdraw the case or have it closed.',
  },
  'delivery-failed': {
    nl: '{agency} heeft {event} niet aangenomen: {because}. Verhelp dat en verstuur opnieuw, of neem het dossier terug.',
    fr: '{agency} n’a pas accepté {event} : {because}. Corrigez et renvoyez, ou reprenez le dossier.',
    en: '{agency} did not take {event}: {because}. Put it right and send it again, or take the case back.',
  },
} as const satisfies Readonly<Record<string, Sentence>>;

export type TaskKind = keyof typeof TASKS;

/** Kinds of which the answer goes to the agency. */
export const ANSWERED: readonly string[] = ['answer-question', 'answer-dispute', 'approve-legal'] satisfies readonly TaskKind[];

/** Kinds that are answered in words. Legal action is approved, or not. */
export const ANSWERABLE: readonly string[] = ['answer-question', 'answer-dispute'] satisfies readonly TaskKind[];

/** Work for a person that follows from something. `args` are what its sentence names. */
export interface TaskWanted {
  readonly kind: TaskKind;
  readonly args: SentenceArgs;
  readonly dueOn: PlainDate | null;
  /** Due so many working days from now, in place of `dueOn`. */
  readonly workingDays?: number;
  /** What makes it another task than one of the same kind and origin. */
  readonly about?: string;
}

/** The text of a task, in the language of the administration. */
export const taskText = ({ kind, args }: TaskWanted, agency: string, language: Language): string =>
  say(TASKS[kind], { agency, ...args }, language);
