import { type Result, ok } from '../../kernel/result.js';
import { httpSender } from '../../platform/outgoing/http.js';
import type { Outcome } from '../../platform/outgoing/outcome.js';
import type { Finding, LookupFailure } from '../rules/findings.js';
import type { Register } from './register.port.js';
import { bodyOf, failed, jsonIn, textIn } from './answered.js';

export interface KvkOptions {
  /** `https://api.kvk.nl`, or `https://api.kvk.nl/test` with the test key; without a slash at the end. */
  readonly url: string;
  readonly key: string;
  /** What one question costs, in cents of euro. */
  readonly cost: number;
  readonly timeoutMs: number;
}

/** "Op basis van het KVK-nummer kan het product niet worden geleverd": the register has nothing under the number. */
const NOT_THERE = 'IPD0005';

/**
 * The Dutch trade register, API Basisprofiel 1.4 (developers.kvk.nl/documentation): by KvK number whether a company stands in it, and whether it
 * has ended. For subscribers, by a key, and paid for: EUR 6 a month and 0.019 a question (developers.kvk.nl/support/faq/billing). There is no
 * open one: of the Belgian register (KBO) there are only files to load and a paid web service, so it is not asked; its numbers carry a check
 * (kernel/identifiers/registry.ts), KvK numbers none.
 */
export function kvkRegister({ url, key, cost, timeoutMs }: KvkOptions): Register {
  const send = httpSender({ timeoutMs, maxAnswerBytes: 256 * 1024 });
  return {
    name: 'kvk',
    what: 'trade-register',
    cost,
    validDays: 90,
    subjectOf: ({ registry }) => (registry?.scheme === 'nl-kvk' ? registry.id : null),
    ask: async (kvk) => {
      const headers = { accept: 'application/json', apikey: key };
      return profileIn(await send({ method: 'GET', url: `${url}/api/v1/basisprofielen/${encodeURIComponent(kvk)}`, headers }), kvk);
    },
  };
}

function profileIn(outcome: Outcome, kvk: string): Result<Finding, LookupFailure> {
  // Only the register's own word for it: any other 404 is an address that is wrong.
  if (outcome.kind === 'answer' && outcome.status === 404 && codesIn(outcome.body).includes(NOT_THERE))
    return ok({ what: 'trade-register', registered: false, active: false, name: null });
  const body = bodyOf(outcome);
  if (!body.ok) return body;
  const profile = jsonIn(body.value);
  if (profile?.['kvkNummer'] !== kvk) return failed('wrong-format', 'the answer is not about the number that was asked');
  const registration = profile['materieleRegistratie'];
  if (typeof registration !== 'object' || registration === null)
    return failed('wrong-format', 'the answer does not say whether the company goes on');
  const ended = textIn((registration as Readonly<Record<string, unknown>>)['datumEinde']);
  return ok({ what: 'trade-register', registered: true, active: ended === null, name: textIn(profile['naam']) });
}

function codesIn(body: string): unknown[] {
  const faults = jsonIn(body)?.['fout'];
  return Array.isArray(faults) ? faults.map((fault: unknown) => (fault as { code?: unknown } | null)?.code) : [];
}
