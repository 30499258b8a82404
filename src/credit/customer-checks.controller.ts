import { Body, ConflictException, Controller, Get, HttpCode, Inject, Param, Post, Put, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiForbiddenResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Clock, today } from '../kernel/clock.js';
import { ApiKeyGuard, CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { CLOCK } from '../platform/platform.module.js';
import { CreditSettingsDto, DecideCustomerDto } from './credit.dto.js';
import { CreditSettingsService, settingsIn } from './credit-settings.service.js';
import { checkView } from './customer-check.view.js';
import { CustomerChecks } from './customer-checks.service.js';
import { CustomerDecisions } from './customer-decisions.service.js';
import type { CheckView, SettingsView } from './rules/told.js';

/** What is known of customers before they owe anything: their numbers, and what registers say. */
@ApiTags('credit')
@ApiBearerAuth()
@UseGuards(ApiKeyGuard)
@Controller('api/v1/administrations/:administrationId/credit')
export class CustomerChecksController {
  constructor(
    private readonly checks: CustomerChecks,
    private readonly decisions: CustomerDecisions,
    private readonly settings: CreditSettingsService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('checks')
  @ApiOperation({
    summary: 'The last look at each customer with its outcome, suggested terms, reasons, and what was asked at what cost. At most 200.',
  })
  async list(@Param('administrationId') administrationId: string): Promise<CheckView[]> {
    return (await this.checks.list(administrationId)).map(checkView);
  }

  @Post('checks/:debtorId')
  @HttpCode(200)
  @ApiOperation({ summary: 'Looks at a customer now. Answers that still count are used again; questions and budget of the night hold.' })
  async check(@Param('administrationId') administrationId: string, @Param('debtorId') debtorId: string): Promise<CheckView> {
    const check = await this.checks.runFor(administrationId, debtorId, today(this.clock));
    if (!check)
      throw new ConflictException({
        code: 'not-checked',
        message: `Debtor ${debtorId} is not there, or the administration is not live: then nobody is asked.`,
      });
    return checkView(check);
  }

  @Post('checks/:debtorId/decision')
  @HttpCode(204)
  @ApiOperation({ summary: 'A person decides on what terms a customer is sold to; a lower limit and prepayment set his internal limit.' })
  @ApiForbiddenResponse({ description: '`role-too-low` or `amount-too-high`: looser than suggested takes a controller.' })
  decide(
    @Param('administrationId') administrationId: string,
    @Param('debtorId') debtorId: string,
    @Body() { terms, amount, reason }: DecideCustomerDto,
    @CalledBy() caller: Caller,
  ): Promise<void> {
    return this.decisions.decide(administrationId, debtorId, { terms, amount: amount ?? null, reason }, caller);
  }

  @Get('settings')
  @ApiOperation({ summary: 'How many questions a night, what they may cost a month, and who is told of what.' })
  read(@Param('administrationId') administrationId: string): Promise<SettingsView> {
    return this.settings.read(administrationId);
  }

  @Put('settings')
  @ApiOperation({ summary: 'Sets them.' })
  write(@Param('administrationId') administrationId: string, @Body() given: CreditSettingsDto): Promise<SettingsView> {
    return this.settings.write(administrationId, settingsIn(given));
  }
}
