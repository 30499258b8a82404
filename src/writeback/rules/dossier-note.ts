import type { PlainDate } from '../../kernel/plain-date.js';
import { type Minor, parseAmount } from '../../kernel/money.js';
import { stateWords } from '../../handover/rules/callback/news-text.js';
import { type NoteLanguage, money, written } from './note-text.js';

interface Amount {
  readonly minor: Minor;
  readonly currency: string;
}

/** What happened with a debtor, as far as the package is told. No free text: notes there are read by more people than the dossier. */
export type DossierFact =
  | {
      readonly kind: 'dispute-opened' | 'dispute-changed';
      readonly code: string;
      /** Null: the whole. */
      readonly amount: Amount | null;
      readonly answerBy: PlainDate;
    }
  | { readonly kind: 'dispute-settled'; readonly outcome: string }
  | { readonly kind: 'promise-made'; readonly amount: Amount; readonly dueDate: PlainDate; readonly pauses: boolean }
  | { readonly kind: 'promise-judged'; readonly amount: Amount; readonly dueDate: PlainDate; readonly to: string; readonly paid: Amount }
  | { readonly kind: 'promise-withdrawn' | 'arrangement-withdrawn' | 'hold-ended' }
  | { readonly kind: 'arrangement-made'; readonly total: Amount; readonly instalments: number; readonly last: PlainDate }
  /** `isUntold`: the debtor was told nothing of it, because the package reminds. */
  | { readonly kind: 'arrangement-judged'; readonly to: string; readonly isUntold: boolean }
  | { readonly kind: 'hold-set'; readonly hold: string; readonly until: PlainDate | null }
  | { readonly kind: 'call-made'; readonly outcome: string }
  /** A message that was sent did not arrive. */
  | { readonly kind: 'contact-returned'; readonly channel: string; readonly sentOn: PlainDate; readonly on: PlainDate }
  | { readonly kind: 'limit-set'; readonly limit: Minor; readonly currency: string }
  /** `file`: what people call the case by. */
  | { readonly kind: 'handed-over'; readonly agency: string; readonly file: string; readonly on: PlainDate }
  | { readonly kind: 'handover-withdrawn'; readonly agency: string; readonly file: string }
  /** Deliveries are held, or no longer; `limit` null: none is set. */
  | { readonly kind: 'credit-held' | 'credit-released'; readonly exposure: Amount; readonly limit: Amount | null }
  /** A claim that was handed over, in the state its agency says; or `paid` there, then the state is no news. */
  | {
      readonly kind: 'agency-told' | 'handover-ended';
      readonly agency: string;
      /** The agency's file. */
      readonly reference: string | null;
      readonly state: string;
      readonly paid: { readonly amount: Amount; readonly on: PlainDate } | null;
    };

/** The reason, and what a person is to do. */
const UNTOLD: Readonly<Record<NoteLanguage, string>> = {
  nl: 'De klant is hiervan niet bericht, omdat het pakket zelf herinnert: neem contact op, of trek de regeling in zodat het pakket weer herinnert.',
  fr: 'Le client n’en a pas été informé, parce que le logiciel envoie lui-même les rappels : contactez-le, ou retirez le plan pour que les rappels reprennent.',
  en: 'The customer was not told, because the package reminds by itself: contact him, or withdraw the arrangement so that the package reminds again.',
};

/** Kinds of dossier entries the package is told of. */
export const TOLD_KINDS = [
  'dispute-opened', 'dispute-changed', 'dispute-settled', 'promise-made', 'promise-judged', 'promise-withdrawn', 'arrangement-made',
  'arrangement-judged', 'arrangement-withdrawn', 'hold-set', 'hold-ended', 'call-made', 'contact-returned', 'debtor-changed',
  'credit-held', 'credit-released', 'agency-told', 'handover-ended', 'handed-over', 'handover-withdrawn',
] as const; // prettier-ignore

type Body = Readonly<Record<string, unknown>>;

/** Reads an entry as the dossier stores it; `currency` is the administration's. Throws (a bug) for one of another kind, or with parts missing. */
export function dossierFact(kind: string, body: Body, currency: string): DossierFact {
  const text = (field: string): string => String(body[field] ?? '');
  const day = (field: string): PlainDate => text(field) as PlainDate;
  const amount = (field: string, of: Body = body): Amount => {
    const own = text('currency') || currency;
    const parsed = parseAmount(String(of[field] ?? ''), own);
    if (!parsed.ok) throw new Error(`dossier entry ${kind}: ${field}: ${parsed.error.message}`);
    return { minor: parsed.value, currency: own };
  };
  switch (kind) {
    case 'dispute-opened':
    case 'dispute-changed':
      return { kind, code: text('code'), amount: body['amount'] === null ? null : amount('amount'), answerBy: day('answerBy') };
    case 'dispute-settled':
      return { kind, outcome: text('outcome') };
    case 'promise-made':
      return { kind, amount: amount('amount'), dueDate: day('dueDate'), pauses: body['pauses'] === true };
    case 'promise-judged':
      return { kind, amount: amount('amount'), dueDate: day('dueDate'), to: text('to'), paid: amount('paid') };
    case 'promise-withdrawn':
    case 'arrangement-withdrawn':
    case 'hold-ended':
      return { kind };
    case 'arrangement-made': {
      const instalments = body['instalments'] as readonly { readonly dueDate: PlainDate }[];
      const last = instalments.at(-1);
      if (last) return { kind, total: amount('total'), instalments: instalments.length, last: last.dueDate };
      break;
    }
    case 'arrangement-judged':
      return {
        kind,
        to: text('to'),
        isUntold: (body['notice'] as { because?: unknown } | null | undefined)?.because === 'package-reminds',
      };
    case 'hold-set':
      return { kind, hold: text('kind'), until: body['until'] === null ? null : day('until') };
    case 'call-made':
      return { kind, outcome: text('outcome') };
    case 'contact-returned':
      return { kind, channel: text('channel'), sentOn: day('sentOn'), on: day('on') };
    case 'handed-over':
      return { kind, agency: text('agency'), file: fileOf(text('case')), on: day('handedOverOn') };
    case 'handover-withdrawn':
      return { kind, agency: text('agency'), file: fileOf(text('case')) };
    case 'credit-held':
    case 'credit-released':
      return { kind, exposure: amount('exposure'), limit: body['limit'] === null ? null : amount('limit') };
    case 'agency-told':
    case 'handover-ended': {
      const paid = text('news') === 'payment_registered' ? { amount: amount('amount'), on: day('receivedOn') } : null;
      const reference = text('reference') === '' ? null : text('reference').slice(0, 40);
      return { kind, agency: text('agency'), reference, state: text('state'), paid };
    }
    case 'debtor-changed': {
      const limit = amount('creditLimit', body['changes'] as Body);
      return { kind: 'limit-set', limit: limit.minor, currency: limit.currency };
    }
  }
  throw new Error(`the package is not told of a dossier entry "${kind}" with ${JSON.stringify(body)}`);
}

/** A case by the first part of its id: enough to find it, short enough for a note. */
export const fileOf = (caseId: string): string => caseId.slice(0, 8).toUpperCase();

type Words = Readonly<Record<NoteLanguage, Readonly<Record<string, string>>>>;

const OUTCOMES: Words = {
  nl: { REJECTED: 'afgewezen', CREDITED: 'gecrediteerd', PARTLY_CREDITED: 'gedeeltelijk gecrediteerd', PAID: 'betaald', WITHDRAWN: 'ingetrokken' },
  fr: { REJECTED: 'rejetée', CREDITED: 'créditée', PARTLY_CREDITED: 'créditée en partie', PAID: 'payée', WITHDRAWN: 'retirée' },
  en: { REJECTED: 'rejected', CREDITED: 'credited', PARTLY_CREDITED: 'credited in part', PAID: 'paid', WITHDRAWN: 'withdrawn' },
}; // prettier-ignore

const STATES: Words = {
  nl: { open: 'weer open', kept: 'nagekomen', late: 'te laat nagekomen', short: 'gedeeltelijk nagekomen', broken: 'niet nagekomen', running: 'loopt weer', completed: 'voltooid' },
  fr: { open: 'à nouveau ouverte', kept: 'tenue', late: 'tenue en retard', short: 'tenue en partie', broken: 'non tenue', running: 'à nouveau en cours', completed: 'terminé' },
  en: { open: 'open again', kept: 'kept', late: 'kept late', short: 'kept in part', broken: 'not kept', running: 'running again', completed: 'completed' },
}; // prettier-ignore

const HOLDS: Words = {
  nl: { manual: 'op verzoek', insolvency: 'insolventie', guardianship: 'bewind of schuldregeling' },
  fr: { manual: 'à la demande', insolvency: 'insolvabilité', guardianship: 'administration ou règlement de dettes' },
  en: { manual: 'on request', insolvency: 'insolvency', guardianship: 'guardianship or debt restructuring' },
};

const CALLS: Words = {
  nl: { reached: 'gesproken', 'not-reached': 'niet bereikt', 'wrong-number': 'verkeerd nummer', 'invoice-not-received': 'factuur niet ontvangen', promise: 'betaling toegezegd', dispute: 'bezwaar gemaakt' },
  fr: { reached: 'parlé', 'not-reached': 'pas de réponse', 'wrong-number': 'mauvais numéro', 'invoice-not-received': 'facture non reçue', promise: 'paiement promis', dispute: 'contestation' },
  en: { reached: 'spoken', 'not-reached': 'not reached', 'wrong-number': 'wrong number', 'invoice-not-received': 'invoice not received', promise: 'payment promised', dispute: 'objection made' },
}; // prettier-ignore

const wordIn = (words: Words, word: string, language: NoteLanguage): string => words[language][word] ?? word;

/** The note a dossier entry leaves in the package, in the language of the administration. */
export function dossierNote(fact: DossierFact, language: NoteLanguage): string {
  const say = (nl: string, fr: string, en: string): string => ({ nl, fr, en })[language];
  const amountOf = ({ minor, currency }: Amount): string => money(minor, currency, language);
  switch (fact.kind) {
    case 'dispute-opened':
    case 'dispute-changed': {
      const { code, amount } = fact;
      const by = written(fact.answerBy);
      const part = amount === null ? say('geheel', 'totalité', 'whole') : amountOf(amount);
      return say(
        `Betwist (${code}): ${part}. Antwoord uiterlijk ${by}.`,
        `Contestée (${code}) : ${part}. Réponse au plus tard le ${by}.`,
        `Disputed (${code}): ${part}. Answer by ${by}.`,
      );
    }
    case 'dispute-settled': {
      const outcome = wordIn(OUTCOMES, fact.outcome, language);
      return say(`Bezwaar afgehandeld: ${outcome}.`, `Contestation traitée : ${outcome}.`, `Dispute settled: ${outcome}.`);
    }
    case 'promise-made': {
      const [amount, by] = [amountOf(fact.amount), written(fact.dueDate)];
      return say(
        `Betaling toegezegd: ${amount} uiterlijk ${by}.`,
        `Paiement promis : ${amount} au plus tard le ${by}.`,
        `Payment promised: ${amount} by ${by}.`,
      );
    }
    case 'promise-judged': {
      const [amount, by, state, paid] = [
        amountOf(fact.amount),
        written(fact.dueDate),
        wordIn(STATES, fact.to, language),
        amountOf(fact.paid),
      ];
      return say(
        `Toezegging van ${amount} voor ${by}: ${state} (ontvangen ${paid}).`,
        `Promesse de ${amount} pour le ${by} : ${state} (reçu ${paid}).`,
        `Promise of ${amount} by ${by}: ${state} (received ${paid}).`,
      );
    }
    case 'promise-withdrawn':
      return say('Toezegging vervallen.', 'Promesse retirée.', 'Promise withdrawn.');
    case 'arrangement-made': {
      const [total, count, last] = [amountOf(fact.total), fact.instalments, written(fact.last)];
      return say(
        `Betalingsregeling: ${total} in ${count} termijnen, de laatste op ${last}.`,
        `Plan de paiement : ${total} en ${count} échéances, la dernière le ${last}.`,
        `Arrangement: ${total} in ${count} instalments, the last on ${last}.`,
      );
    }
    case 'arrangement-judged': {
      const state = wordIn(STATES, fact.to, language);
      const told = say(`Betalingsregeling: ${state}.`, `Plan de paiement : ${state}.`, `Arrangement: ${state}.`);
      return fact.isUntold ? `${told} ${UNTOLD[language]}` : told;
    }
    case 'arrangement-withdrawn':
      return say('Betalingsregeling vervallen.', 'Plan de paiement retiré.', 'Arrangement withdrawn.');
    case 'hold-set': {
      const hold = wordIn(HOLDS, fact.hold, language);
      const until =
        fact.until === null
          ? ''
          : say(` tot en met ${written(fact.until)}`, ` jusqu’au ${written(fact.until)}`, ` until ${written(fact.until)}`);
      return say(`Opvolging stilgelegd${until}: ${hold}.`, `Suivi suspendu${until} : ${hold}.`, `Follow-up on hold${until}: ${hold}.`);
    }
    case 'hold-ended':
      return say('Opvolging hervat.', 'Suivi repris.', 'Follow-up resumed.');
    case 'call-made': {
      const outcome = wordIn(CALLS, fact.outcome, language);
      return say(`Gebeld: ${outcome}.`, `Appel : ${outcome}.`, `Called: ${outcome}.`);
    }
    case 'contact-returned': {
      const [sent, on] = [written(fact.sentOn), written(fact.on)];
      return fact.channel === 'letter'
        ? say(`Brief van ${sent} kwam op ${on} terug.`, `Lettre du ${sent} revenue le ${on}.`, `Letter of ${sent} came back on ${on}.`)
        : say(`Mail van ${sent} kwam op ${on} terug.`, `E-mail du ${sent} revenu le ${on}.`, `Mail of ${sent} came back on ${on}.`);
    }
    case 'credit-held':
    case 'credit-released': {
      const used = amountOf(fact.exposure);
      const limit =
        fact.limit === null
          ? ''
          : say(`, limiet ${amountOf(fact.limit)}`, `, limite ${amountOf(fact.limit)}`, `, limit ${amountOf(fact.limit)}`);
      return fact.kind === 'credit-held'
        ? say(
            `Leveringsblokkade: obligo ${used}${limit}. Niet leveren zonder vrijgave.`,
            `Livraisons bloquées : encours ${used}${limit}. Ne pas livrer sans libération.`,
            `Deliveries on hold: exposure ${used}${limit}. Do not deliver without release.`,
          )
        : say(
            `Leveringsblokkade opgeheven: obligo ${used}${limit}.`,
            `Blocage des livraisons levé : encours ${used}${limit}.`,
            `Deliveries released: exposure ${used}${limit}.`,
          );
    }
    case 'agency-told':
    case 'handover-ended': {
      const who = fact.reference === null ? fact.agency : `${fact.agency} (${fact.reference})`;
      if (fact.paid === null) return `${who}: ${stateWords(fact.state, language) ?? fact.state}.`;
      const [paid, on] = [amountOf(fact.paid.amount), written(fact.paid.on)];
      return `${who}: ${say(`betaling van ${paid} ontvangen op ${on}`, `paiement de ${paid} reçu le ${on}`, `payment of ${paid} received on ${on}`)}.`;
    }
    case 'handed-over': {
      const { agency, file } = fact;
      const on = written(fact.on);
      return say(
        `Overgedragen aan ${agency}, dossier ${file}, ${on}.`,
        `Remise à ${agency}, dossier ${file}, ${on}.`,
        `Handed to ${agency}, file ${file}, ${on}.`,
      );
    }
    case 'handover-withdrawn': {
      const { agency, file } = fact;
      return say(
        `Teruggehaald bij ${agency}, dossier ${file}; opvolging weer hier.`,
        `Reprise de ${agency}, dossier ${file} ; suivi à nouveau ici.`,
        `Taken back from ${agency}, file ${file}; followed up here again.`,
      );
    }
    case 'limit-set': {
      const limit = money(fact.limit, fact.currency, language);
      return say(`Kredietlimiet: ${limit}.`, `Limite de crédit : ${limit}.`, `Credit limit: ${limit}.`);
    }
  }
}
