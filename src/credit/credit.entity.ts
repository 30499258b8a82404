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
} from '../platform/database/columns.js';
import type { Recipients } from './rules/credit-settings.js';
import type { CheckOutcome, SuggestedTerms } from './rules/customer-check.js';
import type { Finding, LookupKind } from './rules/findings.js';
import type { SetLimitKind } from './rules/limit-request.js';
import type { CreditReason } from './rules/reasons.js';

/** A limit set here, beside the package's own; one of a kind for a debtor. */
@Entity('credit_limit')
export class CreditLimitEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('text', { name: 'debtor_id' }) debtorId: string;
  @PrimaryColumn('text') kind: SetLimitKind;
  @Column(minor) amount: number;
  @Column({ ...optionalDay, name: 'starts_on' }) startsOn: PlainDate | null;
  @Column(optionalDay) until: PlainDate | null;
  @Column('boolean', { name: 'insured_only' }) insuredOnly: boolean;
  /** The key it was set with. */
  @Column('text', { name: 'set_by' }) setBy: string;
  @Column({ ...instant, name: 'set_at' }) setAt: Date;
}

/** Debtors of one administration that belong together, and what they may owe together. */
@Entity('credit_group')
export class CreditGroupEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('text') name: string;
  @Column(optionalMinor) amount: number | null;
  @Column({ ...optionalDay, name: 'starts_on' }) startsOn: PlainDate | null;
  @Column(optionalDay) until: PlainDate | null;
}

@Entity('credit_group_member')
export class CreditGroupMemberEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('text', { name: 'debtor_id' }) debtorId: string;
  @Column('uuid', { name: 'group_id' }) groupId: string;
}

@Entity('credit_settings')
export class CreditSettingsEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @Column('integer', { name: 'lookups_per_night' }) lookupsPerNight: number;
  /** Cents of euro. */
  @Column({ ...minor, name: 'monthly_budget' }) monthlyBudget: number;
  @Column('jsonb') recipients: Recipients;
}

/** One question to a register. */
@Entity('register_lookup')
export class RegisterLookupEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'debtor_id' }) debtorId: string;
  @Column('text') what: LookupKind;
  @Column('text') register: string;
  @Column('text') subject: string;
  @Column('text') state: 'asked' | 'answered' | 'failed';
  @Column({ ...instant, name: 'asked_at' }) askedAt: Date;
  /** Cents of euro. */
  @Column(minor) cost: number;
  @Column(optionalJson) answer: Finding | null;
  @Column({ ...optionalDay, name: 'valid_until' }) validUntil: PlainDate | null;
  @Column(optionalText) failure: string | null;
  @Column(optionalText) detail: string | null;
  @Column({ ...optionalInstant, name: 'retry_at' }) retryAt: Date | null;
}

/** What came of looking at a customer; the latest. */
@Entity('customer_check')
export class CustomerCheckEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('text', { name: 'debtor_id' }) debtorId: string;
  @Column({ ...day, name: 'checked_on' }) checkedOn: PlainDate;
  @Column('text') outcome: CheckOutcome;
  @Column('text') terms: SuggestedTerms;
  @Column({ ...optionalMinor, name: 'suggested_limit' }) suggestedLimit: number | null;
  @Column('jsonb') because: CreditReason[];
  @Column({ ...day, name: 'valid_until' }) validUntil: PlainDate;
}

/** What a person decided after a look at a customer; the latest. */
@Entity('customer_decision')
export class CustomerDecisionEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('text', { name: 'debtor_id' }) debtorId: string;
  @Column('text') terms: SuggestedTerms;
  @Column(optionalMinor) amount: number | null;
  @Column('char', { length: 3 }) currency: string;
  @Column('text') reason: string;
  /** What the look had found and suggested. */
  @Column('text') outcome: CheckOutcome;
  @Column('text') suggested: SuggestedTerms;
  /** Name of the key. */
  @Column('text', { name: 'decided_by' }) decidedBy: string;
  @Column({ ...instant, name: 'decided_at' }) decidedAt: Date;
}
