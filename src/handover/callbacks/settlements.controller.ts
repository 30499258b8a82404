import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard, CalledBy } from '../../platform/auth/api-key.guard.js';
import type { Caller } from '../../platform/auth/api-keys.js';
import { settlementOf } from './read-callback.js';
import { SettlementDecisionDto, SettlementUploadDto } from './settlements.dto.js';
import { type SettlementDetail, type SettlementView, Settlements } from './settlements.service.js';

@ApiTags('handover')
@ApiBearerAuth()
@UseGuards(ApiKeyGuard)
@Controller('api/v1/administrations/:administrationId')
export class SettlementsController {
  constructor(private readonly settlements: Settlements) {}

  @Get('settlements')
  @ApiOperation({ summary: 'What agencies passed on, the newest first, with what does not add up.' })
  list(@Param('administrationId') administrationId: string): Promise<SettlementView[]> {
    return this.settlements.list(administrationId);
  }

  @Post('settlements')
  @ApiOperation({ summary: 'Takes in a settlement that did not come by callback. Parked when it does not add up to the cent.' })
  upload(
    @Param('administrationId') administrationId: string,
    @Body() { agencyId, settlement }: SettlementUploadDto,
  ): Promise<SettlementDetail> {
    return this.settlements.upload(administrationId, agencyId, settlementOf(settlement));
  }

  @Get('settlements/:agencyId/:settlementId')
  @ApiOperation({ summary: 'A settlement with its lines and how it could be booked.' })
  show(
    @Param('administrationId') administrationId: string,
    @Param('agencyId', ParseUUIDPipe) agencyId: string,
    @Param('settlementId') settlementId: string,
  ): Promise<SettlementDetail> {
    return this.settlements.show(administrationId, agencyId, settlementId);
  }

  @Post('settlements/:agencyId/:settlementId/approve')
  @HttpCode(200)
  @ApiOperation({ summary: 'Takes a parked settlement as it is.' })
  accept(
    @Param('administrationId') administrationId: string,
    @Param('agencyId', ParseUUIDPipe) agencyId: string,
    @Param('settlementId') settlementId: string,
    @Body() { why }: SettlementDecisionDto,
    @CalledBy() { name }: Caller,
  ): Promise<SettlementView> {
    return this.settlements.decide(administrationId, agencyId, settlementId, 'accepted', { by: name, why });
  }

  @Post('settlements/:agencyId/:settlementId/reject')
  @HttpCode(200)
  @ApiOperation({ summary: 'Says no to a parked settlement: its lines do not count.' })
  reject(
    @Param('administrationId') administrationId: string,
    @Param('agencyId', ParseUUIDPipe) agencyId: string,
    @Param('settlementId') settlementId: string,
    @Body() { why }: SettlementDecisionDto,
    @CalledBy() { name }: Caller,
  ): Promise<SettlementView> {
    return this.settlements.decide(administrationId, agencyId, settlementId, 'rejected', { by: name, why });
  }

  @Get('handovers/:caseId/money')
  @ApiOperation({ summary: 'What is expected of a case and what came of it, with the differences.' })
  money(
    @Param('administrationId') administrationId: string,
    @Param('caseId', ParseUUIDPipe) caseId: string,
  ): ReturnType<Settlements['money']> {
    return this.settlements.money(administrationId, caseId);
  }
}
