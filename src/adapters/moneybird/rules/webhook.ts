import { type VendorRecord, idOf, isRecord, textOf } from './record.js';

/** What a webhook says: that something happened, never what (§3.8): its state may be older or newer than the record. The truth is pulled. */
export interface WebhookEvent {
  readonly administrationRef: string;
  readonly webhookId: string;
  /** `SalesInvoice`, `Contact`, … */
  readonly entityType: string | null;
  readonly entityId: string | null;
  /** `sales_invoice_state_changed_to_late` */
  readonly action: string;
}

/** The header `Moneybird-Signature: t=<epoch>,v1=<hex>[,v1=<hex>]`: more than one while the secret changes; other versions are passed by. */
export interface Signature {
  readonly seconds: number;
  readonly hashes: readonly string[];
}

/** Null when the header is none, or carries nothing that can be held against a secret. */
export function readSignature(header: string): Signature | null {
  const parts = header.split(',').map((part) => part.trim());
  const seconds = parts.map((part) => /^t=(\d{1,12})$/.exec(part)?.[1]).find((found) => found !== undefined);
  const hashes = parts.flatMap((part) => /^v1=([0-9a-f]{64})$/i.exec(part)?.[1] ?? []);
  return seconds === undefined || hashes.length === 0 ? null : { seconds: Number(seconds), hashes };
}

/** The event in a body; null when it is none. */
export function eventIn(body: string): WebhookEvent | null {
  let content: unknown;
  try {
    content = JSON.parse(body);
  } catch {
    return null;
  }
  if (!isRecord(content)) return null;
  const [administrationRef, webhookId, action] = [
    idOf(content['administration_id']),
    idOf(content['webhook_id']),
    textOf(content['action']),
  ];
  if (administrationRef === null || webhookId === null || action === null) return null;
  return { administrationRef, webhookId, action, entityType: textOf(content['entity_type']), entityId: idOf(content['entity_id']) };
}

export interface WebhookPlan {
  /** Ours and in order. */
  readonly keep: string | null;
  /** Ours, and switched off after failures. */
  readonly activate: string | null;
  /** Of our address: with other events, or with a secret nobody here knows. */
  readonly remove: readonly string[];
}

/**
 * What has to be done so that `events` come to `url`, once. A webhook cannot be changed and tells its secret only when it is made (§3.8), so
 * one of our address that is not the one whose secret is kept (`secretOf`) is of no use. Those of other addresses are somebody else's.
 */
export function webhookPlan(
  known: readonly VendorRecord[],
  { url, events, secretOf }: { readonly url: string; readonly events: readonly string[]; readonly secretOf: string | null },
): WebhookPlan {
  const ours = known.filter((webhook) => textOf(webhook['url']) === url);
  const good = ours.find((webhook) => idOf(webhook['id']) === secretOf && deliversExactly(webhook, events)) ?? null;
  const keep = good === null ? null : idOf(good['id']);
  const isOff = good !== null && textOf(good['deactivated_at']) !== null;
  return {
    keep,
    activate: isOff ? keep : null,
    remove: ours.filter((webhook) => webhook !== good).flatMap((webhook) => idOf(webhook['id']) ?? []),
  };
}

/** Also what the vendor says he stored: a list under a wrong name is dropped without a word, and then everything else is delivered. */
export function deliversExactly(webhook: VendorRecord, events: readonly string[]): boolean {
  const enabled = Array.isArray(webhook['enabled_events']) ? webhook['enabled_events'].map(String) : [];
  return enabled.length === events.length && events.every((event) => enabled.includes(event));
}
