import { ConsentEntity } from './adapters/consent/consent.entity.js';
import { ReturnedContactEntity } from './ledger/returned-contact.entity.js';
import { AdministrationEntity, ConnectionEntity } from './ledger/administration.entity.js';
import { BankLineEntity, StatementEntity, StatementFindingEntity } from './ledger/bank.entity.js';
import {
  AllocationEntity,
  ArrangementEntity,
  ContactEntity,
  DebtorEntity,
  DisputeEntity,
  DossierEntryEntity,
  HoldEntity,
  InvoiceEntity,
  InvoiceHoldEntity,
  PromiseEntity,
  SettlementEntity,
} from './ledger/receivables.entity.js';
import {
  CreditGroupEntity,
  CreditGroupMemberEntity,
  CreditLimitEntity,
  CreditSettingsEntity,
  CustomerCheckEntity,
  CustomerDecisionEntity,
  RegisterLookupEntity,
} from './credit/credit.entity.js';
import { DayRunEntity } from './cycle/day-run.entity.js';
import { ActEntity, ActItemEntity } from './dunning/act.entity.js';
import { PolicyVersionEntity } from './dunning/policy-version.entity.js';
import {
  AgencyEntity,
  AgencyTermsEntity,
  DebtorDocumentEntity,
  HandoverCaseEntity,
  HandoverDocumentEntity,
  HandoverDossierEntity,
  HandoverEventEntity,
  HandoverItemEntity,
  HandoverSettingsEntity,
  HandoverSettlementEntity,
  HandoverSettlementLineEntity,
  HandoverTaskEntity,
  WebhookAttemptEntity,
} from './handover/handover.entity.js';
import { DocumentLinkEntity } from './handover/documents/document-link.entity.js';
import { MatchEvidenceEntity } from './matching/match-evidence.entity.js';
import { MatchSettingsEntity } from './matching/match-settings.entity.js';
import { ApiKeyEntity } from './platform/auth/api-key.entity.js';
import { EffectEntity } from './platform/outbox/effect.entity.js';

/** Every table's class, gathered for TypeORM by whoever opens the database. */
export const entities = [
  ActEntity,
  ActItemEntity,
  AdministrationEntity,
  AgencyEntity,
  AgencyTermsEntity,
  AllocationEntity,
  ApiKeyEntity,
  ArrangementEntity,
  BankLineEntity,
  ConnectionEntity,
  ConsentEntity,
  ContactEntity,
  CreditGroupEntity,
  CreditGroupMemberEntity,
  CreditLimitEntity,
  CreditSettingsEntity,
  CustomerCheckEntity,
  CustomerDecisionEntity,
  DayRunEntity,
  DebtorDocumentEntity,
  DebtorEntity,
  DisputeEntity,
  DocumentLinkEntity,
  DossierEntryEntity,
  EffectEntity,
  HandoverCaseEntity,
  HandoverDocumentEntity,
  HandoverDossierEntity,
  HandoverEventEntity,
  HandoverItemEntity,
  HandoverSettingsEntity,
  HandoverSettlementEntity,
  HandoverSettlementLineEntity,
  HandoverTaskEntity,
  HoldEntity,
  InvoiceEntity,
  InvoiceHoldEntity,
  MatchEvidenceEntity,
  MatchSettingsEntity,
  PolicyVersionEntity,
  PromiseEntity,
  RegisterLookupEntity,
  ReturnedContactEntity,
  SettlementEntity,
  StatementEntity,
  StatementFindingEntity,
  WebhookAttemptEntity,
];
