import { type Language, type Sentence, type SentenceArgs, say } from '../../../kernel/sentence.js';

/** `blocks`: nothing is handed over before it is put right. `warns`: whoever approves should know. */
export type Severity = 'blocks' | 'warns';

/** Every reason the readiness check can give (agency-handover.md §1). */
const REASONS = {
  'nothing-to-hand-over': {
    severity: 'blocks',
    nl: 'Er is geen post gekozen.',
    en: 'No item was chosen.',
    fr: 'Aucun poste n’a été choisi.',
  },
  'not-an-invoice': {
    severity: 'blocks',
    nl: '{invoice} is een creditnota.',
    en: '{invoice} is a credit note.',
    fr: '{invoice} est une note de crédit.',
  },
  'nothing-open': {
    severity: 'blocks',
    nl: 'Op factuur {invoice} staat niets open.',
    en: 'Nothing of invoice {invoice} is open.',
    fr: 'La facture {invoice} n’a plus de solde ouvert.',
  },
  'other-currency': {
    severity: 'blocks',
    nl: 'Factuur {invoice} is in {currency}; kosten en rente zijn wettelijk in euro.',
    en: 'Invoice {invoice} is in {currency}; costs and interest are by law in euro.',
    fr: 'La facture {invoice} est en {currency} ; les frais et intérêts légaux sont en euros.',
  },
  'not-due': {
    severity: 'blocks',
    nl: 'Factuur {invoice} vervalt pas op {date}.',
    en: 'Invoice {invoice} is due only on {date}.',
    fr: 'La facture {invoice} n’échoit que le {date}.',
  },
  'below-minimum': {
    severity: 'blocks',
    nl: 'De vordering van {amount} is lager dan het minimum van {minimum}.',
    en: 'The claim of {amount} is below the minimum of {minimum}.',
    fr: 'La créance de {amount} est inférieure au minimum de {minimum}.',
  },
  'collected-before': {
    severity: 'blocks',
    nl: 'Een bureau heeft op deze facturen al {amount} aan kosten en rente geïnd; een nieuw dossier zou die nogmaals vragen.',
    en: 'An agency has already collected {amount} of costs and interest on these invoices; a new dossier would ask for them again.',
    fr: 'Une agence a déjà perçu {amount} de frais et d’intérêts sur ces factures ; un nouveau dossier les réclamerait encore.',
  },
  prescribed: {
    severity: 'blocks',
    nl: 'Factuur {invoice} is verjaard sinds {date}.',
    en: 'Invoice {invoice} lapsed after {date}.',
    fr: 'La facture {invoice} est prescrite depuis le {date}.',
  },
  'prescription-near': {
    severity: 'warns',
    nl: 'Factuur {invoice} verjaart na {date}.',
    en: 'Invoice {invoice} lapses after {date}.',
    fr: 'La facture {invoice} se prescrit après le {date}.',
  },
  disputed: {
    severity: 'blocks',
    nl: 'Factuur {invoice} wordt betwist.',
    en: 'Invoice {invoice} is disputed.',
    fr: 'La facture {invoice} est contestée.',
  },
  'part-disputed': {
    severity: 'warns',
    nl: '{amount} van factuur {invoice} wordt betwist en blijft hier.',
    en: '{amount} of invoice {invoice} is disputed and stays here.',
    fr: '{amount} de la facture {invoice} est contesté et reste ici.',
  },
  promise: {
    severity: 'blocks',
    nl: 'Voor factuur {invoice} loopt een betaaltoezegging.',
    en: 'Payment of invoice {invoice} is promised.',
    fr: 'Le paiement de la facture {invoice} est promis.',
  },
  arrangement: {
    severity: 'blocks',
    nl: 'Voor factuur {invoice} loopt een betalingsregeling.',
    en: 'An arrangement is running for invoice {invoice}.',
    fr: 'Un plan de paiement est en cours pour la facture {invoice}.',
  },
  insolvency: {
    severity: 'blocks',
    nl: 'De debiteur is insolvent: dien de vordering in bij de curator of bewindvoerder.',
    en: 'The debtor is insolvent: file the claim with the trustee.',
    fr: 'Le débiteur est insolvable : déclarez la créance au curateur.',
  },
  hold: {
    severity: 'blocks',
    nl: 'De debiteur is geblokkeerd.',
    en: 'The debtor is on hold.',
    fr: 'Le débiteur est bloqué.',
  },
  collecting: {
    severity: 'blocks',
    nl: 'Factuur {invoice} wordt op dit moment geïncasseerd.',
    en: 'Invoice {invoice} is being collected right now.',
    fr: 'La facture {invoice} est en cours d’encaissement.',
  },
  'paused-in-package': {
    severity: 'blocks',
    nl: 'Iemand heeft de herinneringen van factuur {invoice} in het boekhoudpakket stopgezet.',
    en: 'Reminders of invoice {invoice} are stopped in the package by a person.',
    fr: 'Quelqu’un a suspendu les rappels de la facture {invoice} dans le logiciel comptable.',
  },
  'handed-over': {
    severity: 'blocks',
    nl: 'Factuur {invoice} is al overgedragen op {date}.',
    en: 'Invoice {invoice} was handed over on {date}.',
    fr: 'La facture {invoice} a déjà été remise le {date}.',
  },
  'control-difference': {
    severity: 'blocks',
    nl: 'Volgens het boekhoudpakket staat er een ander totaal open dan hier.',
    en: 'The package says another total is open than is open here.',
    fr: 'Le logiciel comptable indique un autre total ouvert qu’ici.',
  },
  'stale-pull': {
    severity: 'blocks',
    nl: 'De boekhouding is niet actueel (laatst opgehaald: {date}).',
    en: 'The books are not fresh (last pulled: {date}).',
    fr: 'La comptabilité n’est pas à jour (dernière lecture : {date}).',
  },
  'stale-statements': {
    severity: 'blocks',
    nl: 'De bankafschriften zijn niet actueel (tot en met: {date}).',
    en: 'The bank statements are not fresh (through: {date}).',
    fr: 'Les extraits de compte ne sont pas à jour (jusqu’au : {date}).',
  },
  'unallocated-receipts': {
    severity: 'blocks',
    nl: 'Van deze debiteur is {amount} ontvangen en nog niet toegewezen.',
    en: '{amount} was received from this debtor and is on no item yet.',
    fr: '{amount} a été reçu de ce débiteur et n’est pas encore imputé.',
  },
  'open-credit-notes': {
    severity: 'blocks',
    nl: 'Creditnota {invoice} staat nog open.',
    en: 'Credit note {invoice} is still open.',
    fr: 'La note de crédit {invoice} est encore ouverte.',
  },
  'notice-missing': {
    severity: 'blocks',
    nl: 'Voor factuur {invoice} is de vereiste brief niet verstuurd ({article}).',
    en: 'The required notice was not sent for invoice {invoice} ({article}).',
    fr: 'L’avis requis n’a pas été envoyé pour la facture {invoice} ({article}).',
  },
  'notice-term-running': {
    severity: 'blocks',
    nl: 'De termijn voor factuur {invoice} is om op {date}.',
    en: 'The term for invoice {invoice} is over on {date}.',
    fr: 'Le délai pour la facture {invoice} expire le {date}.',
  },
  'notice-fee-wrong': {
    severity: 'blocks',
    nl: 'De brief van {date} noemt {stated} aan kosten, volgens de staffel is het {lawful}.',
    en: 'The letter of {date} states costs of {stated}, by the scale it is {lawful}.',
    fr: 'La lettre du {date} indique {stated} de frais, le barème donne {lawful}.',
  },
  'notice-fee-unknown': {
    severity: 'blocks',
    nl: 'Van de brief van {date} is niet bekend welke kosten erin staan.',
    en: 'It is not known which costs the letter of {date} states.',
    fr: 'On ignore quels frais la lettre du {date} indique.',
  },
  'costs-above-notice': {
    severity: 'blocks',
    nl: 'Er wordt {costs} aan kosten gevraagd; de brief ervóór kondigde {stated} aan.',
    en: 'Costs of {costs} are asked; the letter before announced {stated}.',
    fr: 'Des frais de {costs} sont demandés ; la lettre préalable annonçait {stated}.',
  },
  'no-cost-clause': {
    severity: 'blocks',
    nl: 'Er is geen schadebeding met deze consument overeengekomen.',
    en: 'No clause on compensation was agreed with this consumer.',
    fr: 'Aucune clause indemnitaire n’a été convenue avec ce consommateur.',
  },
  'no-proof-of-dispatch': {
    severity: 'warns',
    nl: 'Van de aanmaning van {date} is geen afschrift bewaard.',
    en: 'No copy is kept of the demand of {date}.',
    fr: 'Aucune copie de la mise en demeure du {date} n’est conservée.',
  },
  'debtor-not-identified': {
    severity: 'blocks',
    nl: 'Het registratienummer (KvK, KBO) van de debiteur ontbreekt.',
    en: 'The debtor’s registry number is missing.',
    fr: 'Le numéro d’entreprise du débiteur manque.',
  },
  'debtor-address-missing': {
    severity: 'blocks',
    nl: 'Het adres van de debiteur ontbreekt.',
    en: 'The debtor’s address is missing.',
    fr: 'L’adresse du débiteur manque.',
  },
  'capacity-assumed': {
    severity: 'warns',
    nl: 'Het is niet bekend of de debiteur consument is; hij wordt als consument behandeld.',
    en: 'It is not known whether the debtor is a consumer; he is treated as one.',
    fr: 'On ignore si le débiteur est un consommateur ; il est traité comme tel.',
  },
  'invoice-copy-missing': {
    severity: 'blocks',
    nl: 'De kopie van factuur {invoice} ontbreekt.',
    en: 'The copy of invoice {invoice} is missing.',
    fr: 'La copie de la facture {invoice} manque.',
  },
  'contract-missing': {
    severity: 'warns',
    nl: 'Er is geen bewijs van de overeenkomst of opdracht bijgevoegd.',
    en: 'No evidence of the contract or order is attached.',
    fr: 'Aucune preuve du contrat ou de la commande n’est jointe.',
  },
  'agency-not-configured': {
    severity: 'blocks',
    nl: 'Er is geen incassobureau ingesteld voor dit soort debiteur.',
    en: 'No agency is configured for this kind of debtor.',
    fr: 'Aucune agence n’est configurée pour ce type de débiteur.',
  },
  'agency-not-registered': {
    severity: 'blocks',
    nl: '{agency} is niet geregistreerd voor vorderingen op consumenten ({register}).',
    en: '{agency} is not registered for claims on consumers ({register}).',
    fr: '{agency} n’est pas enregistrée pour les créances sur des consommateurs ({register}).',
  },
  'insurer-not-consulted': {
    severity: 'blocks',
    nl: 'De vordering is verzekerd; de verzekeraar is nog niet geraadpleegd.',
    en: 'The claim is insured; the insurer was not consulted yet.',
    fr: 'La créance est assurée ; l’assureur n’a pas encore été consulté.',
  },
  'approval-missing': {
    severity: 'blocks',
    nl: 'Niemand heeft de overdracht goedgekeurd.',
    en: 'Nobody has approved the handover.',
    fr: 'Personne n’a approuvé la remise.',
  },
  'approval-other-amount': {
    severity: 'blocks',
    nl: 'Goedgekeurd is {approved}, het gaat om {amount}.',
    en: '{approved} was approved, it is about {amount}.',
    fr: '{approved} a été approuvé, il s’agit de {amount}.',
  },
} as const satisfies Readonly<Record<string, Sentence & { readonly severity: Severity }>>;

export type ReadinessCode = keyof typeof REASONS;
export const READINESS_CODES = Object.keys(REASONS) as ReadinessCode[];

/** One thing that stands in the way, or that whoever approves should know. */
export interface ReadinessReason {
  readonly code: ReadinessCode;
  /** The item it is about, null: the whole. */
  readonly invoiceId: string | null;
  readonly args: SentenceArgs;
}

export const because = (code: ReadinessCode, args: SentenceArgs = {}, invoiceId: string | null = null): ReadinessReason => ({
  code,
  invoiceId,
  args,
});

export const severityOf = ({ code }: Pick<ReadinessReason, 'code'>): Severity => REASONS[code].severity;

/** A reason as a sentence for people. */
export const tellReadiness = ({ code, args }: ReadinessReason, language: Language = 'en'): string => say(REASONS[code], args, language);
