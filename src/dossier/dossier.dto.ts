import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { PlainDate } from '../kernel/plain-date.js';
import { CAPACITIES, CHANNELS, type Capacity, type Channel } from '../ledger/rules/book.js';
import { IsGiven } from '../platform/http/is-given.js';
import { IsIdList } from '../platform/http/is-id-list.js';
import { IsPlainDate } from '../platform/http/is-plain-date.js';
import { CALL_OUTCOMES, type CallOutcome } from './rules/call.js';
import { DISPUTE_CODES, DISPUTE_OUTCOMES, type DisputeCode, type DisputeOutcome } from './rules/dispute-request.js';
import { HOLD_REASONS, type HoldReason } from './rules/hold-request.js';

const IsAmount = (): PropertyDecorator =>
  Matches(/^\d{1,12}(\.\d{1,4})?$/, { message: '$property must be a decimal amount such as "1234.56"' });

const INVOICES_MAX = 500;
const NOTE = { description: 'For the dossier; the debtor may one day read it.', maxLength: 2000 } as const;

export class DebtorsQuery {
  @ApiPropertyOptional({ default: 1 }) @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100_000) page?: number;
  @ApiPropertyOptional({ default: 50, maximum: 200 }) @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(200) size?: number;
  @ApiPropertyOptional({ description: 'Part of the name, or the number.' }) @IsOptional() @IsString() @Length(1, 100) search?: string;
}

/** Null forgets what was set here: the package's word counts again. */
export class ChangeDebtorDto {
  @ApiPropertyOptional({ enum: CAPACITIES, nullable: true }) @IsGiven() @IsIn(CAPACITIES) capacity?: Capacity | null;
  @ApiPropertyOptional({ type: String, nullable: true, example: 'fr', description: 'ISO 639-1.' })
  @IsGiven()
  @Matches(/^[a-z]{2}$/)
  language?: string | null;
  @ApiPropertyOptional({ type: String, nullable: true, description: 'For all mail; goes before the addresses of the package.' })
  @IsGiven()
  @IsEmail()
  @MaxLength(254)
  email?: string | null;
  @ApiPropertyOptional({ type: String, nullable: true }) @IsGiven() @IsString() @Length(1, 60) segment?: string | null;
  @ApiPropertyOptional({ type: String, nullable: true, example: '5000.00' }) @IsGiven() @IsAmount() creditLimit?: string | null;
}

class SaidDisputeDto {
  @ApiProperty({ enum: DISPUTE_CODES }) @IsIn(DISPUTE_CODES) code: DisputeCode;
  @ApiPropertyOptional({ example: '125.00', description: 'The disputed part; without it the whole is disputed.' })
  @IsOptional()
  @IsAmount()
  amount?: string;
}

export class OpenDisputeDto extends SaidDisputeDto {
  @ApiProperty() @IsString() @Length(1, 200) invoiceId: string;
  @ApiPropertyOptional(NOTE) @IsOptional() @IsString() @MaxLength(2000) note?: string;
}

export class ResolveDisputeDto {
  @ApiProperty({ enum: DISPUTE_OUTCOMES }) @IsIn(DISPUTE_OUTCOMES) outcome: DisputeOutcome;
  @ApiPropertyOptional(NOTE) @IsOptional() @IsString() @MaxLength(2000) note?: string;
}

export class ResolveDisputeOfDto extends ResolveDisputeDto {
  @ApiProperty() @IsString() @Length(1, 200) invoiceId: string;
}

class SaidPromiseDto {
  @ApiPropertyOptional({ example: '1210.00', description: 'Without it: all that is open.' }) @IsOptional() @IsAmount() amount?: string;
  @ApiProperty({ format: 'date' }) @IsPlainDate() dueDate: PlainDate;
  @ApiPropertyOptional({ description: 'Who gave his word.' }) @IsOptional() @IsString() @Length(1, 120) madeBy?: string;
}

export class MakePromiseDto extends SaidPromiseDto {
  @ApiProperty({ type: [String], description: 'Invoices of one debtor.' }) @IsIdList(INVOICES_MAX) invoiceIds: string[];
  @ApiPropertyOptional({ enum: CHANNELS }) @IsOptional() @IsIn(CHANNELS) channel?: Channel;
  @ApiPropertyOptional(NOTE) @IsOptional() @IsString() @MaxLength(2000) note?: string;
}

class InstalmentDto {
  @ApiProperty({ format: 'date' }) @IsPlainDate() dueDate: PlainDate;
  @ApiProperty({ example: '250.00' }) @IsAmount() amount: string;
}

export class MakeArrangementDto {
  @ApiProperty({ type: [String], description: 'Invoices of one debtor.' }) @IsIdList(INVOICES_MAX) invoiceIds: string[];
  @ApiProperty({ type: [InstalmentDto], description: 'In order of their days; together exactly what is open.' })
  @IsArray()
  @ArrayMaxSize(60)
  @ValidateNested({ each: true })
  @Type(() => InstalmentDto)
  instalments: InstalmentDto[];
  @ApiPropertyOptional(NOTE) @IsOptional() @IsString() @MaxLength(2000) note?: string;
}

/** Why something that was noted is taken back or ended. */
export class BecauseDto {
  @ApiProperty() @IsString() @Length(1, 500) reason: string;
}

export class PauseDto extends BecauseDto {
  @ApiProperty({ type: [String], description: 'Invoices of one debtor.' }) @IsIdList(INVOICES_MAX) invoiceIds: string[];
  @ApiPropertyOptional({ default: false, description: 'For all invoices of that debtor, also those to come.' })
  @IsOptional()
  @IsBoolean()
  wholeDebtor?: boolean;
}

export class SetHoldDto {
  @ApiProperty() @IsString() @Length(1, 200) debtorId: string;
  @ApiProperty({ enum: HOLD_REASONS, description: 'REQUEST and LEGAL_HOLD need a last day; the others last until they are ended.' })
  @IsIn(HOLD_REASONS)
  reason: HoldReason;
  @ApiPropertyOptional({ format: 'date', description: 'Default: today.' }) @IsOptional() @IsPlainDate() from?: PlainDate;
  @ApiPropertyOptional({ format: 'date', description: 'Last day.' }) @IsOptional() @IsPlainDate() until?: PlainDate;
  @ApiPropertyOptional({ default: true, description: 'Whether the debtor is told; only of a hold on request.' })
  @IsOptional()
  @IsBoolean()
  confirm?: boolean;
  @ApiPropertyOptional(NOTE) @IsOptional() @IsString() @MaxLength(2000) note?: string;
}

export class NoteCallDto {
  @ApiProperty() @IsString() @Length(1, 200) debtorId: string;
  @ApiPropertyOptional({ description: 'The call of the plan that this was.' }) @IsOptional() @IsUUID() actId?: string;
  @ApiProperty({ enum: CALL_OUTCOMES }) @IsIn(CALL_OUTCOMES) outcome: CallOutcome;
  @ApiPropertyOptional({ type: [String], description: 'What it was about; default: what the act is about.' })
  @IsOptional()
  @IsIdList(INVOICES_MAX)
  invoiceIds?: string[];
  @ApiPropertyOptional({ type: SaidPromiseDto, description: 'With outcome "promise".' })
  @ValidateIf(({ outcome, promise }: NoteCallDto) => outcome === 'promise' || promise !== undefined)
  @IsDefined()
  @ValidateNested()
  @Type(() => SaidPromiseDto)
  promise?: SaidPromiseDto;
  @ApiPropertyOptional({ type: SaidDisputeDto, description: 'With outcome "dispute".' })
  @ValidateIf(({ outcome, dispute }: NoteCallDto) => outcome === 'dispute' || dispute !== undefined)
  @IsDefined()
  @ValidateNested()
  @Type(() => SaidDisputeDto)
  dispute?: SaidDisputeDto;
  @ApiPropertyOptional(NOTE) @IsOptional() @IsString() @MaxLength(2000) note?: string;
}

export class SentLetterDto {
  @ApiProperty({ format: 'date', description: 'The day it was posted.' }) @IsPlainDate() sentOn: PlainDate;
  @ApiPropertyOptional({ format: 'date', description: 'The day it was received, where that is proven.' })
  @IsOptional()
  @IsPlainDate()
  receivedOn?: PlainDate;
}

export class ReturnedPostDto {
  @ApiPropertyOptional({ format: 'date', description: 'The day it came back; default: today.' })
  @IsOptional()
  @IsPlainDate()
  on?: PlainDate;
  @ApiPropertyOptional({ description: 'Of a mail to several: the one address it bounced from. Default: all of them.' })
  @IsOptional()
  @IsString()
  @Length(1, 320)
  address?: string;
  @ApiPropertyOptional(NOTE) @IsOptional() @IsString() @MaxLength(2000) note?: string;
}

export class AddressRightDto {
  @ApiProperty({ enum: ['email', 'letter'] }) @IsIn(['email', 'letter']) channel: 'email' | 'letter';
  @ApiPropertyOptional(NOTE) @IsOptional() @IsString() @MaxLength(2000) note?: string;
}
