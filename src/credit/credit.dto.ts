import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsEmail,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { Type } from 'class-transformer';
import type { PlainDate } from '../kernel/plain-date.js';
import { IsPlainDate } from '../platform/http/is-plain-date.js';
import { type SuggestedTerms, TERMS } from './rules/customer-check.js';

const AMOUNT = /^\d{1,13}(\.\d{1,4})?$/;

class RecipientsDto {
  @ApiPropertyOptional({ description: 'A limit nearly or wholly used.' }) @IsOptional() @IsEmail() limit?: string;
  @ApiPropertyOptional({ description: 'Behaviour that fell.' }) @IsOptional() @IsEmail() behaviour?: string;
  @ApiPropertyOptional({ description: 'A key account that is late.' }) @IsOptional() @IsEmail() 'key-account'?: string;
  @ApiPropertyOptional({ description: 'An insured overdue that has to be reported.' }) @IsOptional() @IsEmail() insurance?: string;
  @ApiPropertyOptional({ description: 'A bankruptcy or moratorium.' }) @IsOptional() @IsEmail() insolvency?: string;
  @ApiPropertyOptional({ description: 'A customer to be careful with.' }) @IsOptional() @IsEmail() customer?: string;
}

export class CreditSettingsDto {
  @ApiProperty({ description: 'Most questions to registers in a night.' }) @IsInt() @Min(0) @Max(1000) lookupsPerNight: number;
  @ApiProperty({ example: '25.00', description: 'For paid questions in a calendar month, in euro; 0.00: none is asked.' })
  @Matches(AMOUNT)
  monthlyBudget: string;
  @ApiProperty({ type: RecipientsDto, description: 'Who is told of what; absent: the address of the administration.' })
  @ValidateNested()
  @Type(() => RecipientsDto)
  recipients: RecipientsDto;
}

class DatesDto {
  @ApiPropertyOptional({ format: 'date', description: 'First day; absent: already.' }) @IsOptional() @IsPlainDate() from?: PlainDate;
  @ApiPropertyOptional({ format: 'date', description: 'Last day; a temporary limit needs one.' })
  @IsOptional()
  @IsPlainDate()
  until?: PlainDate;
}

export class SetLimitDto extends DatesDto {
  @ApiProperty({ example: '5000.00', description: 'In the currency of the administration.' }) @Matches(AMOUNT) amount: string;
  @ApiPropertyOptional({ description: 'With an insured limit: nothing beyond it is sold.' })
  @IsOptional()
  @IsBoolean()
  insuredOnly?: boolean;
  @ApiProperty({ description: 'Why; kept in the dossier.' }) @IsString() @Length(1, 500) reason: string;
}

export class SetGroupDto extends DatesDto {
  @ApiProperty() @IsString() @Length(1, 200) name: string;
  @ApiPropertyOptional({ example: '50000.00', description: 'What they may owe together; absent: they belong together and no more.' })
  @IsOptional()
  @Matches(AMOUNT)
  amount?: string;
  @ApiProperty({ type: [String], description: 'Debtors of this administration; each belongs to one group at most.' })
  @IsArray()
  @ArrayMaxSize(200)
  @IsString({ each: true })
  debtorIds: string[];
}

export class ReleaseDto {
  @ApiProperty({ format: 'date', description: 'First day on which a hold may be proposed again.' }) @IsPlainDate() until: PlainDate;
  @ApiProperty({ description: 'Why; kept in the dossier.' }) @IsString() @Length(1, 500) reason: string;
}

export class DecideCustomerDto {
  @ApiProperty({ enum: TERMS }) @IsIn(TERMS) terms: SuggestedTerms;
  @ApiPropertyOptional({ example: '500.00', description: 'With `lower-limit`: in the currency of the administration.' })
  @IsOptional()
  @Matches(AMOUNT)
  amount?: string;
  @ApiProperty({ description: 'Why; kept in the dossier.' }) @IsString() @Length(1, 500) reason: string;
}

export class BecauseDto {
  @ApiProperty({ description: 'Why; kept in the dossier.' }) @IsString() @Length(1, 500) reason: string;
}
