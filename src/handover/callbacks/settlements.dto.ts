import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDefined, IsString, IsUUID, Length, ValidateNested } from 'class-validator';
import { SettlementDto } from './callback.dto.js';

export class SettlementUploadDto {
  @ApiProperty() @IsUUID('all') agencyId: string;
  @ApiProperty({ type: SettlementDto }) @IsDefined() @ValidateNested() @Type(() => SettlementDto) settlement: SettlementDto;
}

export class SettlementDecisionDto {
  @ApiProperty({ description: 'Why it is taken as it is, or not.' }) @IsString() @Length(1, 500) why: string;
}
