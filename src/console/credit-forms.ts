import { ConflictException, ForbiddenException, applyDecorators } from '@nestjs/common';
import { type ClassConstructor, plainToInstance } from 'class-transformer';
import { IsOptional, IsString, MaxLength, validateSync } from 'class-validator';
import { InputError } from '../kernel/errors.js';
import type { Failure } from '../kernel/result.js';
import { mistakesIn } from '../platform/http/validation.js';
import type { Filled } from './rules/form.js';
import { misreadFields, refusedField, typed } from './rules/form.js';
import type { Texts } from './texts.js';

/** A field as it was typed; what it says is read by the API's own rules ({@link submit}). */
export const Typed = (): PropertyDecorator => applyDecorators(IsOptional(), IsString(), MaxLength(TYPED_MAX));

/** Longer than any field takes, so that what is too long is refused at its field. */
const TYPED_MAX = 2000;

/** A form that was not accepted, and the status its page is sent with. */
export interface Refused extends Filled {
  readonly status: number;
}

/**
 * Runs what a form asks for, once it can be read as the API reads it: `Dto` is the API's own. What is refused, for what stands in it, by a rule
 * or for want of authority, comes back with the form, each fault at its field; what is not there stays a 404.
 */
export async function submit<T extends object>(
  Dto: ClassConstructor<T>,
  values: Readonly<Record<string, string | undefined>>,
  {
    amounts = [],
    shape = (read) => read,
  }: { readonly amounts?: readonly string[]; readonly shape?: (read: Record<string, string>) => object },
  { credit: words }: Texts,
  work: (given: T) => Promise<unknown>,
): Promise<Refused | null> {
  const given = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value ?? '']));
  const refused = (problems: Readonly<Record<string, string>>, status = 422): Refused => ({ values: given, problems, status });
  const read = typed(values, amounts);
  if (!read.ok) return refused({ [read.error.field]: words.problem[read.error.code as keyof typeof words.problem] });
  const dto = plainToInstance(Dto, shape(read.value));
  const mistakes = mistakesIn(validateSync(dto, { whitelist: true }));
  if (mistakes.length > 0) return refused(misreadFields(mistakes, words));
  try {
    await work(dto);
    return null;
  } catch (cause) {
    const failure = failureOf(cause);
    if (!failure) throw cause;
    return refused(refusedField(failure, words, Object.keys(values)), cause instanceof ForbiddenException ? 403 : 422);
  }
}

/** What a rule refused, or null: then it is no refusal of this form. */
function failureOf(cause: unknown): Failure | null {
  if (cause instanceof InputError) return { code: cause.code, message: cause.message };
  if (!(cause instanceof ConflictException || cause instanceof ForbiddenException)) return null;
  const said = cause.getResponse() as Partial<Failure>;
  return typeof said.code === 'string' ? { code: said.code, message: cause.message } : null;
}
