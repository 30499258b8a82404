/**
 * What a refusal of the token endpoint means:
 * - `retry`: it is about the moment (too early, too often); nothing is lost
 * - `consent-needed`: the consent is gone; only a person can give another
 * - `configuration`: our app is not what the vendor has registered; the operator has to look
 * - `outage`: the vendor cannot answer properly now
 */
export type TokenFailureMeans = 'retry' | 'consent-needed' | 'configuration' | 'outage';

/** One line of a vendor's table; what is left out is not looked at. */
export interface FailureRule {
  readonly status?: number;
  /** Value of `error` in the answer. */
  readonly error?: string;
  /** Found in `error_description`. */
  readonly description?: RegExp;
  readonly means: TokenFailureMeans;
}

export interface TokenFailure {
  readonly means: TokenFailureMeans;
  /** The vendor's own words, for people; carries no token. */
  readonly words: string;
}

/** RFC 6749 §5.2 and plain HTTP. What is not in here is an outage: to declare a consent lost takes a word that says so. */
const STANDARD: readonly FailureRule[] = [
  { status: 429, means: 'retry' },
  { error: 'invalid_grant', means: 'consent-needed' },
  { error: 'invalid_client', means: 'configuration' },
  { error: 'unauthorized_client', means: 'configuration' },
  { error: 'unsupported_grant_type', means: 'configuration' },
  { error: 'invalid_scope', means: 'configuration' },
];

/** What an answer of the token endpoint that brings no tokens means: by the vendor's table, then by the standard. `body`: its JSON, or undefined. */
export function tokenFailure(status: number, body: unknown, vendorTable: readonly FailureRule[]): TokenFailure {
  const { error, description } = wordsIn(body);
  // From 500 on nothing in an answer proves anything about a consent.
  const rule = status >= 500 ? undefined : [...vendorTable, ...STANDARD].find((each) => fits(each, status, error, description));
  return { means: rule?.means ?? 'outage', words: `${status}${[error, description].map((text) => (text ? ` ${text}` : '')).join('')}` };
}

const fits = (rule: FailureRule, status: number, error: string, description: string): boolean =>
  (rule.status === undefined || rule.status === status) &&
  (rule.error === undefined || rule.error === error) &&
  (rule.description === undefined || rule.description.test(description));

function wordsIn(body: unknown): { error: string; description: string } {
  const { error, error_description: description } = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const text = (value: unknown): string => (typeof value === 'string' ? value.trim().slice(0, 300) : '');
  return { error: text(error), description: text(description) };
}
