import { createHmac } from 'node:crypto';
import type { Random } from '../random.js';
import type { ChangeAction, DivisionBooks } from './books.js';
import type { AppRegistration } from './oauth-chains.js';
import { isoOfWall, toWall } from './rules/wall-clock.js';

interface Pending {
  readonly url: string;
  readonly body: string;
}

export interface DeliveryOptions {
  /** Each comes twice. */
  readonly twice?: boolean;
  /** The newest first. */
  readonly reversed?: boolean;
  /** These never arrive, by their place in the queue from 0. */
  readonly lost?: readonly number[];
}

/** What can be subscribed to, as far as this product could want it (fact sheet §6). There is none for payments being matched. */
export const TOPICS = [
  'Accounts', 'BankAccounts', 'BankEntries', 'CashEntries', 'Contacts', 'DocumentAttachments', 'Documents', 'FinancialTransactions',
  'GeneralJournalEntries', 'Items', 'PurchaseEntries', 'Quotations', 'SalesEntries', 'SalesInvoices', 'SalesOrders', 'Subscriptions',
] as const; // prettier-ignore

const TIMEOUT_MS = 5_000;

/**
 * Events wait here until {@link deliver} sends them: late, as at the vendor. Callback addresses have to be https; where one of them really
 * is on this machine is told with {@link route}, and nothing else is ever called.
 */
export class Webhooks {
  private readonly routes = new Map<string, string>();
  private pending: Pending[] = [];

  constructor(private readonly random: Random) {}

  /** Requests to that https origin go to an origin on loopback. */
  route(origin: string, loopback: string): void {
    this.routes.set(new URL(origin).origin, new URL(loopback).origin);
  }

  /** The empty, unsigned request with which the vendor tries a new address. Returns the status; 0 when nobody answers. */
  async validate(callback: string): Promise<number> {
    return await this.post(callback, '');
  }

  /** Queues an event for a subscription. */
  queue(app: AppRegistration, subscription: { readonly url: string }, event: Event): void {
    this.pending.push({ url: subscription.url, body: signedBody(app, event) });
  }

  get waiting(): number {
    return this.pending.length;
  }

  /** Sends what is waiting, one after the other. Returns the statuses; what fails is not tried again. */
  async deliver({ twice = false, reversed = false, lost = [] }: DeliveryOptions = {}): Promise<number[]> {
    const kept = this.pending.filter((_, at) => !lost.includes(at));
    this.pending = [];
    const ordered = reversed ? kept.reverse() : kept;
    const statuses: number[] = [];
    for (const { url, body } of ordered) for (let time = 0; time < (twice ? 2 : 1); time++) statuses.push(await this.post(url, body));
    return statuses;
  }

  private async post(callback: string, body: string): Promise<number> {
    const target = new URL(callback);
    const loopback = this.routes.get(target.origin);
    if (loopback === undefined) return 0;
    try {
      const headers = { 'content-type': 'application/json', 'x-request-id': this.random.digits(8) };
      const url = `${loopback}${target.pathname}${target.search}`;
      const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(TIMEOUT_MS) });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 0;
    }
  }
}

interface Event {
  readonly division: DivisionBooks['code'];
  readonly topic: string;
  readonly action: ChangeAction;
  readonly key: string;
  /** Address of the record. */
  readonly address: string;
  readonly at: Date;
}

/** Compact JSON; the signature is over the text of `Content`, with the app's webhook secret, in upper-case hex. */
export function signedBody({ id, webhookSecret }: Pick<AppRegistration, 'id' | 'webhookSecret'>, event: Event): string {
  const content = JSON.stringify({
    Topic: event.topic,
    ClientId: id,
    Division: event.division,
    Action: event.action,
    Key: event.key,
    ExactOnlineEndpoint: event.address,
    EventCreatedOn: isoOfWall(toWall(event.at)),
  });
  const hash = createHmac('sha256', webhookSecret).update(content, 'utf8').digest('hex').toUpperCase();
  return `{"Content":${content},"HashCode":"${hash}"}`;
}
