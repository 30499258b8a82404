import type { ExactUser } from './oauth-chains.js';

type Language = ExactUser['language'];

/** What a field is called on the screen, which is how a validation names it. */
const CAPTIONS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  Account: { nl: 'Relatie', fr: 'Relation', en: 'Account' },
  AmountFC: { nl: 'Bedrag', fr: 'Montant', en: 'Amount' },
  Attachment: { nl: 'Bijlage', fr: 'Annexe', en: 'Attachment' },
  BankAccount: { nl: 'Bankrekening', fr: 'Compte bancaire', en: 'Bank account' },
  BankEntryLines: { nl: 'Regels', fr: 'Lignes', en: 'Lines' },
  CallbackURL: { nl: 'Callback-URL', fr: 'URL de rappel', en: 'Callback URL' },
  Code: { nl: 'Code', fr: 'Code', en: 'Code' },
  Complaint: { nl: 'Klacht', fr: 'Réclamation', en: 'Complaint' },
  Customer: { nl: 'Klant', fr: 'Client', en: 'Customer' },
  Description: { nl: 'Omschrijving', fr: 'Description', en: 'Description' },
  Document: { nl: 'Document', fr: 'Document', en: 'Document' },
  FileName: { nl: 'Bestandsnaam', fr: 'Nom du fichier', en: 'File name' },
  GLAccount: { nl: 'Grootboekrekening', fr: 'Compte général', en: 'G/L account' },
  Journal: { nl: 'Dagboek', fr: 'Journal', en: 'Journal' },
  JournalCode: { nl: 'Dagboek', fr: 'Journal', en: 'Journal' },
  LastName: { nl: 'Achternaam', fr: 'Nom', en: 'Last name' },
  Name: { nl: 'Naam', fr: 'Nom', en: 'Name' },
  SalesEntryLines: { nl: 'Regels', fr: 'Lignes', en: 'Lines' },
  Subject: { nl: 'Onderwerp', fr: 'Sujet', en: 'Subject' },
  Topic: { nl: 'Onderwerp', fr: 'Sujet', en: 'Topic' },
  Type: { nl: 'Type', fr: 'Type', en: 'Type' },
};

const TEXTS = {
  required: { nl: 'Verplicht: {}', fr: 'Obligatoire: {}', en: 'Mandatory: {}' },
  duplicate: { nl: 'Gegeven bestaat reeds.', fr: 'La donnée existe déjà.', en: 'Data already exists.' },
  inactive: { nl: 'Klant: non-actief', fr: 'Client: inactif', en: 'Customer: Inactive' },
  unknown: { nl: 'Ongeldig: {}', fr: 'Non valable: {}', en: 'Invalid: {}' },
  inUse: { nl: 'Kan niet verwijderen: {}', fr: 'Suppression impossible: {}', en: "Can't delete: {}" },
  processed: { nl: 'Verwerkt: {}', fr: 'Traité: {}', en: 'Processed: {}' },
} as const;

/** A text of the package in the language of the user. */
export function say(language: Language, text: keyof typeof TEXTS, about = ''): string {
  return TEXTS[text][language].replace('{}', caption(language, about));
}

/** One line per field that is missing. */
export const sayRequired = (language: Language, fields: readonly string[]): string =>
  fields.map((field) => say(language, 'required', field)).join('\r\n');

const caption = (language: Language, field: string): string => CAPTIONS[field]?.[language] ?? field;

export const UNBALANCED = 'Opening balance plus all bank entry lines should result in the closing balance';
