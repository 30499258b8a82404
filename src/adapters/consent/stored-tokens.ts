import type { EntityManager } from 'typeorm';
import type { Clock } from '../../kernel/clock.js';
import type { Logger } from '../../platform/observability/logger.js';
import type { Sealer } from '../../platform/secrets/sealer.js';
import { PackageError } from '../accounting-package.port.js';
import type { ConsentEntity } from './consent.entity.js';
import { ConsentRepository } from './consent.repository.js';
import type { OAuthApp, OAuthApps } from './oauth-apps.js';
import { type StoredConsent, judgeToken } from './rules/judge-token.js';
import { type Tokens, tokenTimes } from './rules/token-age.js';
import type { TokenFailure } from './rules/token-failure.js';
import type { TokenEndpoint } from './token-endpoint.js';
import type { TokenSource } from './token-source.js';

/** From where a consent is reached: an administration that is connected through it, or the key it was given to. */
export interface ConsentDoor {
  within<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
  /** Whose outbox tells that the consent was lost; null: nobody is told, whoever is looking sees it. */
  readonly administrationId: string | null;
}

/** An access token, and until when (epoch ms) it may be used without looking again. */
interface HeldToken {
  readonly token: string;
  readonly until: number;
}

/** What came of looking for a token. A value also when there is none, so that what was noted on the way is committed. */
type Outcome = { readonly held: HeldToken } | { readonly refusal: PackageError };

/**
 * Access tokens of stored consents, renewed when it is their time.
 *
 * A refresh token may work only once (Exact Online), so all workers of all processes go through the row: it is locked, read again, and
 * only who still finds the token due asks the vendor. The new pair is committed before anybody gets it. The request inside the
 * transaction has a short patience; who waited for the lock then finds either the new pair or the moment of the next try.
 *
 * Known consequence: when this process dies between the vendor's answer and the commit, the pair dies with it. A vendor whose refresh
 * tokens work once then has to be given consent again: it cannot be asked what it answered.
 */
export class StoredTokens {
  constructor(
    private readonly sealer: Sealer,
    private readonly apps: OAuthApps,
    private readonly endpoint: TokenEndpoint,
    /** The clock of the books; tokens age by that of the endpoint. */
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** A source for one connection in use; between two renewals it needs no database. */
  source(consentId: string, door: ConsentDoor): TokenSource {
    let held: HeldToken | null = null;
    const look = async (refused: string | null): Promise<string> => {
      held = await this.current(consentId, door, refused);
      return held.token;
    };
    return {
      accessToken: async () => (held !== null && this.now().getTime() < held.until ? held.token : look(null)),
      refused: async (token) => {
        held = null;
        await look(token);
      },
    };
  }

  private now(): Date {
    return this.endpoint.clock.now();
  }

  private async current(id: string, door: ConsentDoor, refused: string | null): Promise<HeldToken> {
    const seen = await door.within(async (manager) => {
      const repository = new ConsentRepository(manager, this.sealer);
      const consent = await repository.find(id);
      return consent === null ? gone() : this.outcomeOf(consent, repository.stored(consent), refused);
    });
    const outcome = seen === 'renew' ? await door.within((manager) => this.renew(manager, id, door, refused)) : seen;
    if ('refusal' in outcome) throw outcome.refusal;
    return outcome.held;
  }

  /** Under the lock: read and judged again, because somebody else may have renewed it meanwhile. */
  private async renew(manager: EntityManager, id: string, door: ConsentDoor, refused: string | null): Promise<Outcome> {
    const repository = new ConsentRepository(manager, this.sealer);
    const consent = await repository.lock(id);
    if (consent === null) return gone();
    const stored = repository.stored(consent);
    const outcome = this.outcomeOf(consent, stored, refused);
    if (outcome !== 'renew') return outcome;

    const app = this.apps.find(consent.package, consent.site);
    const refreshToken = stored.tokens.refreshToken ?? '';
    const answer = await this.endpoint.ask(app, { kind: 'refresh', refreshToken });
    if (!answer.ok) return this.failed(answer.error, { repository, consent, stored, door, app, refused });
    await repository.keep(consent, answer.value.tokens, this.now());
    return { held: heldOf(answer.value.tokens, app) };
  }

  private async failed(failure: TokenFailure, at: Renewal): Promise<Outcome> {
    const { repository, consent, stored, door, app, refused } = at;
    const { id: consentId, package: name, site } = consent;
    this.logger.warn({ consentId, package: name, site, failure }, 'access could not be renewed');
    const words = `${app.site.name} refuses to renew the access (${failure.words})`;
    if (failure.means === 'consent-needed') {
      await repository.lose(consent, words, door.administrationId, this.clock.now(), this.now());
      return { refusal: new PackageError('consent-lost', words) };
    }
    const until = await repository.pause(consent, this.now());
    const { unusableFrom } = tokenTimes(stored.tokens, app.vendor.lifetime);
    if (stored.tokens.accessToken !== refused && this.now().getTime() < unusableFrom) return { held: heldOf(stored.tokens, app) };
    const message = failure.means === 'configuration' ? `our app is refused at ${app.site.name}: ${failure.words}` : words;
    return { refusal: new PackageError('unavailable', message, until) };
  }

  private outcomeOf(consent: ConsentEntity, stored: StoredConsent, refused: string | null): Outcome | 'renew' {
    const app = this.apps.find(consent.package, consent.site);
    const step = judgeToken(stored, refused, app.vendor.lifetime, this.now().getTime());
    switch (step.do) {
      case 'use':
        return { held: heldOf(stored.tokens, app) };
      case 'renew':
        return 'renew';
      case 'wait':
        return { refusal: new PackageError('unavailable', step.because, new Date(step.until)) };
      case 'give-up':
        return { refusal: new PackageError('consent-lost', step.because) };
    }
  }
}

/** A renewal that is under way, under the lock. */
interface Renewal {
  readonly repository: ConsentRepository;
  readonly consent: ConsentEntity;
  readonly stored: StoredConsent;
  readonly door: ConsentDoor;
  readonly app: OAuthApp;
  readonly refused: string | null;
}

const gone = (): Outcome => ({ refusal: new PackageError('consent-lost', 'the consent this connection goes by is gone') });

function heldOf(tokens: Tokens, { vendor }: OAuthApp): HeldToken {
  const { renewFrom, unusableFrom } = tokenTimes(tokens, vendor.lifetime);
  return { token: tokens.accessToken, until: Math.min(renewFrom, unusableFrom) };
}
