import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import type { PlainDate } from '../kernel/plain-date.js';
import { IsPlainDate } from '../platform/http/is-plain-date.js';
import { DEBTORS_SHOWN, DEBTORS_SHOWN_MAX } from './reports.service.js';
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

export class AdministrationReportQuery extends ReportQuery {
  @ApiPropertyOptional({ description: 'Only the debtors of this segment.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  segment?: string;

  @ApiPropertyOptional({ description: 'Only this debtor, by id.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  debtor?: string;

  @ApiPropertyOptional({ type: 'integer', default: DEBTORS_SHOWN, description: 'How many debtors to list: those with most overdue.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(DEBTORS_SHOWN_MAX)
  debtors: number = DEBTORS_SHOWN;
}
