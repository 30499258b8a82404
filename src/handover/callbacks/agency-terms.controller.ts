import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Put, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard } from '../../platform/auth/api-key.guard.js';
import { RotateDto } from '../agencies.dto.js';
import { AgencyTermsDto } from './agency-terms.dto.js';
import { AgencyTerms, type TermsView } from './agency-terms.service.js';

@ApiTags('agencies')
@ApiBearerAuth()
@UseGuards(ApiKeyGuard)
@Controller('api/v1/administrations/:administrationId/agencies/:agencyId')
export class AgencyTermsController {
  constructor(private readonly terms: AgencyTerms) {}

  @Get('terms')
  @ApiOperation({ summary: 'How an agency tells us of cases, and what it may keep.' })
  show(@Param('administrationId') administrationId: string, @Param('agencyId', ParseUUIDPipe) agencyId: string): Promise<TermsView> {
    return this.terms.show(administrationId, agencyId);
  }

  @Put('terms')
  @ApiOperation({ summary: 'Sets the words an agency uses, where it is asked for news, and its tariff.' })
  set(
    @Param('administrationId') administrationId: string,
    @Param('agencyId', ParseUUIDPipe) agencyId: string,
    @Body() { vocabulary, statusUrl, tariff }: AgencyTermsDto,
  ): Promise<TermsView> {
    return this.terms.set(administrationId, agencyId, { vocabulary, statusUrl: statusUrl ?? null, tariff: tariff ?? null });
  }

  @Post('callback-key')
  @ApiOperation({ summary: 'Makes the key an agency signs its callbacks with; another one the next time. Its secret is shown this once.' })
  rotate(
    @Param('administrationId') administrationId: string,
    @Param('agencyId', ParseUUIDPipe) agencyId: string,
    @Body() { atOnce }: RotateDto,
  ): Promise<{ readonly secret: string }> {
    return this.terms.rotate(administrationId, agencyId, atOnce ?? false);
  }
}
