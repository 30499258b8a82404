import type { Clock } from '../../kernel/clock.js';
import { type Result, err, ok } from '../../kernel/result.js';
import { type Send, httpSender } from '../../platform/outgoing/http.js';
import type { Answer } from '../../platform/outgoing/outcome.js';
import type { OAuthApp } from './oauth-apps.js';
import type { Grant } from './oauth-vendor.js';
import type { Tokens } from './rules/token-age.js';
import { missingScopes, tokensIn } from './rules/token-answer.js';
import { type TokenFailure, tokenFailure } from './rules/token-failure.js';

export interface NewTokens {
  readonly tokens: Tokens;
  /** Asked for and not given. */
  readonly missingScopes: readonly string[];
}

/** A row is locked while it waits: one patience, and not a long one. */
const LIMITS = { timeoutMs: 10_000, maxAnswerBytes: 256 * 1024 } as const;

/** Asks vendors for tokens. Once: whether it may be asked again is the caller's business, because a refresh token may work only once. */
export class TokenEndpoint {
  constructor(
    /** The clock of outgoing traffic, which in a demo is not that of the books. */
    readonly clock: Clock,
    private readonly send: Send = httpSender(LIMITS),
  ) {}

  /** Trades a code or a refresh token. Throws nothing: what the network does is a failure `outage`. */
  async ask({ vendor, site, client }: OAuthApp, grant: Grant): Promise<Result<NewTokens, TokenFailure>> {
    const askedAt = this.clock.now().getTime();
    const outcome = await this.send(vendor.tokenRequest(site, client, grant));
    if (outcome.kind === 'no-answer') return err({ means: 'outage', words: outcome.reason });
    const body = jsonOf(outcome);
    if (!isSuccess(outcome)) return err(tokenFailure(outcome.status, body, vendor.failures));
    const asked = { askedAt, receivedAt: this.clock.now().getTime() };
    const tokens = tokensIn(body, asked, grant.kind === 'refresh' ? grant.refreshToken : null);
    if (tokens === null) return err({ means: 'outage', words: `${outcome.status} without a token` });
    return ok({ tokens, missingScopes: missingScopes(body, vendor.scopes) });
  }

  /** Who gave a consent, by the vendor's own id; null where that does not matter. A failure when it matters and cannot be learned. */
  async subject({ vendor, site }: OAuthApp, { accessToken }: Tokens): Promise<Result<string | null, TokenFailure>> {
    if (vendor.identity === null) return ok(null);
    const outcome = await this.send(vendor.identity.request(site, accessToken));
    if (outcome.kind === 'no-answer') return err({ means: 'outage', words: outcome.reason });
    const subject = isSuccess(outcome) ? vendor.identity.subjectIn(jsonOf(outcome)) : null;
    return subject === null ? err({ means: 'outage', words: `${outcome.status} without the user who gave the consent` }) : ok(subject);
  }
}

const isSuccess = ({ status }: Answer): boolean => status >= 200 && status < 300;

function jsonOf({ body }: Answer): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
