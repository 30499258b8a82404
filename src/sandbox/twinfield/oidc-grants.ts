import type { Clock } from '../../kernel/clock.js';
import { InputError } from '../../kernel/errors.js';
import type { Random } from '../random.js';
import type { TwinfieldUser } from './organisation.js';

/** A client as it is registered in the vendor's developer portal. */
export interface ClientRegistration {
  readonly id: string;
  readonly secret: string;
  readonly redirectUris: readonly string[];
  /** Certified by the vendor: more credits a minute. Default false. */
  readonly certified?: boolean;
}

/** One consent, with the tokens it has now. */
export interface Grant {
  readonly app: ClientRegistration;
  readonly user: TwinfieldUser;
  readonly scopes: ReadonlySet<string>;
  readonly givenAt: Date;
  access: { readonly value: string; readonly from: number; readonly until: number } | null;
  /** Null without `offline_access`. */
  refresh: { readonly value: string; readonly until: number } | null;
  revoked: boolean;
}

export interface OidcOptions {
  accessSeconds: number;
  refreshYears: number;
  codeSeconds: number;
  /** The sheet is not sure whether a refresh brings another refresh token; when it does, the former one is dead at once. */
  refreshToken: 'rotates' | 'stays';
}

/** Fact sheet §1.1; how long a code lives is not in it. */
export const VENDOR_OIDC: OidcOptions = { accessSeconds: 3_600, refreshYears: 25, codeSeconds: 300, refreshToken: 'rotates' };

/** Everything credit control can want. */
export const ALL_SCOPES = [
  'openid',
  'twf.user',
  'twf.organisation',
  'twf.organisationUser',
  'offline_access',
  'readBookkeepingMatches',
] as const;

const KNOWN_SCOPES: readonly string[] = [...ALL_SCOPES, 'readVat', 'readFixedAssets', 'writeArticles', 'writeBudgets'];
const CHARACTERS = 'ABCDEFGHJKMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';
const YEAR_MS = 365.25 * 86_400_000;

interface Code {
  readonly app: ClientRegistration;
  readonly user: TwinfieldUser;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly until: number;
}

/** Clients, codes and consents. Values come from the seed: they open nothing but this sandbox. */
export class OidcGrants {
  readonly options: OidcOptions = { ...VENDOR_OIDC };
  readonly apps = new Map<string, ClientRegistration>();
  /** Who sits at the consent page, and what they answer. */
  consent: { readonly user: TwinfieldUser } | 'deny' | null = null;
  private readonly codes = new Map<string, Code>();
  private readonly byAccess = new Map<string, Grant>();
  private readonly byRefresh = new Map<string, Grant>();
  private readonly untilOf = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Redirect addresses have to be https, or of this machine. Throws InputError. */
  register(app: ClientRegistration): ClientRegistration {
    for (const address of app.redirectUris) {
      if (!/^https:\/\/|^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(address))
        throw new InputError('redirect-not-https', `the redirect address ${address} is no https address`);
    }
    this.apps.set(app.id, app);
    return app;
  }

  /** Null when the user refuses. */
  issueCode(app: ClientRegistration, redirectUri: string, scopes: readonly string[]): string | null {
    if (this.consent === null || this.consent === 'deny') return null;
    const code = this.secret(32);
    const until = this.now() + this.options.codeSeconds * 1_000;
    this.codes.set(code, { app, redirectUri, scopes, user: this.consent.user, until });
    return code;
  }

  /** The consent behind a code, once. Null: not that code any more, or not of this client and address. */
  redeem(code: string, app: ClientRegistration, redirectUri: string): Grant | null {
    const known = this.codes.get(code);
    this.codes.delete(code);
    if (!known || known.app !== app || known.redirectUri !== redirectUri || this.now() >= known.until) return null;
    return this.grant(app, known.user, known.scopes);
  }

  /** A consent without the browser, for tests and the demo: its tokens are in it. */
  grant(app: ClientRegistration, user: TwinfieldUser, scopes: readonly string[] = ALL_SCOPES): Grant {
    const grant: Grant = {
      app,
      user,
      scopes: new Set(scopes),
      givenAt: this.clock.now(),
      access: null,
      refresh: null,
      revoked: false,
    };
    if (grant.scopes.has('offline_access')) this.newRefresh(grant);
    this.newAccess(grant);
    return grant;
  }

  /** Hands out another access token, and another refresh token when those rotate. Null: this refresh token is worth nothing. */
  refresh(value: string, app: ClientRegistration): Grant | null {
    const grant = this.byRefresh.get(value);
    if (!grant || grant.app !== app || grant.refresh?.value !== value) return null;
    if (grant.revoked || grant.user.state !== 'active' || this.now() >= grant.refresh.until) return null;
    if (this.options.refreshToken === 'rotates') this.newRefresh(grant);
    this.newAccess(grant);
    return grant;
  }

  /** The consent whose access token this is, when it works now. Older tokens work until they expire, also after a refresh. */
  accept(value: string): Grant | null {
    const grant = this.byAccess.get(value);
    const until = this.untilOf.get(value) ?? 0;
    return grant && !grant.revoked && this.now() < until ? grant : null;
  }

  /** The user withdrew the consent, or the client's secret was set anew. */
  revoke(grant: Grant): void {
    grant.revoked = true;
  }

  /** Every access token of the consent stops working now, in the middle of whatever it is used for. */
  expireAccess(grant: Grant): void {
    for (const [value, other] of this.byAccess) if (other === grant) this.untilOf.delete(value);
    grant.access = null;
  }

  private newAccess(grant: Grant): void {
    const from = this.now();
    grant.access = { value: this.secret(40), from, until: from + this.options.accessSeconds * 1_000 };
    this.byAccess.set(grant.access.value, grant);
    this.untilOf.set(grant.access.value, grant.access.until);
  }

  private newRefresh(grant: Grant): void {
    grant.refresh = { value: this.secret(40), until: this.now() + this.options.refreshYears * YEAR_MS };
    this.byRefresh.set(grant.refresh.value, grant);
  }

  private now(): number {
    return this.clock.now().getTime();
  }

  private secret(length: number): string {
    return this.random.text(CHARACTERS, length);
  }
}

/** What is wrong with the scopes asked for, or null (fact sheet §1.1). */
export function wrongScopes(scopes: readonly string[]): string | null {
  if (!scopes.includes('openid')) return 'openid is required';
  return scopes.find((scope) => !KNOWN_SCOPES.includes(scope)) ?? null;
}
