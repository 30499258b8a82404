import { PackageError, type PackageErrorKind } from '../../accounting-package.port.js';
import { isRecord, textOf } from './record.js';

/**
 * What a status that is no success means for the caller (§2.4). Messages carry the vendor's own words, also those per field, because
 * they tell the bookkeeper what to mend. Statuses from 400 to 422 prove that nothing was applied.
 */
export function failureOf(status: number, body: unknown): PackageError {
  const words = vendorWords(body);
  return new PackageError(kindOf(status, body, words), `Moneybird answered ${status}${words ? `: ${words}` : ''}`);
}

function kindOf(status: number, body: unknown, words: string): PackageErrorKind {
  // A missing right is a 401 as well, and must not make the user connect again.
  if (status === 401) return /^No access to /.test(words) ? 'no-right' : 'consent-lost';
  if (status === 403) return 'no-right';
  if (status === 400 && symbols(body).includes('insufficient_permissions')) return 'no-right';
  if (status >= 400 && status < 500 && status !== 408) return 'refused';
  return 'unavailable';
}

/** `{"error":"text"}`, `{"error":{"field":["message"]}}` or a bare text; a page of HTML says nothing. */
function vendorWords(body: unknown): string {
  if (typeof body === 'string') return body.trimStart().startsWith('<') ? '' : clip(body);
  if (!isRecord(body)) return '';
  const error = body['error'];
  if (!isRecord(error)) return clip(textOf(error) ?? '');
  const fields = Object.entries(error).map(([field, messages]) => `${field}: ${[messages].flat().map(String).join(', ')}`);
  return clip(fields.join('; '));
}

function symbols(body: unknown): unknown[] {
  const symbolic = isRecord(body) ? body['symbolic'] : null;
  return isRecord(symbolic) ? Object.values(symbolic) : [];
}

/** A dead token, as opposed to a missing right. */
export const isConsentLost = (status: number, body: unknown): boolean => status === 401 && failureOf(status, body).kind === 'consent-lost';

const clip = (text: string): string => text.trim().slice(0, 500);
