import { type Failure, type Result, ok } from '../../kernel/result.js';
import { typedAmount } from './typed-amount.js';

/** A form that was filled in and not accepted: what stands in it, and what is wrong by field; `form`: with all of it. */
export interface Filled {
  readonly values: Readonly<Record<string, string>>;
  readonly problems: Readonly<Record<string, string>>;
}

export const EMPTY_FORM: Filled = { values: {}, problems: {} };

/** A field as a page shows it. */
export interface FieldShown {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'date' | 'number' | 'email';
  readonly value: string;
  readonly required: boolean;
  readonly problem: string | null;
}

/** A field of a form, with what was typed into it (else `given`), and what is wrong with it. `form` tells it from those of other forms. */
export function fieldOf(
  form: string,
  name: string,
  label: string,
  { values, problems }: Filled,
  { type = 'text', required = false, given = '' }: Partial<Pick<FieldShown, 'type' | 'required'>> & { readonly given?: string } = {},
): FieldShown {
  const problem = problems[name] ?? null;
  return { id: `${form}-${name}`, name, label, type, value: values[name] ?? given, required, problem };
}

/** Words for the codes of refusals, and for fields that cannot be read. */
export interface ProblemWords {
  readonly problem: Readonly<Record<string, string>>;
  readonly misread: Readonly<Record<string, string>>;
}

/** What is wrong by field, of what could not be read. The recipients of notices, which the API has one level down, are fields of their own. */
export const misreadFields = (mistakes: readonly { readonly field: string; readonly message: string }[], { misread }: ProblemWords) =>
  Object.fromEntries(
    mistakes.map(({ field, message }) => {
      const [group, name] = field.split('.');
      return name === undefined ? [field, misread[field] ?? message] : [name, misread[group ?? ''] ?? message];
    }),
  );

/** Where the fault is that a rule found in a form about credit; what is not here is with the form as a whole. */
const FIELD_OF: Readonly<Record<string, string>> = {
  'no-end': 'until',
  'ends-before-it-begins': 'until',
  'in-the-past': 'until',
  'not-temporary': 'until',
  'not-insured': 'insuredOnly',
  'not-a-decimal': 'amount',
  'too-many-decimals': 'amount',
  'amount-too-large': 'amount',
  'ambiguous-amount': 'amount',
  negative: 'amount',
  'no-amount': 'amount',
  'amount-not-asked': 'amount',
  'amount-too-high': 'amount',
};

/** A refusal, at the field it is about: in our words for its code, else in its own. `fields`: those the form has. */
export function refusedField({ code, message }: Failure, { problem }: ProblemWords, fields: readonly string[]): Record<string, string> {
  const field = FIELD_OF[code] ?? 'form';
  return { [fields.includes(field) ? field : 'form']: problem[code] ?? message };
}

/** What was typed, without the fields that stayed empty and with its amounts as decimals; else the first amount that cannot be read. */
export function typed(
  values: Readonly<Record<string, string | undefined>>,
  amounts: readonly string[],
): Result<Record<string, string>, Failure & { readonly field: string }> {
  const given = Object.entries(values).filter((entry): entry is [string, string] => (entry[1] ?? '').trim() !== '');
  const read = new Map(given.map(([name, value]) => [name, value.trim()]));
  for (const name of amounts) {
    const text = read.get(name);
    const amount = text === undefined ? null : typedAmount(text);
    if (amount && !amount.ok) return { ok: false, error: { ...amount.error, field: name } };
    if (amount) read.set(name, amount.value);
  }
  return ok(Object.fromEntries(read));
}
