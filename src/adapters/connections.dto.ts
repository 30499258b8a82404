import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsEmail,
  IsIBAN,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { REMINDED_BY, type RemindedBy } from '../ledger/rules/reminded-by.js';
import { IsPolicyName } from '../platform/http/is-policy-name.js';

class SenderDto {
  @ApiProperty({ example: 'Drukkerij Voorbeeld B.V.' }) @IsString() @Length(1, 120) name: string;
  @ApiProperty({ example: ['Proefstraat 1', '1234 AB Testdorp'] })
  @IsArray()
  @ArrayMaxSize(6)
  @IsString({ each: true })
  @MaxLength(120, { each: true })
  address: string[];
  @ApiProperty({ example: 'debiteuren@voorbeeld.example' }) @IsEmail() email: string;
  @ApiPropertyOptional() @IsOptional() @IsEmail() replyTo?: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(40) phone?: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(20) vatId?: string;
  @ApiProperty({ description: 'Account debtors pay to.' }) @IsIBAN() iban: string;
  @ApiPropertyOptional() @IsOptional() @IsString() @MaxLength(11) bic?: string;
}

class RegistryDto {
  @ApiProperty({ enum: ['nl-kvk', 'be-kbo'] }) @IsIn(['nl-kvk', 'be-kbo']) scheme: 'nl-kvk' | 'be-kbo';
  @ApiProperty() @IsString() @MaxLength(20) id: string;
}

const TOKEN = { description: 'Access token made in the package; kept encrypted.' };

export class TokenDto {
  @ApiProperty(TOKEN) @IsString() @Length(8, 4096) token: string;
}

/** A token for a package, to see what it can see. */
export class LookDto extends TokenDto {
  @ApiProperty({ enum: ['moneybird'] }) @IsIn(['moneybird']) package: string;
}

export class ConnectDto {
  @ApiPropertyOptional({ description: 'A consent that was given to this key; instead of package and token.' })
  @IsOptional()
  @IsUUID()
  consent?: string;
  @ApiPropertyOptional({ enum: ['moneybird'] }) @IsOptional() @IsIn(['moneybird']) package?: string;
  @ApiPropertyOptional(TOKEN) @IsOptional() @IsString() @Length(8, 4096) token?: string;
  @ApiProperty({ description: 'Id of the administration in the package.' }) @IsString() @Length(1, 64) administration: string;
  @ApiProperty({ description: 'Accounts payments come in on.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @IsIBAN({}, { each: true })
  ibans: string[];
  @ApiProperty({ type: SenderDto }) @IsDefined() @ValidateNested() @Type(() => SenderDto) sender: SenderDto;
  @ApiPropertyOptional({
    enum: REMINDED_BY,
    description: 'Who reminds, where the package does so by itself. Can be chosen later, and must be before going live.',
  })
  @IsOptional()
  @IsIn(REMINDED_BY)
  remindedBy?: RemindedBy;
  @ApiPropertyOptional({ default: 'default' }) @IsOptional() @IsPolicyName() policy?: string;
  @ApiPropertyOptional({ default: true }) @IsOptional() @IsBoolean() vatDeductible?: boolean;
  @ApiPropertyOptional({ type: RegistryDto }) @IsOptional() @ValidateNested() @Type(() => RegistryDto) registry?: RegistryDto;
}
