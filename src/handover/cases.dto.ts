import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsBoolean, IsEmail, IsIn, IsInt, IsOptional, IsString, IsUUID, Length, Matches, Max, Min } from 'class-validator';
import type { PlainDate } from '../kernel/plain-date.js';
import { IsGiven } from '../platform/http/is-given.js';
import { IsIdList } from '../platform/http/is-id-list.js';
import { IsPlainDate } from '../platform/http/is-plain-date.js';
import { ALLOCATION_MODES, type AllocationMode, type RequestedService, SERVICES } from './rules/document/case-file.js';

/** More than an agency would take in one case. */
const INVOICES_MAX = 200;
const AMOUNT = /^\d{1,12}(\.\d{1,2})?$/;
class AgencyChoice {
  @ApiPropertyOptional({ description: 'Default: the agency for this kind of debtor.' }) @IsOptional() @IsUUID() agencyId?: string;
  @ApiPropertyOptional({ enum: SERVICES }) @IsOptional() @IsIn(SERVICES) service?: RequestedService;
  @ApiPropertyOptional({ format: 'date', description: 'The day the credit insurer was asked, where the claim is insured.' })
  @IsOptional()
  @IsPlainDate()
  insurerConsultedOn?: PlainDate;
}

export class ProposalQuery extends AgencyChoice {}

export class ChosenInvoicesDto extends AgencyChoice {
  @ApiProperty({ type: [String], description: 'Invoices of one debtor.' }) @IsIdList(INVOICES_MAX) invoiceIds: string[];
}

const PRINCIPAL = { example: '1787.25', description: 'What was shown: with another amount nothing is handed over.' } as const;

export class ApproveProposalDto extends AgencyChoice {
  @ApiProperty(PRINCIPAL) @Matches(AMOUNT) principal: string;
  @ApiPropertyOptional({ type: [String], description: 'Only these of the proposal.' })
  @IsOptional()
  @IsIdList(INVOICES_MAX)
  invoiceIds?: string[];
}

export class ApproveInvoicesDto extends ChosenInvoicesDto {
  @ApiProperty(PRINCIPAL) @Matches(AMOUNT) principal: string;
}

export class CorrectionDto {
  @ApiProperty(PRINCIPAL) @Matches(AMOUNT) principal: string;
}

export class CaseReasonDto {
  @ApiProperty() @IsString() @Length(1, 500) reason: string;
}

export class CaseHoldDto extends CaseReasonDto {
  @ApiPropertyOptional({ format: 'date' }) @IsOptional() @IsPlainDate() until?: PlainDate;
}

export class CaseAnswerDto {
  @ApiProperty() @IsUUID() taskId: string;
  @ApiProperty() @IsString() @Length(1, 4000) answer: string;
}

export class VersionQuery {
  @ApiPropertyOptional({ description: 'Default: the newest.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100_000)
  version?: number;
}

/** What is left out is as it is by default. */
export class HandoverSettingsDto {
  @ApiPropertyOptional({ enum: SERVICES }) @IsOptional() @IsIn(SERVICES) service?: RequestedService;
  @ApiPropertyOptional({ enum: ALLOCATION_MODES }) @IsOptional() @IsIn(ALLOCATION_MODES) allocation?: AllocationMode;
  @ApiPropertyOptional({ type: String, nullable: true }) @IsGiven() @IsString() @Length(1, 200) generalTerms?: string | null;
  @ApiPropertyOptional({ type: String, nullable: true, format: 'date' }) @IsGiven() @IsPlainDate() contractDate?: PlainDate | null;
  @ApiPropertyOptional({ example: '50.00' }) @IsOptional() @Matches(AMOUNT) minimum?: string;
  @ApiPropertyOptional() @IsOptional() @IsBoolean() insured?: boolean;
  @ApiPropertyOptional({ type: String, nullable: true }) @IsGiven() @Matches(AMOUNT) minimumInstalment?: string | null;
  @ApiPropertyOptional({ type: Number, nullable: true }) @IsGiven() @IsInt() @Min(1) @Max(120) planMonthsMax?: number | null;
  @ApiPropertyOptional({ type: Number, nullable: true }) @IsGiven() @IsInt() @Min(0) @Max(100) discountPercentMax?: number | null;
  @ApiPropertyOptional() @IsOptional() @IsBoolean() legalActionOnlyAfterApproval?: boolean;
  @ApiPropertyOptional({ type: String, nullable: true }) @IsGiven() @IsEmail() questionsTo?: string | null;
}
