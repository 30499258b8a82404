import type { Settings } from '../../src/platform/config/settings.js';
import { type Service, type ServiceOptions, createService } from '../../src/service.js';
import { nativeDatabase } from './native-database.js';

/**
 * The real service in this process, not yet listening. On a database of its own, gone when it is closed: embedded and in memory, or, when
 * `TEGOED_TEST_DATABASE_URL` names a PostgreSQL, one made there. A test that names a data folder gets the embedded one in it.
 */
export async function testService(given: Partial<Settings>, options: ServiceOptions): Promise<Service> {
  const native = typeof given.dataFolder === 'string' ? null : await nativeDatabase();
  try {
    const service = await createService(
      {
        databaseUrl: native === null ? null : native.url,
        dataFolder: null,
        secretKey: undefined,
        host: '127.0.0.1',
        port: 0,
        publicUrl: 'http://127.0.0.1',
        // Nobody is there.
        moneybirdUrl: 'http://127.0.0.1:9',
        smtpUrl: 'smtp://127.0.0.1:9',
        role: 'service',
        logLevel: 'silent',
        dayAt: '06:30',
        ...given,
      },
      options,
    );
    return {
      ...service,
      close: async () => {
        await service.close();
        await native?.drop();
      },
    };
  } catch (cause) {
    await native?.drop();
    throw cause;
  }
}
