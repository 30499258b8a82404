/** The texts of errors are in the language of the user; only their structure is stable (fact sheet §0.9, §3.1). */
export type Language = 'nl' | 'en';

export interface Message {
  readonly type: 'error' | 'warning';
  readonly nl: string;
  readonly en: string;
}

const error = (nl: string, en: string): Message => ({ type: 'error', nl, en });

/** Several in one attribute are joined. */
export const messageText = (messages: readonly Message[], language: Language): string => messages.map((each) => each[language]).join('//');

/** Texts of the fact sheet; the English ones it does not have are ours. */
export const MESSAGES = {
  noOffice: error('De administratie bestaat niet.', 'The office does not exist.'),
  noAccess: error('U hebt geen toegang tot deze administratie.', 'You do not have access to this office.'),
  nameRequired: error('Naam moet worden ingevuld', 'Name must be filled in'),
  inuse: error("Het element 'inuse' mag niet worden aangeleverd", "The element 'inuse' may not be supplied"),
  ascription: error('Begunstigde is ongeldig.', 'Ascription is invalid.'),
  noLine: error('De regel bestaat niet.', 'The line does not exist.'),
  destiny: error('Incorrecte XML - de bestemming is ongeldig.', 'Incorrect XML - the destiny is invalid.'),
  notImplemented: error('Type niet geïmplementeerd.', 'Type not implemented.'),
  noField: error('Veld bestaat niet', 'Field does not exist'),
  noDimension: (code: string): Message => error(`Dimensie ${code} bestaat niet.`, `Dimension ${code} does not exist.`),
  notInOffice: (code: string, office: string): Message =>
    error(`Dimensie ${code} komt niet voor in administratie ${office}.`, `Dimension ${code} does not occur in office ${office}.`),
  mask: (mask: string): Message => error(`De code voldoet niet aan het formaat ${mask}.`, `The code does not match the format ${mask}.`),
  unbalanced: (amount: string, side: 'debit' | 'credit'): Message =>
    error(
      `De boeking is niet in balans. Er ontbreekt ${amount} ${side === 'debit' ? 'debet' : 'credit'}.`,
      `The transaction is not in balance. There is ${amount} ${side} missing.`,
    ),
  outsidePeriod: (date: string, period: string): Message => ({
    type: 'warning',
    nl: `Datum ${date} valt buiten de opgegeven periode (${period}).`,
    en: `Date ${date} is outside the given period (${period}).`,
  }),
  notAvailable: (code: string, number: string, line: number): Message =>
    error(
      `Boeking ${code} ${number} regel ${line} is niet beschikbaar voor afletteren.`,
      `Transaction ${code} ${number} line ${line} is not available for matching.`,
    ),
  duplicateStatement: (code: string, number: string, sub: number, office: string): Message => {
    const text = `Duplicate found: The statement conflicts with statement ${code} ${number} (${sub}) in company ${office}.`;
    return error(text, text);
  },
  invalidValue: (field: string): Message => error(`De waarde van ${field} is ongeldig.`, `The value of ${field} is invalid.`),
  required: (field: string): Message => error(`${field} moet worden ingevuld`, `${field} must be filled in`),
  tooLong: (field: string, most: number): Message =>
    error(`${field} mag niet langer zijn dan ${most} tekens.`, `${field} may not be longer than ${most} characters.`),
  noDaybook: (code: string): Message => error(`Dagboek ${code} bestaat niet.`, `Transaction type ${code} does not exist.`),
  noTransaction: (code: string, number: string): Message =>
    error(`Boeking ${code} ${number} bestaat niet.`, `Transaction ${code} ${number} does not exist.`),
  noBrowse: (code: string): Message => error(`Overzicht ${code} bestaat niet.`, `Browse code ${code} does not exist.`),
  noUser: (code: string): Message => error(`Gebruiker ${code} bestaat niet.`, `User ${code} does not exist.`),
  notZero: (amount: string): Message =>
    error(`De set is niet in balans. Verschil: ${amount}.`, `The set is not in balance. Difference: ${amount}.`),
  lineOrder: error('De volgorde van de regels is ongeldig.', 'The order of the lines is invalid.'),
  cannotChange: (code: string, number: string): Message =>
    error(`Boeking ${code} ${number} kan niet worden gewijzigd.`, `Transaction ${code} ${number} cannot be changed.`),
} as const;
