import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant } from '../platform/database/columns.js';
import type { PolicyText } from './policy-files.js';

/** The texts of a policy as it stood when acts were decided with it, named by what they say. Never changed. */
@Entity('policy_version')
export class PolicyVersionEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  /** SHA-256 of the texts, hexadecimal. */
  @PrimaryColumn('char', { length: 64 }) digest: string;
  @Column('text') name: string;
  @Column('text') version: string;
  @Column('jsonb') files: PolicyText;
  @Column({ ...instant, name: 'first_used_at' }) firstUsedAt: Date;
}
