import { ConflictException, Controller, Get, HttpCode, Inject, Param, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { type Clock, today } from '../kernel/clock.js';
import type { PlainDate } from '../kernel/plain-date.js';
import { ApiKeyGuard } from '../platform/auth/api-key.guard.js';
import { IsPlainDate } from '../platform/http/is-plain-date.js';
import { CLOCK } from '../platform/platform.module.js';
import { type DayReport, DayService } from './day.service.js';
import { type AdministrationStatus, Days, type DayView } from './days.service.js';

class RunQuery {
  @ApiPropertyOptional({ format: 'date', description: 'Default: today. Another one in shadow mode only.' })
  @IsOptional()
  @IsPlainDate()
  day?: PlainDate;
}

@ApiTags('the day')
@ApiBearerAuth()
@UseGuards(ApiKeyGuard)
@Controller('api/v1/administrations/:administrationId')
export class DaysController {
  constructor(
    private readonly days: Days,
    private readonly day: DayService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('status')
  @ApiOperation({ summary: 'Mode, freshness and the last day.' })
  status(@Param('administrationId') administrationId: string): Promise<AdministrationStatus> {
    return this.days.status(administrationId);
  }

  @Get('days')
  @ApiOperation({ summary: 'The last sixty days and what each did.' })
  list(@Param('administrationId') administrationId: string): Promise<DayView[]> {
    return this.days.list(administrationId);
  }

  @Post('days/run')
  @HttpCode(200)
  @ApiOperation({ summary: 'Runs the day now. Running it again does nothing twice.' })
  async run(@Param('administrationId') administrationId: string, @Query() { day }: RunQuery): Promise<DayReport> {
    const report = await this.day.run(administrationId, day ?? today(this.clock));
    if (!report) throw new ConflictException({ code: 'day-running', message: 'The day of this administration is being run already.' });
    return report;
  }
}
