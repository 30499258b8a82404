import { type Answer, answer, refusal } from './answers.js';
import type { Fault } from './faults.js';
import { MONEYBIRD_LIMITS, rateHeaders, retryHeader } from './rules/rate-window.js';

const REFUSED_SECONDS = 60;

/** What a fault sends instead of the answer; null when the request is handled (or nothing is sent). */
export function faultAnswer(fault: Fault, wireNow: Date): Answer | null {
  switch (fault.kind) {
    case 'rate-limited': {
      const now = Math.floor(wireNow.getTime() / 1000);
      const reset = now + REFUSED_SECONDS;
      const headers = { ...rateHeaders(MONEYBIRD_LIMITS.general, now, { reset, left: 0 }), ...retryHeader(reset) };
      return { ...answer(429, 'Retry later'), headers };
    }
    case 'rate-limited-html':
      return { status: 429, contentType: 'text/html', body: '<html><body><h1>429 Too Many Requests</h1></body></html>' };
    case 'server-error':
      return refusal(500, 'Internal server error');
    case 'unavailable':
      return { status: 503, contentType: 'text/html', body: '<html><body><h1>503 Service Unavailable</h1></body></html>' };
    default:
      return null;
  }
}
