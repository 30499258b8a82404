import { parseAmount } from '../../kernel/money.js';
import { parsePlainDate } from '../../kernel/plain-date.js';
import { ok } from '../../kernel/result.js';
import { httpSender } from '../../platform/outgoing/http.js';
import type { Register } from './register.port.js';
import { bodyOf, failed, jsonIn, textIn } from './answered.js';

export interface CreditInformationOptions {
  readonly url: string;
  readonly key: string;
  /** What a report costs, in cents of euro. */
  readonly cost: number;
  readonly timeoutMs: number;
}

/**
 * A provider of credit reports, over the small JSON interface of gotchas.md: no provider's own is public, so whoever has a contract puts
 * a gateway in front of it. Asked for companies with a number of the trade register, and paid for.
 */
export function creditInformationRegister({ url, key, cost, timeoutMs }: CreditInformationOptions): Register {
  const send = httpSender({ timeoutMs, maxAnswerBytes: 256 * 1024 });
  return {
    name: 'credit-information',
    what: 'credit-information',
    cost,
    validDays: 180,
    subjectOf: ({ registry }) => registry && `${registry.scheme} ${registry.id}`,
    ask: async (subject) => {
      const [scheme = '', id = ''] = subject.split(' ');
      const path = `companies/${encodeURIComponent(scheme)}/${encodeURIComponent(id)}`;
      const headers = { accept: 'application/json', authorization: `Bearer ${key}` };
      const body = bodyOf(await send({ method: 'GET', url: `${url}/${path}`, headers }));
      if (!body.ok) return body;
      const report = jsonIn(body.value);
      if (typeof report?.['active'] !== 'boolean') return failed('wrong-format', 'the report does not say whether the company is active');
      const [limit, accounts] = [textIn(report['suggestedLimit']), textIn(report['accountsOf'])];
      const suggested = limit === null ? null : parseAmount(limit, 'EUR');
      if (suggested !== null && (!suggested.ok || suggested.value < 0)) return failed('wrong-format', `suggestedLimit is "${limit}"`);
      const accountsOf = accounts === null ? null : parsePlainDate(accounts);
      return ok({
        what: 'credit-information',
        active: report['active'],
        rating: textIn(report['rating'])?.slice(0, 40) ?? null,
        suggestedLimit: suggested?.value ?? null,
        accountsOf: accountsOf?.ok ? accountsOf.value : null,
      });
    },
  };
}
