import { createHmac, timingSafeEqual } from 'node:crypto';
import { PackageError } from '../accounting-package.port.js';
import type { DivisionApi } from './exact-online.api.js';
import { isDuplicate } from './rules/failure.js';
import { type VendorRecord, guidOf, textOf } from './rules/record.js';
import { type Subscription, type WebhookEvent, eventIn, signedText, subscriptionPlan } from './rules/webhook.js';
import { WEBHOOK_TOPICS } from './vendor.js';

/**
 * The event of a webhook, when it is signed with the secret of our app (§6); null for anything else, which is not to be acted upon. `body`:
 * the bytes as they came. An empty body is the test Exact makes of a new address: it is answered with 200 and nothing is done.
 */
export function verifiedEvent(body: Uint8Array, secret: string): WebhookEvent | null {
  const found = signedText(Buffer.from(body).toString('utf8'));
  if (found === null) return null;
  const expected = createHmac('sha256', secret).update(found.signed, 'utf8').digest();
  return timingSafeEqual(expected, Buffer.from(found.hash, 'hex')) ? eventIn(found.signed) : null;
}

const RESOURCE = 'webhooks/WebhookSubscriptions';

/**
 * Lets Exact tell `callbackUrl` (https) of what hastens a pull. Done again it changes nothing; a subscription with another address is
 * replaced. Gives the topics that are delivered now. Errors: `refused` with Exact's own words when the address does not answer it.
 */
export async function subscribe(api: DivisionApi, callbackUrl: string): Promise<readonly string[]> {
  const known = (await api.list(RESOURCE, { $select: 'ID,CallbackURL,Topic' })).map(toSubscription).filter((one) => one !== null);
  const plan = subscriptionPlan(WEBHOOK_TOPICS, callbackUrl, known);
  for (const id of plan.remove) await api.remove(RESOURCE, id);
  for (const topic of plan.make) await make(api, topic, callbackUrl);
  return WEBHOOK_TOPICS;
}

/** One that is there already, made by another user of the same customer, is as good (§6). */
async function make(api: DivisionApi, topic: string, callbackUrl: string): Promise<void> {
  try {
    await api.create(RESOURCE, { Topic: topic, CallbackURL: callbackUrl });
  } catch (cause) {
    if (!(cause instanceof PackageError && cause.kind === 'refused' && isDuplicate(cause.message))) throw cause;
  }
}

function toSubscription(record: VendorRecord): Subscription | null {
  const [id, topic, callbackUrl] = [guidOf(record['ID']), textOf(record['Topic']), textOf(record['CallbackURL'])];
  return id === null || topic === null || callbackUrl === null ? null : { id, topic, callbackUrl };
}
