import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { LANGUAGES, type Language } from '../correspondence/rules/localized.js';
import { InputError } from '../kernel/errors.js';
import { configPath, readYaml } from '../platform/config/config-files.js';
import type { Benchmarks } from './rules/benchmark.js';
import { REPORT_WORDS, type ReportWords } from './rules/report-words.js';

const ajv = new Ajv({ allErrors: true });
formats.default(ajv, ['date']);
const text = { type: 'string', minLength: 1 };
const object = (properties: Readonly<Record<string, object>>): object => ({
  type: 'object',
  required: Object.keys(properties),
  additionalProperties: false,
  properties,
});
const term = object({
  from: { type: 'string', format: 'date' },
  days: { type: 'number', exclusiveMinimum: 0 },
  assumed: { type: 'boolean' },
  source: text,
});
const areBenchmarks = ajv.compile<{ averageDaysToPay: Benchmarks }>(
  object({
    averageDaysToPay: {
      type: 'object',
      propertyNames: { pattern: '^[A-Z]{2}$' },
      additionalProperties: { type: 'array', minItems: 1, items: term },
    },
  }),
);
const areWords = ajv.compile<ReportWords>(
  object(
    Object.fromEntries(
      Object.entries(REPORT_WORDS).map(([group, keys]) => [group, object(Object.fromEntries(keys.map((key) => [key, text])))]),
    ),
  ),
);

/** What reports are held against and worded with. */
export interface ReportConfig {
  readonly benchmarks: Benchmarks;
  readonly words: Readonly<Record<Language, ReportWords>>;
}

/**
 * Reads config/benchmarks.yml and config/report/*.yml. Throws {@link InputError} `invalid-report-config` that names the file and
 * everything that is missing, empty or unknown in it, and terms that are not in the order of their days.
 */
export function loadReportConfig(folder = configPath('')): ReportConfig {
  const { averageDaysToPay: benchmarks } = read(`${folder}benchmarks.yml`, areBenchmarks);
  for (const [country, terms] of Object.entries(benchmarks)) {
    if (terms.every(({ from }, at) => at === 0 || from > (terms[at - 1]?.from ?? ''))) continue;
    throw new InputError('invalid-report-config', `benchmarks.yml: the terms of ${country} are not in the order of their days`);
  }
  const words = Object.fromEntries(LANGUAGES.map((language) => [language, read(`${folder}report/${language}.yml`, areWords)]));
  return { benchmarks, words: words as Readonly<Record<Language, ReportWords>> };
}

function read<T>(path: string, validate: ValidateFunction<T>): T {
  const document = readYaml(path);
  if (validate(document)) return document;
  const faults = validate.errors?.map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`.trim());
  throw new InputError('invalid-report-config', `${path}: ${faults?.join('; ')}`, { file: path });
}
