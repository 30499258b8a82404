import type { Sentence } from '../../kernel/sentence.js';

/** What a look at a customer can give as a reason, and what there is to do. */
export const CHECK_SENTENCES = {
  'number-wrong': {
    nl: 'Het {number}-nummer in de boeken kan niet kloppen: vorm of controlecijfer is fout.',
    en: 'The {number} number in the books cannot be right: its form or check digit is wrong.',
    fr: 'Le numéro {number} dans les livres ne peut pas être correct : forme ou chiffre de contrôle faux.',
  },
  'numbers-differ': {
    nl: 'Het KBO-nummer en het btw-nummer zijn van verschillende ondernemingen.',
    en: 'The KBO number and the VAT number are of different enterprises.',
    fr: 'Le numéro BCE et le numéro de TVA sont d’entreprises différentes.',
  },
  'no-number': {
    nl: 'Er is geen nummer van handelsregister of btw bekend om na te vragen.',
    en: 'No number of a trade register or for VAT is known to ask by.',
    fr: 'Aucun numéro de registre de commerce ni de TVA n’est connu pour interroger un registre.',
  },
  'vat-valid': {
    nl: 'Het btw-nummer is geldig volgens {register} ({name}).',
    en: 'The VAT number is valid according to {register} ({name}).',
    fr: 'Le numéro de TVA est valable selon {register} ({name}).',
  },
  'vat-not-valid': {
    nl: 'Het btw-nummer is niet geldig volgens {register}.',
    en: 'The VAT number is not valid according to {register}.',
    fr: 'Le numéro de TVA n’est pas valable selon {register}.',
  },
  'no-insolvency': {
    nl: 'Niet gevonden in het insolventieregister ({register}).',
    en: 'Not found in the insolvency register ({register}).',
    fr: 'Absent du registre d’insolvabilité ({register}).',
  },
  'insolvency-ended': {
    nl: 'Een beëindigde insolventie in het register: {number}.',
    en: 'An insolvency that has ended in the register: {number}.',
    fr: 'Une insolvabilité terminée au registre : {number}.',
  },
  bankruptcy: {
    nl: 'Faillissement {number} sinds {since}, {court}; curator: {trustee}.',
    en: 'Bankruptcy {number} since {since}, {court}; trustee: {trustee}.',
    fr: 'Faillite {number} depuis le {since}, {court} ; curateur : {trustee}.',
  },
  moratorium: {
    nl: 'Surseance van betaling {number} sinds {since}, {court}; bewindvoerder: {trustee}.',
    en: 'Moratorium {number} since {since}, {court}; administrator: {trustee}.',
    fr: 'Sursis de paiement {number} depuis le {since}, {court} ; administrateur : {trustee}.',
  },
  'debt-restructuring': {
    nl: 'Schuldsanering {number} sinds {since}, {court}; bewindvoerder: {trustee}.',
    en: 'Debt restructuring {number} since {since}, {court}; administrator: {trustee}.',
    fr: 'Règlement de dettes {number} depuis le {since}, {court} ; administrateur : {trustee}.',
  },
  'lookup-failed': {
    nl: '{register} gaf geen bruikbaar antwoord; het wordt later opnieuw gevraagd.',
    en: '{register} gave no answer that can be used; it will be asked again later.',
    fr: '{register} n’a pas donné de réponse utilisable ; il sera interrogé plus tard.',
  },
  'lookup-another-night': {
    nl: '{register} wordt een andere nacht gevraagd: het aantal vragen per nacht is bereikt.',
    en: '{register} will be asked another night: as many questions as a night may have were asked.',
    fr: '{register} sera interrogé une autre nuit : le nombre de questions par nuit est atteint.',
  },
  'lookup-budget': {
    nl: '{register} is niet gevraagd: het maandbudget voor betaalde vragen laat het niet toe.',
    en: '{register} was not asked: the month’s budget for paid questions does not allow it.',
    fr: '{register} n’a pas été interrogé : le budget mensuel des questions payantes ne le permet pas.',
  },
  'not-asked': {
    nl: 'Niet nagevraagd: {what}. Er is daarvoor geen register ingesteld dat deze klant kent.',
    en: 'Not asked: {what}. No register is set up for it that knows this customer.',
    fr: 'Non vérifié : {what}. Aucun registre configuré ne connaît ce client.',
  },
  'trade-registered': {
    nl: 'Ingeschreven in het handelsregister volgens {register} ({name}).',
    en: 'In the trade register according to {register} ({name}).',
    fr: 'Inscrit au registre de commerce selon {register} ({name}).',
  },
  'not-registered': {
    nl: 'Het handelsregister ({register}) geeft onder dit nummer geen onderneming.',
    en: 'The trade register ({register}) gives no company under this number.',
    fr: 'Le registre de commerce ({register}) ne donne aucune entreprise sous ce numéro.',
  },
  'company-ended': {
    nl: 'De onderneming is volgens {register} niet meer actief.',
    en: 'According to {register} the company is no longer active.',
    fr: 'Selon {register}, l’entreprise n’est plus active.',
  },
  'credit-report': {
    nl: 'Kredietrapport van {register}: oordeel {rating}, voorgestelde limiet {limit}, jaarcijfers {accounts}.',
    en: 'Credit report of {register}: rating {rating}, suggested limit {limit}, accounts {accounts}.',
    fr: 'Rapport de crédit de {register} : note {rating}, limite suggérée {limit}, comptes {accounts}.',
  },
  'terms-as-agreed': {
    nl: 'Voorstel: op rekening, zoals afgesproken.',
    en: 'Suggested: on account, as agreed.',
    fr: 'Proposition : à terme, comme convenu.',
  },
  'terms-lower-limit': {
    nl: 'Voorstel: op rekening tot {limit}, tot er meer bekend is.',
    en: 'Suggested: on account up to {limit}, until more is known.',
    fr: 'Proposition : à terme jusqu’à {limit}, en attendant d’en savoir plus.',
  },
  'terms-prepayment': {
    nl: 'Voorstel: alleen tegen vooruitbetaling. Een mens beslist.',
    en: 'Suggested: prepayment only. A person decides.',
    fr: 'Proposition : paiement d’avance uniquement. Une personne décide.',
  },
  'do-insolvent': {
    nl: 'Te doen: dien de vordering in bij de curator of bewindvoerder en lever niet meer. Alle aanmaningen staan stil.',
    en: 'To do: file the claim with the trustee and deliver no more. All dunning has stopped.',
    fr: 'À faire : déclarer la créance auprès du curateur et ne plus livrer. Toutes les relances sont arrêtées.',
  },
  'do-caution': {
    nl: 'Te doen: vraag de klant naar de juiste gegevens en beslis over termijn en limiet voordat er wordt geleverd.',
    en: 'To do: ask the customer for the right details and decide on term and limit before anything is delivered.',
    fr: 'À faire : demander les bonnes données au client et décider du délai et de la limite avant de livrer.',
  },
} as const satisfies Readonly<Record<string, Sentence>>;
