import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Length, MaxLength } from 'class-validator';

export class BeginConsentDto {
  @ApiProperty({ example: 'moneybird' }) @IsString() @Length(1, 40) package: string;
  @ApiPropertyOptional({ default: 'main', description: 'Site of the package, for packages with one in each country: nl, be, …' })
  @IsOptional()
  @IsString()
  @Length(1, 20)
  site?: string;
}

/** What the package added to the address it sent the browser back to. */
export class FinishConsentDto {
  @ApiProperty() @IsString() @Length(1, 200) state: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(8_192) code?: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(200) error?: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(2_000) error_description?: string;
}
