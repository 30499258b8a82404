import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard } from '../platform/auth/api-key.guard.js';
import { DisableDto, EndpointDto, NewAgencyDto, RotateDto } from './agencies.dto.js';
import { Agencies, type AgencyView, type Proof } from './agencies.service.js';
import { DeliveryLog, type DeliveryView } from './delivery-log.service.js';

@ApiTags('agencies')
@ApiBearerAuth()
@UseGuards(ApiKeyGuard)
@Controller('api/v1/administrations/:administrationId/agencies')
export class AgenciesController {
  constructor(
    private readonly agencies: Agencies,
    private readonly log: DeliveryLog,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The agencies claims may be handed to.' })
  list(@Param('administrationId') administrationId: string): Promise<AgencyView[]> {
    return this.agencies.list(administrationId);
  }

  @Post()
  @ApiOperation({ summary: 'Adds an agency. The answer has the secret its endpoint verifies with, this once.' })
  add(
    @Param('administrationId') administrationId: string,
    @Body() agency: NewAgencyDto,
  ): Promise<AgencyView & { readonly secret: string }> {
    return this.agencies.add(administrationId, { ...agency, registrations: agency.registrations ?? [] });
  }

  @Put(':agencyId/endpoint')
  @HttpCode(204)
  @ApiOperation({ summary: 'Another address for the webhooks of an agency; it has to prove itself anew.' })
  move(
    @Param('administrationId') administrationId: string,
    @Param('agencyId', ParseUUIDPipe) agencyId: string,
    @Body() { url }: EndpointDto,
  ): Promise<void> {
    return this.agencies.move(administrationId, agencyId, url);
  }

  @Post(':agencyId/test')
  @HttpCode(200)
  @ApiOperation({ summary: 'Sends a test event. An endpoint that answers with its token is proven, and enabled.' })
  test(@Param('administrationId') administrationId: string, @Param('agencyId', ParseUUIDPipe) agencyId: string): Promise<Proof> {
    return this.agencies.prove(administrationId, agencyId);
  }

  @Post(':agencyId/key')
  @ApiOperation({ summary: 'Makes a new key for the webhooks of an agency. The answer has its secret, this once.' })
  rotate(
    @Param('administrationId') administrationId: string,
    @Param('agencyId', ParseUUIDPipe) agencyId: string,
    @Body() { atOnce }: RotateDto,
  ): Promise<{ readonly secret: string }> {
    return this.agencies.rotate(administrationId, agencyId, atOnce ?? false);
  }

  @Post(':agencyId/disable')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sends nothing more to an agency until a test event was answered.' })
  disable(
    @Param('administrationId') administrationId: string,
    @Param('agencyId', ParseUUIDPipe) agencyId: string,
    @Body() { reason }: DisableDto,
  ): Promise<void> {
    return this.agencies.disable(administrationId, agencyId, reason);
  }

  @Get(':agencyId/deliveries')
  @ApiOperation({ summary: 'What was sent to an agency, newest first, with every try.' })
  deliveries(
    @Param('administrationId') administrationId: string,
    @Param('agencyId', ParseUUIDPipe) agencyId: string,
  ): Promise<DeliveryView[]> {
    return this.log.list(administrationId, agencyId);
  }

  @Post(':agencyId/deliveries/:webhookId/arrived')
  @HttpCode(204)
  @ApiOperation({ summary: 'Says that a delivery of which nobody knew has arrived (it went by mail, and its sender vanished).' })
  arrived(
    @Param('administrationId') administrationId: string,
    @Param('agencyId', ParseUUIDPipe) agencyId: string,
    @Param('webhookId') webhookId: string,
  ): Promise<void> {
    return this.log.arrived(administrationId, agencyId, webhookId);
  }

  @Post(':agencyId/deliveries/:webhookId/redeliver')
  @HttpCode(202)
  @ApiOperation({ summary: 'Sends a delivery that failed once more, under the same id.' })
  redeliver(
    @Param('administrationId') administrationId: string,
    @Param('agencyId', ParseUUIDPipe) agencyId: string,
    @Param('webhookId') webhookId: string,
  ): Promise<void> {
    return this.log.redeliver(administrationId, agencyId, webhookId);
  }
}
