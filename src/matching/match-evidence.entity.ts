import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant, optionalInstant, optionalText } from '../platform/database/columns.js';

export type EvidenceKind = 'iban-link' | 'neutral-iban' | 'prefix' | 'undone';

/** One thing a person's decision taught. Revoked, never removed; what counts is what is not revoked. */
@Entity('match_evidence')
export class MatchEvidenceEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('text') kind: EvidenceKind;
  @Column(optionalText) iban: string | null;
  @Column({ ...optionalText, name: 'debtor_id' }) debtorId: string | null;
  @Column(optionalText) written: string | null;
  @Column(optionalText) series: string | null;
  @Column({ ...optionalText, name: 'invoice_id' }) invoiceId: string | null;
  /** The line it was learned from; null: a person said it outright. */
  @Column('uuid', { name: 'bank_line_id', nullable: true }) bankLineId: string | null;
  @Column({ ...instant, name: 'learned_at' }) learnedAt: Date;
  @Column('text', { name: 'learned_by' }) learnedBy: string;
  @Column({ ...optionalInstant, name: 'revoked_at' }) revokedAt: Date | null;
  @Column({ ...optionalText, name: 'revoked_by' }) revokedBy: string | null;
  @Column({ ...optionalText, name: 'revoked_why' }) revokedWhy: string | null;
}
