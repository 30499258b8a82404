import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  Length,
  ValidateNested,
} from 'class-validator';
import type { PlainDate } from '../kernel/plain-date.js';
import { IsPlainDate } from '../platform/http/is-plain-date.js';

const KINDS = ['agency', 'bailiff', 'lawyer'] as const;
const SEGMENTS = ['B2B', 'B2C'] as const;
const COUNTRIES = ['NL', 'BE'] as const;

class RegistrationDto {
  @ApiProperty({ enum: COUNTRIES, description: 'NL: the register of the Wki. BE: that of the FPS Economy.' })
  @IsIn(COUNTRIES)
  country: (typeof COUNTRIES)[number];
  @ApiProperty() @IsString() @Length(1, 50) number: string;
  @ApiProperty({ description: 'The day a person looked it up.' }) @IsPlainDate() verifiedOn: PlainDate;
}

export class NewAgencyDto {
  @ApiProperty() @IsString() @Length(1, 200) name: string;
  @ApiProperty({ enum: KINDS }) @IsIn(KINDS) kind: (typeof KINDS)[number];
  @ApiProperty({ enum: SEGMENTS, isArray: true, description: 'Whose debts it collects: of businesses, of consumers.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(SEGMENTS, { each: true })
  segments: (typeof SEGMENTS)[number][];
  @ApiPropertyOptional({ type: [RegistrationDto] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(5)
  @ValidateNested({ each: true })
  @Type(() => RegistrationDto)
  registrations?: RegistrationDto[];
  @ApiProperty({ example: 'https://agency.example/hooks/tegoed' }) @IsString() @Length(1, 2000) url: string;
}

export class EndpointDto {
  @ApiProperty() @IsString() @Length(1, 2000) url: string;
}

export class RotateDto {
  @ApiPropertyOptional({ description: 'The old key has leaked: it signs no more at once. Otherwise both sign for a week.' })
  @IsOptional()
  @IsBoolean()
  atOnce?: boolean;
}

export class DisableDto {
  @ApiProperty() @IsString() @Length(1, 500) reason: string;
}
