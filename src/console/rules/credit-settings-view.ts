import { ALERT_KINDS } from '../../credit/rules/credit-settings.js';
import type { SettingsView } from '../../credit/rules/told.js';
import type { Policy } from '../../dunning/rules/policy.js';
import { formatAmount } from '../../kernel/money.js';
import type { Texts } from '../texts.js';
import { type FieldShown, type Filled, fieldOf } from './form.js';
import type { Format } from './format.js';
import { fill } from './words.js';

/** The settings about credit as a form: what is asked of registers, and who is told of what. */
export function settingsFields(
  { lookupsPerNight, monthlyBudget, recipients }: SettingsView,
  filled: Filled,
  { credit: { settings: words } }: Texts,
): { readonly asking: readonly FieldShown[]; readonly recipients: readonly FieldShown[] } {
  return {
    asking: [
      fieldOf('settings', 'lookupsPerNight', words.lookupsPerNight, filled, {
        ...{ type: 'number', required: true, given: String(lookupsPerNight) },
      }),
      fieldOf('settings', 'monthlyBudget', words.monthlyBudget, filled, { required: true, given: monthlyBudget }),
    ],
    recipients: ALERT_KINDS.map((kind) =>
      fieldOf('settings', kind, words.recipient[kind], filled, { type: 'email', given: recipients[kind] ?? '' }),
    ),
  };
}

/** How a policy watches credit, track by track; who watches nobody is not there. Amounts are in the currency of the administration. */
export const showWatch = ({ tracks }: Pick<Policy, 'tracks'>, currency: string, { credit: { settings: words } }: Texts, format: Format) =>
  tracks.flatMap(({ name, credit }) => {
    if (!credit) return [];
    const { rules, releases, insurance } = credit;
    const days = (n: number): string => fill(words.days, { n: format.count(n) });
    return [
      {
        name,
        warn: `${format.count(rules.warnPercent)}%`,
        hold: `${format.count(rules.holdPercent)}%`,
        oldest: rules.oldestOverdueDaysMax === null ? words.off : days(rules.oldestOverdueDaysMax),
        overdue: rules.overdueRatioMax === null ? words.off : `${format.count(Math.round(rules.overdueRatioMax * 1000) / 10)}%`,
        insurer: fill(words.insurerTerms, {
          ...{ notify: format.count(insurance.notifyDays), mep: days(insurance.mepDays), collect: days(insurance.collectDays) },
        }),
        releases:
          releases.length === 0
            ? [words.byKey]
            : releases.map(({ role, upTo }) =>
                upTo === null
                  ? fill(words.anyAmount, { role })
                  : fill(words.upTo, { role, amount: format.amount(formatAmount(upTo, currency), currency) }),
              ),
      },
    ];
  });

/** The recipients a form names; who is left empty is told nothing of his own. */
export const recipientsIn = (values: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    ALERT_KINDS.flatMap((kind) => {
      const address = values[kind];
      return address === undefined ? [] : [[kind, address]];
    }),
  );
