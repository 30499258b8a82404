import type { Answer } from '../wire/answer.js';

/** The body of every error; code and language are empty in practice. */
export const errorBody = (value: string) => ({ error: { code: '', message: { lang: '', value } } });

export const refusal = (status: number, value: string): Answer => ({ status, body: errorBody(value) });
export const noContent: Answer = { status: 204 };
export const unauthorized: Answer = { status: 401 };
export const notFound: Answer = { status: 404 };
export const notOffered = refusal(405, 'Method not allowed');

export const NO_SELECT = refusal(400, 'Please add a $select or a $top=1 statement to the query string.');

export const noMandatoryFilter = (fields: readonly string[]): Answer =>
  refusal(
    400,
    `A GET request for this endpoint must have a $filter parameter with one of the following fields in the url: ${fields.join(', ')}`,
  );

export const noScope = (scope: string, action: 'read' | 'manage'): Answer =>
  refusal(403, `Forbidden - Application Scope Violated. Cannot ${action} '${scope}' scope.`);

export const outsideDivisionScope = refusal(403, 'Forbidden - User division is not within division scope.');
export const forbidden = refusal(403, 'Forbidden');

/** A payload the framework cannot read: before any rule of the package. */
export const badPayload = (detail: string): Answer => refusal(400, `Error processing request stream. ${detail}`);
