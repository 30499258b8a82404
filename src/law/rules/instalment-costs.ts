import { type Minor, sum } from '../../kernel/money.js';
import { type PlainDate, addMonths } from '../../kernel/plain-date.js';
import { type Result, err, ok } from '../../kernel/result.js';
import { scaleFee } from './cost-scale.js';
import { inForce } from './dated.js';
import type { CostScale, InstalmentRule, Law } from './law.js';
import { euro } from './wording.js';

/** A missed instalment of one contract with a consumer. */
export interface MissedInstalment {
  readonly id: string;
  readonly missedOn: PlainDate;
  readonly open: Minor;
  /** Whether it had a valid fourteen-day letter of its own; those without share one joint letter. */
  readonly ownLetter: boolean;
}

export interface InstalmentCosts {
  /** Fee of each instalment with a letter of its own, without VAT, in order of `missedOn`. */
  readonly fees: readonly { readonly id: string; readonly fee: Minor }[];
  /** The one fee of the joint letter over the others. */
  readonly jointFee: Minor;
  readonly total: Minor;
  readonly because: readonly string[];
}

/**
 * Dutch costs over small instalments of one contract (scheme `nl-instalment`, Besluit as amended per 1 October 2024): falling fees and
 * a cap per window of six months before each missed instalment; a joint letter carries the highest fee that one of its instalments
 * would have carried. Instalments above the maximum of the rule follow the scale.
 * Refuses while the setting `nlInstalmentRule` is off (`instalment-rule-off`) and days before the rule (`no-table`).
 */
export function instalmentCosts(law: Law, missed: readonly MissedInstalment[], on: PlainDate): Result<InstalmentCosts> {
  const rule = law.nl.instalment;
  if (!law.settings.nlInstalmentRule) {
    return err({
      code: 'instalment-rule-off',
      message: 'the rule for small instalments is off until a person has confirmed its text (setting nlInstalmentRule)',
    });
  }
  const scale = inForce(law.nl.costScales, on);
  if (!scale || on < rule.from) return err({ code: 'no-table', message: `the rule for small instalments begins on ${rule.from}` });

  const charged: Charged[] = [];
  const inOrder = [...missed].sort((a, b) => (a.missedOn < b.missedOn ? -1 : a.missedOn > b.missedOn ? 1 : 0));
  for (const instalment of inOrder.filter(({ ownLetter }) => ownLetter)) {
    const fee = feeOf(rule, scale, instalment, charged);
    charged.push({ ...instalment, fee, small: instalment.open <= rule.instalmentMaximum });
  }
  const joint = inOrder.filter(({ ownLetter }) => !ownLetter).map((instalment) => feeOf(rule, scale, instalment, charged));
  const jointFee = joint.length === 0 ? 0 : Math.max(...joint);
  const fees = charged.map(({ id, fee }) => ({ id, fee }));
  return ok({
    fees,
    jointFee,
    total: sum([...fees.map(({ fee }) => fee), jointFee]),
    because: [
      `Instalments of at most ${euro(rule.instalmentMaximum)}: falling fees, together at most ${euro(rule.windowCap)} in ${rule.windowMonths} months (${rule.article}).`,
      ...(joint.length > 0 ? [`One joint letter over ${joint.length}: the highest fee of one of them, ${euro(jointFee)}.`] : []),
    ],
  });
}

type Charged = MissedInstalment & { readonly fee: Minor; readonly small: boolean };

function feeOf(rule: InstalmentRule, scale: CostScale, { missedOn, open }: MissedInstalment, charged: readonly Charged[]): Minor {
  if (open <= 0) return 0;
  if (open > rule.instalmentMaximum) return scaleFee(scale, open);
  const windowStart = addMonths(missedOn, -rule.windowMonths);
  const before = charged.filter((other) => other.small && other.fee > 0 && other.missedOn > windowStart && other.missedOn <= missedOn);
  const step = rule.steps[Math.min(before.length, rule.steps.length - 1)] ?? 0;
  return Math.max(0, Math.min(step, rule.windowCap - sum(before.map(({ fee }) => fee))));
}
