import { createHmac, timingSafeEqual } from 'node:crypto';
import { PackageError } from '../accounting-package.port.js';
import type { AdministrationApi } from './moneybird.api.js';
import { idOf, isRecord, textOf } from './rules/record.js';
import { type WebhookEvent, deliversExactly, eventIn, readSignature, webhookPlan } from './rules/webhook.js';
import type { MadeWebhook, WebhookMemory } from '../webhook-store.js';
import { MONEYBIRD, WEBHOOK_EVENTS } from './vendor.js';

/** A delivery as it came. */
export interface Delivery {
  /** The bytes: a text that was parsed and written again is another one. */
  readonly body: Uint8Array;
  /** The header `Moneybird-Signature`. */
  readonly signature: string;
}

/**
 * The event of a webhook, when it is signed with its secret within the last five minutes (§3.8); null for anything else, which is not to be
 * acted upon. The same event may come more than once, with the same header `Idempotency-Key`. Anything but the answer 200 counts as failed,
 * and so the unsigned try of a new address is answered with 200 too.
 */
export function verifiedEvent({ body, signature }: Delivery, secret: string, now: Date): WebhookEvent | null {
  const signed = readSignature(signature);
  if (signed === null || Math.abs(now.getTime() / 1_000 - signed.seconds) > MONEYBIRD.webhookAgeSeconds) return null;
  const expected = createHmac('sha256', secret).update(`${signed.seconds}.`).update(body).digest();
  const isSigned = signed.hashes.some((hash) => timingSafeEqual(expected, Buffer.from(hash, 'hex')));
  return isSigned ? eventIn(Buffer.from(body).toString('utf8')) : null;
}

/**
 * Lets Moneybird tell `url` (https) of what hastens a pull; to be done again every day, because it switches off what failed too often.
 * `known`: the webhook whose secret is kept. Gives the one that delivers now: another than `known` when that was gone, or its events changed.
 * Errors: `refused` in Moneybird's own words when the address does not answer it; `unavailable` when it is not known whether one was made:
 * the next time takes it away, because nobody has its secret.
 */
export async function subscribe(
  api: AdministrationApi,
  url: string,
  known: MadeWebhook | null,
  forget: () => Promise<void> = async () => undefined,
): Promise<MadeWebhook> {
  const plan = webhookPlan(await api.webhooks(), { url, events: WEBHOOK_EVENTS, secretOf: known?.id ?? null });
  for (const id of plan.remove) await unlessGone(() => api.removeWebhook(id));
  if (plan.activate !== null) await api.activateWebhook(plan.activate);
  if (plan.keep !== null && known !== null) return known;
  if (known !== null) await forget();
  return make(api, url);
}

/**
 * Keeps the webhook of `url` in order, with what is remembered of it. Whatever comes while one is made is nobody's: its secret is not known
 * yet, and that of the former is forgotten before.
 */
export async function keepSubscribed(api: AdministrationApi, url: string, memory: WebhookMemory): Promise<void> {
  const known = await memory.load();
  const made = await subscribe(api, url, known, () => memory.save(null));
  if (made !== known) await memory.save(made);
}

/** Takes away every webhook of the address, when an administration leaves. */
export async function unsubscribe(api: AdministrationApi, url: string): Promise<void> {
  const { remove } = webhookPlan(await api.webhooks(), { url, events: [], secretOf: null });
  for (const id of remove) await unlessGone(() => api.removeWebhook(id));
}

async function make(api: AdministrationApi, url: string): Promise<MadeWebhook> {
  const outcome = await api.addWebhook(url, WEBHOOK_EVENTS);
  if (outcome.applied === 'unknown') throw new PackageError('unavailable', `the webhook may have been made: ${outcome.why}`);
  const webhook = isRecord(outcome.body) ? outcome.body : {};
  const [id, secret] = [idOf(webhook['id']), textOf(webhook['secret'])];
  if (id === null || secret === null) throw new PackageError('unavailable', 'Moneybird made a webhook and told no secret of it');
  if (!deliversExactly(webhook, WEBHOOK_EVENTS)) throw new PackageError('refused', 'Moneybird did not take over the events of the webhook');
  return { id, secret };
}

async function unlessGone(remove: () => Promise<unknown>): Promise<void> {
  try {
    await remove();
  } catch (cause) {
    if (!(cause instanceof PackageError && cause.kind === 'refused')) throw cause;
  }
}
