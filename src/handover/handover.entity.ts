import { Column, Entity, PrimaryColumn } from 'typeorm';
import { day, instant, minor, optionalDay, optionalInstant, optionalJson, optionalText, texts } from '../platform/database/columns.js';
import type { PlainDate } from '../kernel/plain-date.js';
import type { Finding } from './rules/document/check-dossier.js';
import type { ATTACHMENT_KINDS, RequestedService } from './rules/document/case-file.js';
import type { Told } from './rules/case/changes.js';
import type { HandoverSettings } from './rules/case/settings.js';
import type { Agency, Registration } from './rules/readiness/agency.js';
import type { Order } from './rules/status/apply-status.js';
import type { Tariff } from './rules/settlement/tariff.js';
import type { CaseState, CloseCode } from './rules/status/case-states.js';
import type { VocabularyName } from './rules/status/vocabularies.js';

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
  @Column('text') channel: 'webhook' | 'mail' | 'sftp';
  @Column('jsonb', { name: 'channel_settings' }) channelSettings: object;
  /** `thin`: events carry the hash of the dossier, and the agency fetches it. */
  @Column('text') payload: 'full' | 'thin';
  @Column('text') vocabulary: VocabularyName;
  /** Sealed: what the agency signs its callbacks with. Null: it was given none. */
  @Column('bytea', { name: 'callback_keys', nullable: true }) callbackKeys: Buffer | null;
  @Column('text') state: AgencyState;
  @Column({ ...optionalText, name: 'state_because' }) stateBecause: string | null;
  @Column({ ...instant, name: 'created_at' }) createdAt: Date;
}

/** What is agreed with an agency beside its endpoint, and when it is looked after next. */
@Entity('agency_terms')
export class AgencyTermsEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('uuid', { name: 'agency_id' }) agencyId: string;
  /** Asked for news once a day; null: it tells by itself. */
  @Column({ ...optionalText, name: 'status_url' }) statusUrl: string | null;
  /** Null: commission is not checked. */
  @Column(optionalJson) tariff: Tariff | null;
  @Column({ ...instant, name: 'watch_at' }) watchAt: Date;
  @Column({ ...optionalInstant, name: 'status_asked_at' }) statusAskedAt: Date | null;
  /** Why the last question for news gave none. */
  @Column({ ...optionalText, name: 'status_trouble' }) statusTrouble: string | null;
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

/** A claim that was handed over to an agency. */
@Entity('handover_case')
export class HandoverCaseEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'debtor_id' }) debtorId: string;
  @Column('uuid', { name: 'agency_id' }) agencyId: string;
  /** The proposal it was approved on; null: handed over by hand. */
  @Column('uuid', { name: 'act_id', nullable: true }) actId: string | null;
  @Column('text') state: CaseState;
  @Column({ ...optionalJson, name: 'state_as' }) stateAs: Order | null;
  /** Of the dossier that was sent last. */
  @Column('integer') version: number;
  @Column('text') service: RequestedService;
  @Column({ ...optionalText, name: 'agency_reference' }) agencyReference: string | null;
  @Column({ ...optionalText, name: 'close_code' }) closeCode: CloseCode | null;
  @Column('char', { length: 3 }) currency: string;
  /** What was approved. */
  @Column(minor) principal: number;
  @Column('text', { name: 'approved_by' }) approvedBy: string;
  @Column({ ...instant, name: 'approved_at' }) approvedAt: Date;
  @Column({ ...day, name: 'handed_over_on' }) handedOverOn: PlainDate;
  @Column({ ...optionalDay, name: 'ended_on' }) endedOn: PlainDate | null;
  @Column({ ...optionalDay, name: 'exclusive_until' }) exclusiveUntil: PlainDate | null;
}

/** An invoice of a case. */
@Entity('handover_item')
export class HandoverItemEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('uuid', { name: 'case_id' }) caseId: string;
  @PrimaryColumn('text', { name: 'invoice_id' }) invoiceId: string;
  /** Open when it was handed over, without what is disputed. */
  @Column(minor) principal: number;
  /** Open as the agency was told last. */
  @Column({ ...minor, name: 'known_open' }) knownOpen: number;
  /** What else it was told last. */
  @Column('jsonb') told: Told;
  @Column({ ...optionalDay, name: 'released_on' }) releasedOn: PlainDate | null;
}

/** What an administration says once about its handovers. */
@Entity('handover_settings')
export class HandoverSettingsEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @Column('jsonb') settings: Partial<HandoverSettings>;
}

/** A version of a dossier, as it was sealed and sent. */
@Entity('handover_dossier')
export class HandoverDossierEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('uuid', { name: 'case_id' }) caseId: string;
  @PrimaryColumn('integer') version: number;
  @Column('text') document: string;
  @Column('char', { length: 64 }) sha256: string;
  @Column({ ...instant, name: 'made_at' }) madeAt: Date;
}

/** Evidence about a debtor. */
@Entity('debtor_document')
export class DebtorDocumentEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('text', { name: 'debtor_id' }) debtorId: string;
  @Column({ ...optionalText, name: 'invoice_id' }) invoiceId: string | null;
  @Column('text') kind: (typeof ATTACHMENT_KINDS)[number];
  @Column('text', { name: 'file_name' }) fileName: string;
  @Column('text', { name: 'media_type' }) mediaType: string;
  @Column('integer') bytes: number;
  @Column('char', { length: 64 }) sha256: string;
  @Column('bytea', { select: false }) content: Buffer;
  @Column('text') origin: 'upload' | 'package' | 'sent';
  @Column({ ...instant, name: 'added_at' }) addedAt: Date;
  @Column({ ...optionalInstant, name: 'removed_at' }) removedAt: Date | null;
}

/** A document a case was sent with. */
@Entity('handover_document')
export class HandoverDocumentEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('uuid', { name: 'case_id' }) caseId: string;
  @PrimaryColumn('uuid', { name: 'document_id' }) documentId: string;
  @Column('integer', { name: 'from_version' }) fromVersion: number;
}

/** Something an agency told us. `kept`: it is no status. */
@Entity('handover_event')
export class HandoverEventEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('uuid', { name: 'agency_id' }) agencyId: string;
  @PrimaryColumn('text', { name: 'webhook_id' }) webhookId: string;
  @Column('uuid', { name: 'case_id' }) caseId: string;
  @Column('text') type: string;
  @Column('integer', { nullable: true }) sequence: number | null;
  @Column({ ...instant, name: 'occurred_at' }) occurredAt: Date;
  @Column({ ...instant, name: 'received_at' }) receivedAt: Date;
  @Column('char', { name: 'body_sha256', length: 64 }) bodySha256: string;
  @Column('jsonb') body: object;
  @Column('text') outcome: 'applied' | 'late' | 'unmapped' | 'kept';
}

/** What an agency passes on, as it says. */
@Entity('handover_settlement')
export class HandoverSettlementEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('uuid', { name: 'agency_id' }) agencyId: string;
  @PrimaryColumn('text', { name: 'settlement_id' }) settlementId: string;
  @Column({ ...instant, name: 'received_at' }) receivedAt: Date;
  @Column('char', { length: 3 }) currency: string;
  @Column(minor) remitted: number;
  @Column(minor) expected: number;
  @Column('jsonb') findings: Finding[];
  @Column('uuid', { name: 'bank_line_id', nullable: true }) bankLineId: string | null;
  @Column('text') state: 'parked' | 'checked' | 'accepted' | 'rejected';
  /** Of what was said; the same again is no second settlement. */
  @Column('char', { name: 'content_sha256', length: 64 }) contentSha256: string;
  /** As the bank line will have it. */
  @Column({ ...optionalText, name: 'remittance_reference' }) remittanceReference: string | null;
  @Column({ ...optionalText, name: 'decided_by' }) decidedBy: string | null;
  @Column({ ...optionalInstant, name: 'decided_at' }) decidedAt: Date | null;
  @Column({ ...optionalText, name: 'decided_why' }) decidedWhy: string | null;
}

@Entity('handover_settlement_line')
export class HandoverSettlementLineEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('uuid', { name: 'agency_id' }) agencyId: string;
  @PrimaryColumn('text', { name: 'settlement_id' }) settlementId: string;
  @PrimaryColumn('integer', { name: 'line_no' }) lineNo: number;
  @Column('uuid', { name: 'case_id' }) caseId: string;
  @Column('text', { name: 'invoice_number' }) invoiceNumber: string;
  @Column({ ...day, name: 'received_on' }) receivedOn: PlainDate;
  @Column(minor) gross: number;
  @Column(minor) principal: number;
  @Column(minor) interest: number;
  @Column(minor) costs: number;
  @Column({ ...minor, name: 'court_costs' }) courtCosts: number;
  @Column(minor) commission: number;
  @Column({ ...minor, name: 'vat_on_commission' }) vatOnCommission: number;
  @Column(minor) net: number;
  @Column({ ...optionalDay, name: 'own_interest_from' }) ownInterestFrom: PlainDate | null;
}

/** Work for a person that an agency's word made. */
@Entity('handover_task')
export class HandoverTaskEntity {
  @PrimaryColumn('uuid', { name: 'administration_id' }) administrationId: string;
  @PrimaryColumn('uuid') id: string;
  @Column('uuid', { name: 'case_id' }) caseId: string;
  @Column('text') kind: string;
  @Column('text') text: string;
  @Column({ ...optionalDay, name: 'due_on' }) dueOn: PlainDate | null;
  @Column({ ...instant, name: 'made_at' }) madeAt: Date;
  @Column({ ...optionalInstant, name: 'done_at' }) doneAt: Date | null;
  @Column({ ...optionalText, name: 'done_by' }) doneBy: string | null;
  @Column(optionalText) answer: string | null;
}
