import { Body, Controller, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiForbiddenResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ReleaseDto } from '../credit/credit.dto.js';
import { ApiKeyGuard, CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { CreditReleases } from './credit-releases.service.js';

@ApiTags('credit')
@ApiBearerAuth()
@ApiForbiddenResponse({ description: '`role-too-low` or `amount-too-high`: by the key, or by the policy (`credit.releases`).' })
@UseGuards(ApiKeyGuard)
@Controller('api/v1/administrations/:administrationId/credit')
export class CreditReleasesController {
  constructor(private readonly releases: CreditReleases) {}

  @Post('debtors/:debtorId/release')
  @HttpCode(204)
  @ApiOperation({ summary: 'Lets deliveries on credit go on beyond the limit; the hold is not proposed again before a day.' })
  release(
    @Param('administrationId') administrationId: string,
    @Param('debtorId') debtorId: string,
    @Body() { until, reason }: ReleaseDto,
    @CalledBy() caller: Caller,
  ): Promise<void> {
    return this.releases.release(administrationId, debtorId, until, reason, caller);
  }
}
