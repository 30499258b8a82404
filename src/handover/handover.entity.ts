import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant, optionalText, texts } from '../platform/database/columns.js';
import type { Agency, Registration } from './rules/readiness/agency.js';

/** `unproven`: nobody has shown yet that the endpoint is theirs. `disabled`: nothing is sent until a person enables it. */
export type AgencyState = 'unproven' | 'active' | 'disabled';

/** A collector that claims of an administration may be handed to, and its endpoint. */
@Entity('agency')
export class AgencyEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('text') name: string;
  @Column('text') kind: Agency['kind'];
  @Column(texts) segments: ('B2B' | 'B2C')[];
  @Column('jsonb') registrations: Registration[];
  @Column('text') url: string;
  @Column('bytea') keys: Buffer;
  @Column('text') state: AgencyState;
  @Column({ ...optionalText, name: 'state_because' }) stateBecause: string | null;
  @Column({ ...instant, name: 'created_at' }) createdAt: Date;
}

/** One try of one delivery. `begun`: nothing is known of it, so it may have arrived. */
@Entity('webhook_attempt')
export class WebhookAttemptEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('uuid', { name: 'effect_id' }) effectId: string;
  @PrimaryColumn('integer') number: number;
  @Column('text', { name: 'webhook_id' }) webhookId: string;
  @Column(instant) at: Date;
  @Column('char', { name: 'body_sha256', length: 64 }) bodySha256: string;
  @Column('text', { name: 'key_ids', array: true }) keyIds: string[];
  @Column('text') outcome: 'begun' | 'answer' | 'no-answer' | 'refused';
  @Column('boolean', { name: 'may_have_arrived' }) mayHaveArrived: boolean;
  @Column('integer', { nullable: true }) status: number | null;
  @Column(optionalText) address: string | null;
  @Column('integer', { name: 'duration_ms', nullable: true }) durationMs: number | null;
  @Column(optionalText) detail: string | null;
}
