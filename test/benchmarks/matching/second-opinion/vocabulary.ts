/** Names and phrases of the second opinion. None of them was taken from the first generator, nor from the word lists of the engine. */
export const SURNAMES = [
  'Terpstra',
  'Wiarda',
  'Nijenhuis',
  'Oosterbaan',
  'Kloosterman',
  'Van Wezel',
  'De Roover',
  'Zijlstra',
  'Haverkamp',
  'Boonstra',
  'Timmerije',
  'Schepers',
  'Lammertink',
  'Van der Vegt',
  'Claeys',
  'Vandeputte',
  'Lecocq',
  'Dubrulle',
  'Marchal',
  'Petitjean',
  'Grünewald',
  'Köhler',
  'Weißmann',
  'Ashworth',
  'Pemberton',
  'Öztürk',
  'El Amrani',
  'Nowicki',
  'Szczepański',
  'Ferreira',
  'Brouwershaven',
  'Roosendaal',
  'Hoekstra',
  'Duinkerken',
  'Meulenbelt',
] as const;

export const TRADES = [
  'Dakwerken',
  'Installatietechniek',
  'Bloemen',
  'Zuivel',
  'Transport',
  'Advies',
  'Drukkerij',
  'Tandartspraktijk',
  'Interieurbouw',
  'Webshop',
  'Horeca',
  'Grondverzet',
  'Schildersbedrijf',
  'Plaatwerk',
  'Logistics',
  'Engineering',
  'Consulting',
  'Menuiserie',
  'Traiteur',
  'Imprimerie',
  'Maschinenbau',
  'Spedition',
  'Veehouderij',
  'Kwekerij',
  'Autoschade',
  'Kinderopvang',
  'Fysiotherapie',
  'Notariskantoor',
  'Uitzendbureau',
  'Beveiliging',
  'Sportcentrum',
] as const;

export const TOWNS = [
  'Harlingen',
  'Twello',
  'Boxmeer',
  'Goes',
  'Dokkum',
  'Hulst',
  'Kortrijk',
  'Namur',
  'Aalst',
  'Kleve',
  'Lille',
  'Deventer',
  'Sneek',
  'Wierden',
  'Ede',
  'Noord',
] as const;

export const FORMS = {
  NL: ['B.V.', 'BV', 'V.O.F.', 'N.V.', 'Holding B.V.', ''],
  BE: ['BVBA', 'NV', 'SRL', 'SA'],
  DE: ['GmbH', 'GmbH & Co. KG', 'e.K.'],
  FR: ['SARL', 'SAS', 'SA'],
} as const;

export type Tongue = 'nl' | 'fr' | 'en' | 'de';

/** What payers write round a number; {n} is the number or the list of numbers. */
export const AROUND_NUMBER: Readonly<Record<Tongue, readonly string[]>> = {
  nl: [
    '{n}',
    'Factuur {n}',
    'fact.nr. {n}',
    'Betaling factuurnummer {n}',
    'inzake uw nota {n}',
    'Uw factuur {n} dank',
    'fctr {n}',
    'rekening {n} met vr gr',
    'Betreft: {n}',
    'Nota nr {n}',
  ],
  fr: ['Facture {n}', 'Votre facture n° {n}', 'Paiement fact {n}', 'FACT. {n}', 'Règlement facture {n} merci', 'Réf. {n}'],
  en: ['Invoice {n}', 'INV {n}', 'Payment of invoice no. {n}', 'your inv. {n}', 'Inv#{n}', 'ref {n} thank you'],
  de: ['Rechnung {n}', 'Rechnung Nr. {n}', 'RG-NR {n}', 'Ihre Rechnung {n}', 'Re.Nr. {n} vielen Dank', 'Rechn. {n}'],
};

/** Text of a payer who names no invoice. */
export const WITHOUT_NUMBER: Readonly<Record<Tongue, readonly string[]>> = {
  nl: ['', 'betaling', 'factuur', 'zie mail', 'conform afspraak', 'onderhoud', 'openstaande post', 'bedankt voor de service', 'levering'],
  fr: ['paiement', 'virement', 'selon facture', 'solde'],
  en: ['payment', 'as agreed', 'services rendered', 'settlement'],
  de: ['Zahlung', 'Überweisung', 'wie besprochen', 'Leistung'],
};

export const AND: Readonly<Record<Tongue, readonly string[]>> = {
  nl: ['en', '+', '&'],
  fr: ['et', '+'],
  en: ['and', '&'],
  de: ['und', '+'],
};
export const THROUGH: Readonly<Record<Tongue, readonly string[]>> = {
  nl: ['t/m', 'tm', 'tot en met'],
  fr: ['à', 'au'],
  en: ['to', 'through', '-'],
  de: ['bis', 'bis einschl.'],
};
export const LESS_CREDIT: Readonly<Record<Tongue, readonly string[]>> = {
  nl: ['min creditnota', '-/- credit', 'verrekend met'],
  fr: ['moins note de crédit', '- NC'],
  en: ['less credit note', 'less CN'],
  de: ['abzgl. Gutschrift', 'minus GS'],
};
export const PART: Readonly<Record<Tongue, readonly string[]>> = {
  nl: ['deelbetaling', 'eerste termijn', 'aanbetaling op'],
  fr: ['acompte', 'paiement partiel'],
  en: ['part payment', 'instalment 1'],
  de: ['Teilzahlung', 'Abschlag'],
};
