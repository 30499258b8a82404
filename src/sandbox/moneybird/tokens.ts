import type { Clock } from '../../kernel/clock.js';
import type { Random } from '../random.js';

export const SCOPES = ['sales_invoices', 'documents', 'estimates', 'bank', 'time_entries', 'settings'] as const;
export type Scope = (typeof SCOPES)[number];

export interface Token {
  readonly value: string;
  readonly kind: 'personal' | 'oauth';
  readonly scopes: readonly Scope[];
  /** Administrations it opens; null: all there are and will be. */
  readonly administrations: readonly string[] | null;
  readonly access: 'user' | 'accountant_company';
  readonly issuedAt: Date;
  /** Only when the sandbox is set to let tokens expire; the vendor does not today. */
  readonly expiresAt: Date | null;
  readonly refreshToken: string | null;
  readonly clientId: string | null;
}

export interface TokenGrant {
  readonly scopes?: readonly Scope[];
  readonly administrations?: readonly string[] | null;
  readonly access?: Token['access'];
}

export interface OAuthClient {
  readonly id: string;
  readonly secret: string;
  readonly redirectUris: readonly string[];
}

export interface TokenOptions {
  /** A fresh OAuth token answers 401 for this long, as has been seen (PICQER#188). */
  readonly freshTokenDelaySeconds: number;
  /** Null: tokens do not expire and the answer has no `expires_in`. */
  readonly expiresInSeconds: number | null;
  /** Whether a refresh gives a new refresh token and ends the old one; otherwise the answer leaves it out. */
  readonly rotateRefreshTokens: boolean;
}

export const DEFAULT_TOKEN_OPTIONS: TokenOptions = { freshTokenDelaySeconds: 0, expiresInSeconds: null, rotateRefreshTokens: false };

interface Code {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: readonly Scope[];
  readonly expiresAt: Date;
}

const CODE_SECONDS = 600;
const CHARACTERS = 'ABCDEFGHJKMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';

/** The tokens, codes and clients the sandbox knows. Values come from the seed: they open nothing but this sandbox. */
export class Tokens {
  options: TokenOptions = DEFAULT_TOKEN_OPTIONS;
  /** What the user answers on the consent page. */
  consent: TokenGrant | 'deny' = {};
  private readonly tokens = new Map<string, Token>();
  private readonly codes = new Map<string, Code>();
  private readonly clients = new Map<string, OAuthClient>();

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** A token as a user makes it by hand; it works at once. */
  issuePersonal({ scopes = SCOPES, administrations = null, access = 'user' }: TokenGrant = {}): string {
    const value = this.secret('sandbox-personal');
    this.keep({
      value,
      kind: 'personal',
      scopes,
      administrations,
      access,
      issuedAt: this.clock.now(),
      expiresAt: null,
      refreshToken: null,
      clientId: null,
    });
    return value;
  }

  registerClient(client: OAuthClient): void {
    this.clients.set(client.id, client);
  }

  client(id: string): OAuthClient | null {
    return this.clients.get(id) ?? null;
  }

  revoke(value: string): void {
    this.tokens.delete(value);
  }

  /** The token behind a bearer value when it works now, else null. */
  accept(value: string): Token | null {
    const token = this.tokens.get(value);
    if (!token) return null;
    const now = this.clock.now().getTime();
    if (token.kind === 'oauth' && now < token.issuedAt.getTime() + this.options.freshTokenDelaySeconds * 1000) return null;
    return token.expiresAt !== null && now >= token.expiresAt.getTime() ? null : token;
  }

  issueCode(clientId: string, redirectUri: string, scopes: readonly Scope[]): string {
    const code = this.secret('code');
    this.codes.set(code, { clientId, redirectUri, scopes, expiresAt: new Date(this.clock.now().getTime() + CODE_SECONDS * 1000) });
    return code;
  }

  /** Trades a code for a token, once; null when code, client and address do not belong together. */
  redeem(code: string, clientId: string, redirectUri: string): Token | null {
    const known = this.codes.get(code);
    this.codes.delete(code);
    if (!known || known.clientId !== clientId || known.redirectUri !== redirectUri || this.clock.now() >= known.expiresAt) return null;
    const grant = this.consent === 'deny' ? {} : this.consent;
    return this.issueOAuth({ ...grant, scopes: grant.scopes ?? known.scopes }, clientId, this.secret('refresh'));
  }

  /** A new access token for a refresh token; null when it is not (or no longer) known. */
  refresh(refreshToken: string, clientId: string): Token | null {
    const old = [...this.tokens.values()].find((token) => token.refreshToken === refreshToken && token.clientId === clientId);
    if (!old) return null;
    this.tokens.delete(old.value);
    return this.issueOAuth(old, clientId, this.options.rotateRefreshTokens ? this.secret('refresh') : refreshToken);
  }

  private issueOAuth(grant: TokenGrant, clientId: string, refreshToken: string): Token {
    const issuedAt = this.clock.now();
    const { expiresInSeconds } = this.options;
    return this.keep({
      value: this.secret('sandbox-oauth'),
      kind: 'oauth',
      scopes: grant.scopes ?? ['sales_invoices'],
      administrations: grant.administrations ?? null,
      access: grant.access ?? 'user',
      issuedAt,
      expiresAt: expiresInSeconds === null ? null : new Date(issuedAt.getTime() + expiresInSeconds * 1000),
      refreshToken,
      clientId,
    });
  }

  private keep(token: Token): Token {
    this.tokens.set(token.value, token);
    return token;
  }

  private secret(prefix: string): string {
    return `${prefix}-${this.random.text(CHARACTERS, 32)}`;
  }
}
