import type { Answer } from '../wire/answer.js';

export type { Answer };

export const answer = (status: number, body: unknown): Answer => ({ status, body });
export const noContent: Answer = { status: 204 };

/** Error shape (a) of the fact sheet §2.4: a text and, mostly, a symbolic reason. */
export const refusal = (status: number, error: string, symbolic?: Readonly<Record<string, string>>): Answer => ({
  status,
  body: symbolic ? { error, symbolic } : { error },
});

/** One fault of a field: the text for people and what stands in `details`. */
export interface FieldFault {
  readonly message: string;
  readonly error: string;
  readonly value?: unknown;
}

export const BLANK: FieldFault = { message: "can't be blank", error: 'blank' };

/** Error shape (b): 422 with the faults of each field. */
export function invalid(fields: Readonly<Record<string, readonly FieldFault[]>>): Answer {
  const entries = Object.entries(fields);
  return answer(422, {
    error: Object.fromEntries(entries.map(([field, faults]) => [field, faults.map(({ message }) => message)])),
    details: Object.fromEntries(
      entries.map(([field, faults]) => [
        field,
        faults.map((fault) => ('value' in fault ? { error: fault.error, value: fault.value } : { error: fault.error })),
      ]),
    ),
  });
}

export const notFound = (field = 'id'): Answer => refusal(404, 'record not found', { [field]: 'not_found' });
export const modelNotFound = (model: string): Answer => refusal(404, `Record not found for model name: ${model}`);

/** `general_document` → "General Document is required". */
export function wrapperMissing(key: string): Answer {
  const words = key.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return refusal(400, `${words.join(' ')} is required`, { [key]: 'required' });
}

export const tokenInvalid = refusal(401, 'token is invalid', { request: 'invalid_grant' });
export const noAccess = (to: string): Answer => refusal(401, `No access to ${to}`);
