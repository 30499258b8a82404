import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PlainDate } from '../kernel/plain-date.js';
import {
  day,
  instant,
  minor,
  optionalDay,
  optionalInstant,
  optionalJson,
  optionalMinor,
  optionalText,
  texts,
} from '../platform/database/columns.js';

export type StatementMessageName = 'camt.053' | 'camt.052' | 'camt.054' | 'mt940';

/** A bank statement as it was imported: one account, one period, or one page of it. */
@Entity('statement')
export class StatementEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'file_name' }) fileName: string;
  @Column('text', { name: 'file_sha256' }) fileSha256: string;
  @Column({ ...optionalText, name: 'bank_id' }) bankId: string | null;
  @Column('text') iban: string;
  @Column('char', { length: 3 }) currency: string;
  @Column({ ...optionalDay, name: 'from_date' }) fromDate: PlainDate | null;
  @Column({ ...day, name: 'through_date' }) throughDate: PlainDate;
  @Column(optionalMinor) opening: number | null;
  @Column(optionalMinor) closing: number | null;
  @Column('boolean', { nullable: true }) reconciles: boolean | null;
  @Column('text', { name: 'content_hash' }) contentHash: string;
  @Column({ ...instant, name: 'imported_at' }) importedAt: Date;
  /** Null: not from a bank but said by a book file. Only `camt.053` and `mt940` settle. */
  @Column(optionalText) message: StatementMessageName | null;
  @Column({ ...optionalMinor, name: 'sequence' }) sequence: number | null;
  @Column('integer', { nullable: true }) page: number | null;
  @Column('boolean', { name: 'last_page', nullable: true }) lastPage: boolean | null;
  /** When the bank made it. */
  @Column({ ...optionalInstant, name: 'created_at' }) createdAt: Date | null;
  /** Sums of the booked entries, without sign. */
  @Column({ ...minor, default: 0 }) credited: number;
  @Column({ ...minor, default: 0 }) debited: number;
  @Column('boolean', { name: 'opening_interim', default: false }) openingInterim: boolean;
  @Column('boolean', { name: 'closing_interim', default: false }) closingInterim: boolean;
  /** Closing minus what opening and entries come to, as decimal text; null: cannot be said. */
  @Column(optionalText) difference: string | null;
  @Column('integer', { default: 0 }) lines: number;
  /** The version of it that the bank made later. */
  @Column('uuid', { name: 'superseded_by', nullable: true }) supersededBy: string | null;
}

/** What is missing or contradictory among the statements of an account. */
@Entity('statement_finding')
export class StatementFindingEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('text') iban: string;
  @Column('text') kind: string;
  @Column('text') message: string;
  /** Days after it are not known whole, and hold the day; null: to be looked at, holds nothing. */
  @Column({ ...optionalDay, name: 'known_through' }) knownThrough: PlainDate | null;
  @Column({ ...instant, name: 'found_at' }) foundAt: Date;
  /** A person said that it is as it should be: it holds nothing any more. */
  @Column({ ...optionalInstant, name: 'accepted_at' }) acceptedAt: Date | null;
}

export type LineOutcome = 'unworked' | 'matched' | 'proposed' | 'unmatched' | 'not-a-receipt';

/** One transaction of a booked entry. `identity` names booking and part; `detail` is the reader's entry with this transaction. */
@Entity('bank_line')
export class BankLineEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'statement_id' }) statementId: string;
  @Column('text') identity: string;
  @Column('integer') position: number;
  @Column({ ...day, name: 'booked_on' }) bookedOn: PlainDate;
  @Column(minor) amount: number;
  @Column('char', { length: 3 }) currency: string;
  @Column({ ...optionalText, name: 'counterparty_name' }) counterpartyName: string | null;
  @Column({ ...optionalText, name: 'counterparty_iban' }) counterpartyIban: string | null;
  @Column('text') description: string;
  @Column('jsonb') detail: object;
  @Column('text', { default: 'unworked' }) outcome: LineOutcome;
  @Column({ ...optionalText, name: 'debtor_id' }) debtorId: string | null;
  @Column('real', { nullable: true }) confidence: number | null;
  @Column(optionalJson) proposal: object | null;
  @Column(texts) because: string[];
  /** The key of the person who decided last; null: the engine did. */
  @Column({ ...optionalText, name: 'decided_by' }) decidedBy: string | null;
  @Column({ ...optionalInstant, name: 'decided_at' }) decidedAt: Date | null;
  @Column({ ...optionalText, name: 'decided_why' }) decidedWhy: string | null;
  /** The account; null, as the next three: said by a book file. */
  @Column(optionalText) iban: string | null;
  /** Shared by the lines of one entry, and with the reports of it (`statement_line`). */
  @Column('uuid', { name: 'booking_id', nullable: true }) bookingId: string | null;
  @Column('integer', { default: 0 }) part: number;
  @Column(optionalText) likeness: string | null;
  /** The earlier line this one is booked as taking back. */
  @Column('uuid', { name: 'return_of', nullable: true }) returnOf: string | null;
}
