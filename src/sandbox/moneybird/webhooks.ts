import { createHmac } from 'node:crypto';
import type { Random } from '../random.js';
import type { Books } from './books.js';
import type { EventRecord, WebhookRecord } from './records.js';
import { renderContact } from './render/render-contact.js';
import { renderExternalInvoice, renderInvoice } from './render/render-invoice.js';

export interface DeliveryOptions {
  /** Each comes twice, with the same `Idempotency-Key`. */
  readonly twice?: boolean;
  /** The newest first. */
  readonly reversed?: boolean;
  /** Without the record. */
  readonly bare?: boolean;
}

/** The vendor does not say after how many failures it switches a webhook off; here it is after this many. */
const FAILURES_ALLOWED = 10;
const TIMEOUT_MS = 5_000;

/**
 * Tells webhooks of what happened, when {@link deliver} is called: late, as at the vendor. Addresses are https; where one of them really is on
 * this machine is told with {@link route}, and nothing else is ever called.
 */
export class Webhooks {
  private readonly routes = new Map<string, string>();
  /** Per webhook the events that were told. */
  private readonly told = new Map<string, Set<EventRecord>>();

  constructor(private readonly random: Random) {}

  /** Requests to that https origin go to an origin on loopback. */
  route(origin: string, loopback: string): void {
    this.routes.set(new URL(origin).origin, new URL(loopback).origin);
  }

  /** The try of a new address: unsigned, because its secret is told after it. Null when the address is nowhere on this machine. */
  async tryAddress(url: string): Promise<number | null> {
    const target = URL.canParse(url) ? new URL(url) : null;
    const loopback = target === null ? undefined : this.routes.get(target.origin);
    if (target === null || loopback === undefined) return null;
    return (await sent(`${loopback}${target.pathname}`, '{}', {}))?.status ?? 0;
  }

  /** Sends what the webhooks of an administration have not been told yet. Returns the statuses; 0 when nobody answered. */
  async deliver(books: Books, now: Date, { twice = false, reversed = false, bare = false }: DeliveryOptions = {}): Promise<number[]> {
    const statuses: number[] = [];
    for (const webhook of books.webhooks.values()) {
      if (webhook.deactivatedAt !== null) continue;
      const waiting = this.untold(books, webhook);
      let failures = 0;
      for (const happening of reversed ? waiting.reverse() : waiting) {
        const body = JSON.stringify(deliveryOf(books, webhook, happening, bare));
        const key = this.random.text('0123456789abcdef', 32);
        for (let time = 0; time < (twice ? 2 : 1); time++) {
          const status = await this.post(webhook, { body, key, now });
          statuses.push(status);
          failures = status === 200 ? 0 : failures + 1;
        }
      }
      if (failures >= FAILURES_ALLOWED) webhook.deactivatedAt = now;
    }
    return statuses;
  }

  private untold(books: Books, webhook: WebhookRecord): Happening[] {
    const told = this.told.get(webhook.id) ?? new Set();
    this.told.set(webhook.id, told);
    const happened = happenings(books).filter(
      ({ event }) =>
        event.at >= webhook.createdAt && !told.has(event) && webhook.enabledEvents.some((name) => event.action.startsWith(name)),
    );
    for (const { event } of happened) told.add(event);
    return happened;
  }

  private async post(webhook: WebhookRecord, { body, key, now }: { body: string; key: string; now: Date }): Promise<number> {
    const target = new URL(webhook.url);
    const loopback = this.routes.get(target.origin);
    const answer =
      loopback === undefined
        ? null
        : await sent(`${loopback}${target.pathname}`, body, {
            'idempotency-key': key,
            'moneybird-signature': signed(webhook.secret, body, now),
          });
    webhook.lastHttpStatus = answer?.status ?? null;
    webhook.lastHttpBody = answer?.text ?? null;
    return answer?.status ?? 0;
  }
}

interface Happening {
  readonly type: 'Contact' | 'SalesInvoice' | 'ExternalSalesInvoice';
  readonly id: string;
  readonly state: string | null;
  readonly event: EventRecord;
  readonly render: () => unknown;
}

function happenings(books: Books): Happening[] {
  const all: Happening[] = [];
  for (const contact of books.contacts.values()) {
    const of = { type: 'Contact', id: contact.id, state: null, render: () => renderContact(books, contact) } as const;
    for (const event of contact.events) all.push({ ...of, event });
  }
  for (const invoice of books.invoices.values()) {
    const of = { type: 'SalesInvoice', id: invoice.id, state: invoice.state, render: () => renderInvoice(books, invoice) } as const;
    for (const event of invoice.events) all.push({ ...of, event });
  }
  for (const invoice of books.externalInvoices.values()) {
    const render = (): unknown => renderExternalInvoice(books, invoice);
    for (const event of invoice.events) all.push({ type: 'ExternalSalesInvoice', id: invoice.id, state: invoice.state, render, event });
  }
  return all.sort((a, b) => a.event.at.getTime() - b.event.at.getTime());
}

const deliveryOf = (books: Books, webhook: WebhookRecord, { type, id, state, event, render }: Happening, bare: boolean): object => ({
  administration_id: books.id,
  webhook_id: webhook.id,
  webhook_token: webhook.token,
  entity_type: type,
  entity_id: id,
  state,
  action: event.action,
  entity: bare ? null : render(),
});

/** `t=<epoch>,v1=<hex>`: HMAC-SHA256 of `<epoch>.<body>` with the webhook's secret. */
export function signed(secret: string, body: string, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1_000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`, 'utf8').digest('hex')}`;
}

async function sent(
  url: string,
  body: string,
  signature: Readonly<Record<string, string>>,
): Promise<{ status: number; text: string } | null> {
  const headers = { 'content-type': 'application/json', 'user-agent': 'MoneyBird Webhook', ...signature };
  try {
    const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(TIMEOUT_MS) });
    return { status: response.status, text: await response.text() };
  } catch {
    return null;
  }
}
