import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { InputError } from '../kernel/errors.js';
import { parseAmount } from '../kernel/money.js';
import { unwrap } from '../kernel/result.js';
import { loadCalendars } from '../platform/config/calendars.js';
import { configPath, readYaml } from '../platform/config/config-files.js';
import { BE_SCHEMA, EU_SCHEMA, NL_SCHEMA, SETTINGS_SCHEMA } from './law-schema.js';
import type { BeLaw, EuLaw, EuProfile, Law, LawSettings, NlLaw, RateTable } from './rules/law.js';

const ajv = new Ajv({ allErrors: true });
formats.default(ajv, ['date']);
const validators = {
  nl: ajv.compile(NL_SCHEMA),
  be: ajv.compile(BE_SCHEMA),
  eu: ajv.compile(EU_SCHEMA),
  settings: ajv.compile(SETTINGS_SCHEMA),
};

/**
 * Reads config/law/*.yml (or those files in another folder) into the tables that the rules take, with the calendars of config/calendar.
 * Throws {@link InputError} that names the file when one is missing, no YAML, or not what its schema says (`invalid-law-table`).
 */
export function loadLaw(folder = configPath('law')): Law {
  const { nl, be } = loadCalendars();
  const eu = read(`${folder}/eu.yml`, validators.eu) as { default: WrittenProfile; countries: Record<string, WrittenProfile> };
  return {
    nl: read(`${folder}/nl.yml`, validators.nl) as NlLaw,
    be: read(`${folder}/be.yml`, validators.be) as BeLaw,
    eu: euLaw(eu),
    settings: read(`${folder}/settings.yml`, validators.settings) as LawSettings,
    calendars: { nl, be },
  };
}

function read(path: string, validate: ValidateFunction): unknown {
  const document = readYaml(path);
  if (!validate(document)) {
    const what = validate.errors?.map(({ instancePath, message }) => `${instancePath || '/'} ${message}`).join('; ');
    throw new InputError('invalid-law-table', `${path}: ${what}`, { file: path });
  }
  return converted(document, '', path);
}

/** Fields of the files that are decimal text; the percentages become basis points under another name. */
const AMOUNTS = [
  'width',
  'minimum',
  'maximum',
  'windowCap',
  'instalmentMaximum',
  'amount',
  'upTo',
  'fixed',
  'over',
  'laterReminderMaximum',
  'steps',
];
const PERCENTAGES: Readonly<Record<string, string>> = {
  percent: 'basisPoints',
  olderContracts: 'olderContractsBasisPoints',
  vatPercent: 'vatBasisPoints',
  marginPoints: 'marginBasisPoints',
};

/** The document with its decimals as whole numbers. Checks on the way that dated rows stand in order, which no schema can say. */
function converted(value: unknown, field: string, path: string): unknown {
  if (Array.isArray(value)) {
    assertAscending(value, field, path);
    return value.map((item) => converted(item, field, path));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [PERCENTAGES[name] ?? name, converted(item, name, path)]));
  }
  const decimal = typeof value === 'string' && (AMOUNTS.includes(field) || field in PERCENTAGES);
  return decimal ? unwrap(parseAmount(value)) : value;
}

function assertAscending(rows: readonly unknown[], field: string, path: string): void {
  const days = rows.map((row) => (row as { from?: string }).from).filter((day) => day !== undefined);
  const wrong = days.find((day, at) => at > 0 && day <= (days[at - 1] ?? ''));
  if (wrong)
    throw new InputError('invalid-law-table', `${path}: ${field}: the row of ${wrong} must come after the one before it`, { file: path });
}

/** A profile as it is written: reference rates and a margin instead of the rates themselves. */
type WrittenProfile = Omit<EuProfile, 'commercialRates'> & {
  readonly rates: Omit<RateTable, 'contractSplit'> & { readonly marginBasisPoints: number };
};

const euLaw = (written: { default: WrittenProfile; countries: Record<string, WrittenProfile> }): EuLaw => ({
  profile: profileOf(written.default),
  countries: Object.fromEntries(Object.entries(written.countries).map(([country, profile]) => [country, profileOf(profile)])),
});

function profileOf({ rates, ...profile }: WrittenProfile): EuProfile {
  const { marginBasisPoints, rows, article, publishedUntil } = rates;
  const raised = rows.map((row) => ({ ...row, basisPoints: row.basisPoints + marginBasisPoints }));
  return { ...profile, commercialRates: { article, publishedUntil, contractSplit: null, rows: raised } };
}
