import { CLAIM_KINDS, DAY_COUNTS, INTERRUPTIONS, STATUSES } from './rules/law.js';

/** JSON schemas of config/law/*.yml. Amounts and percentages are text there, so that no figure passes through a binary float. */

type Schema = Readonly<Record<string, unknown>>;

const amount = { type: 'string', pattern: '^\\d{1,9}\\.\\d{2}$' };
const percent = { type: 'string', pattern: '^\\d{1,2}(\\.\\d{1,2})?$' };
const date = { type: 'string', format: 'date' };
const text = { type: 'string', minLength: 1 };
const count = { type: 'integer', minimum: 0 };
const days = { type: 'integer', minimum: 1, maximum: 366 };
const nullable = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
const rows = (items: Schema): Schema => ({ type: 'array', minItems: 1, items });

/** An object with exactly these fields; a name ending in `?` may be absent. */
function object(properties: Readonly<Record<string, Schema>>): Schema {
  const entries = Object.entries(properties);
  return {
    type: 'object',
    additionalProperties: false,
    required: entries.map(([name]) => name).filter((name) => !name.endsWith('?')),
    properties: Object.fromEntries(entries.map(([name, schema]) => [name.replace('?', ''), schema])),
  };
}

const sourced = { source: text, status: { enum: STATUSES } };
const dated = { from: date, ...sourced };

const rateRow = object({ ...dated, percent, 'olderContracts?': percent });
const rateTable = object({ article: text, publishedUntil: date, contractSplit: nullable(date), rows: rows(rateRow) });
const referenceRates = object({ article: text, marginPoints: percent, publishedUntil: date, rows: rows(rateRow) });
const fixedSums = rows(object({ ...dated, article: text, amount }));

const terms = object({
  ...sourced,
  article: text,
  defaultDays: days,
  maximumDays: days,
  longerIfExpresslyAgreed: { type: 'boolean' },
  publicBodyDays: days,
  largeDebtorDays: nullable(days),
});

const limitation = object({
  warnDays: rows(count),
  supposed: object({ business: { enum: CLAIM_KINDS }, consumer: { enum: CLAIM_KINDS } }),
  renewedBy: { type: 'array', items: { enum: INTERRUPTIONS } },
  renewedYearsMaximum: nullable(count),
  extendedOnceBy: nullable(object({ kind: { enum: INTERRUPTIONS }, years: count })),
  rows: rows(object({ ...sourced, claim: { enum: CLAIM_KINDS }, years: count, article: text })),
});

export const NL_SCHEMA = object({
  costScales: rows(
    object({
      ...dated,
      article: text,
      tiers: rows(object({ width: nullable(amount), percent })),
      minimum: amount,
      maximum: amount,
      vatPercent: percent,
    }),
  ),
  instalment: object({ ...dated, article: text, steps: rows(amount), windowMonths: count, windowCap: amount, instalmentMaximum: amount }),
  fixedSums,
  fourteenDayLetter: object({
    ...sourced,
    article: text,
    termDays: days,
    deliveryDays: days,
    deliveryWeekdays: rows({ type: 'integer', minimum: 1, maximum: 7 }),
    bufferDays: count,
  }),
  noticeOfDefault: object({ ...sourced, article: text, termDays: days }),
  commercialRates: rateTable,
  consumerRates: rateTable,
  terms,
  limitation,
});

export const BE_SCHEMA = object({
  consumerCaps: rows(
    object({
      ...dated,
      article: text,
      caps: rows(object({ upTo: nullable(amount), fixed: amount, percent, over: amount, maximum: nullable(amount) })),
    }),
  ),
  fixedSums,
  firstReminder: object({
    ...sourced,
    article: text,
    termDays: days,
    letterStartsOnWorkingDay: days,
    freeRemindersPerYear: count,
    laterReminderMaximum: amount,
  }),
  commercialRates: rateTable,
  terms,
  limitation,
});

const profile = object({
  country: { type: 'string', pattern: '^[A-Z]{2}$' },
  rates: referenceRates,
  compounding: { enum: ['none', 'yearly'] },
  fixedSums,
  terms,
});

export const EU_SCHEMA = object({
  default: profile,
  countries: { type: 'object', propertyNames: { pattern: '^[A-Z]{2}$' }, additionalProperties: profile },
});

export const SETTINGS_SCHEMA = object({
  b2bFixedSumPer: { enum: ['invoice', 'demand'] },
  nlMaximumIncludesVat: { type: 'boolean' },
  nlInstalmentRule: { type: 'boolean' },
  beSaturdayCounts: { type: 'boolean' },
  dayCount: { enum: DAY_COUNTS },
});
