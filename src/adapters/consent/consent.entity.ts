import { Column, Entity, PrimaryColumn } from 'typeorm';
import { instant, optionalInstant, optionalText } from '../../platform/database/columns.js';

/** What a user of a package gave us by OAuth, good for all administrations he may enter there. Who reaches it: see the migration. */
@Entity('consent')
export class ConsentEntity {
  @PrimaryColumn('uuid') id: string;
  @Column('text') package: string;
  @Column('text') site: string;
  /** Digest of package, site and the vendor's user; null where the vendor keeps any number of consents of one user. */
  @Column(optionalText) subject: string | null;
  /** `Tokens` as JSON, sealed to the id. */
  @Column('bytea') tokens: Buffer;
  @Column({ ...instant, name: 'given_at' }) givenAt: Date;
  @Column({ ...instant, name: 'renewed_at' }) renewedAt: Date;
  /** Why only a person can open it again; null while it works. */
  @Column(optionalText) trouble: string | null;
  @Column({ ...optionalInstant, name: 'trouble_since' }) troubleSince: Date | null;
  /** Renewals that came to nothing since the last that worked. */
  @Column('integer') failures: number;
  @Column({ ...optionalInstant, name: 'not_before' }) notBefore: Date | null;
  /** Calls of the token endpoint in the 24 hours from `asksSince`. */
  @Column('integer') asks: number;
  @Column({ ...instant, name: 'asks_since' }) asksSince: Date;
}
