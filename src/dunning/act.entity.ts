import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PlainDate } from '../kernel/plain-date.js';
import { day, instant, minor, optionalDay, optionalText, texts } from '../platform/database/columns.js';
import type { ActState } from './rules/act-states.js';

/** One decision that wants to be carried out, with everything it was decided on. */
@Entity('act')
export class ActEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('uuid') id: string;
  @Column(day) day: PlainDate;
  @Column('text') mode: 'shadow' | 'live';
  @Column('text') state: ActState;
  @Column('text', { name: 'debtor_id' }) debtorId: string;
  @Column('text') kind: string;
  @Column('text') step: string;
  @Column(optionalText) channel: string | null;
  @Column('char', { length: 3 }) currency: string;
  @Column(minor) total: number;
  @Column(texts) because: string[];
  /** The act as `tegoed plan` prints it. */
  @Column('jsonb') decision: object;
  @Column('text', { name: 'policy_name' }) policyName: string;
  @Column('text', { name: 'policy_version' }) policyVersion: string;
  /** The texts of that policy, in `policy_version`; null: not kept. */
  @Column('char', { name: 'policy_digest', length: 64, nullable: true }) policyDigest: string | null;
  /** The debtor's facts it was decided on, a `tegoed.book/1` of one debtor. */
  @Column('jsonb') snapshot: object;
  /** The day decision and snapshot are of: a message is decided again when it is sent. Null: the act's own day. */
  @Column({ ...optionalDay, name: 'decided_for' }) decidedFor: PlainDate | null;
  @Column({ ...instant, name: 'decided_at' }) decidedAt: Date;
  /** Why it was cancelled, failed, or is uncertain. */
  @Column({ ...optionalText, name: 'ended_because' }) endedBecause: string | null;
  /** A person rejected it, or said that it did not go out: its step is not proposed to this debtor before this day. */
  @Column({ ...optionalDay, name: 'not_again_before' }) notAgainBefore: PlainDate | null;
}

/** An item of an act. The database lets an item have a step once. */
@Entity('act_item')
export class ActItemEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('uuid', { name: 'act_id' }) actId: string;
  @PrimaryColumn('text', { name: 'invoice_id' }) invoiceId: string;
  @Column('text') step: string;
  @Column('boolean') repeats: boolean;
  @Column('boolean') live: boolean;
}
