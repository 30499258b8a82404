import { PackageError } from '../../accounting-package.port.js';
import { EXACT_ONLINE } from '../vendor.js';
import { isRecord, textOf } from './record.js';

/**
 * What a status that is no success means for the caller (§2, "Errors"). `body`: its JSON, undefined for a page of HTML or nothing at
 * all. Messages carry the vendor's own words, which are in the language of the user who gave the consent. A 500 with words is a
 * validation, proven not to have been applied, unless they are those of a crash.
 */
export function failureOf(status: number, body: unknown, endpoint: string): PackageError {
  const words = wordsIn(body);
  const said = `Exact Online answered ${status} for ${endpoint}${words === '' ? '' : `: ${words}`}`;
  switch (true) {
    case status === 401:
      return new PackageError('consent-lost', said);
    case status === 403:
      return new PackageError(
        'no-right',
        words === '' ? `${said}: a right of the user, a module of the licence or a scope is missing` : said,
      );
    case status === 408:
      return new PackageError('unavailable', said);
    case status >= 400 && status < 500:
      return new PackageError('refused', said);
    case isValidation(status, body):
      return new PackageError('refused', said);
    default:
      return new PackageError('unavailable', words === '' ? `${said} (outage or maintenance)` : said);
  }
}

/** A business rule that was broken, told as a crash (§2). */
export function isValidation(status: number, body: unknown): boolean {
  const words = wordsIn(body);
  return status === 500 && words !== '' && !EXACT_ONLINE.crash.some((crash) => crash.test(words));
}

/** The texts that say that it is there already, in the languages users have (§2: `Gegeven bestaat reeds.`). */
const DUPLICATE = [/bestaat (reeds|al)/i, /already exists/i, /existe déjà/i, /(existiert|besteht) bereits/i, /ya existe/i];

export const isDuplicate = (message: string): boolean => DUPLICATE.some((text) => text.test(message));

/** The words of an error body; several lines, one per field that failed, become one. */
function wordsIn(body: unknown): string {
  const error = isRecord(body) ? body['error'] : undefined;
  const message = isRecord(error) ? error['message'] : undefined;
  const value = textOf(isRecord(message) ? message['value'] : message) ?? '';
  return value
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('; ')
    .slice(0, 500);
}
