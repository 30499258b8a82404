import { describe, expect, it } from '@jest/globals';
import { readOAuthClients } from './oauth-clients.js';

describe('our apps at the packages', () => {
  it('are read by package and site', () => {
    const { clients, mistakes } = readOAuthClients({
      MONEYBIRD_CLIENT_ID: 'm',
      MONEYBIRD_CLIENT_SECRET: 'ms',
      EXACT_ONLINE_NL_CLIENT_ID: 'n',
      EXACT_ONLINE_NL_CLIENT_SECRET: 'ns',
      EXACT_ONLINE_NL_WEBHOOK_SECRET: 'nw',
      EXACT_ONLINE_COM_CLIENT_ID: 'c',
      EXACT_ONLINE_COM_CLIENT_SECRET: 'cs',
      OTHER_CLIENT_ID: 'not ours',
      TWINFIELD_CLIENT_ID: '',
    });
    expect(mistakes).toEqual([]);
    expect(clients).toEqual([
      { package: 'moneybird', site: 'main', id: 'm', secret: 'ms' },
      { package: 'exact-online', site: 'nl', id: 'n', secret: 'ns', webhookSecret: 'nw' },
      { package: 'exact-online', site: 'com', id: 'c', secret: 'cs' },
    ]);
  });

  it('want an id and a secret', () => {
    expect(readOAuthClients({ EXACT_ONLINE_NL_WEBHOOK_SECRET: 'w' }).mistakes).toHaveLength(1);
    expect(readOAuthClients({ TWINFIELD_CLIENT_SECRET: 's' })).toEqual({
      clients: [],
      mistakes: ['TWINFIELD_CLIENT_ID and TWINFIELD_CLIENT_SECRET belong together: one of them is missing'],
    });
  });
});
