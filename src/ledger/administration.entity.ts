import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant, optionalInstant, optionalJson, optionalText, texts } from '../platform/database/columns.js';
import type { ControlTotal } from './rules/control-total.js';
import type { RemindedBy } from './rules/reminded-by.js';

/** off: nothing happens; shadow: everything is decided and shown, nothing leaves; live: it leaves. */
export type Mode = 'off' | 'shadow' | 'live';

/** Who the letters come from. */
export interface Sender {
  readonly name: string;
  readonly address: readonly string[];
  readonly email: string;
  readonly replyTo: string | null;
  readonly phone: string | null;
  readonly vatId: string | null;
  readonly iban: string;
  readonly bic: string | null;
}

@Entity('administration')
export class AdministrationEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') name: string;
  @Column('char', { length: 2 }) country: string;
  @Column('char', { length: 3 }) currency: string;
  @Column('text') language: string;
  @Column(texts) ibans: string[];
  @Column('boolean', { name: 'vat_deductible' }) vatDeductible: boolean;
  @Column(optionalJson) registry: { scheme: string; id: string } | null;
  @Column('jsonb') sender: Sender;
  @Column('text') package: string;
  @Column('text', { name: 'package_ref' }) packageRef: string;
  @Column('text') mode: Mode;
  @Column('text') policy: string;
  /** Who reminds the customers; null: nobody has chosen yet, and it cannot go live. */
  @Column({ ...optionalText, name: 'reminded_by', default: 'tegoed' }) remindedBy: RemindedBy | null;
  /** Names of the schedules by which the package reminded by itself when it was connected. */
  @Column({ ...texts, name: 'native_reminders' }) nativeReminders: string[];
  /** What the package's own reminders can be stopped for; null: they cannot. */
  @Column({ ...optionalText, name: 'reminds_per' }) remindsPer: 'item' | 'debtor' | null;
  /** What a person stopped in the package is not reminded of here either. */
  @Column('boolean', { name: 'respects_pauses', default: true }) respectsPauses: boolean;
  @Column({ ...optionalJson, name: 'pull_cursor' }) pullCursor: object | null;
  @Column({ ...optionalInstant, name: 'pulled_at' }) pulledAt: Date | null;
  /** Null: the package has no figure of its own. */
  @Column({ ...optionalJson, name: 'control_total' }) controlTotal: ControlTotal | null;
  /** The DSO it wants to reach, in days; null: none was set. */
  @Column('integer', { name: 'target_dso', nullable: true }) targetDso: number | null;
  @Column({ ...instant, name: 'created_at' }) createdAt: Date;
}

/** How to reach the package of an administration: by credentials of its own, sealed (platform/secrets), or by a consent. */
@Entity('connection')
export class ConnectionEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @Column('bytea', { nullable: true }) credentials: Buffer | null;
  @Column('uuid', { name: 'consent_id', nullable: true }) consentId: string | null;
  /** The webhook made for it at the package, sealed like credentials; null: none. */
  @Column('bytea', { nullable: true }) webhook: Buffer | null;
  /** Why the package no longer lets us in; null while it does. A consent has its own. */
  @Column(optionalText) trouble: string | null;
  @Column({ ...optionalInstant, name: 'trouble_since' }) troubleSince: Date | null;
  /** Bank statements imported from this moment on are sent to the package; null: none is. */
  @Column({ ...optionalInstant, name: 'statements_from' }) statementsFrom: Date | null;
  @Column({ ...instant, name: 'created_at' }) createdAt: Date;
}
