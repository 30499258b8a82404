import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard, CalledBy } from '../../platform/auth/api-key.guard.js';
import type { Caller } from '../../platform/auth/api-keys.js';
import { BeginConsentDto, FinishConsentDto } from './consents.dto.js';
import { type ConsentGiven, type ConsentView, Consents, type VisibleAdministration } from './consents.service.js';

@ApiTags('connections')
@ApiBearerAuth()
@UseGuards(ApiKeyGuard)
@Controller('api/v1/consents')
export class ConsentsController {
  constructor(private readonly consents: Consents) {}

  @Post()
  @ApiOperation({ summary: 'Begins a consent: send the browser to `url`. Its answer is good once, for this key only, until `expiresAt`.' })
  begin(@Body() { package: name, site }: BeginConsentDto, @CalledBy() caller: Caller): Promise<{ url: string; expiresAt: Date }> {
    return this.consents.begin(caller, name, site ?? 'main');
  }

  @Post('finish')
  @HttpCode(200)
  @ApiOperation({ summary: 'Ends a consent with what the package sent back. Connections that were lost and that it can see work again.' })
  finish(
    @Body() { state, code, error, error_description: errorDescription }: FinishConsentDto,
    @CalledBy() caller: Caller,
  ): Promise<ConsentGiven> {
    return this.consents.finish(caller, { state, code, error, errorDescription });
  }

  @Get()
  @ApiOperation({ summary: 'The consents of this key, and what is wrong with them.' })
  list(@CalledBy() caller: Caller): Promise<ConsentView[]> {
    return this.consents.list(caller);
  }

  @Get(':consentId/administrations')
  @ApiOperation({ summary: 'The administrations a consent can see now, to choose from.' })
  administrations(@Param('consentId', ParseUUIDPipe) consentId: string, @CalledBy() caller: Caller): Promise<VisibleAdministration[]> {
    return this.consents.administrations(caller, consentId);
  }
}
