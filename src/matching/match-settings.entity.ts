import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../platform/database/columns.js';
import type { SettingsOverride } from './rules/settings-override.js';

/** What an administration set of its matching. */
@Entity('match_settings')
export class MatchSettingsEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  /** Only what differs from the defaults. */
  @Column('jsonb') settings: SettingsOverride;
  @Column({ ...instant, name: 'changed_at' }) changedAt: Date;
  @Column('text', { name: 'changed_by' }) changedBy: string;
}
