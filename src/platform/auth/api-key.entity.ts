import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant, optionalInstant, optionalMinor } from '../database/columns.js';
import type { Role } from './rules/authority.js';

/** A key for the HTTP API: opens the administrations it names and no others. Only the hash of its secret is kept. */
@Entity('api_key')
export class ApiKeyEntity {
  @PrimaryColumn('text') id: string;
  @Column('text') name: string;
  @Column('bytea', { name: 'secret_hash' }) secretHash: Buffer;
  @Column('uuid', { name: 'administration_ids', array: true }) administrationIds: string[];
  @Column('text', { default: 'owner' }) role: Role;
  /** The most it may release above a limit, or raise one by, in minor units; null: no maximum of its own. */
  @Column({ ...optionalMinor, name: 'release_up_to' }) releaseUpTo: number | null;
  @Column({ ...instant, name: 'created_at' }) createdAt: Date;
  @Column({ ...optionalInstant, name: 'revoked_at' }) revokedAt: Date | null;
}
