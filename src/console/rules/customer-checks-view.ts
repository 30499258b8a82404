import type { CheckView } from '../../credit/rules/told.js';
import { TERMS } from '../../credit/rules/customer-check.js';
import { formatAmount, parseAmount } from '../../kernel/money.js';
import type { Texts } from '../texts.js';
import type { Badge } from './badge.js';
import { creditPathOf } from './credit-view.js';
import { type FieldShown, type Filled, EMPTY_FORM, fieldOf } from './form.js';
import type { Format } from './format.js';
import { fill, wordFor } from './words.js';

const TONES: Readonly<Record<string, Badge['tone']>> = { clean: 'good', incomplete: 'attention', caution: 'bad', insolvent: 'bad' };

/** What registers are paid in, and limits suggested in. */
const EURO = 'EUR';

/** A form that was refused, and whose. */
export interface DecisionFilled extends Filled {
  readonly debtorId: string;
}

/** The looks at customers, with what was asked, suggested and decided. `currency` is that in which limits are set. */
export const showChecks = (checks: readonly CheckView[], filled: DecisionFilled | null, currency: string, texts: Texts, format: Format) =>
  checks.map((check, at) => {
    const { debtorId, checkedOn, outcome, validUntil, because, lookups, decision, awaitsDecision } = check;
    const { checks: words } = texts.credit;
    const debtor = check.debtor || debtorId;
    const form = filled?.debtorId === debtorId ? filled : EMPTY_FORM;
    return {
      ...{ debtor, key: `check-${at}`, path: creditPathOf(debtorId), here: `/credit/checks/${encodeURIComponent(debtorId)}` },
      outcome: { tone: TONES[outcome] ?? 'quiet', words: wordFor(words.outcomeWord, outcome) },
      suggested: termsIn(check.terms, check.suggestedLimit, EURO, texts, format),
      checkedOn: format.day(checkedOn),
      validUntil: format.day(validUntil),
      cost: format.amount(costOf(lookups), EURO),
      because: because.map(({ en }) => en),
      lookups: lookups.map(({ register, askedAt, state }) =>
        fill(words.asked, { register, moment: format.moment(askedAt), state: wordFor(words.stateWord, state) }),
      ),
      decision:
        decision &&
        fill(words.decided, {
          terms: termsIn(decision.terms, decision.amount, decision.currency, texts, format),
          ...{ by: decision.by, moment: format.moment(decision.at), reason: decision.reason },
        }),
      stale: decision !== null && awaitsDecision,
      awaits: awaitsDecision ? { tone: 'attention' as const, words: words.waiting } : null,
      decideWords: decision === null ? words.decide : words.decideAgain,
      ...{ againFor: fill(words.againFor, { debtor }), decideFor: fill(words.decideFor, { debtor }) },
      isOpen: form !== EMPTY_FORM,
      problem: form.problems['form'] ?? null,
      terms: TERMS.map((code) => ({
        code,
        words: words.terms[code],
        chosen: code === (form.values['terms'] ?? check.terms),
      })),
      fields: decisionFields(`decide-${at}`, form, check, currency, texts),
    };
  });

function decisionFields(
  id: string,
  form: Filled,
  { suggestedLimit }: CheckView,
  currency: string,
  { credit: { field } }: Texts,
): FieldShown[] {
  const given = currency === EURO ? (suggestedLimit ?? '') : '';
  return [
    fieldOf(id, 'amount', fill(field.lowerAmount, { currency }), form, { given }),
    fieldOf(id, 'reason', field.reason, form, { required: true }),
  ];
}

function termsIn(terms: string, limit: string | null, currency: string, { credit: { checks: words } }: Texts, format: Format): string {
  if (terms !== 'lower-limit' || limit === null) return wordFor(words.terms, terms);
  return fill(words.upTo, { amount: format.amount(limit, currency) });
}

/** What the questions about a customer cost together. */
function costOf(lookups: CheckView['lookups']): string {
  const cents = lookups.map(({ cost }) => parseAmount(cost, EURO)).reduce((sum, cost) => sum + (cost.ok ? cost.value : 0), 0);
  return formatAmount(cents, EURO);
}
