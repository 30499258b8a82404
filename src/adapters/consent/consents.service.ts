import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../kernel/clock.js';
import { InputError } from '../../kernel/errors.js';
import type { Caller } from '../../platform/auth/api-keys.js';
import type { Tenancy } from '../../platform/database/tenancy.js';
import type { Logger } from '../../platform/observability/logger.js';
import type { Sealer } from '../../platform/secrets/sealer.js';
import { type PackageAdministration, PackageError } from '../accounting-package.port.js';
import type { ConnectService } from '../connect.service.js';
import type { Entrance } from '../packages.js';
import { ConsentEntity } from './consent.entity.js';
import { ConsentRepository } from './consent.repository.js';
import { ConsentRequests } from './consent-requests.js';
import type { OAuthApp, OAuthApps } from './oauth-apps.js';
import type { NewTokens, TokenEndpoint } from './token-endpoint.js';
import type { TokenFailure } from './rules/token-failure.js';

/** What the browser brings back from the vendor, as it stands in the address. */
export interface ConsentAnswer {
  readonly state: string;
  readonly code?: string | undefined;
  /** Instead of a code: `access_denied` and its like. */
  readonly error?: string | undefined;
  readonly errorDescription?: string | undefined;
}

export interface ConsentGiven {
  readonly consentId: string;
  readonly package: string;
  /** Administrations of the caller that could not be reached any more, and go by this consent from now on. */
  readonly restored: readonly string[];
}

export interface ConsentView {
  readonly id: string;
  readonly package: string;
  readonly site: string;
  readonly givenAt: string;
  readonly trouble: string | null;
  /** Those of the caller that are connected through it. */
  readonly administrationIds: readonly string[];
}

/** An administration a consent can see. */
export interface VisibleAdministration extends PackageAdministration {
  /** It is connected already, by whoever. */
  readonly connected: boolean;
  /** Ours, when the caller may enter it. */
  readonly administrationId: string | null;
}

/** Consent by OAuth: asked for, given, and what can be connected with it. */
export class Consents {
  constructor(
    private readonly house: { readonly tenancy: Tenancy; readonly sealer: Sealer; readonly clock: Clock; readonly logger: Logger },
    private readonly oauth: {
      readonly apps: OAuthApps;
      readonly endpoint: TokenEndpoint;
      /** Where vendors send the browser back to, as registered with each of them. */
      readonly callbackUrl: string;
    },
    private readonly connections: ConnectService,
  ) {}

  /** Where consent can be given. */
  offered(): readonly { readonly package: string; readonly site: string; readonly name: string }[] {
    return this.oauth.apps.all().map(({ vendor, site }) => ({ package: vendor.package, site: site.code, name: site.name }));
  }

  /** Begins: the address to send the browser to. Throws {@link InputError} `no-app`, `too-many-requests`. */
  async begin({ keyId }: Caller, packageName: string, site: string): Promise<{ readonly url: string; readonly expiresAt: Date }> {
    const app = this.oauth.apps.find(packageName, site);
    const [state, nonce] = [randomBytes(32).toString('base64url'), randomBytes(16).toString('base64url')];
    const { expiresAt } = await this.house.tenancy.ofKey({ keyId }, (manager) =>
      new ConsentRequests(manager, keyId).begin(state, { package: packageName, site }, this.house.clock.now()),
    );
    const ask = { clientId: app.client.id, redirectUri: this.oauth.callbackUrl, state, nonce };
    return { url: app.vendor.authorizeUrl(app.site, ask), expiresAt };
  }

  /**
   * Ends what {@link begin} began: trades the code, stores the consent, and opens again what was lost. The state is used up first, whatever
   * follows. Throws {@link InputError}: `unknown-state`, `consent-replayed`, `consent-expired`, `consent-denied`, `consent-refused`,
   * `scopes-missing`, `package-unreachable`.
   */
  async finish(caller: Caller, answer: ConsentAnswer): Promise<ConsentGiven> {
    const { keyId } = caller;
    const startedAt = this.house.clock.now();
    const request = await this.house.tenancy.ofKey({ keyId }, (manager) =>
      new ConsentRequests(manager, keyId).use(answer.state, startedAt),
    );
    if (!request.ok) throw new InputError(request.error.code, request.error.message);
    const app = this.oauth.apps.find(request.value.package, request.value.site);
    const given = await this.exchange(app, codeIn(answer, app));
    const subject = await this.oauth.endpoint.subject(app, given.tokens);
    if (!subject.ok) throw refusal(subject.error, app);
    const consentId = await this.keep(keyId, app, given, subject.value, startedAt);
    return { consentId, package: app.vendor.package, restored: await this.restore(caller, consentId) };
  }

  /** The consents that were given to the caller's key, and those its administrations go by. */
  async list({ keyId, administrationIds }: Caller): Promise<ConsentView[]> {
    const rows = await this.house.tenancy.ofKey(
      { keyId, administrationIds },
      (manager) =>
        manager.query(
          `SELECT id, package, site, given_at, trouble,
                ARRAY(SELECT administration_id::text FROM connection WHERE consent_id = consent.id ORDER BY 1) AS administration_ids
           FROM consent ORDER BY given_at DESC, id`,
        ) as Promise<(Pick<ConsentEntity, 'id' | 'package' | 'site' | 'trouble'> & { given_at: Date; administration_ids: string[] })[]>,
    );
    return rows.map(({ given_at: givenAt, administration_ids: connected, ...row }) => ({
      ...row,
      givenAt: givenAt.toISOString(),
      administrationIds: connected,
    }));
  }

  /** What a consent can see now. Throws {@link InputError} `unknown-consent`, `package-refused`. */
  async administrations(caller: Caller, consentId: string): Promise<VisibleAdministration[]> {
    const entrance = await this.entrance(caller, consentId);
    const visible = await this.connections.visible(entrance);
    const connected = await this.connections.connected(entrance.package);
    return visible.map((one) => {
      const id = connected.get(one.ref);
      const administrationId = id !== undefined && caller.administrationIds.includes(id) ? id : null;
      return { ...one, connected: id !== undefined, administrationId };
    });
  }

  /** A consent as the way to connect. Throws {@link InputError} `unknown-consent` for one that was not given to the caller's key. */
  async entrance({ keyId }: Caller, consentId: string): Promise<Entrance> {
    const consent = await this.house.tenancy.ofKey({ keyId }, (manager) =>
      new ConsentRepository(manager, this.house.sealer).find(consentId),
    );
    if (!consent) throw new InputError('unknown-consent', `there is no consent ${consentId} for this key`);
    return { package: consent.package, consentId, site: consent.site, scope: { keyId } };
  }

  private async exchange(app: OAuthApp, code: string): Promise<NewTokens> {
    const answer = await this.oauth.endpoint.ask(app, { kind: 'code', code, redirectUri: this.oauth.callbackUrl });
    if (!answer.ok) throw refusal(answer.error, app);
    const { missingScopes } = answer.value;
    if (missingScopes.length === 0) return answer.value;
    throw new InputError(
      'scopes-missing',
      `the consent leaves out what is needed: ${missingScopes.join(', ')}; give it again with all of it`,
    );
  }

  /** Where the vendor's user has a living row already its tokens are replaced: the vendor has just ended the old ones. */
  private keep(keyId: string, app: OAuthApp, { tokens }: NewTokens, user: string | null, startedAt: Date): Promise<string> {
    const { package: name } = app.vendor;
    const site = app.site.code;
    const subject = user === null ? null : digestOf(JSON.stringify([name, site, user])).toString('hex');
    return this.house.tenancy.ofKey({ keyId, ...(subject !== null && { vendorUser: subject }) }, async (manager) => {
      const repository = new ConsentRepository(manager, this.house.sealer);
      const living = subject === null ? null : await repository.adoptable(subject, startedAt);
      const id = living?.id ?? randomUUID();
      const wire = new Date(tokens.receivedAt);
      // Of two consents at the same moment the vendor keeps the later.
      if (!living) await repository.insert({ id, package: name, site, subject }, tokens, this.house.clock.now(), wire);
      else if (repository.stored(living).tokens.askedAt < tokens.askedAt)
        await repository.give(living, tokens, this.house.clock.now(), wire);
      await repository.giveTo(id, keyId);
      return id;
    });
  }

  /** Moves connections of the caller that are in trouble to the new consent, as far as it can see their administrations. */
  private async restore(caller: Caller, consentId: string): Promise<readonly string[]> {
    const { keyId, administrationIds } = caller;
    try {
      const entrance = await this.entrance(caller, consentId);
      const refs = (await this.connections.visible(entrance)).map(({ ref }) => ref);
      return await this.house.tenancy.ofKey({ keyId, administrationIds }, (manager) => moveTroubled(manager, consentId, refs));
    } catch (cause) {
      if (!(cause instanceof InputError || cause instanceof PackageError)) throw cause;
      // The consent itself is there: what it sees is asked again when somebody chooses from it.
      this.house.logger.warn({ consentId, error: cause.message }, 'a new consent could not be looked through');
      return [];
    }
  }
}

/** The code in an answer of the vendor. */
function codeIn({ code, error, errorDescription }: ConsentAnswer, { site }: OAuthApp): string {
  const words = [error, errorDescription].flatMap((text) => (text ? [text.slice(0, 300)] : [])).join(': ');
  if (error === 'access_denied') throw new InputError('consent-denied', `no consent was given at ${site.name}; nothing was connected`);
  if (words !== '') throw new InputError('consent-refused', `${site.name} gave no consent: ${words}`);
  if (!code) throw new InputError('consent-refused', `${site.name} sent no code along; start again`);
  return code;
}

function refusal({ means, words }: TokenFailure, { site }: OAuthApp): InputError {
  if (means === 'consent-needed') {
    return new InputError(
      'consent-refused',
      `${site.name} does not take the code (${words}): it was used before or is too old; start again`,
    );
  }
  if (means === 'configuration') {
    return new InputError('app-refused', `${site.name} does not know our app as it is set here (${words}); the operator has to look`);
  }
  return new InputError('package-unreachable', `${site.name} does not answer as it should (${words}); start again in a moment`);
}

async function moveTroubled(manager: EntityManager, consentId: string, refs: readonly string[]): Promise<string[]> {
  const [moved] = (await manager.query(
    `UPDATE connection SET consent_id = fresh.id, credentials = NULL, trouble = NULL, trouble_since = NULL
       FROM administration, consent AS fresh
      WHERE administration.id = connection.administration_id AND fresh.id = $1
        AND administration.package = fresh.package AND administration.package_ref = ANY ($2::text[])
        AND (connection.trouble IS NOT NULL
             OR EXISTS (SELECT FROM consent AS old WHERE old.id = connection.consent_id AND old.trouble IS NOT NULL))
        AND NOT EXISTS (SELECT FROM consent AS old WHERE old.id = connection.consent_id AND old.site <> fresh.site)
     RETURNING connection.administration_id::text AS id`,
    [consentId, refs],
  )) as [{ id: string }[], number];
  return moved.map(({ id }) => id).sort();
}

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();
