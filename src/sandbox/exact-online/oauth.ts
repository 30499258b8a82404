import type { Clock } from '../../kernel/clock.js';
import type { Answer } from '../wire/answer.js';
import type { AppRegistration, Chain, OAuthChains } from './oauth-chains.js';

/** `GET /api/oauth2/auth`: the user answers at once what `chains.consent` says. A wrong app or address sends nobody anywhere. */
export function authorize(chains: OAuthChains, query: URLSearchParams): Answer {
  const app = chains.apps.get(query.get('client_id') ?? '');
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!app) return page('The client_id is not known.');
  if (!app.redirectUris.includes(redirectUri)) return page('The redirect_uri does not match the registration.');
  if (query.get('response_type') !== 'code') return back(redirectUri, query, { error: 'unsupported_response_type' });
  const code = chains.issueCode(app, redirectUri);
  return back(redirectUri, query, code === null ? { error: 'access_denied' } : { code });
}

/** The token endpoint, with the count of calls a day. Answers are those of the fact sheet §1, one by one. */
export class TokenEndpoint {
  /** Every call, for tests of a client's thrift. */
  calls = 0;
  private readonly perDay = new Map<string, number>();

  constructor(
    private readonly chains: OAuthChains,
    private readonly clock: Clock,
  ) {}

  answer(form: URLSearchParams): Answer {
    this.calls += 1;
    const field = (name: string): string => form.get(name) ?? '';
    const app = this.chains.apps.get(field('client_id'));
    if (!app || app.secret !== field('client_secret'))
      return refused(401, 'invalid_client', 'The client is not known or its secret is wrong.');
    if (field('grant_type') === 'authorization_code') return this.exchange(app, field('code'), field('redirect_uri'));
    if (field('grant_type') === 'refresh_token') return this.refresh(app, field('refresh_token'));
    return refused(400, 'unsupported_grant_type', 'The grant type is not supported.');
  }

  /** Calls of the user and app of a consent on the clock's day. */
  callsToday(chain: Chain): number {
    return this.perDay.get(this.dayKey(chain)) ?? 0;
  }

  private exchange(app: AppRegistration, code: string, redirectUri: string): Answer {
    const chain = this.chains.redeem(code, app, redirectUri);
    if (!chain) return refused(400, 'invalid_grant', 'Bad Request');
    this.count(chain);
    return pair(chain, this.chains.options.accessSeconds);
  }

  private refresh(app: AppRegistration, value: string): Answer {
    const chain = this.chains.withRefresh(value);
    if (!chain || chain.app !== app) return refused(400, 'invalid_request', 'The refresh token is not valid.');
    if (this.count(chain) > this.chains.options.tokenCallsPerDay) return refused(429, 'access_denied', 'Rate limit exceeded: token calls');
    const isCurrent = chain.refresh.value === value;
    const isTolerated = this.chains.options.reuse === 'lenient' && chain.previous === value;
    if (chain.dead || (!isCurrent && !isTolerated)) {
      chain.dead = true;
      return refused(401, 'unauthorized_client', 'Old refresh token used.');
    }
    const now = this.clock.now();
    if (now.getTime() >= chain.refresh.until) {
      const text = `The refresh token expired at ${american(new Date(chain.refresh.until))} and it is now ${american(now)}.`;
      return refused(400, 'invalid_request', text);
    }
    if (now.getTime() < chain.issuedAt + this.chains.options.earliestRefreshSeconds * 1_000) return TOO_EARLY;
    this.chains.rotate(chain);
    return pair(chain, this.chains.options.accessSeconds);
  }

  private count(chain: Chain): number {
    const key = this.dayKey(chain);
    const count = (this.perDay.get(key) ?? 0) + 1;
    this.perDay.set(key, count);
    return count;
  }

  private dayKey({ app, user }: Chain): string {
    return `${app.id} ${user.id} ${this.clock.now().toISOString().slice(0, 10)}`;
  }
}

const TOO_EARLY_TEXT = 'Rate limit exceeded: access_token not expired';
const TOO_EARLY: Answer = {
  ...refused(400, 'access_denied', TOO_EARLY_TEXT),
  headers: { Reason: `TooEarlyToRefreshTokens: ${TOO_EARLY_TEXT}` },
};

/** Whether an answer of the token endpoint was the refusal for coming too early. */
export const isTooEarly = (answer: Answer): boolean => answer === TOO_EARLY;

function pair(chain: Chain, accessSeconds: number): Answer {
  // `expires_in` is a text at this vendor.
  const body = {
    access_token: chain.access?.value,
    token_type: 'bearer',
    expires_in: String(accessSeconds),
    refresh_token: chain.refresh.value,
  };
  return { status: 200, body };
}

function refused(status: number, error: string, description: string): Answer {
  return { status, body: { error, error_description: description } };
}

const page = (text: string): Answer => ({ status: 400, contentType: 'text/html', body: `<html><body><p>${text}</p></body></html>` });

/** `10/28/2022 4:15:50 PM`. */
const american = (at: Date): string => at.toLocaleString('en-US', { timeZone: 'UTC' }).replace(',', '').replace('\u202f', ' ');

function back(redirectUri: string, query: URLSearchParams, outcome: Readonly<Record<string, string>>): Answer {
  const target = new URL(redirectUri);
  for (const [name, value] of Object.entries(outcome)) target.searchParams.set(name, value);
  const state = query.get('state');
  if (state !== null) target.searchParams.set('state', state);
  return { status: 302, headers: { Location: target.href } };
}
