import { Ajv } from 'ajv';
import { InputError } from '../kernel/errors.js';
import { readYaml } from '../platform/config/config-files.js';
import { AGEING_BUCKETS } from './rules/letter-view.js';

const PLAIN = [
  ...([
    'colon',
    'date',
    'debtorNumber',
    'item',
    'issueDate',
    'dueDate',
    'amount',
    'paid',
    'open',
    'daysOverdue',
    'disputed',
    'disputedPart',
  ] as const),
  ...(['principal', 'costs', 'interest', 'total', 'payment', 'amountToPay', 'payBy', 'accountName', 'iban', 'bic'] as const),
  ...(['reference', 'qr', 'qrAlt', 'phone', 'email', 'vat', 'account', 'opening', 'closing', 'movement', 'debit'] as const),
  ...(['credit', 'balance', 'ageing', 'ageingDays', 'instalmentDay', 'instalmentAmount'] as const),
];
const CHOICES = {
  deductions: ['credit-note', 'receipt'],
  movements: ['invoice', 'credit-note', 'receipt', 'refund'],
  registry: ['nl-kvk', 'be-kbo'],
  buckets: AGEING_BUCKETS,
} as const;

/** Headings and short labels of a language; those of `CHOICES` are looked up by the value they stand for. */
export type Labels = Readonly<Record<(typeof PLAIN)[number], string> & Record<keyof typeof CHOICES, Readonly<Record<string, string>>>>;

const text = { type: 'string', minLength: 1 };
const recordOf = (properties: Readonly<Record<string, object>>): object => ({
  type: 'object',
  required: Object.keys(properties),
  additionalProperties: false,
  properties,
});
const allText = (keys: readonly string[]): Record<string, object> => Object.fromEntries(keys.map((key) => [key, text]));
const validate = new Ajv({ allErrors: true }).compile<Labels>(
  recordOf({
    ...allText(PLAIN),
    ...Object.fromEntries(Object.entries(CHOICES).map(([key, choices]) => [key, recordOf(allText(choices))])),
  }),
);

/** Reads the labels of a language. Throws {@link InputError} naming every label that is missing, empty or unknown (`invalid-labels`). */
export function loadLabels(path: string): Labels {
  const labels = readYaml(path);
  if (validate(labels)) return labels;
  const faults = validate.errors?.map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`.trim());
  throw new InputError('invalid-labels', `${path}: ${faults?.join('; ')}`, { file: path });
}
