import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PlainDate } from '../kernel/plain-date.js';
import { day, instant, optionalInstant, optionalText } from '../platform/database/columns.js';

/** A message that did not arrive at one address: a mail that bounced, a letter that came back. */
@Entity('returned_contact')
export class ReturnedContactEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('text', { name: 'contact_id' }) contactId: string;
  /** Of an e-mail in lower case; of a letter as one line, empty where nobody wrote it down. */
  @PrimaryColumn('text') address: string;
  @Column('text', { name: 'debtor_id' }) debtorId: string;
  @Column('text') channel: 'email' | 'letter';
  /** It arrived at no other address of the debtor either: then it is no contact. */
  @Column('boolean') undelivered: boolean;
  @Column({ ...day, name: 'returned_on' }) returnedOn: PlainDate;
  @Column(optionalText) note: string | null;
  @Column('text', { name: 'noted_by' }) notedBy: string;
  @Column({ ...instant, name: 'noted_at' }) notedAt: Date;
  /** From then on the address counts as good: a person said so, or the package has another. */
  @Column({ ...optionalInstant, name: 'good_again_at' }) goodAgainAt: Date | null;
}
