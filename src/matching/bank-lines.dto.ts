import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsNumber,
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
import { BULK_MAX } from './bank-line-desk.service.js';

const OUTCOMES = ['unworked', 'matched', 'proposed', 'unmatched', 'not-a-receipt'] as const;
const REASONS = ['not-a-receivable', 'unknown'] as const;
/** Invoices one payment may be given to by hand. */
const PARTS_MAX = 1_000;

const DECIMAL = { pattern: '^-?\\d{1,13}(\\.\\d{1,4})?$', example: '121.00' } as const;
const IsDecimal = (): PropertyDecorator =>
  Matches(new RegExp(DECIMAL.pattern), { message: '$property must be a decimal amount such as "1234.56"' });

export class BankLinesQuery {
  @ApiPropertyOptional({ enum: OUTCOMES }) @IsOptional() @IsIn(OUTCOMES) outcome?: (typeof OUTCOMES)[number];
}

export class ConfirmDto {
  @ApiPropertyOptional({ description: 'Which of the alternatives, from 0, instead of the proposal.' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(99)
  alternative?: number;
}

export class GivenDto {
  @ApiProperty() @IsString() @Length(1, 200) invoiceId: string;
  @ApiProperty({
    ...DECIMAL,
    description: 'In the currency of the line; negative for a credit note taken into account, and for money going back.',
  })
  @IsDecimal()
  amount: string;
}

export class CorrectDto {
  @ApiProperty({ type: [GivenDto] })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(PARTS_MAX)
  @ValidateNested({ each: true })
  @Type(() => GivenDto)
  allocations: GivenDto[];

  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(500) why?: string;
}

export class RestDto {
  @ApiProperty() @IsString() @Length(1, 200) debtorId: string;
  @ApiPropertyOptional({ ...DECIMAL, description: 'All that is left when it is not said.' }) @IsOptional() @IsDecimal() amount?: string;
}

export class SplitDto {
  @ApiProperty({ type: [GivenDto] })
  @IsArray()
  @ArrayMaxSize(PARTS_MAX)
  @ValidateNested({ each: true })
  @Type(() => GivenDto)
  parts: GivenDto[];

  @ApiPropertyOptional({ type: RestDto, description: 'What no invoice gets, and whose it is. All parts together are the line.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => RestDto)
  rest?: RestDto;

  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(500) why?: string;
}

export class DismissDto {
  @ApiProperty({ enum: REASONS }) @IsIn(REASONS) reason: (typeof REASONS)[number];

  @ApiPropertyOptional({ description: 'Required unless it is unknown.' })
  @ValidateIf(({ reason, why }: DismissDto) => reason !== 'unknown' || why !== undefined)
  @IsString()
  @Length(1, 500)
  why?: string;
}

export class UndoDto {
  @ApiProperty() @IsString() @Length(1, 500) why: string;
}

export class BulkConfirmDto {
  @ApiPropertyOptional({ type: [String], format: 'uuid' })
  @ValidateIf(({ ids, minConfidence }: BulkConfirmDto) => ids !== undefined || minConfidence === undefined)
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(BULK_MAX)
  @ArrayUnique()
  @IsUUID('all', { each: true })
  ids?: string[];

  @ApiPropertyOptional({ description: 'Instead of ids: every proposal at least so sure.' })
  @ValidateIf(({ minConfidence }: BulkConfirmDto) => minConfidence !== undefined)
  @IsNumber()
  @Min(0.5)
  @Max(1)
  minConfidence?: number;
}
