import { isRecord, guidOf, textOf, wholeOf } from './record.js';

/** What a webhook says: that something happened, never what (§6). The truth is pulled. */
export interface WebhookEvent {
  readonly topic: string;
  readonly clientId: string;
  readonly division: string;
  /** `create`, `update`, `delete`. */
  readonly action: string;
  readonly key: string;
  /** The same event may be delivered more than once. */
  readonly identity: string;
}

/** A webhook as it came: the text that is signed, and its signature. */
export interface SignedText {
  readonly signed: string;
  readonly hash: string;
}

const BEGIN = '{"Content":';
const MIDDLE = ',"HashCode":"';

/**
 * The signed part of a body (§6): the raw text between `{"Content":` and the last `,"HashCode":"`. The bytes as they came, because a text
 * that was parsed and written again is another one. Null when it is no webhook.
 */
export function signedText(body: string): SignedText | null {
  const at = body.lastIndexOf(MIDDLE);
  const hash = /^([0-9a-f]{64})"\s*}\s*$/i.exec(body.slice(at + MIDDLE.length))?.[1];
  if (!body.startsWith(BEGIN) || at < BEGIN.length || hash === undefined) return null;
  return { signed: body.slice(BEGIN.length, at), hash: hash.toUpperCase() };
}

/** The event in the signed part; null when it is none. */
export function eventIn(signed: string): WebhookEvent | null {
  let content: unknown;
  try {
    content = JSON.parse(signed);
  } catch {
    return null;
  }
  if (!isRecord(content)) return null;
  const [topic, clientId, key] = [textOf(content['Topic']), guidOf(content['ClientId']), guidOf(content['Key'])];
  const division = wholeOf(content['Division']);
  if (topic === null || clientId === null || key === null || division === null) return null;
  const created = textOf(content['EventCreatedOn']) ?? '';
  const action = textOf(content['Action'])?.toLowerCase() ?? '';
  return { topic, clientId, division: String(division), action, key, identity: `${topic}/${key}/${action}/${created}` };
}

/** A subscription the package has for us. */
export interface Subscription {
  readonly id: string;
  readonly topic: string;
  readonly callbackUrl: string;
}

/** What has to be done so that each topic is delivered to the address, once: a subscription cannot be changed, only made and taken away (§6). */
export function subscriptionPlan(
  topics: readonly string[],
  callbackUrl: string,
  known: readonly Subscription[],
): { readonly make: readonly string[]; readonly remove: readonly string[] } {
  const good = new Map<string, string>();
  for (const { id, topic, callbackUrl: address } of known) {
    if (topics.includes(topic) && address === callbackUrl && !good.has(topic)) good.set(topic, id);
  }
  const kept = new Set(good.values());
  return {
    make: topics.filter((topic) => !good.has(topic)),
    remove: known.filter(({ id, topic }) => topics.includes(topic) && !kept.has(id)).map(({ id }) => id),
  };
}
