import { type Minor, formatAmount } from '../../kernel/money.js';
import { type Language, type Sentence, type SentenceArgs, say } from '../../kernel/sentence.js';
import { CHECK_SENTENCES } from './check-sentences.js';

/** Every sentence a credit decision can give as a reason: what a controller, and a debtor who asks for his file, may read. */
const SENTENCES = {
  ...CHECK_SENTENCES,
  'no-limit': {
    nl: 'Er is geen kredietlimiet vastgesteld.',
    en: 'No credit limit has been set.',
    fr: 'Aucune limite de crédit n’a été fixée.',
  },
  exposure: {
    nl: 'Obligo {exposure} op een limiet van {limit}: {percent}% benut.',
    en: 'Exposure of {exposure} on a limit of {limit}: {percent}% used.',
    fr: 'Encours de {exposure} pour une limite de {limit} : {percent} % utilisés.',
  },
  'zero-limit': {
    nl: 'Obligo {exposure} terwijl de limiet nul is.',
    en: 'Exposure of {exposure} while the limit is zero.',
    fr: 'Encours de {exposure} alors que la limite est nulle.',
  },
  order: {
    nl: 'Inclusief de nieuwe order van {amount}.',
    en: 'Counting the new order of {amount}.',
    fr: 'Y compris la nouvelle commande de {amount}.',
  },
  'oldest-overdue': {
    nl: 'De oudste ongedekte post is {days} dagen over tijd; toegestaan is {max}.',
    en: 'The oldest item without cover is {days} days overdue; {max} are allowed.',
    fr: 'Le poste non couvert le plus ancien est échu depuis {days} jours ; {max} sont admis.',
  },
  'overdue-ratio': {
    nl: '{percent}% van het openstaande bedrag is vervallen; toegestaan is {max}%.',
    en: '{percent}% of what is open is overdue; {max}% is allowed.',
    fr: '{percent} % du solde ouvert est échu ; {max} % sont admis.',
  },
  blocked: { nl: 'De debiteur is geblokkeerd.', en: 'The debtor is blocked.', fr: 'Le débiteur est bloqué.' },
  'limit-expired': {
    nl: 'De limiet ({source}) geldt niet op deze dag.',
    en: 'The limit ({source}) is not in force on this day.',
    fr: 'La limite ({source}) n’est pas en vigueur ce jour-là.',
  },
  'without-orders': {
    nl: 'Zonder leveringen en orders die nog niet gefactureerd zijn: die kent het pakket niet.',
    en: 'Without deliveries and orders not yet invoiced: the package does not know them.',
    fr: 'Sans les livraisons et commandes non facturées : le logiciel ne les connaît pas.',
  },
  'other-currencies': {
    nl: 'Posten in andere valuta zijn niet meegeteld: het boek bevat geen koers.',
    en: 'Items in other currencies are not counted: the book holds no rate.',
    fr: 'Les postes en autres devises ne sont pas comptés : le livre ne contient pas de cours.',
  },
  'room-again': {
    nl: 'Er is weer ruimte binnen de limiet.',
    en: 'There is room within the limit again.',
    fr: 'Il y a de nouveau de la marge dans la limite.',
  },
  authority: {
    nl: 'Vrijgave van {amount} boven de limiet is aan: {role}.',
    en: 'Releasing {amount} above the limit is for: {role}.',
    fr: 'Libérer {amount} au-delà de la limite relève de : {role}.',
  },
  'no-authority': {
    nl: 'Niemand mag {amount} boven de limiet vrijgeven.',
    en: 'Nobody may release {amount} above the limit.',
    fr: 'Personne ne peut libérer {amount} au-delà de la limite.',
  },
  'days-late': {
    nl: 'Betaalt gemiddeld {days} dagen na de vervaldag (naar bedrag gewogen, twaalf maanden): −{points}.',
    en: 'Pays {days} days after the due date on average (weighted by amount, twelve months): −{points}.',
    fr: 'Paie en moyenne {days} jours après l’échéance (pondéré par montant, douze mois) : −{points}.',
  },
  'in-time': {
    nl: 'Betaalt gemiddeld op tijd (naar bedrag gewogen, twaalf maanden).',
    en: 'Pays in time on average (weighted by amount, twelve months).',
    fr: 'Paie en moyenne à temps (pondéré par montant, douze mois).',
  },
  'overdue-part': {
    nl: '{percent}% van het openstaande bedrag, na verrekening, is vervallen: −{points}.',
    en: '{percent}% of what is open after credits is overdue: −{points}.',
    fr: '{percent} % du solde ouvert, après déduction des avoirs, est échu : −{points}.',
  },
  'broken-promises': {
    nl: '{count} toezegging(en) niet nagekomen in twaalf maanden: −{points}.',
    en: '{count} promise(s) not kept in twelve months: −{points}.',
    fr: '{count} promesse(s) non tenue(s) en douze mois : −{points}.',
  },
  'returned-debits': {
    nl: '{count} betaling(en) teruggeboekt in twaalf maanden: −{points}.',
    en: '{count} payment(s) returned in twelve months: −{points}.',
    fr: '{count} paiement(s) retourné(s) en douze mois : −{points}.',
  },
  'too-new': {
    nl: 'Nog maar {count} betaalde facturen; pas vanaf {min} zegt het iets.',
    en: 'Only {count} invoices paid so far; it takes {min} to tell.',
    fr: 'Seulement {count} factures payées ; il en faut {min} pour juger.',
  },
  'no-recent-payment': {
    nl: 'In twaalf maanden is er niets betaald om naar te oordelen.',
    en: 'Nothing was paid in twelve months to judge by.',
    fr: 'Rien n’a été payé en douze mois sur quoi se fonder.',
  },
  'class-fell': {
    nl: 'Het betaalgedrag is in {days} dagen van klasse {from} naar {to} gegaan.',
    en: 'Payment behaviour fell from class {from} to {to} within {days} days.',
    fr: 'Le comportement de paiement est passé de la classe {from} à {to} en {days} jours.',
  },
  'key-account-late': {
    nl: 'Belangrijke klant ({segment}): de oudste ongedekte post is {days} dagen over tijd.',
    en: 'Key account ({segment}): the oldest item without cover is {days} days overdue.',
    fr: 'Client clé ({segment}) : le poste non couvert le plus ancien est échu depuis {days} jours.',
  },
  'hold-approval': {
    nl: 'Een leveringsblokkade gaat pas in als een mens haar goedkeurt; aanmanen gaat door.',
    en: 'Deliveries are held only once a person approves; dunning goes on.',
    fr: 'Les livraisons ne sont bloquées qu’après l’accord d’une personne ; les relances continuent.',
  },
  'hold-not-needed': {
    nl: 'Op {date} niet meer nodig.',
    en: 'No longer needed on {date}.',
    fr: 'Plus nécessaire au {date}.',
  },
  'released-on': {
    nl: 'Opgeheven op {date}: er is weer ruimte binnen de limiet.',
    en: 'Released on {date}: there is room within the limit again.',
    fr: 'Levé le {date} : il y a de nouveau de la marge dans la limite.',
  },
  'released-by': {
    nl: 'Vrijgegeven op {date} door {name}; niet opnieuw voorgesteld vóór {until}.',
    en: 'Released on {date} by {name}; not proposed again before {until}.',
    fr: 'Libéré le {date} par {name} ; pas reproposé avant le {until}.',
  },
  'do-warned': {
    nl: 'Te doen: spreek betaling of een hogere limiet af voordat er meer wordt geleverd.',
    en: 'To do: agree on payment or a higher limit before more is delivered.',
    fr: 'À faire : convenir d’un paiement ou d’une limite plus élevée avant de livrer davantage.',
  },
  'do-held': {
    nl: 'Te doen: keur de blokkade goed, of wijs haar af en verhoog de limiet.',
    en: 'To do: approve the hold, or say no and raise the limit.',
    fr: 'À faire : approuver le blocage, ou le refuser et relever la limite.',
  },
  'do-behaviour': {
    nl: 'Te doen: bekijk limiet en termijn opnieuw; bel de klant voordat er iets vervalt.',
    en: 'To do: look at limit and term again; call the customer before anything falls due.',
    fr: 'À faire : revoir la limite et le délai ; appeler le client avant la prochaine échéance.',
  },
  'do-key-account': {
    nl: 'Te doen: laat de accountmanager bellen.',
    en: 'To do: have the account manager call.',
    fr: 'À faire : faire appeler par le gestionnaire du compte.',
  },
  'insured-overdue': {
    nl: 'Verzekerde limiet: de oudste ongedekte post is {days} dagen over tijd.',
    en: 'Insured limit: the oldest item without cover is {days} days overdue.',
    fr: 'Limite assurée : le poste non couvert le plus ancien est échu depuis {days} jours.',
  },
  'notify-due': {
    nl: 'Melden aan de kredietverzekeraar: uiterlijk {date} (nog {days} dagen).',
    en: 'Report to the credit insurer: by {date} ({days} days left).',
    fr: 'Déclarer à l’assureur-crédit : au plus tard le {date} (encore {days} jours).',
  },
  'notify-passed': {
    nl: 'Melden aan de kredietverzekeraar had uiterlijk {date} gemoeten.',
    en: 'It had to be reported to the credit insurer by {date}.',
    fr: 'Il fallait déclarer à l’assureur-crédit au plus tard le {date}.',
  },
  'stop-delivery-due': {
    nl: 'Leveringen stoppen: uiterlijk {date} (nog {days} dagen).',
    en: 'Stop deliveries: by {date} ({days} days left).',
    fr: 'Arrêter les livraisons : au plus tard le {date} (encore {days} jours).',
  },
  'stop-delivery-passed': {
    nl: 'Leveringen hadden uiterlijk {date} moeten stoppen.',
    en: 'Deliveries had to stop by {date}.',
    fr: 'Les livraisons devaient être arrêtées au plus tard le {date}.',
  },
  'collect-due': {
    nl: 'Overdragen aan de incassant van de verzekeraar: uiterlijk {date} (nog {days} dagen).',
    en: 'Hand over to the insurer’s collector: by {date} ({days} days left).',
    fr: 'Transmettre au recouvreur de l’assureur : au plus tard le {date} (encore {days} jours).',
  },
  'collect-passed': {
    nl: 'Overdragen aan de incassant van de verzekeraar had uiterlijk {date} gemoeten.',
    en: 'It had to be handed over to the insurer’s collector by {date}.',
    fr: 'Il fallait transmettre au recouvreur de l’assureur au plus tard le {date}.',
  },
  'do-insurance': {
    nl: 'Te doen: meld de achterstand bij de verzekeraar; een betalingsregeling verschuift deze dagen niet.',
    en: 'To do: report the overdue to the insurer; an arrangement does not move these days.',
    fr: 'À faire : déclarer l’impayé à l’assureur ; un plan de paiement ne déplace pas ces dates.',
  },
  'suggested-limit': {
    nl: 'Limiet: {amount} per dag afname × {days} dagen (termijn {term} + {room}) × {factor}% voor klasse {class}.',
    en: 'Limit: {amount} bought a day × {days} days (term {term} + {room}) × {factor}% for class {class}.',
    fr: 'Limite : {amount} d’achats par jour × {days} jours (délai {term} + {room}) × {factor} % pour la classe {class}.',
  },
} as const satisfies Readonly<Record<string, Sentence>>;

export type CreditReasonCode = keyof typeof SENTENCES;

/** Why a credit rule decided as it did: a code for programs, a sentence for people. */
export interface CreditReason {
  readonly code: CreditReasonCode;
  readonly args: SentenceArgs;
}

export const creditReason = (code: CreditReasonCode, args: SentenceArgs = {}): CreditReason => ({ code, args });

/** A reason as a sentence. */
export const tellCredit = ({ code, args }: CreditReason, language: Language = 'en'): string => say(SENTENCES[code], args, language);

/** Amounts in reasons carry their currency, whatever it is. */
export const moneyIn = (amount: Minor, currency: string): string => `${currency} ${formatAmount(amount, currency)}`;

/** A part of one as a percentage with at most two decimals: 0.94 → `94`. */
export const percentOf = (ratio: number): string => String(Math.round(ratio * 10_000) / 100);
