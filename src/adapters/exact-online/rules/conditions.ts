import { type VendorRecord, guidOf, textOf, wholeOf } from './record.js';

/** Payment conditions by code: the term they give, null when it is no number of days (end of month). */
export type Conditions = Readonly<Record<string, { readonly days: number | null }>>;

/** §4.6. A condition that runs to the end of a month has no fixed number of days. */
export function readConditions(records: readonly VendorRecord[]): Conditions {
  const conditions: Record<string, { days: number | null }> = {};
  for (const record of records) {
    const code = textOf(record['Code']);
    const days = wholeOf(record['PaymentDays']);
    if (code !== null) conditions[code] = { days: days !== null && days >= 0 && !wholeOf(record['PaymentEndOfMonths']) ? days : null };
  }
  return conditions;
}

/** Conditions under which Exact Online's own debtor management reminds (§4.6): the one thing of it the API shows. */
export function nativeScenarios(records: readonly VendorRecord[]): { ref: string; name: string; isDefault: boolean }[] {
  return records.flatMap((record) => {
    const scenario = guidOf(record['CreditManagementScenario']);
    if (scenario === null) return [];
    const name = textOf(record['CreditManagementScenarioDescription']) ?? scenario;
    return [
      {
        ref: scenario,
        name: `${name} (${textOf(record['Description']) ?? textOf(record['Code']) ?? 'payment condition'})`,
        isDefault: false,
      },
    ];
  });
}
