import { Body, ConflictException, Controller, Get, HttpCode, Inject, Param, Post, Put, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Clock, today } from '../kernel/clock.js';
import { InputError } from '../kernel/errors.js';
import { parseAmount } from '../kernel/money.js';
import { ApiKeyGuard } from '../platform/auth/api-key.guard.js';
import { CLOCK } from '../platform/platform.module.js';
import { CreditSettingsDto } from './credit.dto.js';
import { CreditSettingsService, type SettingsView } from './credit-settings.service.js';
import { type CheckView, checkView } from './customer-check.view.js';
import { CustomerChecks } from './customer-checks.service.js';

/** What is known of customers before they owe anything: their numbers, and what registers say. */
@ApiTags('credit')
@ApiBearerAuth()
@UseGuards(ApiKeyGuard)
@Controller('api/v1/administrations/:administrationId/credit')
export class CustomerChecksController {
  constructor(
    private readonly checks: CustomerChecks,
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
    return checkView({ check, debtor: null, lookups: [] });
  }

  @Get('settings')
  @ApiOperation({ summary: 'How many questions a night, what they may cost a month, and who is told of what.' })
  read(@Param('administrationId') administrationId: string): Promise<SettingsView> {
    return this.settings.read(administrationId);
  }

  @Put('settings')
  @ApiOperation({ summary: 'Sets them.' })
  write(
    @Param('administrationId') administrationId: string,
    @Body() { lookupsPerNight, monthlyBudget, recipients }: CreditSettingsDto,
  ): Promise<SettingsView> {
    const budget = parseAmount(monthlyBudget, 'EUR');
    if (!budget.ok) throw new InputError(budget.error.code, `monthlyBudget: ${budget.error.message}`);
    return this.settings.write(administrationId, { lookupsPerNight, monthlyBudget: budget.value, recipients: { ...recipients } });
  }
}
