import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant, optionalInstant } from '../../platform/database/columns.js';

/** A link that gives one document of a case once. */
@Entity('document_link')
export class DocumentLinkEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('uuid', { name: 'case_id' }) caseId: string;
  @PrimaryColumn('uuid', { name: 'document_id' }) documentId: string;
  @Column('uuid', { name: 'agency_id' }) agencyId: string;
  @Column('char', { name: 'token_sha256', length: 64 }) tokenSha256: string;
  @Column({ ...instant, name: 'expires_at' }) expiresAt: Date;
  @Column({ ...optionalInstant, name: 'used_at' }) usedAt: Date | null;
}
