import { type Clock, systemClock } from '../../kernel/clock.js';
import { type Send, httpSender } from '../../platform/outgoing/http.js';
import type { OutgoingQuotas } from '../../platform/outgoing/quota.js';
import { type Sleep, realSleep } from '../../platform/outgoing/sleep.js';
import {
  type AccountingPackage,
  type Attachment,
  type Capability,
  type Cursor,
  type PackageAdministration,
  PackageError,
  type Probe,
  type PullResult,
  type PullSink,
  type PushEntry,
  type PushKind,
  type PushResult,
} from '../accounting-package.port.js';
import { FinancialAccounts } from './financial-accounts.js';
import { invoiceCopy } from './invoice-copy.js';
import { AdministrationApi } from './moneybird.api.js';
import { MoneybirdClient, type SentRequest } from './moneybird.client.js';
import { probe } from './probe.js';
import { pull } from './pull.js';
import { push } from './push.js';
import { toAdministration } from './rules/administration.js';
import { type VendorRecord, idOf, recordsIn } from './rules/record.js';
import { isId } from './rules/refs.js';
import type { TokenSource } from '../consent/token-source.js';
import type { WebhookMemory } from '../webhook-store.js';
import { MONEYBIRD, WEBHOOK_EVENTS } from './vendor.js';
import { keepSubscribed } from './webhook.js';

export interface MoneybirdOptions {
  readonly token: TokenSource;
  /** Shared by everything that calls Moneybird from this address, for all customers. */
  readonly quota: OutgoingQuotas;
  /** Default `https://moneybird.com`; plain http only on this machine, because the token travels with every request. */
  readonly baseUrl?: string;
  /** Where it is to tell us of changes, and what is remembered of that; null: it cannot reach us. */
  readonly webhook?: { readonly url: string; readonly memory: WebhookMemory } | null;
  /** The clock of the books, against which versions are held; the limits run by the quota's own. */
  readonly clock?: Clock;
  readonly sleep?: Sleep;
  /** In [0, 1). */
  readonly random?: () => number;
  readonly send?: Send;
  /** How often one request is sent at most when the network or Moneybird fails. */
  readonly attempts?: number;
  /** How long one request may wait for the quota before `rate-limited` is thrown; those of a pull may wait for two windows at least. */
  readonly maxWaitMs?: number;
  /** Before a write of unknown result is read back. */
  readonly settleMs?: number;
  /** Ends all waiting, at shutdown; what is under way then rejects with its reason, or with `uncertain`. */
  readonly signal?: AbortSignal;
  /** Told of every request that went out, without its token: for metrics and tests. */
  readonly onExchange?: (sent: SentRequest) => void;
}

const DEFAULTS = {
  timeoutMs: 30_000,
  maxAnswerBytes: 64 * 1024 * 1024,
  attempts: 4,
  maxWaitMs: 30_000,
  // A pull that gives up begins with its lists again: with many at once none would come to its end. Two windows, less than a day's lease.
  pullMaxWaitMs: 620_000,
  settleMs: 3_000,
} as const;

/** §4.8. Emulated: a note that a person reads, with a pause of the native reminders where that is meant. */
const CAPABILITIES: Readonly<Record<PushKind, Capability>> = {
  note: 'native',
  'reminder-sent': 'emulated',
  dispute: 'emulated',
  promise: 'emulated',
  hold: 'native',
  limit: 'emulated',
  handover: 'emulated',
  'handover-status': 'emulated',
  'payment-match': 'native',
  'payment-undo': 'native',
  'credit-hold': 'emulated',
};

/** The Moneybird of one consent. Throws at once when the base URL would send the token over plain http. */
export function createMoneybird(options: MoneybirdOptions): AccountingPackage {
  return new Moneybird(options);
}

class Moneybird implements AccountingPackage {
  readonly name = 'moneybird';
  /** As attachment of the invoice the customer was reminded of (§4.8 ii). */
  readonly keepsLetters = true;
  readonly remindsPer = 'item';
  readonly endsSubscriptions = true;
  private readonly baseUrl: string;
  private readonly clock: Clock;
  private readonly sleep: Sleep;
  private readonly send: Send;
  private readonly accounts = new Map<string, FinancialAccounts>();

  constructor(private readonly options: MoneybirdOptions) {
    this.baseUrl = safeBaseUrl(options.baseUrl ?? MONEYBIRD.baseUrl);
    this.clock = options.clock ?? systemClock;
    this.sleep = options.sleep ?? realSleep;
    this.send = options.send ?? httpSender(DEFAULTS);
  }

  async administrations(): Promise<readonly PackageAdministration[]> {
    const records = await this.administrationRecords(this.client());
    return records.map(toAdministration).filter((administration) => administration !== null);
  }

  async probe(administrationRef: string): Promise<Probe> {
    const client = this.client();
    const record = (await this.administrationRecords(client)).find(({ id }) => idOf(id) === administrationRef);
    if (!record) throw new PackageError('no-right', `this consent cannot see administration ${administrationRef}`);
    return probe(this.api(administrationRef, client), record);
  }

  async pull(administrationRef: string, cursor: Cursor | null, sink: PullSink): Promise<PullResult> {
    return pull(this.api(administrationRef, this.client(DEFAULTS.pullMaxWaitMs)), cursor, sink, this.clock);
  }

  async push(administrationRef: string, entry: PushEntry): Promise<PushResult> {
    const { signal, settleMs = DEFAULTS.settleMs } = this.options;
    return push(this.api(administrationRef), this.accountsOf(administrationRef), entry, { sleep: this.sleep, signal, settleMs });
  }

  async subscribe(administrationRef: string): Promise<readonly string[]> {
    const { webhook } = this.options;
    if (!webhook) return [];
    await keepSubscribed(this.api(administrationRef), webhook.url, webhook.memory);
    return WEBHOOK_EVENTS;
  }

  invoiceCopy(administrationRef: string, itemRef: string): Promise<Attachment | null> {
    return invoiceCopy(this.api(administrationRef), itemRef, this.send, this.baseUrl);
  }

  capabilities(): Readonly<Record<PushKind, Capability>> {
    return CAPABILITIES;
  }

  private accountsOf(administrationRef: string): FinancialAccounts {
    const known = this.accounts.get(administrationRef) ?? new FinancialAccounts();
    this.accounts.set(administrationRef, known);
    return known;
  }

  private async administrationRecords(client: MoneybirdClient): Promise<VendorRecord[]> {
    return recordsIn(await client.read({ method: 'GET', path: ['administrations'] }));
  }

  private api(administrationRef: string, client = this.client()): AdministrationApi {
    if (!isId(administrationRef)) throw new PackageError('refused', `${administrationRef} is no administration of Moneybird`);
    return new AdministrationApi(client, administrationRef);
  }

  /** One per operation, because it counts that operation's requests. */
  private client(patienceMs = 0): MoneybirdClient {
    const { token, quota, signal, onExchange, random = Math.random } = this.options;
    const { attempts = DEFAULTS.attempts } = this.options;
    const maxWaitMs = Math.max(patienceMs, this.options.maxWaitMs ?? DEFAULTS.maxWaitMs);
    const { baseUrl, sleep, send } = this;
    return new MoneybirdClient({ baseUrl, token, quota, send, sleep, random, attempts, maxWaitMs, signal, onExchange });
  }
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

function safeBaseUrl(text: string): string {
  const url = new URL(text);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.includes(url.hostname))) return url.origin;
  throw new Error(`the base URL of Moneybird must be https, or http on this machine: ${text}`);
}
