import { ok } from '../../kernel/result.js';
import { httpSender } from '../../platform/outgoing/http.js';
import type { LookupFailureKind } from '../rules/findings.js';
import type { Register } from './register.port.js';
import { bodyOf, failed, jsonIn, textIn } from './answered.js';

export interface ViesOptions {
  /** `https://ec.europa.eu/taxation_customs/vies/rest-api`, without a slash at the end. */
  readonly url: string;
  readonly timeoutMs: number;
}

/** What VIES says instead of an answer (gotchas.md); whatever else it says there is no answer either. */
const ERRORS: Readonly<Record<string, LookupFailureKind>> = {
  MS_UNAVAILABLE: 'unavailable',
  SERVICE_UNAVAILABLE: 'unavailable',
  TIMEOUT: 'unavailable',
  SERVER_BUSY: 'unavailable',
  MS_MAX_CONCURRENT_REQ: 'too-many',
  MS_MAX_CONCURRENT_REQ_TIME: 'too-many',
  GLOBAL_MAX_CONCURRENT_REQ: 'too-many',
  GLOBAL_MAX_CONCURRENT_REQ_TIME: 'too-many',
};

/** The EU's VAT Information Exchange System: free, open, asked by number. */
export function viesRegister({ url, timeoutMs }: ViesOptions): Register {
  const send = httpSender({ timeoutMs, maxAnswerBytes: 64 * 1024 });
  return {
    name: 'vies',
    what: 'vat',
    cost: 0,
    validDays: 90,
    subjectOf: ({ vat }) => vat && `${vat.prefix} ${vat.number}`,
    ask: async (subject) => {
      const [prefix = '', number = ''] = subject.split(' ');
      const path = `ms/${encodeURIComponent(prefix)}/vat/${encodeURIComponent(number)}`;
      const body = bodyOf(await send({ method: 'GET', url: `${url}/${path}`, headers: { accept: 'application/json' } }));
      if (!body.ok) return body;
      const answer = jsonIn(body.value);
      const said = textIn(answer?.['userError']);
      if (said !== null && said !== 'VALID' && said !== 'INVALID') return failed(ERRORS[said] ?? 'refused', said);
      const valid = answer?.['isValid'] ?? answer?.['valid'];
      if (typeof valid !== 'boolean') return failed('wrong-format', 'the answer does not say whether the number is valid');
      // Both names of the flag are in use; an answer that contradicts itself is none.
      if (said !== null && (said === 'VALID') !== valid) return failed('wrong-format', `the answer says ${said} and ${String(valid)}`);
      const name = textIn(answer?.['name']);
      return ok({ what: 'vat', valid, name: name === null || /^-+$/.test(name) ? null : name });
    },
  };
}
