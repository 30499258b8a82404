import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Max, Min, ValidateNested } from 'class-validator';
import { VOCABULARIES, type VocabularyName } from '../rules/status/vocabularies.js';

const BASES = ['GROSS', 'PRINCIPAL'] as const;

class TariffDto {
  @ApiProperty({ enum: BASES, description: 'Of what the commission is reckoned.' }) @IsIn(BASES) of: (typeof BASES)[number];
  @ApiProperty({ description: 'Basis points: 1500 is 15 %.' }) @IsInt() @Min(0) @Max(10_000) commission: number;
  @ApiProperty({ description: 'VAT on the commission, basis points.' }) @IsInt() @Min(0) @Max(10_000) vat: number;
}

export class AgencyTermsDto {
  @ApiProperty({ enum: VOCABULARIES, description: 'The words it uses for its statuses.' }) @IsIn(VOCABULARIES) vocabulary: VocabularyName;
  @ApiPropertyOptional({ description: 'Asked for news once a day. Absent: it tells by itself.' })
  @IsOptional()
  @IsString()
  @Length(1, 2000)
  statusUrl?: string;
  @ApiPropertyOptional({ type: TariffDto, description: 'What it may keep. Absent: commission is not checked.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => TariffDto)
  tariff?: TariffDto;
}
