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
import type { Capacity, Channel, Dispute, Hold, HoldKind } from './rules/book.js';
import type { InvoiceHoldDetail, InvoiceHoldReason } from './rules/invoice-hold.js';
import type { DebtorOverrides } from './rules/debtor-overrides.js';

@Entity('debtor')
export class DebtorEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  /** The package's own id. */
  @PrimaryColumn('text') id: string;
  @Column(optionalText) number: string | null;
  @Column('text') name: string;
  @Column('text') capacity: Capacity;
  @Column('char', { length: 2 }) country: string;
  @Column(optionalText) language: string | null;
  @Column(texts) emails: string[];
  @Column(optionalText) phone: string | null;
  @Column(texts) ibans: string[];
  @Column({ ...optionalText, name: 'vat_id' }) vatId: string | null;
  @Column({ ...optionalText, name: 'registry_id' }) registryId: string | null;
  @Column({ ...optionalMinor, name: 'credit_limit' }) creditLimit: number | null;
  @Column('integer', { name: 'payment_term_days', nullable: true }) paymentTermDays: number | null;
  @Column('boolean', { name: 'large_company', default: false }) largeCompany: boolean;
  @Column({ ...optionalDay, name: 'customer_since' }) customerSince: PlainDate | null;
  @Column(optionalText) segment: string | null;
  @Column('jsonb', { default: [] }) holds: Hold[];
  @Column('boolean', { default: false }) archived: boolean;
  @Column({ ...optionalInstant, name: 'deleted_at' }) deletedAt: Date | null;
  @Column(optionalJson) raw: object | null;
  /** What a person set here; see `withOverrides`. */
  @Column('jsonb', { default: {} }) overrides: DebtorOverrides;
}

/** An open item of the package: an invoice or a credit note. `packageOpen` is what the package says is left, in minor units. */
@Entity('invoice')
export class InvoiceEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  /** The package's own id. */
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'debtor_id' }) debtorId: string;
  @Column('text') number: string;
  @Column('text') kind: 'invoice' | 'credit-note';
  @Column({ ...day, name: 'issue_date' }) issueDate: PlainDate;
  @Column({ ...day, name: 'due_date' }) dueDate: PlainDate;
  @Column(minor) amount: number;
  @Column({ ...minor, name: 'package_open' }) packageOpen: number;
  @Column('char', { length: 3 }) currency: string;
  @Column({ ...optionalText, name: 'payment_reference' }) paymentReference: string | null;
  @Column(optionalText) description: string | null;
  @Column('boolean', { default: false }) paused: boolean;
  /** When the package itself was first seen to say so; null: it says they run, or only we noted that they are stopped. */
  @Column({ ...optionalInstant, name: 'paused_since' }) pausedSince: Date | null;
  @Column('boolean', { default: false }) collecting: boolean;
  @Column('boolean', { name: 'written_off', default: false }) writtenOff: boolean;
  @Column(optionalJson) dispute: Dispute | null;
  /** A dispute that stands in the package, in its words; null: none. */
  @Column({ ...optionalText, name: 'package_dispute' }) packageDispute: string | null;
  @Column({ ...optionalDay, name: 'package_dispute_on' }) packageDisputeOn: PlainDate | null;
  @Column({ ...optionalDay, name: 'handed_over_on' }) handedOverOn: PlainDate | null;
  @Column({ ...optionalInstant, name: 'deleted_at' }) deletedAt: Date | null;
  @Column(optionalJson) raw: object | null;
}

/** What the package knows to have taken something off an invoice. */
@Entity('settlement')
export class SettlementEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('text', { name: 'invoice_id' }) invoiceId: string;
  /** The package's own id. */
  @PrimaryColumn('text') id: string;
  @Column({ ...day, name: 'settled_on' }) settledOn: PlainDate;
  @Column(minor) amount: number;
  @Column('text') kind: 'payment' | 'credit-note' | 'other';
  @Column(optionalText) marker: string | null;
}

/** A part of a bank line given to an invoice. Reversed, never removed. */
@Entity('allocation')
export class AllocationEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'bank_line_id' }) bankLineId: string;
  @Column('text', { name: 'invoice_id' }) invoiceId: string;
  @Column(minor) amount: number;
  @Column('char', { length: 10 }) marker: string;
  /** The package's payment it became there; null until known. */
  @Column({ ...optionalText, name: 'settlement_id' }) settlementId: string | null;
  @Column({ ...instant, name: 'allocated_at' }) allocatedAt: Date;
  /** The key of the person who gave it; null: the engine did. */
  @Column({ ...optionalText, name: 'allocated_by' }) allocatedBy: string | null;
  @Column({ ...optionalInstant, name: 'reversed_at' }) reversedAt: Date | null;
  @Column({ ...optionalText, name: 'reversed_by' }) reversedBy: string | null;
  @Column({ ...optionalText, name: 'reversed_why' }) reversedWhy: string | null;
}

/** A contact moment that took place. */
@Entity('contact')
export class ContactEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'debtor_id' }) debtorId: string;
  @Column('text', { name: 'invoice_ids', array: true }) invoiceIds: string[];
  @Column('text') step: string;
  @Column('text') kind: string;
  @Column('text') channel: string;
  @Column({ ...day, name: 'sent_on' }) sentOn: PlainDate;
  @Column({ ...optionalDay, name: 'received_on' }) receivedOn: PlainDate | null;
}

@Entity('promise')
export class PromiseEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'debtor_id' }) debtorId: string;
  @Column('text', { name: 'invoice_ids', array: true }) invoiceIds: string[];
  @Column({ ...day, name: 'made_on' }) madeOn: PlainDate;
  @Column({ ...day, name: 'due_date' }) dueDate: PlainDate;
  @Column(minor) amount: number;
  /** `book`: read from a book, whose next reading replaces it. */
  @Column('text', { default: 'book' }) origin: 'book' | 'dossier';
  /** Who gave his word, as the one who wrote it down calls him. */
  @Column({ ...optionalText, name: 'made_by' }) madeBy: string | null;
  @Column(optionalText) channel: Channel | null;
  /** As last judged; what counts is judged from the bank lines each time. */
  @Column('text', { default: 'open' }) state: string;
  @Column({ ...optionalDay, name: 'withdrawn_on' }) withdrawnOn: PlainDate | null;
}

@Entity('arrangement')
export class ArrangementEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('text') id: string;
  @Column('text', { name: 'debtor_id' }) debtorId: string;
  @Column('text', { name: 'invoice_ids', array: true }) invoiceIds: string[];
  @Column('jsonb') instalments: { dueDate: PlainDate; amount: number }[];
  @Column('text', { default: 'book' }) origin: 'book' | 'dossier';
  @Column({ ...optionalDay, name: 'made_on' }) madeOn: PlainDate | null;
  /** As last judged, and so each instalment in order of its day. */
  @Column('text', { default: 'running' }) state: string;
  @Column('text', { name: 'instalment_states', array: true, default: [] }) instalmentStates: string[];
  @Column({ ...optionalDay, name: 'withdrawn_on' }) withdrawnOn: PlainDate | null;
}

/** An objection to an invoice that was noted here. At most one of an invoice is unresolved. */
@Entity('dispute')
export class DisputeEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'invoice_id' }) invoiceId: string;
  @Column('text', { name: 'debtor_id' }) debtorId: string;
  @Column('text') code: string;
  @Column(optionalMinor) amount: number | null;
  @Column({ ...day, name: 'opened_on' }) openedOn: PlainDate;
  /** The day by which the debtor was told to have an answer. */
  @Column({ ...day, name: 'answer_by' }) answerBy: PlainDate;
  @Column(optionalText) outcome: string | null;
  @Column({ ...optionalDay, name: 'resolved_on' }) resolvedOn: PlainDate | null;
  /** It was settled with a credit or a payment that the books have not shown yet: it is off them once no more than this is open. */
  @Column({ ...optionalMinor, name: 'settles_at' }) settlesAt: number | null;
}

/** A hold on a debtor that was set here. */
@Entity('debtor_hold')
export class HoldEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'debtor_id' }) debtorId: string;
  @Column('text') kind: HoldKind;
  @Column('text') reason: string;
  @Column({ ...day, name: 'starts_on' }) startsOn: PlainDate;
  @Column(optionalDay) until: PlainDate | null;
  /** The day a person ended it; `until` then is the day before. */
  @Column({ ...optionalDay, name: 'ended_on' }) endedOn: PlainDate | null;
  /** The debtor it was first noted for, who was merged into this one in the package; null or absent: it was noted for this one. */
  @Column({ ...optionalText, name: 'moved_from' }) movedFrom?: string | null;
}

/** A hold on one invoice, set when the books were rearranged in the package. */
@Entity('invoice_hold')
export class InvoiceHoldEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'invoice_id' }) invoiceId: string;
  @Column('text') kind: HoldKind;
  @Column('text') reason: InvoiceHoldReason;
  @Column('jsonb', { default: {} }) detail: InvoiceHoldDetail;
  @Column({ ...day, name: 'starts_on' }) startsOn: PlainDate;
  @Column(optionalDay) until: PlainDate | null;
  /** The day a person ended it, or what it was for was over. */
  @Column({ ...optionalDay, name: 'ended_on' }) endedOn: PlainDate | null;
}

/** What happened with a debtor, in order. The database refuses to change or remove one. */
@Entity('dossier_entry')
export class DossierEntryEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('bigint', { generated: 'increment' }) sequence: string;
  @Column('text', { name: 'debtor_id' }) debtorId: string;
  @Column(instant) at: Date;
  @Column('text') kind: string;
  @Column('jsonb') body: object;
}
