import type { EntityManager } from 'typeorm';
import { unwrap } from '../kernel/result.js';
import { MatchSettingsEntity } from './match-settings.entity.js';
import { DEFAULT_SETTINGS, type MatchSettings } from './rules/settings.js';
import { type SettingsOverride, withOverride } from './rules/settings-override.js';

/** The settings of an administration's matching; inside a unit of work of it. */
export class MatchSettingsRepository {
  constructor(
    private readonly manager: EntityManager,
    private readonly administrationId: string,
  ) {}

  /** What it set itself; empty: nothing. */
  async override(): Promise<SettingsOverride> {
    return (await this.manager.findOneBy(MatchSettingsEntity, { administrationId: this.administrationId }))?.settings ?? {};
  }

  async settings(): Promise<MatchSettings> {
    return unwrap(withOverride(DEFAULT_SETTINGS, await this.override()));
  }

  async store(settings: SettingsOverride, changedBy: string, changedAt: Date): Promise<void> {
    await this.manager.upsert(
      MatchSettingsEntity,
      { administrationId: this.administrationId, settings: settings as never, changedAt, changedBy },
      ['administrationId'],
    );
  }
}
