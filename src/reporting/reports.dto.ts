import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import type { PlainDate } from '../kernel/plain-date.js';
import { IsPlainDate } from '../platform/http/is-plain-date.js';
import { DAYS_MAX, USUAL_DAYS } from './rules/period.js';

export class ReportQuery {
  @ApiPropertyOptional({ format: 'date', description: 'Last day of the period; may lie in the past (default: today).' })
  @IsOptional()
  @IsPlainDate()
  on?: PlainDate;

  @ApiPropertyOptional({ type: 'integer', default: USUAL_DAYS, description: 'Length of the period.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(DAYS_MAX)
  days: number = USUAL_DAYS;
}
