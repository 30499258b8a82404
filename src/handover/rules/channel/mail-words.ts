import type { Language } from '../../../correspondence/rules/localized.js';
import { escaped } from '../../../correspondence/rules/escaped.js';
import { singleLine } from '../../../correspondence/rules/single-line.js';
import type { EventType } from '../webhook/event.js';

/** What a mail to an agency is about. Who owes stands in the files alone: subjects are read by everybody on the way. */
export interface AgencyMailFacts {
  readonly creditor: string;
  readonly caseId: string;
  readonly type: EventType;
  readonly version: number | null;
  /** Names of documents that did not fit. */
  readonly leftOut: readonly string[];
}

interface Words {
  readonly events: Readonly<Partial<Record<EventType, string>>>;
  readonly other: string;
  readonly case: string;
  readonly version: string;
  readonly files: string;
  readonly leftOut: string;
  readonly answer: string;
}

const WORDS: Readonly<Record<Language, Words>> = {
  nl: {
    events: {
      'collection.case.submitted': 'nieuwe vordering',
      'collection.case.updated': 'gewijzigd dossier',
      'collection.case.payment_received': 'betaling ontvangen',
      'collection.case.direct_payment': 'rechtstreeks betaald',
      'collection.case.credit_note_issued': 'creditnota',
      'collection.case.dispute_received': 'betwisting ontvangen',
      'collection.case.hold_requested': 'verzoek om te wachten',
      'collection.case.withdrawn': 'opdracht ingetrokken: onderneem niets meer',
      'collection.case.question_answered': 'antwoord op uw vraag',
      'collection.case.document_added': 'nieuw stuk',
    },
    other: 'bericht',
    case: 'Dossier',
    version: 'versie',
    files: 'De gegevens staan in de bestanden bij dit bericht.',
    leftOut: 'Te groot om mee te sturen; vraag ze bij ons op:',
    answer: 'Beantwoord dit bericht met uw vragen en met uw dossiernummer.',
  },
  en: {
    events: {
      'collection.case.submitted': 'new claim',
      'collection.case.updated': 'changed dossier',
      'collection.case.payment_received': 'payment received',
      'collection.case.direct_payment': 'paid directly',
      'collection.case.credit_note_issued': 'credit note',
      'collection.case.dispute_received': 'dispute received',
      'collection.case.hold_requested': 'request to wait',
      'collection.case.withdrawn': 'mandate withdrawn: do nothing further',
      'collection.case.question_answered': 'answer to your question',
      'collection.case.document_added': 'new document',
    },
    other: 'news',
    case: 'Case',
    version: 'version',
    files: 'The data are in the files that come with this message.',
    leftOut: 'Too large to send along; ask us for them:',
    answer: 'Answer this message with your questions and your file number.',
  },
  fr: {
    events: {
      'collection.case.submitted': 'nouvelle créance',
      'collection.case.updated': 'dossier modifié',
      'collection.case.payment_received': 'paiement reçu',
      'collection.case.direct_payment': 'payé directement',
      'collection.case.credit_note_issued': 'note de crédit',
      'collection.case.dispute_received': 'contestation reçue',
      'collection.case.hold_requested': 'demande d’attendre',
      'collection.case.withdrawn': 'mandat retiré : n’entreprenez plus rien',
      'collection.case.question_answered': 'réponse à votre question',
      'collection.case.document_added': 'nouvelle pièce',
    },
    other: 'nouvelle',
    case: 'Dossier',
    version: 'version',
    files: 'Les données se trouvent dans les fichiers joints.',
    leftOut: 'Trop volumineux pour être joints ; demandez-les-nous :',
    answer: 'Répondez à ce message avec vos questions et votre numéro de dossier.',
  },
};

/** The words of a mail to an agency. */
export function agencyMailWords(facts: AgencyMailFacts, language: Language): { subject: string; text: string; html: string } {
  const words = WORDS[language];
  const { creditor, caseId, type, version, leftOut } = facts;
  const what = words.events[type] ?? words.other;
  const numbered = version === null ? caseId : `${caseId}, ${words.version} ${version}`;
  const lines = [
    `${singleLine(creditor)}: ${what}.`,
    `${words.case}: ${numbered}`,
    words.files,
    ...(leftOut.length > 0 ? [[words.leftOut, ...leftOut.map((name) => `- ${singleLine(name)}`)].join('\n')] : []),
    words.answer,
  ];
  return {
    subject: `${singleLine(creditor, 80)}: ${what} (${words.case.toLowerCase()} ${numbered})`,
    text: `${lines.join('\n\n')}\n`,
    html: lines.map((line) => `<p>${escaped(line).replaceAll('\n', '<br>')}</p>`).join('\n'),
  };
}

const TEST: Readonly<Record<Language, (creditor: string, code: string) => readonly [string, ...string[]]>> = {
  nl: (creditor, code) => [
    `${creditor} wil dossiers naar dit adres sturen`,
    `${creditor} wil vorderingen die uit handen worden gegeven naar dit adres sturen.`,
    `Klopt dat, geef dan deze code door aan ${creditor}: ${code}`,
    'Kent u deze afzender niet, dan hoeft u niets te doen: er wordt niets gestuurd.',
  ],
  en: (creditor, code) => [
    `${creditor} wants to send dossiers to this address`,
    `${creditor} wants to send claims it hands over for collection to this address.`,
    `If that is right, tell ${creditor} this code: ${code}`,
    'If you do not know this sender you need not do anything: nothing is sent.',
  ],
  fr: (creditor, code) => [
    `${creditor} souhaite envoyer des dossiers à cette adresse`,
    `${creditor} souhaite envoyer à cette adresse les créances remises au recouvrement.`,
    `Si c’est exact, communiquez ce code à ${creditor} : ${code}`,
    'Si vous ne connaissez pas cet expéditeur, vous n’avez rien à faire : rien ne sera envoyé.',
  ],
};

/** The mail that asks an address whether it is the agency's: whoever has its code has read it. */
export function testMailWords(creditor: string, code: string, language: Language): { subject: string; text: string; html: string } {
  const [subject, ...lines] = TEST[language](singleLine(creditor, 80), code);
  return { subject, text: `${lines.join('\n\n')}\n`, html: lines.map((line) => `<p>${escaped(line)}</p>`).join('\n') };
}
