import { type Clock, systemClock } from '../../kernel/clock.js';
import { type Send, httpSender } from '../../platform/outgoing/http.js';
import type { Lanes } from '../../platform/outgoing/lanes.js';
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
  type PullMemory,
  type PullResult,
  type PullSink,
  type PushEntry,
  type PushKind,
  type PushResult,
} from '../accounting-package.port.js';
import type { TokenSource } from '../consent/token-source.js';
import { DivisionApi } from './exact-online.api.js';
import { ExactOnlineClient, type SentRequest } from './exact-online.client.js';
import { invoiceCopy } from './invoice-copy.js';
import { probe } from './probe.js';
import { pull } from './pull.js';
import { push } from './push.js';
import { currentDivision, toAdministration } from './rules/division.js';
import { isDivision } from './rules/refs.js';
import { EXACT_ONLINE, FIELDS } from './vendor.js';
import { subscribe } from './webhook.js';

export interface ExactOnlineOptions {
  /** The site of the country, `https://start.exactonline.nl`; plain http only on this machine, because the token travels with every request. */
  readonly origin: string;
  readonly clientId: string;
  readonly token: TokenSource;
  /** Shared by all workers: the limits are per client and division. */
  readonly quotas: OutgoingQuotas;
  /** Shared by all workers: one request of a division is in flight. */
  readonly lanes: Lanes;
  /** More than the usual 5000 a day is given by agreement (§3). */
  readonly requestsPerDay?: number;
  /** Whether an account that is handed over is blocked too. Default: no. */
  readonly blockHandedOver?: boolean;
  /** Whether an account whose deliveries are on hold is blocked too. Default: no. */
  readonly blockOnCreditHold?: boolean;
  /** Where it is to tell us of changes, https; null: nowhere. */
  readonly webhookUrl?: string | null;
  /** The clock of the books; the limits run by the quotas' own. */
  readonly clock?: Clock;
  readonly sleep?: Sleep;
  /** In [0, 1). */
  readonly random?: () => number;
  readonly send?: Send;
  /** How often one request is sent at most when the network or Exact Online fails. */
  readonly attempts?: number;
  /** How long one request may wait for the limits before `rate-limited` is thrown: a whole minute window by default. */
  readonly maxWaitMs?: number;
  /** Before a write of unknown result is read back. */
  readonly settleMs?: number;
  /** Ends all waiting, at shutdown; what is under way then rejects with its reason, or with `uncertain`. */
  readonly signal?: AbortSignal;
  /** Told of every request that went out, without its token: for metrics and tests. */
  readonly onExchange?: (sent: SentRequest) => void;
}

const DEFAULTS = { timeoutMs: 60_000, maxAnswerBytes: 64 * 1024 * 1024, attempts: 4, maxWaitMs: 65_000 } as const;

/** §5.2. Emulated: a record of another kind that a person reads. */
const CAPABILITIES: Readonly<Record<PushKind, Capability>> = {
  note: 'native',
  'reminder-sent': 'emulated',
  dispute: 'emulated',
  promise: 'emulated',
  hold: 'not-possible',
  limit: 'native',
  handover: 'emulated',
  'handover-status': 'emulated',
  'payment-match': 'not-possible',
  'payment-undo': 'not-possible',
  'credit-hold': 'emulated',
};

/** The Exact Online of one consent. Throws at once when the origin would send the token over plain http. */
export function createExactOnline(options: ExactOnlineOptions): AccountingPackage {
  return new ExactOnline(options);
}

class ExactOnline implements AccountingPackage {
  readonly name = EXACT_ONLINE.name;
  /** As attachment of the document of the reminder (§5.2 ii). */
  readonly keepsLetters = true;
  private readonly origin: string;
  private readonly clock: Clock;
  private readonly sleep: Sleep;
  private readonly send: Send;

  constructor(private readonly options: ExactOnlineOptions) {
    this.origin = safeOrigin(options.origin);
    this.clock = options.clock ?? systemClock;
    this.sleep = options.sleep ?? realSleep;
    this.send = options.send ?? httpSender(DEFAULTS);
  }

  /** The divisions are asked for in one of them (§2): the one the user looked at last, which is good for nothing else. */
  async administrations(): Promise<readonly PackageAdministration[]> {
    const [me] = await this.api('current').list('Me', { $select: 'CurrentDivision' });
    const current = currentDivision(me);
    if (current === null) throw new PackageError('no-right', 'this consent sees no division of Exact Online');
    const divisions = await this.api(current).list('system/Divisions', { $select: FIELDS.divisions.join(',') });
    return divisions.map(toAdministration).filter((administration) => administration !== null);
  }

  async probe(administrationRef: string): Promise<Probe> {
    return probe(this.divisionApi(administrationRef));
  }

  async pull(administrationRef: string, cursor: Cursor | null, sink: PullSink, memory?: PullMemory): Promise<PullResult> {
    if (memory === undefined) throw new Error('Exact Online tells of parts of an item: its pull needs the memory of what was stored');
    return pull(this.divisionApi(administrationRef), cursor, sink, memory, this.clock);
  }

  async push(administrationRef: string, entry: PushEntry): Promise<PushResult> {
    const { signal, settleMs = EXACT_ONLINE.settleMs, blockHandedOver = false, blockOnCreditHold = false } = this.options;
    // Divisions are kept in euro or another currency of two decimals.
    const options = { sleep: this.sleep, signal, settleMs, blockHandedOver, blockOnCreditHold, currency: 'EUR' };
    return push(this.divisionApi(administrationRef), entry, options);
  }

  async subscribe(administrationRef: string): Promise<readonly string[]> {
    const { webhookUrl = null } = this.options;
    return webhookUrl === null ? [] : subscribe(this.divisionApi(administrationRef), webhookUrl);
  }

  invoiceCopy(administrationRef: string, itemRef: string): Promise<Attachment | null> {
    return invoiceCopy(this.divisionApi(administrationRef), itemRef);
  }

  capabilities(): Readonly<Record<PushKind, Capability>> {
    return CAPABILITIES;
  }

  private divisionApi(administrationRef: string): DivisionApi {
    if (!isDivision(administrationRef)) throw new PackageError('refused', `${administrationRef} is no division of Exact Online`);
    return this.api(administrationRef);
  }

  /** One per operation, because its client counts that operation's requests. */
  private api(division: string): DivisionApi {
    const { token, clientId, quotas, lanes, signal, onExchange, random = Math.random } = this.options;
    const { attempts = DEFAULTS.attempts, maxWaitMs = DEFAULTS.maxWaitMs } = this.options;
    const { requestsPerDay = EXACT_ONLINE.limits.day.requests } = this.options;
    const { origin, sleep, send } = this;
    const shared = { token, clientId, quotas, lanes, signal, onExchange, random, attempts, maxWaitMs, requestsPerDay };
    return new DivisionApi(new ExactOnlineClient({ ...shared, origin, division, sleep, send }), origin);
  }
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

function safeOrigin(text: string): string {
  const url = new URL(text);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.includes(url.hostname))) return url.origin;
  throw new Error(`the origin of Exact Online must be https, or http on this machine: ${text}`);
}
