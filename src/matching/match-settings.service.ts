import type { Clock } from '../kernel/clock.js';
import { type Result, ok } from '../kernel/result.js';
import type { Tenancy } from '../platform/database/tenancy.js';
import { MatchSettingsRepository } from './match-settings.repository.js';
import { DEFAULT_SETTINGS, type MatchSettings } from './rules/settings.js';
import { type SettingsOverride, withOverride } from './rules/settings-override.js';
import { LedgerRepository } from '../ledger/ledger.repository.js';

export interface AdministrationSettings {
  readonly settings: MatchSettings;
  /** What differs from the defaults. */
  readonly override: SettingsOverride;
  /** Of the amounts in them. */
  readonly currency: string;
}

/** Thresholds and tolerances of each administration's matching. */
export class MatchSettingsService {
  constructor(
    private readonly tenancy: Tenancy,
    private readonly clock: Clock,
  ) {}

  async get(administrationId: string): Promise<AdministrationSettings> {
    return this.tenancy.within(administrationId, async (manager) => {
      const repository = new MatchSettingsRepository(manager, administrationId);
      const { currency } = await new LedgerRepository(manager).administration(administrationId);
      return { settings: await repository.settings(), override: await repository.override(), currency };
    });
  }

  /** Sets them in place of what was set before; what is not given is the default again. They count from the next matching on. */
  async set(administrationId: string, override: SettingsOverride, by: string): Promise<Result<AdministrationSettings>> {
    const settings = withOverride(DEFAULT_SETTINGS, override);
    if (!settings.ok) return settings;
    await this.tenancy.within(administrationId, (manager) =>
      new MatchSettingsRepository(manager, administrationId).store(override, by, this.clock.now()),
    );
    return ok(await this.get(administrationId));
  }
}
