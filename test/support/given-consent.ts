import { randomUUID } from 'node:crypto';
import { ConsentRepository } from '../../src/adapters/consent/consent.repository.js';
import { OAuthApps } from '../../src/adapters/consent/oauth-apps.js';
import { TokenEndpoint } from '../../src/adapters/consent/token-endpoint.js';
import type { Clock } from '../../src/kernel/clock.js';
import { AdministrationEntity, ConnectionEntity } from '../../src/ledger/administration.entity.js';
import type { Tenancy } from '../../src/platform/database/tenancy.js';
import type { Sealer } from '../../src/platform/secrets/sealer.js';
import { administrationRow } from './rows.js';
import { type TokenServer, strictVendor } from './token-server.js';

export interface GivenConsent {
  readonly administrationId: string;
  readonly consentId: string;
}

/** Our app with a strict vendor. */
export const strictApps = (origin: string): OAuthApps =>
  new OAuthApps([strictVendor(origin, 'strict')], () => ({ id: 'app', secret: 'secret' }));

/** Stores a consent a user of the server just gave to the key, and an administration that is connected by it. */
export async function giveConsent(
  { tenancy, sealer, clock, keyId }: { tenancy: Tenancy; sealer: Sealer; clock: Clock; keyId: string },
  server: TokenServer,
): Promise<GivenConsent> {
  const [administrationId, consentId] = [randomUUID(), randomUUID()];
  server.user = consentId;
  const app = strictApps(server.url).find('strict', 'nl');
  const given = await new TokenEndpoint(clock).ask(app, { kind: 'code', code: server.code(), redirectUri: 'https://t.example' });
  if (!given.ok) throw new Error(given.error.words);
  await tenancy.ofKey({ keyId }, async (manager) => {
    const repository = new ConsentRepository(manager, sealer);
    const row = { id: consentId, package: 'strict', site: 'nl', subject: null };
    await repository.insert(row, given.value.tokens, clock.now(), clock.now());
    await repository.giveTo(consentId, keyId);
  });
  await tenancy.within(administrationId, async (manager) => {
    await manager.insert(AdministrationEntity, administrationRow({ id: administrationId, package: 'strict' }));
    await manager.insert(ConnectionEntity, { administrationId, consentId, credentials: null, trouble: null, createdAt: clock.now() });
  });
  return { administrationId, consentId };
}
