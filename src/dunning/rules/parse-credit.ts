import type { Node } from 'yaml';
import { type InsuranceTerms, USUAL_INSURANCE_TERMS } from '../../credit/rules/insurance.js';
import type { Authority } from '../../credit/rules/release.js';
import type { CreditWatch } from './policy.js';
import type { YamlFields } from './yaml-fields.js';

/** As in the shipped policies: warn at 80%, hold at 100% (collection-rules.md §7.1). */
const DEFAULTS = { warnPercent: 80, holdPercent: 100 } as const;

/**
 * The `credit` settings of a policy; null when there are none. Refuses, with line and field, a hold before the warning, a share above
 * 100%, key accounts without segments, and authorities that do not grow.
 */
export function parseCredit(fields: YamlFields | null, at: (node: Node, path: string) => YamlFields): CreditWatch | null {
  if (!fields) return null;
  const warnPercent = fields.integer('warnPercent', DEFAULTS.warnPercent, 1);
  const holdPercent = fields.integer('holdPercent', DEFAULTS.holdPercent, 1);
  if (warnPercent > holdPercent)
    fields.refuse(`is ${warnPercent}, above holdPercent (${holdPercent}): nobody would be warned`, 'warnPercent');
  const overduePercent = optionalInteger(fields, 'overduePercent', 0);
  if (overduePercent !== null && overduePercent > 100)
    fields.refuse(`is ${overduePercent}, a part of what is open: at most 100`, 'overduePercent');
  const watch: CreditWatch = {
    rules: {
      warnPercent,
      holdPercent,
      oldestOverdueDaysMax: optionalInteger(fields, 'oldestOverdueDays', 0),
      overdueRatioMax: overduePercent === null ? null : overduePercent / 100,
    },
    releases: parseReleases(fields, at),
    fallingWithinDays: optionalInteger(fields, 'fallingWithinDays', 1),
    keyAccounts: parseKeyAccounts(fields.fields('keyAccounts')),
    insurance: parseInsurance(fields.fields('insurance')),
  };
  fields.done();
  return watch;
}

const optionalInteger = (fields: YamlFields, name: string, least: number): number | null =>
  fields.optional(name, () => fields.integer(name, least, least));

function parseReleases(fields: YamlFields, at: (node: Node, path: string) => YamlFields): Authority[] {
  let before: Authority | null = null;
  return (fields.list('releases') ?? []).map(({ node, path }) => {
    const own = at(node, path);
    const authority: Authority = { role: own.text('role'), upTo: own.amount('upTo') };
    const grows = before === null || (before.upTo !== null && (authority.upTo === null || authority.upTo > before.upTo));
    if (!grows) own.refuse('must reach further than the one before it: the lowest comes first', 'upTo');
    own.done();
    before = authority;
    return authority;
  });
}

function parseKeyAccounts(fields: YamlFields | null): CreditWatch['keyAccounts'] {
  if (!fields) return null;
  const segments = fields.texts('segments') ?? [];
  if (segments.length === 0) fields.refuse('needs the segments it is about', 'segments');
  const keyAccounts = { segments, daysOverdue: fields.integer('daysOverdue', 1, 1) };
  fields.done();
  return keyAccounts;
}

/** Days; what is left out is as insurers usually have it. */
function parseInsurance(fields: YamlFields | null): InsuranceTerms {
  if (!fields) return USUAL_INSURANCE_TERMS;
  const { mepDays, notifyDays, collectDays } = USUAL_INSURANCE_TERMS;
  const terms = {
    mepDays: fields.integer('mepDays', mepDays, 1),
    notifyDays: fields.integer('notifyDays', notifyDays, 1),
    collectDays: fields.integer('collectDays', collectDays, 0),
  };
  fields.done();
  return terms;
}
