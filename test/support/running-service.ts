import type { Clock } from '../../src/kernel/clock.js';
import { ApiKeys } from '../../src/platform/auth/api-keys.js';
import type { Settings } from '../../src/platform/config/settings.js';
import { Tenancy } from '../../src/platform/database/tenancy.js';
import { memoryQuotas } from '../../src/platform/outgoing/quota.js';
import type { Sleep } from '../../src/platform/outgoing/sleep.js';
import { ApiClient } from '../../src/sandbox/demo/api-client.js';
import type { Service } from '../../src/service.js';
import { testService } from './test-service.js';

/** The real service, listening on a port of its own in this process. */
export interface RunningService {
  readonly service: Service;
  readonly url: string;
  /** A key that opens what it connects. */
  readonly key: string;
  readonly api: ApiClient;
  readonly keys: ApiKeys;
  readonly tenancy: Tenancy;
  stop(): Promise<void>;
}

/**
 * Starts it on a database of its own ({@link testService}). Waiting for a vendor takes no time; limits run by the real
 * clock, unless `wire` has one that waiting moves.
 */
export async function startService(
  clock: Clock,
  given: Pick<Settings, 'moneybirdUrl' | 'smtpUrl'> & Partial<Settings>,
  wire: { readonly clock: Clock; readonly sleep: Sleep } = { clock: { now: () => new Date() }, sleep: async () => undefined },
): Promise<RunningService> {
  const service = await testService(given, { clock, outgoing: () => ({ quotas: memoryQuotas(wire), sleep: wire.sleep }) });
  const url = await service.listen();
  const keys = service.app.get(ApiKeys);
  const key = await keys.issue('test', []);
  return {
    service,
    url,
    key,
    api: new ApiClient(url, key),
    keys,
    tenancy: service.app.get(Tenancy),
    stop: () => service.close(),
  };
}
