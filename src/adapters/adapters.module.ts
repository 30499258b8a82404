import { Module } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { Clock } from '../kernel/clock.js';
import type { Settings } from '../platform/config/settings.js';
import { Tenancy } from '../platform/database/tenancy.js';
import { Jobs } from '../platform/jobs/jobs.service.js';
import type { Logger } from '../platform/observability/logger.js';
import { type Lanes, memoryLanes, sharedLanes } from '../platform/outgoing/lanes.js';
import { type Outgoing } from '../platform/outgoing/outgoing.js';
import { CLOCK, DATA_SOURCE, LOGGER, OUTGOING, SETTINGS } from '../platform/platform.module.js';
import { Sealer } from '../platform/secrets/sealer.js';
import { ConnectService } from './connect.service.js';
import { ConnectionController, ConnectionsController } from './connections.controller.js';
import { CALLBACK_PATH } from './consent/callback-path.js';
import { ConsentsController } from './consent/consents.controller.js';
import { Consents } from './consent/consents.service.js';
import { type OAuthApp, OAuthApps } from './consent/oauth-apps.js';
import type { OAuthVendor } from './consent/oauth-vendor.js';
import { StoredTokens } from './consent/stored-tokens.js';
import { TokenEndpoint } from './consent/token-endpoint.js';
import { createExactOnline } from './exact-online/exact-online.js';
import { exactOnlineOAuth } from './exact-online/oauth.js';
import { ExactOnlineWebhooksController, webhookPath } from './exact-online/webhooks.controller.js';
import { createMoneybird } from './moneybird/moneybird.js';
import { moneybirdOAuth } from './moneybird/oauth.js';
import { MoneybirdWebhooksController, webhookPath as moneybirdWebhookPath } from './moneybird/webhooks.controller.js';
import { PackageEvents } from './package-events.service.js';
import { type Access, type PackageFactory, Packages } from './packages.js';
import { PullService } from './pull.service.js';
import { Clusters } from './twinfield/clusters.js';
import { twinfieldOAuth } from './twinfield/oauth.js';
import { createTwinfield, twinfieldSender } from './twinfield/twinfield.js';
import { TWINFIELD } from './twinfield/vendor.js';
import { WebhookStore } from './webhook-store.js';

/** The adapters there are, by the name administrations are connected under. */
const factories = (
  settings: Settings,
  clock: Clock,
  { quotas, sleep }: Outgoing,
  lanes: Lanes,
  apps: OAuthApps,
): ReadonlyMap<string, PackageFactory> =>
  new Map<string, PackageFactory>([
    [
      'moneybird',
      ({ token, connection }) => {
        const webhook = moneybirdWebhook(settings.publicUrl, connection);
        return createMoneybird({ baseUrl: settings.moneybirdUrl, token, quota: quotas, clock, sleep, webhook });
      },
    ],
    [
      'exact-online',
      ({ token, site }) => {
        const app = apps.find('exact-online', site ?? '');
        const { exactOnlineDayLimit: requestsPerDay, exactOnlineBlocks: blockHandedOver, exactOnlineBlocksOnHold } = settings;
        return createExactOnline({
          ...{ origin: app.site.origin, clientId: app.client.id, requestsPerDay, blockHandedOver },
          blockOnCreditHold: exactOnlineBlocksOnHold,
          webhookUrl: webhookUrl(settings.publicUrl, app),
          ...{ token, quotas, lanes, clock, sleep },
        });
      },
    ],
    ['twinfield', twinfieldFactory(settings, clock, { quotas, sleep }, lanes, apps)],
  ]);

/** Its offices share a consent: where tokens are good, and whose turn it is, is known to all of this process. */
function twinfieldFactory(settings: Settings, clock: Clock, { quotas, sleep }: Outgoing, lanes: Lanes, apps: OAuthApps): PackageFactory {
  const loginOrigin = settings.twinfieldUrl ?? TWINFIELD.loginOrigin;
  const send = twinfieldSender();
  const clusters = new Clusters({ loginOrigin, send, sleep, random: Math.random, attempts: 4 });
  const turns = memoryLanes();
  const { twinfieldCertified, twinfieldHandoverUser: handoverUser, twinfieldWritesOff: writesOff, twinfieldActions: actions } = settings;
  // How long a comment may be in each office, learned once per process.
  const commentLimits = new Map<string, number>();
  const tier = twinfieldCertified ? 'certified' : 'uncertified';
  return ({ token, site, connection }) => {
    const clientId = apps.find('twinfield', site ?? '').client.id;
    return createTwinfield({
      bankImports: { ibans: connection?.statementIbans ?? [] },
      loginOrigin,
      clientId,
      tier,
      handoverUser,
      writesOff,
      actions,
      commentLimits,
      clusters,
      turns,
      token,
      quotas,
      lanes,
      clock,
      sleep,
      send,
    });
  };
}

/** Vendors tell only addresses with https, and what they tell is worth nothing unless it is signed. */
const webhookUrl = (publicUrl: string, { site, client }: OAuthApp): string | null =>
  publicUrl.startsWith('https://') && client.webhookSecret !== undefined ? `${publicUrl}${webhookPath(site.code)}` : null;

/** One for each connection, whose secret is kept with it. */
const moneybirdWebhook = (publicUrl: string, connection: Access['connection']) =>
  publicUrl.startsWith('https://') && connection !== null
    ? { url: `${publicUrl}${moneybirdWebhookPath(connection.administrationId)}`, memory: connection.webhook }
    : null;

/** Several instances on one PostgreSQL mind each other; the embedded one serves this process alone. */
const lanesOn = (dataSource: DataSource, settings: Settings): Lanes =>
  settings.databaseUrl === null
    ? memoryLanes()
    : sharedLanes(async () => {
        const session = dataSource.createQueryRunner();
        await session.connect();
        return session;
      });

/** The packages people give consent at. */
const vendors = (settings: Settings): readonly OAuthVendor[] => [
  moneybirdOAuth(settings.moneybirdUrl),
  exactOnlineOAuth(settings.exactOnlineUrl ?? null),
  twinfieldOAuth({ standIn: settings.twinfieldUrl ?? null, matchTrail: settings.twinfieldMatchTrail ?? false }),
];

const oauthApps = (settings: Settings): OAuthApps => {
  const clients = settings.oauthClients ?? [];
  return new OAuthApps(vendors(settings), (name, site) => clients.find((one) => one.package === name && one.site === site) ?? null);
};

@Module({
  controllers: [
    ConnectionsController,
    ConnectionController,
    ConsentsController,
    ExactOnlineWebhooksController,
    MoneybirdWebhooksController,
  ],
  providers: [
    { provide: OAuthApps, useFactory: oauthApps, inject: [SETTINGS] },
    // Tokens age by the clock of outgoing traffic, which in a demo is not that of the books.
    { provide: TokenEndpoint, useFactory: ({ quotas }: Outgoing) => new TokenEndpoint(quotas.clock), inject: [OUTGOING] },
    {
      provide: StoredTokens,
      useFactory: (sealer: Sealer, apps: OAuthApps, endpoint: TokenEndpoint, clock: Clock, logger: Logger) =>
        new StoredTokens(sealer, apps, endpoint, clock, logger),
      inject: [Sealer, OAuthApps, TokenEndpoint, CLOCK, LOGGER],
    },
    {
      provide: WebhookStore,
      useFactory: (tenancy: Tenancy, sealer: Sealer, clock: Clock) => new WebhookStore(tenancy, sealer, clock),
      inject: [Tenancy, Sealer, CLOCK],
    },
    {
      provide: Packages,
      useFactory: (
        tenancy: Tenancy,
        sealer: Sealer,
        settings: Settings,
        clock: Clock,
        outgoing: Outgoing,
        tokens: StoredTokens,
        webhooks: WebhookStore,
        apps: OAuthApps,
        dataSource: DataSource,
      ) =>
        new Packages(tenancy, sealer, clock, tokens, webhooks, factories(settings, clock, outgoing, lanesOn(dataSource, settings), apps)),
      inject: [Tenancy, Sealer, SETTINGS, CLOCK, OUTGOING, StoredTokens, WebhookStore, OAuthApps, DATA_SOURCE],
    },
    { provide: PullService, useFactory: (tenancy: Tenancy, clock: Clock) => new PullService(tenancy, clock), inject: [Tenancy, CLOCK] },
    {
      provide: ConnectService,
      useFactory: (tenancy: Tenancy, clock: Clock, packages: Packages) => new ConnectService(tenancy, clock, packages),
      inject: [Tenancy, CLOCK, Packages],
    },
    {
      provide: PackageEvents,
      useFactory: (tenancy: Tenancy, jobs: Jobs, packages: Packages, pulls: PullService, logger: Logger, connections: ConnectService) =>
        new PackageEvents(tenancy, jobs, packages, pulls, logger, connections),
      inject: [Tenancy, Jobs, Packages, PullService, LOGGER, ConnectService],
    },
    {
      provide: Consents,
      useFactory: (
        tenancy: Tenancy,
        sealer: Sealer,
        clock: Clock,
        logger: Logger,
        apps: OAuthApps,
        endpoint: TokenEndpoint,
        connections: ConnectService,
        { publicUrl }: Settings,
      ) => new Consents({ tenancy, sealer, clock, logger }, { apps, endpoint, callbackUrl: `${publicUrl}${CALLBACK_PATH}` }, connections),
      inject: [Tenancy, Sealer, CLOCK, LOGGER, OAuthApps, TokenEndpoint, ConnectService, SETTINGS],
    },
  ],
  exports: [Packages, PackageEvents, PullService, ConnectService, Consents],
})
export class AdaptersModule {}
