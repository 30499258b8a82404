import type { Clock } from '../../kernel/clock.js';
import { InputError } from '../../kernel/errors.js';
import type { Random } from '../random.js';
import type { Scope } from './resources/resource.js';

/** An app as it is registered in the vendor's app centre. */
export interface AppRegistration {
  readonly id: string;
  readonly secret: string;
  readonly redirectUris: readonly string[];
  readonly webhookSecret: string;
  /** `read` or `manage` per scope; a scope that is not there was not asked for. Default: manage everything. */
  readonly scopes?: Readonly<Partial<Record<Scope, 'read' | 'manage'>>>;
}

/** Somebody with a login at Exact. Texts of errors are in their language. */
export interface ExactUser {
  readonly id: string;
  readonly name: string;
  readonly language: 'nl' | 'fr' | 'en';
  /** Divisions they may see at all. */
  readonly divisions: Set<number>;
  /** Follows what they last chose on the site, whatever the consent covers. */
  currentDivision: number;
  /** Endpoints they have no right on, each with the methods: `crm/Accounts` → PUT. */
  readonly denied: Map<string, ReadonlySet<string>>;
  /** Without a right on reading they get an empty list instead of a 403. */
  emptyInsteadOfForbidden: boolean;
}

/** One consent and the pairs of tokens that follow from it. There is one at a time for a user and an app. */
export interface Chain {
  readonly app: AppRegistration;
  readonly user: ExactUser;
  /** Divisions picked at the consent; null: all of the user's. */
  readonly divisions: readonly number[] | null;
  access: { readonly value: string; readonly until: number } | null;
  refresh: { readonly value: string; readonly until: number };
  /** The one before: dead, or usable until the newer one is, when `reuse` is lenient. */
  previous: string | null;
  /** When the last pair was handed out, in milliseconds. */
  issuedAt: number;
  dead: boolean;
}

export interface OAuthOptions {
  /** What happens to a refresh token that was used: `strict` kills the consent, `lenient` takes it until the newer one was used. */
  reuse: 'strict' | 'lenient';
  accessSeconds: number;
  refreshDays: number;
  codeSeconds: number;
  /** No refresh earlier than this after the last pair. */
  earliestRefreshSeconds: number;
  tokenCallsPerDay: number;
}

/** Fact sheet §1. */
export const VENDOR_OAUTH: OAuthOptions = {
  reuse: 'strict',
  accessSeconds: 600,
  refreshDays: 30,
  codeSeconds: 180,
  earliestRefreshSeconds: 570,
  tokenCallsPerDay: 200,
};

const CHARACTERS = 'ABCDEFGHJKMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789_-';
const DAY_MS = 86_400_000;

interface Code {
  readonly app: AppRegistration;
  readonly user: ExactUser;
  readonly redirectUri: string;
  readonly divisions: readonly number[] | null;
  readonly until: number;
}

/** Apps, codes and consents. Values come from the seed: they open nothing but this sandbox. */
export class OAuthChains {
  readonly options: OAuthOptions = { ...VENDOR_OAUTH };
  readonly apps = new Map<string, AppRegistration>();
  /** Who sits at the consent page, and what they answer. */
  consent: { readonly user: ExactUser; readonly divisions?: readonly number[] | null } | 'deny' | null = null;
  private readonly codes = new Map<string, Code>();
  private readonly byAccess = new Map<string, Chain>();
  private readonly byRefresh = new Map<string, Chain>();

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Redirect addresses have to be https, as at the vendor; those of this machine pass too. Throws InputError. */
  register(app: AppRegistration): AppRegistration {
    for (const address of app.redirectUris) {
      if (!/^https:\/\/|^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(address)) {
        throw new InputError('redirect-not-https', `the redirect address ${address} is no https address`);
      }
    }
    this.apps.set(app.id, app);
    return app;
  }

  issueCode(app: AppRegistration, redirectUri: string): string | null {
    if (this.consent === null || this.consent === 'deny') return null;
    const code = this.secret('eyJ');
    const until = this.now() + this.options.codeSeconds * 1_000;
    this.codes.set(code, { app, redirectUri, user: this.consent.user, divisions: this.consent.divisions ?? null, until });
    return code;
  }

  /** The consent behind a code, once; a former one of the same user for the same app is over then. Null: not that code any more. */
  redeem(code: string, app: AppRegistration, redirectUri: string): Chain | null {
    const known = this.codes.get(code);
    this.codes.delete(code);
    if (!known || known.app !== app || known.redirectUri !== redirectUri || this.now() >= known.until) return null;
    return this.consentOf(known);
  }

  /** A consent without the browser, for tests and the demo: its first pair of tokens is in it. */
  grant(app: AppRegistration, user: ExactUser, divisions: readonly number[] | null = null): Chain {
    return this.consentOf({ app, user, divisions });
  }

  /** Any consent this refresh token was ever of. */
  withRefresh(value: string): Chain | null {
    return this.byRefresh.get(value) ?? null;
  }

  /** The consent whose access token this is, when it works now. */
  accept(value: string): Chain | null {
    const chain = this.byAccess.get(value);
    return chain?.access?.value === value && this.now() < chain.access.until ? chain : null;
  }

  /** The consent an access token was of, also an expired one: who gets the blame for a 401. */
  formerly(value: string): Chain | null {
    return this.byAccess.get(value) ?? null;
  }

  /** Hands out a new pair. */
  rotate(chain: Chain): void {
    const now = this.now();
    chain.previous = chain.refresh.value;
    chain.access = { value: this.secret('stampNL001.'), until: now + this.options.accessSeconds * 1_000 };
    chain.refresh = { value: this.secret('stampNL001.'), until: now + this.options.refreshDays * DAY_MS };
    chain.issuedAt = now;
    this.byAccess.set(chain.access.value, chain);
    this.byRefresh.set(chain.refresh.value, chain);
  }

  /** The user took the app's consent away. */
  revoke(chain: Chain): void {
    chain.dead = true;
    chain.access = null;
  }

  /** The access token stops working now, in the middle of whatever it is used for. */
  expireAccess(chain: Chain): void {
    chain.access = null;
  }

  private consentOf({ app, user, divisions }: Pick<Code, 'app' | 'user' | 'divisions'>): Chain {
    for (const other of this.byRefresh.values()) if (other.app === app && other.user === user) this.revoke(other);
    const never = { value: '', until: 0 };
    const chain: Chain = { app, user, divisions, access: null, refresh: never, previous: null, issuedAt: 0, dead: false };
    this.rotate(chain);
    chain.previous = null;
    return chain;
  }

  private now(): number {
    return this.clock.now().getTime();
  }

  private secret(prefix: string): string {
    return `${prefix}${this.random.text(CHARACTERS, 48)}`;
  }
}
