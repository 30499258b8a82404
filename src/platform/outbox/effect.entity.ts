import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant, optionalInstant, optionalJson, optionalText } from '../database/columns.js';
import type { EffectState } from './rules/effect-states.js';

/** `mail`: to a debtor; `push`: into the package; `notice`: a mail to whoever runs the administration; `webhook`: to an agency. */
export type EffectKind = 'mail' | 'push' | 'notice' | 'webhook';

/** One thing that has to leave the house, written in the same transaction as the decision it carries out. */
@Entity('effect')
export class EffectEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('text') kind: EffectKind;
  @Column('text') state: EffectState;
  /** Goes out with it and is read back before any repetition. */
  @Column('char', { length: 10 }) marker: string;
  @Column('uuid', { name: 'act_id', nullable: true }) actId: string | null;
  @Column({ ...optionalText, name: 'debtor_id' }) debtorId: string | null;
  @Column('jsonb') payload: object;
  @Column(optionalJson) result: object | null;
  @Column('integer', { default: 0 }) attempts: number;
  @Column('uuid', { name: 'claimed_by', nullable: true }) claimedBy: string | null;
  @Column({ ...optionalInstant, name: 'lease_until' }) leaseUntil: Date | null;
  @Column({ ...instant, name: 'not_before' }) notBefore: Date;
  @Column({ ...optionalText, name: 'last_error' }) lastError: string | null;
  @Column({ ...instant, name: 'created_at' }) createdAt: Date;
  @Column({ ...optionalInstant, name: 'ended_at' }) endedAt: Date | null;
}
