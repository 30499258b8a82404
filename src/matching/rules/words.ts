/** What a word in front of a number says the number is. Dutch, English, French and German, folded (normalize.ts). */
export type Label = 'invoice' | 'customer' | 'document' | 'registry' | 'phone' | 'date';

const words = (label: Label, text: string): [string, Label][] => text.split(' ').map((word) => [word, label]);

const LABELS: ReadonlyMap<string, Label> = new Map([
  ...words(
    'invoice',
    'FACTUUR FACTUREN FACTUURNR FACTUURNRS FACTUURNUMMER FACTUURNUMMERS FACT FAC FACTNR FACTNRS FAKTUUR FAKTUREN FAKTURA FN FNR FNRS FT FV VF ' +
      'INVOICE INVOICES INVOICENR INV INVNR RECHNUNG RECHNUNGEN RECHNUNGSNR RECHNUNGSNUMMER RECHNR RECHN RG RGNR RNR RE ' +
      'FACTURE FACTURES NOTA NOTAS NOTANR NOTANUMMER CREDITNOTA CREDITNOTAS CREDITFACTUUR CREDIT CREDITNOTE CN GUTSCHRIFT AVOIR NC',
  ),
  ...words(
    'customer',
    'KLANT KLANTNR KLANTNUMMER KLNR DEBITEUR DEBITEURNR DEBITEURENNR DEBITEURNUMMER DEBITEURENNUMMER DEBNR DEB RELATIE RELATIENR ' +
      'RELATIENUMMER CUSTOMER CUST CLIENT CLIENTE CLIENTNR KUNDE KUNDEN KUNDENNR KUNDENNUMMER KDNR LID LIDNR LIDNUMMER ABONNEE ACCOUNT',
  ),
  ...words(
    'document',
    'ORDER ORDERS ORDERNR ORDERNUMMER BESTELLING BESTELNR BESTELNUMMER PO PONR CONTRACT CONTRACTNR DOSSIER DOSSIERNR POLIS POLISNR OFFERTE ' +
      'OFFERTENR PROJECT PROJECTNR COMMANDE BESTELLUNG AUFTRAG AUFTRAGSNR ZAAK ZAAKNR TRANSACTIE TRANSACTION TRX BON BONNR PAKBON WERKBON ' +
      'KENTEKEN TERMINAL PAS PASNR KAART MACHTIGING MANDAAT MANDATE',
  ),
  ...words('registry', 'KVK KVKNR BTW BTWNR VAT TVA KBO BCE USTID USTIDNR RSIN BSN IBAN BIC EORI'),
  ...words('phone', 'TEL TELNR TELEFOON TELEFON PHONE MOB MOBIEL FAX GSM TELEPHONE'),
  ...words('date', 'DATUM DATE DD DT PERIODE PERIOD WEEK MAAND JAAR TIJD'),
]);

/** Words that hand the label before them on: "factuur nr. 42". */
const PASSING = new Set('NR NRS NO NOS NUM NUMMER NUMMERS NUMBER NUMERO N REF REFERENTIE UW ONS ONZE YOUR OUR IHRE VOTRE'.split(' '));

/** Words that join numbers of a list. */
const JOINING = new Set('EN AND ET UND OOK PLUS MINUS MIN'.split(' '));
/** Words that span a range. "t/m" reads as T and M. */
const RANGING = new Set('TM TOT BIS TO TILL UNTIL AU THRU THROUGH'.split(' '));
/** Words that may stand inside a range word: "tot en met", "t/m", "up to and including". */
const RANGE_FILL = new Set('T M MET EN MIT UP INCLUSIEF INCL EINSCHL EINSCHLIESSLICH COMPRIS'.split(' '));

export const labelOf = (word: string): Label | null => LABELS.get(word) ?? null;
export const passesLabel = (word: string): boolean => PASSING.has(word) || JOINING.has(word) || RANGING.has(word) || RANGE_FILL.has(word);

/** "à", which would mean too much anywhere else than between two numbers. */
const FRENCH_TO = 'A';

/** What the words between two numbers make of them: a list, a range, or nothing to do with each other. */
export function joinOf(between: readonly string[]): 'list' | 'range' | null {
  if (between.length === 0) return 'list';
  const joined = between.join(' ');
  if (joined === 'T M' || joined === FRENCH_TO) return 'range';
  if (between.some((word) => RANGING.has(word))) {
    return between.every((word) => RANGING.has(word) || RANGE_FILL.has(word)) ? 'range' : null;
  }
  return between.every((word) => JOINING.has(word) || PASSING.has(word) || LABELS.get(word) === 'invoice') ? 'list' : null;
}

const MONTHS = new Set(
  (
    'JANUARI FEBRUARI MAART APRIL MEI JUNI JULI AUGUSTUS SEPTEMBER OKTOBER NOVEMBER DECEMBER JAN FEB MRT APR JUN JUL AUG SEP SEPT OKT NOV DEC ' +
    'JANUARY FEBRUARY MARCH MAY JUNE JULY AUGUST OCTOBER OCT JANVIER FEVRIER MARS AVRIL MAI JUIN JUILLET AOUT SEPTEMBRE OCTOBRE NOVEMBRE ' +
    'DECEMBRE JANUAR FEBRUAR MARZ DEZEMBER'
  ).split(' '),
);
export const isMonth = (word: string): boolean => MONTHS.has(word);

const PART_WORDS = new Set(
  'DEELBETALING DEELBET DEEL TERMIJN TERMIJNBETALING AANBETALING VOORSCHOT RESTANT REST PART PARTIAL INSTALMENT INSTALLMENT DEPOSIT TEILZAHLUNG RATE ANZAHLUNG RESTZAHLUNG ACOMPTE PARTIEL SOLDE'.split(
    ' ',
  ),
);
const CREDIT_WORDS = new Set(
  'CREDIT CREDITNOTA CREDITNOTAS CREDITFACTUUR CREDITNOTE CREDITERING CN NC GS GUTSCHRIFT AVOIR VERREKEND VERREKENING ABZGL ABZUEGLICH MINUS MIN LESS MOINS'.split(
    ' ',
  ),
);
/** Whether the payer says that something was netted. */
export const isCreditWord = (word: string): boolean => CREDIT_WORDS.has(word);

/** Whether the payer says that it is a part payment. */
export const isPartWord = (word: string): boolean => PART_WORDS.has(word);
