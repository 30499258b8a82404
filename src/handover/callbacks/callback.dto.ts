import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsDefined,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { PlainDate } from '../../kernel/plain-date.js';
import { IsPlainDate } from '../../platform/http/is-plain-date.js';
import { CALLBACK_PREFIX, CALLBACK_TYPES } from '../rules/callback/callback.js';
import { INSTALMENTS_MAX } from '../rules/callback/plan-terms.js';
import { CLOSE_CODES, type CloseCode } from '../rules/status/case-states.js';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;
const AMOUNT = /^\d{1,12}(\.\d{1,4})?$/;
const SIGNED_AMOUNT = /^-?\d{1,12}(\.\d{1,4})?$/;
const CURRENCY = /^[A-Z]{3}$/;
const NAME = /^[A-Za-z0-9][A-Za-z0-9 ._/-]{0,63}$/;
const TEXT_MAX = 10_000;
const LINES_MAX = 500;

export class EnvelopeDto {
  @IsIn(CALLBACK_TYPES.map((type) => `${CALLBACK_PREFIX}${type}`)) type: string;
  @IsString() @Matches(INSTANT) timestamp: string;
  @IsObject() data: Record<string, unknown>;
}

class InstalmentDto {
  @IsPlainDate() dueDate: PlainDate;
  @IsString() @Matches(AMOUNT) amount: string;
}

/** Either a number of equal instalments or a schedule; which of the two is looked at when it is read. */
export class ArrangementDto {
  @IsOptional() @IsInt() @Min(1) @Max(INSTALMENTS_MAX) instalments?: number;
  @IsOptional() @IsString() @Matches(AMOUNT) amount?: string;
  @IsString() @Matches(CURRENCY) currency: string;
  @IsOptional() @IsPlainDate() first?: PlainDate;
  @IsOptional() @IsString() @Matches(/^P[1-9]\d?[DWM]$/) interval?: string;
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(INSTALMENTS_MAX)
  @ValidateNested({ each: true })
  @Type(() => InstalmentDto)
  schedule?: InstalmentDto[];
}

export class SettlementLineDto {
  @IsInt() @Min(1) @Max(1_000_000) lineNo: number;
  @IsOptional() @IsUUID('all') caseId?: string;
  @IsString() @Length(1, 100) invoice: string;
  @IsPlainDate() receivedOn: PlainDate;
  @IsString() @Matches(SIGNED_AMOUNT) gross: string;
  @IsString() @Matches(SIGNED_AMOUNT) principal: string;
  @IsString() @Matches(SIGNED_AMOUNT) interest: string;
  @IsString() @Matches(SIGNED_AMOUNT) costs: string;
  @IsString() @Matches(SIGNED_AMOUNT) courtCosts: string;
  @IsString() @Matches(SIGNED_AMOUNT) commission: string;
  @IsString() @Matches(SIGNED_AMOUNT) vatOnCommission: string;
  @IsString() @Matches(SIGNED_AMOUNT) net: string;
  @IsOptional() @IsPlainDate() ownInterestFrom?: PlainDate;
}

export class SettlementDto {
  @IsString() @Matches(NAME) settlementId: string;
  @IsString() @Matches(CURRENCY) currency: string;
  @IsString() @Matches(SIGNED_AMOUNT) remitted: string;
  @IsOptional() @IsString() @Length(1, 140) remittanceReference?: string;
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(LINES_MAX)
  @ValidateNested({ each: true })
  @Type(() => SettlementLineDto)
  lines: SettlementLineDto[];
}

/** Everything the data of a message may have; what each type must have is in read-callback.ts. */
export class CallbackDataDto {
  @IsUUID('all') caseId: string;
  @IsOptional() @IsString() @Length(1, 100) agencyReference?: string;
  @IsOptional() @IsInt() @Min(0) @Max(2_147_483_647) sequence?: number;
  @IsOptional() @IsString() @Matches(INSTANT) occurredAt?: string;
  @IsOptional() @IsString() @Length(1, 100) to?: string;
  @IsOptional() @IsString() @Length(1, 200) rawStatus?: string;
  @IsOptional() @IsIn(CLOSE_CODES) closeCode?: CloseCode;
  @IsOptional() @IsString() @Length(1, 60) code?: string;
  @IsOptional() @IsString() @Length(1, 60) reasonCode?: string;
  @IsOptional() @IsString() @Length(1, TEXT_MAX) reason?: string;
  @IsOptional() @IsString() @Length(1, TEXT_MAX) question?: string;
  @IsOptional() @IsString() @Length(1, TEXT_MAX) text?: string;
  @IsOptional() @IsString() @Length(1, TEXT_MAX) action?: string;
  @IsOptional() @IsPlainDate() deadline?: PlainDate;
  @IsOptional() @IsString() @Matches(AMOUNT) amount?: string;
  @IsOptional() @IsString() @Matches(AMOUNT) cost?: string;
  @IsOptional() @IsString() @Matches(CURRENCY) currency?: string;
  @IsOptional() @IsPlainDate() receivedOn?: PlainDate;
  @IsOptional() @IsString() @Length(1, 100) invoice?: string;
  @IsOptional() @IsDefined() @ValidateNested() @Type(() => ArrangementDto) arrangement?: ArrangementDto;
  @IsOptional() @IsDefined() @ValidateNested() @Type(() => SettlementDto) settlement?: SettlementDto;
}
