import { Body, Controller, Get, Inject, Param, Patch, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { type Clock, today } from '../kernel/clock.js';
import { ApiKeyGuard, CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { Tenancy } from '../platform/database/tenancy.js';
import { IsPolicyName } from '../platform/http/is-policy-name.js';
import { CLOCK } from '../platform/platform.module.js';
import type { AdministrationEntity, Mode } from './administration.entity.js';
import { Administrations } from './administrations.service.js';
import { LedgerRepository } from './ledger.repository.js';
import { bookToJson } from './rules/book-json.js';
import { REMINDED_BY, type RemindedBy } from './rules/reminded-by.js';

class ChangeAdministrationDto {
  @ApiPropertyOptional({ enum: ['off', 'shadow', 'live'], description: 'live: from now on messages really go out.' })
  @IsOptional()
  @IsIn(['off', 'shadow', 'live'])
  mode?: Mode;

  @ApiPropertyOptional({ description: 'Name of a policy in config/policies.' }) @IsOptional() @IsPolicyName() policy?: string;

  @ApiPropertyOptional({
    enum: REMINDED_BY,
    description:
      'tegoed: the reminders the package sends by itself are stopped, invoice by invoice, before ours go out. package: those we stopped run again, and Tegoed only shows what it would send.',
  })
  @IsOptional()
  @IsIn(REMINDED_BY)
  remindedBy?: RemindedBy;

  @ApiPropertyOptional({
    description:
      'Whether an invoice whose reminders a person stopped in the package is left alone here too; false: it is reminded of like any other. What Tegoed stopped itself is no matter of this.',
  })
  @IsOptional()
  @IsBoolean()
  respectsPauses?: boolean;

  @ApiPropertyOptional({ type: 'integer', nullable: true, minimum: 1, maximum: 365, description: 'The DSO to reach, in days; null: none.' })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(365)
  targetDso?: number | null;
}

class AdministrationDto {
  @ApiProperty() id: string;
  @ApiProperty() name: string;
  @ApiProperty() country: string;
  @ApiProperty() currency: string;
  @ApiProperty() package: string;
  @ApiProperty({ enum: ['off', 'shadow', 'live'] }) mode: Mode;
  @ApiProperty() policy: string;
  @ApiProperty({ enum: REMINDED_BY, nullable: true, description: 'Who reminds; null: to be chosen before going live.' })
  remindedBy: RemindedBy | null;
  @ApiProperty({ description: 'What a person stopped in the package is not reminded of here either.' }) respectsPauses: boolean;
  @ApiProperty({ description: 'Schedules by which the package reminded by itself when it was connected.' }) nativeReminders: string[];
  @ApiProperty({ type: 'integer', nullable: true, description: 'The DSO to reach, in days.' }) targetDso: number | null;
  @ApiProperty({ type: String, nullable: true }) pulledAt: string | null;
}

@ApiTags('administrations')
@ApiBearerAuth()
@UseGuards(ApiKeyGuard)
@Controller('api/v1/administrations')
export class AdministrationsController {
  constructor(
    private readonly administrations: Administrations,
    private readonly tenancy: Tenancy,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The administrations of this key.' })
  async list(@CalledBy() { administrationIds }: Caller): Promise<AdministrationDto[]> {
    return (await this.administrations.list(administrationIds)).map(toDto);
  }

  @Get(':administrationId')
  async one(@Param('administrationId') id: string): Promise<AdministrationDto> {
    return toDto(await this.administrations.one(id));
  }

  @Patch(':administrationId')
  @ApiOperation({ summary: 'Mode, policy, who reminds, and the DSO to reach.' })
  async change(@Param('administrationId') id: string, @Body() change: ChangeAdministrationDto): Promise<AdministrationDto> {
    return toDto(await this.administrations.change(id, change));
  }

  @Get(':administrationId/book')
  @ApiOperation({ summary: 'The book of receivables today, as tegoed.book/1.' })
  async book(@Param('administrationId') id: string): Promise<Record<string, unknown>> {
    return bookToJson(await this.tenancy.within(id, (manager) => new LedgerRepository(manager).book(id, today(this.clock))));
  }
}

const toDto = (row: AdministrationEntity): AdministrationDto => ({
  id: row.id,
  name: row.name,
  country: row.country,
  currency: row.currency,
  package: row.package,
  mode: row.mode,
  policy: row.policy,
  remindedBy: row.remindedBy,
  respectsPauses: row.respectsPauses,
  nativeReminders: row.nativeReminders,
  targetDso: row.targetDso,
  pulledAt: row.pulledAt?.toISOString() ?? null,
});
