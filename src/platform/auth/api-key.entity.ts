import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant, optionalInstant } from '../database/columns.js';

/** A key for the HTTP API: opens the administrations it names and no others. Only the hash of its secret is kept. */
@Entity('api_key')
export class ApiKeyEntity {
  @PrimaryColumn('text') id: string;
  @Column('text') name: string;
  @Column('bytea', { name: 'secret_hash' }) secretHash: Buffer;
  @Column('uuid', { name: 'administration_ids', array: true }) administrationIds: string[];
  @Column({ ...instant, name: 'created_at' }) createdAt: Date;
  @Column({ ...optionalInstant, name: 'revoked_at' }) revokedAt: Date | null;
}
