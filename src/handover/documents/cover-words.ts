import type { Language } from '../../correspondence/rules/localized.js';
import type { CallOutcome } from '../../dossier/rules/call.js';
import type { DisputeCode, DisputeOutcome } from '../../dossier/rules/dispute-request.js';
import type { ArrangementState } from '../../dunning/rules/arrangement.js';
import type { PromiseState } from '../../dunning/rules/promise.js';
import type { RequestedService } from '../rules/document/case-file.js';
import type { DossierDocument, PaymentBlock, ReminderBlock } from '../rules/document/dossier.js';

type Words<K extends string> = Readonly<Record<K, string>>;

/** Every word of the cover of a dossier. */
export interface CoverWords {
  readonly subject: string;
  readonly none: string;
  readonly yes: string;
  readonly no: string;
  readonly headings: Words<
    | 'parties' | 'case' | 'claims' | 'totals' | 'interest' | 'costs' | 'payments' | 'reminders' | 'contacts' | 'disputes' | 'promises'
    | 'arrangements' | 'instructions' | 'annexes' | 'proof'
  >; // prettier-ignore
  readonly labels: Words<
    | 'caseId' | 'version' | 'date' | 'creditor' | 'debtor' | 'name' | 'registry' | 'vat' | 'address' | 'email' | 'phone' | 'number' | 'type'
    | 'settlementIban' | 'service' | 'approvedBy' | 'approvedPrincipal' | 'contractDate' | 'orderReference' | 'generalTerms' | 'costClause'
    | 'paymentTerm' | 'invoice' | 'invoiceDate' | 'dueDate' | 'original' | 'paid' | 'credited' | 'open' | 'interest' | 'from' | 'to' | 'days'
    | 'over' | 'percent' | 'amount' | 'principal' | 'costs' | 'claim' | 'scheme' | 'base' | 'fee' | 'vatUplift' | 'alreadyClaimed'
    | 'letterDate' | 'kind' | 'on' | 'reversedOn' | 'channel' | 'sentTo' | 'asked' | 'costsAsked' | 'payBy' | 'receivedOn' | 'about'
    | 'outcome' | 'code' | 'openedOn' | 'resolvedOn' | 'madeOn' | 'state' | 'regime' | 'dayCount' | 'allocation' | 'calculatedTo' | 'perDay'
    | 'minimumInstalment' | 'planMonths' | 'discount' | 'legalAction' | 'questions' | 'file' | 'size' | 'disputedPart' | 'limitation'
    | 'seal' | 'log' | 'inEuro'
  >; // prettier-ignore
  readonly whole: string;
  readonly provisional: string;
  readonly months: string;
  readonly legalOnlyApproved: string;
  readonly legalFree: string;
  readonly service: Words<RequestedService>;
  readonly debtorType: Words<DossierDocument['debtor']['type']>;
  readonly regime: Words<DossierDocument['interest']['regime']>;
  readonly dayCount: Words<DossierDocument['interest']['dayCount']>;
  readonly allocation: Words<DossierDocument['interest']['allocation']>;
  readonly scheme: Words<DossierDocument['costs']['scheme']>;
  readonly payment: Words<PaymentBlock['kind']>;
  readonly reminder: Words<ReminderBlock['type']>;
  readonly channel: Words<'EMAIL' | 'POST' | 'email' | 'letter' | 'phone'>;
  readonly contact: Words<'call'>;
  /** What came of a call, or of a word that was given. */
  readonly outcome: Words<CallOutcome | PromiseState | ArrangementState | 'withdrawn'>;
  readonly annex: Words<DossierDocument['attachments'][number]['kind']>;
  readonly dispute: Words<DisputeCode>;
  readonly disputeOutcome: Words<DisputeOutcome>;
}

const NL: CoverWords = {
  subject: 'Incassodossier',
  none: 'Geen.',
  yes: 'ja',
  no: 'nee',
  headings: {
    parties: 'Partijen', case: 'Opdracht en grondslag', claims: 'Vordering per factuur', totals: 'Samenstelling van de vordering',
    interest: 'Berekening van de rente', costs: 'Buitengerechtelijke kosten', payments: 'Ontvangsten en creditnota’s',
    reminders: 'Aanmaningen in tijdsvolgorde', contacts: 'Contacten', disputes: 'Betwistingen', promises: 'Betaaltoezeggingen',
    arrangements: 'Betalingsregelingen', instructions: 'Aanwijzingen', annexes: 'Bijlagen', proof: 'Echtheid',
  }, // prettier-ignore
  labels: {
    caseId: 'Dossier', version: 'Versie', date: 'Datum', creditor: 'Schuldeiser', debtor: 'Debiteur', name: 'Naam', registry: 'Registratie',
    vat: 'Btw-nummer', address: 'Adres', email: 'E-mail', phone: 'Telefoon', number: 'Debiteurnummer', type: 'Hoedanigheid',
    settlementIban: 'Rekening voor afdracht', service: 'Opdracht', approvedBy: 'Goedgekeurd door', approvedPrincipal: 'Goedgekeurde hoofdsom',
    contractDate: 'Overeenkomst van', orderReference: 'Order', generalTerms: 'Algemene voorwaarden', costClause: 'Kosten overeengekomen',
    paymentTerm: 'Betaaltermijn overeengekomen', invoice: 'Factuur', invoiceDate: 'Factuurdatum', dueDate: 'Vervaldatum',
    original: 'Bedrag', paid: 'Betaald', credited: 'Gecrediteerd', open: 'Open', interest: 'Rente', from: 'Van', to: 'Tot en met',
    days: 'Dagen', over: 'Over', percent: 'Rentevoet', amount: 'Bedrag', principal: 'Hoofdsom', costs: 'Incassokosten', claim: 'Te vorderen',
    scheme: 'Regeling', base: 'Grondslag', fee: 'Vergoeding', vatUplift: 'Verhoging met btw', alreadyClaimed: 'Al aangezegd',
    letterDate: 'Voor het eerst gevraagd op', kind: 'Soort', on: 'Op', reversedOn: 'teruggeboekt op', channel: 'Via', sentTo: 'Gezonden aan',
    asked: 'Gevraagd', costsAsked: 'Waarvan kosten', payBy: 'Uiterlijk', receivedOn: 'ontvangen op', about: 'over', outcome: 'Uitkomst',
    code: 'Reden', openedOn: 'Gemeld', resolvedOn: 'Afgehandeld', madeOn: 'Gemaakt', state: 'Stand', regime: 'Rente volgens',
    dayCount: 'Dagentelling', allocation: 'Toerekening van betalingen', calculatedTo: 'Berekend tot en met', perDay: 'Daarna per dag',
    minimumInstalment: 'Kleinste termijn', planMonths: 'Langste regeling', discount: 'Hoogste korting', legalAction: 'Gerechtelijke stappen',
    questions: 'Vragen aan', file: 'Bestand', size: 'Bytes', disputedPart: 'betwist, niet overgedragen', limitation: 'verjaart na',
    seal: 'Zegel van het dossier (SHA-256)', log: 'Laatste regel van het logboek', inEuro: 'Alle bedragen in euro.',
  }, // prettier-ignore
  whole: 'geheel',
  provisional: 'Een rentevoet is nog niet gepubliceerd: dit bedrag is voorlopig.',
  months: 'maanden',
  legalOnlyApproved: 'alleen na goedkeuring',
  legalFree: 'zonder nadere goedkeuring',
  service: {
    AMICABLE: 'minnelijk', AMICABLE_AND_LEGAL: 'minnelijk en gerechtelijk', LEGAL: 'gerechtelijk', IOS_BE: 'invordering onbetwiste schulden (IOS)',
    SECOND_OPINION: 'tweede beoordeling',
  }, // prettier-ignore
  debtorType: { BUSINESS: 'bedrijf', SOLE_TRADER: 'eenmanszaak', CONSUMER: 'consument', PUBLIC_BODY: 'overheid' },
  regime: {
    NL_6_119a: 'art. 6:119a BW (handelstransacties)', NL_6_119: 'art. 6:119 BW', BE_2002: 'wet van 2 augustus 2002', BE_XIX: 'boek XIX WER',
    EU: 'richtlijn 2011/7/EU',
  }, // prettier-ignore
  dayCount: { ACT_365F: 'werkelijke dagen, 365 per jaar', ACT_ACT: 'werkelijke dagen, jaar van 365 of 366' },
  allocation: { LEDGER: 'op de hoofdsom, zoals geboekt', ART_6_44: 'kosten, rente, hoofdsom (art. 6:44 BW)' },
  scheme: {
    NL_SCALE: 'staffel, Besluit vergoeding buitengerechtelijke incassokosten', NL_40: '€ 40, art. 6:96 lid 4 BW', BE_CAP: 'maximum, art. XIX.4 WER',
    BE_40: '€ 40, wet van 2 augustus 2002', EU_40: '€ 40, richtlijn 2011/7/EU', CONTRACT: 'overeengekomen', NONE: 'geen',
  }, // prettier-ignore
  payment: { PAYMENT: 'betaling', CREDIT_NOTE: 'creditnota' },
  reminder: {
    FRIENDLY: 'herinnering', DEMAND: 'aanmaning', FOURTEEN_DAY_LETTER: 'veertiendagenbrief', BE_FIRST_REMINDER: 'eerste herinnering (WER)',
    NOTICE_OF_DEFAULT: 'ingebrekestelling', STATEMENT: 'rekeningoverzicht',
  }, // prettier-ignore
  channel: { EMAIL: 'e-mail', POST: 'post', email: 'e-mail', letter: 'brief', phone: 'telefoon' },
  contact: { call: 'gesprek' },
  outcome: {
    reached: 'bereikt', 'not-reached': 'niet bereikt', 'wrong-number': 'verkeerd nummer', 'invoice-not-received': 'factuur niet ontvangen',
    promise: 'toezegging', dispute: 'betwisting', open: 'loopt', kept: 'nagekomen', late: 'te laat', short: 'te weinig', broken: 'niet nagekomen',
    running: 'loopt', completed: 'nagekomen', withdrawn: 'ingetrokken',
  }, // prettier-ignore
  annex: {
    INVOICE: 'factuur', CONTRACT: 'overeenkomst', GENERAL_TERMS: 'algemene voorwaarden', ORDER: 'order', DELIVERY_PROOF: 'leveringsbewijs',
    REMINDER: 'aanmaning', CORRESPONDENCE: 'briefwisseling', STATEMENT: 'rekeningoverzicht', MANDATE_TO_COLLECT: 'incassovolmacht',
  }, // prettier-ignore
  dispute: {
    PRICE: 'prijs', QUANTITY: 'aantal', QUALITY_DAMAGE: 'kwaliteit of schade', NOT_DELIVERED: 'niet geleverd', LATE_DELIVERY: 'te laat geleverd',
    NOT_ORDERED: 'niet besteld', DUPLICATE_INVOICE: 'dubbele factuur', WRONG_ADDRESSEE: 'verkeerde geadresseerde', MISSING_PO: 'inkoopnummer ontbreekt',
    MISSING_DOCS: 'stukken ontbreken', VAT_ERROR: 'btw onjuist', CREDIT_NOTE_EXPECTED: 'creditnota verwacht', DISCOUNT_BONUS: 'korting of bonus',
    ALREADY_PAID: 'al betaald', SETOFF: 'verrekening', CONTRACT_CANCELLED: 'overeenkomst beëindigd', RETURNED_GOODS: 'goederen teruggestuurd',
    INVOICE_NOT_RECEIVED: 'factuur niet ontvangen', PAYMENT_TERM_DISAGREED: 'andere betaaltermijn', INTEREST_COSTS_CONTESTED: 'rente of kosten betwist',
    OTHER: 'anders',
  }, // prettier-ignore
  disputeOutcome: {
    REJECTED: 'afgewezen', CREDITED: 'gecrediteerd', PARTLY_CREDITED: 'deels gecrediteerd', PAID: 'betaald', WITHDRAWN: 'ingetrokken',
  }, // prettier-ignore
};

const EN: CoverWords = {
  subject: 'Collection dossier',
  none: 'None.',
  yes: 'yes',
  no: 'no',
  headings: {
    parties: 'Parties', case: 'Mandate and ground', claims: 'Claim by invoice', totals: 'What the claim is made of',
    interest: 'Calculation of interest', costs: 'Out-of-court costs', payments: 'Receipts and credit notes', reminders: 'Reminders in order of time',
    contacts: 'Contacts', disputes: 'Disputes', promises: 'Promises to pay', arrangements: 'Payment arrangements', instructions: 'Instructions',
    annexes: 'Annexes', proof: 'Authenticity',
  }, // prettier-ignore
  labels: {
    caseId: 'Case', version: 'Version', date: 'Date', creditor: 'Creditor', debtor: 'Debtor', name: 'Name', registry: 'Registration',
    vat: 'VAT number', address: 'Address', email: 'E-mail', phone: 'Telephone', number: 'Customer number', type: 'Capacity',
    settlementIban: 'Account for remittance', service: 'Mandate', approvedBy: 'Approved by', approvedPrincipal: 'Approved principal',
    contractDate: 'Contract of', orderReference: 'Order', generalTerms: 'General terms', costClause: 'Costs agreed', paymentTerm: 'Payment term agreed',
    invoice: 'Invoice', invoiceDate: 'Invoice date', dueDate: 'Due date', original: 'Amount', paid: 'Paid', credited: 'Credited', open: 'Open',
    interest: 'Interest', from: 'From', to: 'Up to and including', days: 'Days', over: 'Over', percent: 'Rate', amount: 'Amount',
    principal: 'Principal', costs: 'Collection costs', claim: 'Claim', scheme: 'Scheme', base: 'Base', fee: 'Fee', vatUplift: 'VAT uplift',
    alreadyClaimed: 'Asked before', letterDate: 'First asked on', kind: 'Kind', on: 'On', reversedOn: 'reversed on', channel: 'By', sentTo: 'Sent to',
    asked: 'Asked', costsAsked: 'Of which costs', payBy: 'Pay by', receivedOn: 'received on', about: 'about', outcome: 'Outcome',
    code: 'Reason', openedOn: 'Raised', resolvedOn: 'Resolved', madeOn: 'Made', state: 'State', regime: 'Interest under', dayCount: 'Day count',
    allocation: 'Allocation of payments', calculatedTo: 'Calculated to', perDay: 'Per day after that', minimumInstalment: 'Smallest instalment',
    planMonths: 'Longest plan', discount: 'Largest discount', legalAction: 'Legal action', questions: 'Questions to', file: 'File', size: 'Bytes',
    disputedPart: 'disputed, not handed over', limitation: 'lapses after', seal: 'Seal of the dossier (SHA-256)', log: 'Last entry of the log',
    inEuro: 'All amounts in euro.',
  }, // prettier-ignore
  whole: 'whole',
  provisional: 'A rate has not been published yet: this amount is provisional.',
  months: 'months',
  legalOnlyApproved: 'only after approval',
  legalFree: 'without further approval',
  service: {
    AMICABLE: 'amicable', AMICABLE_AND_LEGAL: 'amicable and legal', LEGAL: 'legal', IOS_BE: 'recovery of undisputed debts (IOS)',
    SECOND_OPINION: 'second opinion',
  }, // prettier-ignore
  debtorType: { BUSINESS: 'business', SOLE_TRADER: 'sole trader', CONSUMER: 'consumer', PUBLIC_BODY: 'public body' },
  regime: {
    NL_6_119a: 'art. 6:119a Dutch Civil Code (commercial)', NL_6_119: 'art. 6:119 Dutch Civil Code', BE_2002: 'Belgian act of 2 August 2002',
    BE_XIX: 'book XIX, Belgian Code of Economic Law', EU: 'directive 2011/7/EU',
  }, // prettier-ignore
  dayCount: { ACT_365F: 'actual days, 365 a year', ACT_ACT: 'actual days, year of 365 or 366' },
  allocation: { LEDGER: 'to principal, as booked', ART_6_44: 'costs, interest, principal (art. 6:44 Dutch Civil Code)' },
  scheme: {
    NL_SCALE: 'statutory scale (NL)', NL_40: '€40, art. 6:96(4) Dutch Civil Code', BE_CAP: 'cap, art. XIX.4 Belgian Code of Economic Law',
    BE_40: '€40, Belgian act of 2 August 2002', EU_40: '€40, directive 2011/7/EU', CONTRACT: 'agreed', NONE: 'none',
  }, // prettier-ignore
  payment: { PAYMENT: 'payment', CREDIT_NOTE: 'credit note' },
  reminder: {
    FRIENDLY: 'reminder', DEMAND: 'demand', FOURTEEN_DAY_LETTER: 'fourteen-day letter', BE_FIRST_REMINDER: 'first reminder (BE)',
    NOTICE_OF_DEFAULT: 'notice of default', STATEMENT: 'statement of account',
  }, // prettier-ignore
  channel: { EMAIL: 'e-mail', POST: 'post', email: 'e-mail', letter: 'letter', phone: 'telephone' },
  contact: { call: 'call' },
  outcome: {
    reached: 'reached', 'not-reached': 'not reached', 'wrong-number': 'wrong number', 'invoice-not-received': 'invoice not received',
    promise: 'promise', dispute: 'dispute', open: 'running', kept: 'kept', late: 'late', short: 'short', broken: 'broken',
    running: 'running', completed: 'kept', withdrawn: 'withdrawn',
  }, // prettier-ignore
  annex: {
    INVOICE: 'invoice', CONTRACT: 'contract', GENERAL_TERMS: 'general terms', ORDER: 'order', DELIVERY_PROOF: 'proof of delivery',
    REMINDER: 'reminder', CORRESPONDENCE: 'correspondence', STATEMENT: 'statement of account', MANDATE_TO_COLLECT: 'mandate to collect',
  }, // prettier-ignore
  dispute: {
    PRICE: 'price', QUANTITY: 'quantity', QUALITY_DAMAGE: 'quality or damage', NOT_DELIVERED: 'not delivered', LATE_DELIVERY: 'late delivery',
    NOT_ORDERED: 'not ordered', DUPLICATE_INVOICE: 'duplicate invoice', WRONG_ADDRESSEE: 'wrong addressee', MISSING_PO: 'purchase order missing',
    MISSING_DOCS: 'documents missing', VAT_ERROR: 'VAT error', CREDIT_NOTE_EXPECTED: 'credit note expected', DISCOUNT_BONUS: 'discount or bonus',
    ALREADY_PAID: 'already paid', SETOFF: 'set-off', CONTRACT_CANCELLED: 'contract cancelled', RETURNED_GOODS: 'goods returned',
    INVOICE_NOT_RECEIVED: 'invoice not received', PAYMENT_TERM_DISAGREED: 'payment term disagreed',
    INTEREST_COSTS_CONTESTED: 'interest or costs contested', OTHER: 'other',
  }, // prettier-ignore
  disputeOutcome: {
    REJECTED: 'rejected', CREDITED: 'credited', PARTLY_CREDITED: 'partly credited', PAID: 'paid', WITHDRAWN: 'withdrawn',
  }, // prettier-ignore
};

const FR: CoverWords = {
  subject: 'Dossier de recouvrement',
  none: 'Néant.',
  yes: 'oui',
  no: 'non',
  headings: {
    parties: 'Parties', case: 'Mandat et fondement', claims: 'Créance par facture', totals: 'Composition de la créance',
    interest: 'Calcul des intérêts', costs: 'Frais extrajudiciaires', payments: 'Encaissements et notes de crédit',
    reminders: 'Rappels par ordre chronologique', contacts: 'Contacts', disputes: 'Contestations', promises: 'Promesses de paiement',
    arrangements: 'Plans de paiement', instructions: 'Instructions', annexes: 'Annexes', proof: 'Authenticité',
  }, // prettier-ignore
  labels: {
    caseId: 'Dossier', version: 'Version', date: 'Date', creditor: 'Créancier', debtor: 'Débiteur', name: 'Nom', registry: 'Immatriculation',
    vat: 'Numéro de TVA', address: 'Adresse', email: 'E-mail', phone: 'Téléphone', number: 'Numéro de client', type: 'Qualité',
    settlementIban: 'Compte de versement', service: 'Mandat', approvedBy: 'Approuvé par', approvedPrincipal: 'Principal approuvé',
    contractDate: 'Contrat du', orderReference: 'Commande', generalTerms: 'Conditions générales', costClause: 'Frais convenus',
    paymentTerm: 'Délai de paiement convenu', invoice: 'Facture', invoiceDate: 'Date de facture', dueDate: 'Échéance', original: 'Montant',
    paid: 'Payé', credited: 'Crédité', open: 'Solde', interest: 'Intérêts', from: 'Du', to: 'Au (inclus)', days: 'Jours', over: 'Sur',
    percent: 'Taux', amount: 'Montant', principal: 'Principal', costs: 'Frais de recouvrement', claim: 'Créance totale', scheme: 'Régime',
    base: 'Base', fee: 'Indemnité', vatUplift: 'Majoration de TVA', alreadyClaimed: 'Déjà réclamés', letterDate: 'Réclamés dès le', kind: 'Type',
    on: 'Le', reversedOn: 'contrepassé le', channel: 'Par', sentTo: 'Envoyé à', asked: 'Réclamé', costsAsked: 'Dont frais', payBy: 'Au plus tard le',
    receivedOn: 'reçu le', about: 'concerne', outcome: 'Résultat', code: 'Motif', openedOn: 'Signalée', resolvedOn: 'Clôturée', madeOn: 'Faite le',
    state: 'État', regime: 'Intérêts selon', dayCount: 'Décompte des jours', allocation: 'Imputation des paiements', calculatedTo: 'Calculés au (inclus)',
    perDay: 'Ensuite par jour', minimumInstalment: 'Mensualité minimale', planMonths: 'Plan le plus long', discount: 'Remise maximale',
    legalAction: 'Action en justice', questions: 'Questions à', file: 'Fichier', size: 'Octets', disputedPart: 'contesté, non remis',
    limitation: 'prescrit après le', seal: 'Sceau du dossier (SHA-256)', log: 'Dernière ligne du journal', inEuro: 'Tous les montants en euros.',
  }, // prettier-ignore
  whole: 'en totalité',
  provisional: 'Un taux n’est pas encore publié : ce montant est provisoire.',
  months: 'mois',
  legalOnlyApproved: 'uniquement après approbation',
  legalFree: 'sans autre approbation',
  service: {
    AMICABLE: 'amiable', AMICABLE_AND_LEGAL: 'amiable et judiciaire', LEGAL: 'judiciaire', IOS_BE: 'recouvrement de dettes non contestées (RDNC)',
    SECOND_OPINION: 'second avis',
  }, // prettier-ignore
  debtorType: { BUSINESS: 'entreprise', SOLE_TRADER: 'indépendant', CONSUMER: 'consommateur', PUBLIC_BODY: 'organisme public' },
  regime: {
    NL_6_119a: 'art. 6:119a Code civil néerlandais (commercial)', NL_6_119: 'art. 6:119 Code civil néerlandais', BE_2002: 'loi du 2 août 2002',
    BE_XIX: 'livre XIX CDE', EU: 'directive 2011/7/UE',
  }, // prettier-ignore
  dayCount: { ACT_365F: 'jours réels, 365 par an', ACT_ACT: 'jours réels, année de 365 ou 366' },
  allocation: { LEDGER: 'sur le principal, comme comptabilisé', ART_6_44: 'frais, intérêts, principal (art. 6:44 Code civil néerlandais)' },
  scheme: {
    NL_SCALE: 'barème légal (NL)', NL_40: '40 €, art. 6:96 al. 4 Code civil néerlandais', BE_CAP: 'plafond, art. XIX.4 CDE',
    BE_40: '40 €, loi du 2 août 2002', EU_40: '40 €, directive 2011/7/UE', CONTRACT: 'convenu', NONE: 'aucun',
  }, // prettier-ignore
  payment: { PAYMENT: 'paiement', CREDIT_NOTE: 'note de crédit' },
  reminder: {
    FRIENDLY: 'rappel', DEMAND: 'dernier rappel', FOURTEEN_DAY_LETTER: 'lettre des quatorze jours', BE_FIRST_REMINDER: 'premier rappel (CDE)',
    NOTICE_OF_DEFAULT: 'mise en demeure', STATEMENT: 'relevé de compte',
  }, // prettier-ignore
  channel: { EMAIL: 'e-mail', POST: 'courrier', email: 'e-mail', letter: 'lettre', phone: 'téléphone' },
  contact: { call: 'appel' },
  outcome: {
    reached: 'joint', 'not-reached': 'non joint', 'wrong-number': 'mauvais numéro', 'invoice-not-received': 'facture non reçue',
    promise: 'promesse', dispute: 'contestation', open: 'en cours', kept: 'tenue', late: 'en retard', short: 'insuffisante', broken: 'non tenue',
    running: 'en cours', completed: 'respecté', withdrawn: 'retirée',
  }, // prettier-ignore
  annex: {
    INVOICE: 'facture', CONTRACT: 'contrat', GENERAL_TERMS: 'conditions générales', ORDER: 'commande', DELIVERY_PROOF: 'preuve de livraison',
    REMINDER: 'rappel', CORRESPONDENCE: 'correspondance', STATEMENT: 'relevé de compte', MANDATE_TO_COLLECT: 'mandat de recouvrement',
  }, // prettier-ignore
  dispute: {
    PRICE: 'prix', QUANTITY: 'quantité', QUALITY_DAMAGE: 'qualité ou dommage', NOT_DELIVERED: 'non livré', LATE_DELIVERY: 'livraison tardive',
    NOT_ORDERED: 'non commandé', DUPLICATE_INVOICE: 'facture en double', WRONG_ADDRESSEE: 'mauvais destinataire', MISSING_PO: 'bon de commande manquant',
    MISSING_DOCS: 'documents manquants', VAT_ERROR: 'erreur de TVA', CREDIT_NOTE_EXPECTED: 'note de crédit attendue', DISCOUNT_BONUS: 'remise ou bonus',
    ALREADY_PAID: 'déjà payé', SETOFF: 'compensation', CONTRACT_CANCELLED: 'contrat résilié', RETURNED_GOODS: 'marchandises retournées',
    INVOICE_NOT_RECEIVED: 'facture non reçue', PAYMENT_TERM_DISAGREED: 'délai de paiement contesté',
    INTEREST_COSTS_CONTESTED: 'intérêts ou frais contestés', OTHER: 'autre',
  }, // prettier-ignore
  disputeOutcome: {
    REJECTED: 'rejetée', CREDITED: 'créditée', PARTLY_CREDITED: 'partiellement créditée', PAID: 'payée', WITHDRAWN: 'retirée',
  }, // prettier-ignore
};

export const COVER_WORDS: Readonly<Record<Language, CoverWords>> = { nl: NL, en: EN, fr: FR };
