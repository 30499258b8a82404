import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, IsString, Length, Min } from 'class-validator';
import type { PlainDate } from '../kernel/plain-date.js';
import { IsPlainDate } from '../platform/http/is-plain-date.js';

export class DayQuery {
  @ApiPropertyOptional({ format: 'date' }) @IsOptional() @IsPlainDate() day?: PlainDate;
}

export class ApproveKindDto {
  @ApiProperty({ format: 'date', description: 'The day the acts were decided on.' }) @IsPlainDate() day: PlainDate;
  @ApiProperty({ example: 'reminder' }) @IsString() @Length(1, 60) kind: string;
  @ApiPropertyOptional({ description: 'How many you were shown; when another number waits, none is approved (409).' })
  @IsOptional()
  @IsInt()
  @Min(1)
  expected?: number;
}

export class RejectDto {
  @ApiProperty({ description: 'Why not; kept in the dossier.' }) @IsString() @Length(1, 500) reason: string;
  @ApiPropertyOptional({ format: 'date', description: 'First day on which the step may be proposed again (default: in a week).' })
  @IsOptional()
  @IsPlainDate()
  notBefore?: PlainDate;
}
