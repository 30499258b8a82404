import type { OutgoingQuotas, Patience, QuotaRule } from '../../platform/outgoing/quota.js';
import { TWINFIELD } from './vendor.js';

/** What the vendor counts per minute depends on whether it has certified our app (§4). */
export type Tier = 'certified' | 'uncertified';

/** A call's bucket: the client's, and the client's with one organisation. */
export function creditRules(tier: Tier, clientId: string, organisationId: string): readonly QuotaRule[] {
  const { credits } = TWINFIELD;
  const rule = (name: string, perMinute: number): QuotaRule => ({
    name,
    requests: Math.floor(perMinute / credits.partsAnyMinuteTouches),
    windowSeconds: credits.partSeconds,
    spare: 0,
  });
  const { client, organisation } = credits[tier];
  return [rule(`twinfield:${clientId}`, client), rule(`twinfield:${clientId}:${organisationId}`, organisation)];
}

/**
 * Takes a call's credits of one bucket, all of them in one part of a minute: the vendor counts them at once, so those of a part that has
 * ended are lost. Null when they are taken; otherwise when to come again, and nothing may be sent.
 */
export async function takeCredits(quotas: OutgoingQuotas, rule: QuotaRule, credits: number, patience: Patience): Promise<Date | null> {
  let part = '';
  for (let taken = 0; taken < credits;) {
    const reserved = await quotas.reserve(rule, patience);
    if (!reserved.ok) return reserved.error.retryAt;
    taken = reserved.value.key === part ? taken + 1 : 1;
    part = reserved.value.key;
  }
  return null;
}
