import { Body, Controller, Delete, Get, HttpCode, NotFoundException, Param, ParseUUIDPipe, Put, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiForbiddenResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard, CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { BecauseDto, SetGroupDto, SetLimitDto } from './credit.dto.js';
import { CreditGroups } from './credit-groups.service.js';
import { CreditLimits } from './credit-limits.service.js';
import { SET_LIMIT_KINDS, type SetLimitKind } from './rules/limit-request.js';
import type { LimitsView } from './rules/told.js';

/** Limits beside the package's own: internal with dates, temporary, insured, and of a group. */
@ApiTags('credit')
@ApiBearerAuth()
@ApiForbiddenResponse({ description: '`role-too-low` or `amount-too-high`: the key may not let that much more be delivered.' })
@UseGuards(ApiKeyGuard)
@Controller('api/v1/administrations/:administrationId/credit')
export class CreditLimitsController {
  constructor(
    private readonly limits: CreditLimits,
    private readonly groups: CreditGroups,
  ) {}

  @Get('debtors/:debtorId/limits')
  @ApiOperation({ summary: 'The limits of a debtor, and which one counts today.' })
  of(@Param('administrationId') administrationId: string, @Param('debtorId') debtorId: string): Promise<LimitsView> {
    return this.limits.of(administrationId, debtorId);
  }

  @Put('debtors/:debtorId/limits/:kind')
  @ApiOperation({ summary: 'Sets an internal, temporary or insured limit, in place of an earlier one of its kind.' })
  set(
    @Param('administrationId') administrationId: string,
    @Param('debtorId') debtorId: string,
    @Param('kind') kind: string,
    @Body() { amount, from, until, insuredOnly, reason }: SetLimitDto,
    @CalledBy() caller: Caller,
  ): Promise<LimitsView> {
    const given = { amount, from: from ?? null, until: until ?? null, insuredOnly: insuredOnly ?? false, reason };
    return this.limits.set(administrationId, debtorId, kindOf(kind), given, caller);
  }

  @Delete('debtors/:debtorId/limits/:kind')
  @ApiOperation({ summary: 'Takes a limit away.' })
  remove(
    @Param('administrationId') administrationId: string,
    @Param('debtorId') debtorId: string,
    @Param('kind') kind: string,
    @Body() { reason }: BecauseDto,
    @CalledBy() caller: Caller,
  ): Promise<LimitsView> {
    return this.limits.remove(administrationId, debtorId, kindOf(kind), reason, caller);
  }

  @Put('groups/:groupId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Makes a group of debtors that belong together, or changes it; the id is yours to choose (a UUID).' })
  setGroup(
    @Param('administrationId') administrationId: string,
    @Param('groupId', ParseUUIDPipe) groupId: string,
    @Body() { name, amount, from, until, debtorIds }: SetGroupDto,
    @CalledBy() caller: Caller,
  ): Promise<void> {
    const given = { name, amount: amount ?? null, from: from ?? null, until: until ?? null, debtorIds };
    return this.groups.set(administrationId, groupId, given, caller);
  }

  @Delete('groups/:groupId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Ends a group.' })
  removeGroup(
    @Param('administrationId') administrationId: string,
    @Param('groupId', ParseUUIDPipe) groupId: string,
    @CalledBy() caller: Caller,
  ): Promise<void> {
    return this.groups.remove(administrationId, groupId, caller);
  }
}

function kindOf(text: string): SetLimitKind {
  const kind = SET_LIMIT_KINDS.find((one) => one === text);
  if (kind === undefined)
    throw new NotFoundException({ code: 'unknown-limit', message: `There is no ${text} limit; there are ${SET_LIMIT_KINDS.join(', ')}.` });
  return kind;
}
