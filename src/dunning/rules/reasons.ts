import { type CreditReason, type CreditReasonCode, tellCredit } from '../../credit/rules/reasons.js';
import { type Minor, formatAmount } from '../../kernel/money.js';
import { CONDITIONS, type Condition, type ConditionCode, conditionType } from './conditions.js';
import { type Language, type Sentence, type SentenceArgs, say } from './sentence.js';

/**
 * Every sentence the decision can give as a reason, in one place: what a controller reads in the plan and what a debtor may one day
 * read in the file (GDPR: written so that he may).
 */
const SENTENCES = {
  overdue: {
    nl: '{count} vervallen post(en), de oudste {days} dag(en) over tijd (vervaldag {date}).',
    en: '{count} overdue item(s), the oldest {days} day(s) late (due {date}).',
    fr: '{count} poste(s) échu(s), le plus ancien depuis {days} jour(s) (échéance {date}).',
  },
  'not-yet-due': {
    nl: '{count} post(en) vervallen binnenkort, de eerste op {date}: een dienst, geen aanmaning.',
    en: '{count} item(s) fall due soon, the first on {date}: a service, not a reminder.',
    fr: '{count} poste(s) bientôt à échéance, le premier le {date} : un service, pas un rappel.',
  },
  'first-step': {
    nl: 'Stap "{step}": er is over deze posten nog niets gevraagd.',
    en: 'Step "{step}": nothing was asked about these items before.',
    fr: 'Étape « {step} » : rien n’a encore été demandé pour ces postes.',
  },
  'next-step': {
    nl: 'Stap "{step}" volgt op "{previous}" van {date}.',
    en: 'Step "{step}" follows "{previous}" of {date}.',
    fr: 'L’étape « {step} » suit « {previous} » du {date}.',
  },
  joined: {
    nl: '{count} andere vervallen post(en) gaan mee in hetzelfde bericht.',
    en: '{count} other overdue item(s) go along in the same message.',
    fr: '{count} autre(s) poste(s) échu(s) figurent dans le même message.',
  },
  'credit-counted': {
    nl: 'Eerst is {amount} aan open creditnota’s en niet-toegewezen ontvangsten verrekend.',
    en: 'Open credit notes and unallocated receipts of {amount} were counted first.',
    fr: 'Les notes de crédit ouvertes et encaissements non affectés de {amount} ont été déduits d’abord.',
  },
  'part-disputed': {
    nl: '{amount} wordt betwist en is niet gevraagd.',
    en: '{amount} is disputed and not asked for.',
    fr: '{amount} est contesté et n’est pas réclamé.',
  },
  'broken-promise': {
    nl: 'De toezegging van {amount} op {date} is niet nagekomen (ontvangen: {paid}).',
    en: 'The promise of {amount} by {date} was not kept (received: {paid}).',
    fr: 'La promesse de {amount} pour le {date} n’a pas été tenue (reçu : {paid}).',
  },
  'broken-arrangement': {
    nl: 'De termijn van {amount} op {date} van de betalingsregeling is niet betaald.',
    en: 'The instalment of {amount} of {date} of the arrangement was not paid.',
    fr: 'L’échéance de {amount} du {date} du plan de paiement n’a pas été payée.',
  },
  'returned-debit': {
    nl: 'De betaling is op {date} teruggeboekt.',
    en: 'The payment was returned on {date}.',
    fr: 'Le paiement a été retourné le {date}.',
  },
  'no-more-pause': {
    nl: 'Na {count} niet-nagekomen toezeggingen geeft een nieuwe geen uitstel.',
    en: 'After {count} broken promises a new one gives no pause.',
    fr: 'Après {count} promesses non tenues, une nouvelle ne suspend plus.',
  },
  'consumer-in-doubt': {
    nl: 'De hoedanigheid van de debiteur is onbekend: behandeld als consument.',
    en: 'The role of the debtor is not known: treated as a consumer.',
    fr: 'La qualité du débiteur est inconnue : traité comme consommateur.',
  },
  'handover-approval': {
    nl: 'Overdracht gaat nooit zonder goedkeuring van een mens.',
    en: 'A handover never happens without the approval of a person.',
    fr: 'Une remise ne se fait jamais sans l’accord d’une personne.',
  },
  'limitation-past': {
    nl: '{count} vordering(en) kunnen verjaard zijn (laatste dag {date}): geen overdracht; een mens beslist wat nog gevraagd wordt.',
    en: '{count} claim(s) may have lapsed by limitation (last day {date}): no handover; a person decides what is still asked.',
    fr: '{count} créance(s) peuvent être prescrites (dernier jour {date}) : pas de remise ; une personne décide de la suite.',
  },
  'limitation-near': {
    nl: '{count} vordering(en) verjaren binnenkort (de eerste na {date}), tenzij de verjaring wordt gestuit.',
    en: '{count} claim(s) soon lapse by limitation (the first after {date}) unless it is interrupted.',
    fr: '{count} créance(s) seront bientôt prescrites (la première après le {date}), sauf interruption.',
  },
  'approval-by-policy': {
    nl: 'Het beleid vraagt voor deze stap een goedkeuring.',
    en: 'The policy asks for approval of this step.',
    fr: 'La politique demande une approbation pour cette étape.',
  },
  'approval-by-amount': {
    nl: 'Vanaf {amount} keurt een mens het goed.',
    en: 'From {amount} on a person approves.',
    fr: 'À partir de {amount}, une personne approuve.',
  },
  'weekly-statement': {
    nl: 'Wekelijks rekeningoverzicht: informatie, geen aanmaning.',
    en: 'Weekly statement of account: information, not a demand.',
    fr: 'Relevé de compte hebdomadaire : information, pas une mise en demeure.',
  },
  'no-phone': {
    nl: 'Er is geen telefoonnummer bekend.',
    en: 'No phone number is known.',
    fr: 'Aucun numéro de téléphone n’est connu.',
  },
  'costs-announced': {
    nl: 'Aangekondigd, niet gevraagd: {amount} kosten vanaf {date}.',
    en: 'Announced, not asked: costs of {amount} from {date} on.',
    fr: 'Annoncé, non réclamé : frais de {amount} à partir du {date}.',
  },
  'costs-announced-undated': {
    nl: 'Aangekondigd, niet gevraagd: {amount} kosten bij verder uitblijven van betaling.',
    en: 'Announced, not asked: costs of {amount} if payment stays out.',
    fr: 'Annoncé, non réclamé : frais de {amount} à défaut de paiement.',
  },
  'provisional-interest': {
    nl: 'De rente is voorlopig: het tarief voor een deel van de periode is nog niet gepubliceerd.',
    en: 'The interest is provisional: the rate for part of the period is not yet published.',
    fr: 'Les intérêts sont provisoires : le taux d’une partie de la période n’est pas encore publié.',
  },
  'no-charges-in-currency': {
    nl: 'Kosten en rente worden alleen in euro berekend.',
    en: 'Costs and interest are reckoned in euro only.',
    fr: 'Les frais et intérêts ne sont calculés qu’en euros.',
  },

  'control-difference': {
    nl: 'Volgens het pakket staat er een ander totaal open dan hier: er wordt niemand iets gevraagd totdat ze gelijk zijn.',
    en: 'The package says another total is open than is open here: nothing is asked of anyone until they agree.',
    fr: 'Le logiciel indique un autre total ouvert qu’ici : rien n’est demandé à personne tant qu’ils diffèrent.',
  },
  'stale-pull': {
    nl: 'Het pakket is niet opgehaald: er gaat niets uit op oude gegevens.',
    en: 'The package was not pulled: nothing goes out on old data.',
    fr: 'Le logiciel n’a pas été relevé : rien ne part sur des données anciennes.',
  },
  'stale-statements': {
    nl: 'De bankafschriften lopen niet door tot gisteren: er gaat niets uit op oude gegevens.',
    en: 'The bank statements do not reach yesterday: nothing goes out on old data.',
    fr: 'Les relevés bancaires ne vont pas jusqu’à hier : rien ne part sur des données anciennes.',
  },
  'no-policy': {
    nl: 'Het beleid is niet voor deze debiteur bedoeld.',
    en: 'The policy is not meant for this debtor.',
    fr: 'La politique ne concerne pas ce débiteur.',
  },
  excluded: {
    nl: 'Het beleid sluit deze debiteur uit.',
    en: 'The policy excludes this debtor.',
    fr: 'La politique exclut ce débiteur.',
  },
  'not-due': { nl: 'Vervalt op {date}.', en: 'Falls due on {date}.', fr: 'Échéance le {date}.' },
  disputed: {
    nl: 'Betwist sinds {date} ({code}).',
    en: 'Disputed since {date} ({code}).',
    fr: 'Contesté depuis le {date} ({code}).',
  },
  'dispute-awaited': {
    nl: 'Betwisting op {date} afgehandeld; de creditering of betaling staat nog niet in de boeken.',
    en: 'The dispute was settled on {date}; the credit or payment is not in the books yet.',
    fr: 'Contestation réglée le {date} ; le crédit ou le paiement n’est pas encore comptabilisé.',
  },
  'disputed-in-package': {
    nl: 'In het boekhoudpakket staat een betwisting: {words}.',
    en: 'The package has a dispute of it: {words}.',
    fr: 'Le logiciel comptable mentionne une contestation : {words}.',
  },
  'paused-in-package': {
    nl: 'Iemand heeft de herinneringen in het boekhoudpakket stopgezet.',
    en: 'Reminders are stopped in the package by a person.',
    fr: 'Quelqu’un a suspendu les rappels dans le logiciel comptable.',
  },
  promise: {
    nl: 'Betaling toegezegd voor {date}.',
    en: 'Payment was promised by {date}.',
    fr: 'Paiement promis pour le {date}.',
  },
  arrangement: {
    nl: 'Betalingsregeling loopt en wordt nagekomen.',
    en: 'An arrangement is running and kept.',
    fr: 'Un plan de paiement est en cours et respecté.',
  },
  'hold-manual': { nl: 'Op verzoek stilgelegd.', en: 'Put on hold by a person.', fr: 'Suspendu par une personne.' },
  'hold-invoice': {
    nl: 'Deze factuur staat stil sinds {date}: in het pakket is er iets mee verschoven.',
    en: 'This invoice is on hold since {date}: it was rearranged in the package.',
    fr: 'Cette facture est suspendue depuis le {date} : elle a été déplacée dans le logiciel.',
  },
  'hold-guardianship': {
    nl: 'Bewind of schuldregeling: alle post gaat naar de bewindvoerder.',
    en: 'Guardianship or debt restructuring: all mail goes to the administrator.',
    fr: 'Administration ou règlement de dettes : tout passe par l’administrateur.',
  },
  'hold-credit': {
    nl: 'Kredietblokkade: een mens is met deze debiteur in gesprek.',
    en: 'Credit hold: a person is dealing with this debtor.',
    fr: 'Blocage de crédit : une personne s’occupe de ce débiteur.',
  },
  insolvency: {
    nl: 'Insolventie: vordering indienen, niet aanmanen.',
    en: 'Insolvency: file the claim, do not dun.',
    fr: 'Insolvabilité : déclarer la créance, ne pas relancer.',
  },
  collecting: {
    nl: 'Het pakket int deze post nu zelf (incasso of online betaling).',
    en: 'The package is collecting this item right now (direct debit or online payment).',
    fr: 'Le logiciel encaisse ce poste en ce moment (domiciliation ou paiement en ligne).',
  },
  'handed-over': { nl: 'Overgedragen op {date}.', en: 'Handed over on {date}.', fr: 'Remis le {date}.' },
  'covered-by-credit': {
    nl: 'Gedekt door open creditnota’s of niet-toegewezen ontvangsten.',
    en: 'Covered by open credit notes or unallocated receipts.',
    fr: 'Couvert par des notes de crédit ouvertes ou des encaissements non affectés.',
  },
  'money-in-other-currency': {
    nl: 'Er is {amount} ontvangen, meer dan in die valuta openstaat: dat kan de betaling hiervan zijn. Niets wordt gevraagd tot het is toegewezen.',
    en: '{amount} was received, more than is open in that currency: it may be the payment of this. Nothing is asked until it is allocated.',
    fr: '{amount} a été reçu, plus que ce qui est ouvert dans cette devise : ce peut être le paiement de ce poste. Rien n’est réclamé avant affectation.',
  },
  'credit-note': {
    nl: 'Een tegoed van de debiteur: wordt verrekend, nooit gevraagd.',
    en: 'A credit of the debtor: counted, never asked for.',
    fr: 'Un avoir du débiteur : compensé, jamais réclamé.',
  },
  'below-minimum': {
    nl: 'Samen {amount}, onder het minimum van {minimum}.',
    en: 'Together {amount}, below the minimum of {minimum}.',
    fr: 'Au total {amount}, sous le minimum de {minimum}.',
  },
  'not-a-banking-day': {
    nl: 'Geen bank- of werkdag voor deze debiteur.',
    en: 'Not a banking and working day for this debtor.',
    fr: 'Pas un jour bancaire et ouvrable pour ce débiteur.',
  },
  'quiet-day': { nl: 'Stille dag volgens het beleid.', en: 'A quiet day by the policy.', fr: 'Jour de silence selon la politique.' },
  waiting: {
    nl: 'Wacht op stap "{step}".',
    en: 'Waiting for step "{step}".',
    fr: 'En attente de l’étape « {step} ».',
  },
  'waiting-gap': {
    nl: 'Kort geleden was er al contact (laatste: {date}).',
    en: 'There was contact a short while ago (last: {date}).',
    fr: 'Il y a eu un contact récemment (dernier : {date}).',
  },
  'waiting-other': {
    nl: 'Vandaag gaat een ander bericht naar deze debiteur.',
    en: 'Another message goes to this debtor today.',
    fr: 'Un autre message part aujourd’hui à ce débiteur.',
  },
  'waiting-term': {
    nl: 'De wettelijke termijn van de brief van {date} loopt nog.',
    en: 'The legal term of the notice of {date} is still running.',
    fr: 'Le délai légal de l’avis du {date} court encore.',
  },
  'end-of-policy': {
    nl: 'Alle stappen zijn gezet: nu beslist een mens.',
    en: 'All steps are done: a person decides now.',
    fr: 'Toutes les étapes sont faites : une personne décide.',
  },
  'legal-step-missing': {
    nl: 'Eerst moet een "{notice}" gestuurd zijn ({article}).',
    en: 'A "{notice}" must have been sent first ({article}).',
    fr: 'Un « {notice} » doit d’abord avoir été envoyé ({article}).',
  },
  'handover-too-early': {
    nl: 'Overdracht op zijn vroegst op {date}.',
    en: 'Handover at the earliest on {date}.',
    fr: 'Remise au plus tôt le {date}.',
  },
  unreachable: {
    nl: 'De debiteur heeft geen adres voor het kanaal van deze stap.',
    en: 'The debtor has no address for the channel of this step.',
    fr: 'Le débiteur n’a pas d’adresse pour le canal de cette étape.',
  },
  'no-longer-open': {
    nl: 'Wat gevraagd zou worden, staat niet meer (geheel) open.',
    en: 'What was to be asked is no longer (wholly) open.',
    fr: 'Ce qui devait être réclamé n’est plus (entièrement) dû.',
  },
  'asked-otherwise': {
    nl: 'Vandaag wordt iets anders gevraagd: stap "{step}" over {amount}.',
    en: 'Something else is asked today: step "{step}" about {amount}.',
    fr: 'Autre chose est demandé aujourd’hui : étape « {step} » pour {amount}.',
  },
  'daily-cap': {
    nl: 'Het maximum van {count} per dag is bereikt.',
    en: 'The maximum of {count} a day is reached.',
    fr: 'Le maximum de {count} par jour est atteint.',
  },
} as const satisfies Readonly<Record<string, Sentence>>;

export type SentenceCode = keyof typeof SENTENCES;

/** Why something was decided: a stable code with its arguments, or a sentence that the rules of credit or law gave. */
export type Reason =
  | { readonly code: SentenceCode; readonly args: SentenceArgs }
  | { readonly code: `condition:${ConditionCode}`; readonly args: SentenceArgs }
  | { readonly code: `credit:${CreditReasonCode}`; readonly args: SentenceArgs }
  | { readonly code: 'law'; readonly args: { readonly text: string } };

export const reason = (code: SentenceCode, args: SentenceArgs = {}): Reason => ({ code, args });
export const lawReason = (text: string): Reason => ({ code: 'law', args: { text } });
/** A reason of the credit stage. */
export const fromCredit = ({ code, args }: CreditReason): Reason => ({ code: `credit:${code}`, args });

/** The sentence of a condition that held. Its amounts are minor units of `currency`. */
export function conditionReason({ code, args }: Condition, currency: string): Reason {
  const types = conditionType(code).args;
  const shown = Object.entries(args).map(([name, value]): [string, string | number] => {
    if (typeof value !== 'number') return [name, value.join(', ')];
    return [name, types[name]?.type === 'amount' ? money(value, currency) : value];
  });
  return { code: `condition:${code}`, args: Object.fromEntries(shown) };
}

/** A reason as a sentence. Sentences of the law's rules exist in English only. */
export function tell({ code, args }: Reason, language: Language = 'en'): string {
  if (code === 'law') return String(args['text']);
  if (code.startsWith('credit:')) return tellCredit({ code: code.slice('credit:'.length) as CreditReasonCode, args }, language);
  const sentence = code.startsWith('condition:')
    ? CONDITIONS[code.slice('condition:'.length) as ConditionCode].sentence
    : SENTENCES[code as SentenceCode];
  return say(sentence, args, language);
}

/** How reasons write money. */
export const money = (amount: Minor, currency: string): string =>
  currency === 'EUR' ? `€ ${formatAmount(amount)}` : `${currency} ${formatAmount(amount, currency)}`;
