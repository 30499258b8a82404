import { type Clock, systemClock, today } from '../../kernel/clock.js';
import { type Send, httpSender } from '../../platform/outgoing/http.js';
import type { Lanes } from '../../platform/outgoing/lanes.js';
import type { OutgoingQuotas } from '../../platform/outgoing/quota.js';
import { type Sleep, realSleep } from '../../platform/outgoing/sleep.js';
import {
  type AccountingPackage,
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
  type StatementToImport,
} from '../accounting-package.port.js';
import type { TokenSource } from '../consent/token-source.js';
import type { WriteOnceOptions } from '../write-once.js';
import { type BankImports, importStatement } from './bank.js';
import { Clusters } from './clusters.js';
import type { Tier } from './credits.js';
import { probe } from './probe.js';
import { pull } from './pull.js';
import type { WriteOptions } from './credit-block.js';
import { type PushOptions, push } from './push.js';
import { type ActionNames, actionNamesIn } from './rules/action-marks.js';
import { readCursor } from './rules/cursor.js';
import { type OfficeRef, isCode, officeRef, parseOfficeRef } from './rules/refs.js';
import type { Claims } from './rules/claims.js';
import { hasNews } from './trail.js';
import { OfficeApi } from './twinfield.api.js';
import { type SentRequest, TwinfieldClient } from './twinfield.client.js';
import { TWINFIELD } from './vendor.js';

export interface TwinfieldOptions {
  /** Where people log in; plain http only on this machine. The clusters are asked for there. */
  readonly loginOrigin: string;
  readonly clientId: string;
  readonly token: TokenSource;
  /** Shared by all workers: credits are per client and organisation. */
  readonly quotas: OutgoingQuotas;
  /** Shared by all workers: one request of an organisation is under way. */
  readonly lanes: Lanes;
  /** Shared by the adapters of this process: offices take turns. */
  readonly turns: Lanes;
  /** What the vendor gives our app. Default: uncertified. */
  readonly tier?: Tier | undefined;
  /** Code of the user handed-over customers are given to; null or absent: none. */
  readonly handoverUser?: string | null | undefined;
  /** Differences that are known (discounts, bank charges) are booked away with the match. Default: no, the invoice stays open in part. */
  readonly writesOff?: boolean | undefined;
  /**
   * What the actions on invoices stand for by their names: `Eerste brief=reminder;Gebeld=none;Opgelost=end`. A name that is not said to be
   * something else, and is none of a reminder, stands for a dispute.
   */
  readonly actions?: string | null | undefined;
  /** What may be put into the bank books. Default: nothing. */
  readonly bankImports?: BankImports | undefined;
  /** Where tokens are good, shared by the adapters of this process. Default: its own. */
  readonly clusters?: Clusters | undefined;
  /** How long a comment may be, by office, shared by the adapters of this process: it is learned. Default: its own. */
  readonly commentLimits?: Map<string, number> | undefined;
  /** The clock of the books; credits run by the quotas' own. */
  readonly clock?: Clock;
  readonly sleep?: Sleep;
  /** In [0, 1). */
  readonly random?: () => number;
  readonly send?: Send;
  /** How often one request is sent at most when the network or Twinfield fails. */
  readonly attempts?: number;
  /** How long one request may wait for credits before `rate-limited` is thrown. */
  readonly maxWaitMs?: number;
  /** Before a write of unknown result is read back. */
  readonly settleMs?: number;
  /** Records in a batch of a pull. */
  readonly batchSize?: number;
  readonly signal?: AbortSignal;
  /** Told of every request that went out, without its token: for metrics and tests. */
  readonly onExchange?: (sent: SentRequest) => void;
}

const NO_IMPORTS: BankImports = { ibans: [] };
const DEFAULTS = { attempts: 4, maxWaitMs: 130_000, batchSize: 250, maxAnswerBytes: 256 * 1024 * 1024 } as const;

/** §8. Emulated: our section of the customer's comment, with the fields that go along. */
const CAPABILITIES: Readonly<Record<PushKind, Capability>> = {
  note: 'emulated',
  'reminder-sent': 'emulated',
  dispute: 'emulated',
  promise: 'emulated',
  hold: 'emulated',
  limit: 'native',
  handover: 'emulated',
  'handover-status': 'emulated',
  'payment-match': 'native',
  'payment-undo': 'native',
  'credit-hold': 'emulated',
};

/** How requests go out: a browse of a big office takes minutes. */
export const twinfieldSender = (): Send => httpSender({ timeoutMs: TWINFIELD.readTimeoutMs, maxAnswerBytes: DEFAULTS.maxAnswerBytes });

/** The port, with what is optional in it and always there at Twinfield. */
export interface TwinfieldPackage extends AccountingPackage {
  importStatement(administrationRef: string, statement: StatementToImport): Promise<PushResult>;
}

/** The Twinfield of one consent. Throws at once when people would log in over plain http. */
export function createTwinfield(options: TwinfieldOptions): TwinfieldPackage {
  return new Twinfield(options);
}

class Twinfield implements TwinfieldPackage {
  readonly name = TWINFIELD.name;
  /** `sendreminder` is the customer's (§8 ii). */
  readonly remindsPer = 'debtor';
  readonly takesStatements = true;
  private readonly clusters: Clusters;
  private readonly clock: Clock;
  private readonly sleep: Sleep;
  private readonly send: Send;
  private readonly commentLimits: Map<string, number>;
  private readonly actionNames: ActionNames;

  constructor(private readonly options: TwinfieldOptions) {
    this.commentLimits = options.commentLimits ?? new Map<string, number>();
    this.actionNames = actionNamesIn(options.actions ?? '');
    this.clock = options.clock ?? systemClock;
    this.sleep = options.sleep ?? realSleep;
    this.send = options.send ?? twinfieldSender();
    const { random = Math.random, attempts = DEFAULTS.attempts, signal } = options;
    const loginOrigin = safeOrigin(options.loginOrigin);
    this.clusters = options.clusters ?? new Clusters({ loginOrigin, send: this.send, sleep: this.sleep, random, attempts, signal });
  }

  /** Only codes and names come in one request; the details of three hundred offices would take a quarter of an hour. The probe looks at them. */
  async administrations(): Promise<readonly PackageAdministration[]> {
    const offices = await this.api(null).offices();
    const organisation = (await this.claims())?.organisationCode ?? '';
    return offices
      .filter(({ code }) => isCode(code))
      .map(({ code, name }) => ({
        ...{ ref: officeRef({ organisation, office: code }), name, country: 'NL', currency: 'EUR' },
        ...{ language: null, timeZone: 'Europe/Amsterdam', active: true },
      }));
  }

  async probe(administrationRef: string): Promise<Probe> {
    const { handoverUser = null, tier = 'uncertified' } = this.options;
    const { actionNames, clock } = this;
    const scopes = async (): Promise<readonly string[]> => (await this.claims())?.scopes ?? [];
    return probe(this.officeApi(administrationRef), { handoverUser, tier, actionNames, on: today(clock), scopes });
  }

  async pull(administrationRef: string, cursor: Cursor | null, sink: PullSink, memory?: PullMemory): Promise<PullResult> {
    if (memory === undefined) throw new Error('Twinfield tells of no changes: its pull needs the memory of what was stored');
    const { batchSize = DEFAULTS.batchSize } = this.options;
    const { clock } = this;
    const options = { clock, batchSize, actionNames: this.actionNames, hasTrail: () => this.hasTrail() };
    return pull(this.officeApi(administrationRef), cursor, sink, memory, options);
  }

  /** By the audit trail of matches, where it may be read (§6.6); other changes it does not tell of. */
  async changedSince(administrationRef: string, cursor: Cursor): Promise<boolean> {
    const { trail } = readCursor(cursor) ?? {};
    if (trail === undefined || !(await this.hasTrail())) return false;
    return hasNews(this.officeApi(administrationRef), trail, (await this.claims())?.userCode ?? null);
  }

  private async hasTrail(): Promise<boolean> {
    return (await this.claims())?.scopes.includes(TWINFIELD.trailScope) ?? false;
  }

  async push(administrationRef: string, entry: PushEntry): Promise<PushResult> {
    const api = this.officeApi(administrationRef);
    return push(api, entry, { ...this.writeOptions(), currency: () => api.currency() });
  }

  async importStatement(administrationRef: string, statement: StatementToImport): Promise<PushResult> {
    return importStatement(this.officeApi(administrationRef), statement, this.options.bankImports ?? NO_IMPORTS, this.onceOptions());
  }

  private onceOptions(): WriteOnceOptions {
    const { signal, settleMs = TWINFIELD.settleMs } = this.options;
    return { sleep: this.sleep, settleMs, ...(signal && { signal }) };
  }

  private writeOptions(): WriteOptions & Pick<PushOptions, 'handoverUser' | 'writesOff'> {
    const { signal, settleMs = TWINFIELD.settleMs, handoverUser = null, writesOff = false } = this.options;
    const { sleep, commentLimits } = this;
    return { sleep, signal, settleMs, commentLimits, handoverUser, writesOff };
  }

  capabilities(): Readonly<Record<PushKind, Capability>> {
    return CAPABILITIES;
  }

  private async claims(): Promise<Claims | null> {
    return this.clusters.of(await this.options.token.accessToken());
  }

  private officeApi(administrationRef: string): OfficeApi {
    const at = parseOfficeRef(administrationRef);
    if (at === null) throw new PackageError('refused', `${administrationRef} is no office of Twinfield`);
    return this.api(at);
  }

  /** One per operation, because its client counts that operation's requests. */
  private api(at: OfficeRef | null): OfficeApi {
    const { token, clientId, quotas, lanes, turns, signal, onExchange, random = Math.random, tier = 'uncertified' } = this.options;
    const { attempts = DEFAULTS.attempts, maxWaitMs = DEFAULTS.maxWaitMs } = this.options;
    const { clusters, sleep, send } = this;
    const shared = { token, clientId, quotas, lanes, turns, signal, onExchange, random, tier, attempts, maxWaitMs };
    return new OfficeApi(new TwinfieldClient({ ...shared, at, clusters, sleep, send }));
  }
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

function safeOrigin(text: string): string {
  const url = new URL(text);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.includes(url.hostname))) return url.origin;
  throw new Error(`the origin of Twinfield must be https, or http on this machine: ${text}`);
}
