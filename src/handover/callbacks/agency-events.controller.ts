import {
  BadRequestException,
  Controller,
  Get,
  Header,
  HttpCode,
  Param,
  ParseIntPipe,
  ParseUUIDPipe,
  Post,
  Query,
  Req,
  UseGuards,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AGENCIES_PATH, bytesOf } from '../../platform/http/raw-body.js';
import { AgencyGuard, FromAgency } from '../agency.guard.js';
import { AgencyEvents, type EventPage } from './agency-events.service.js';
import type { ProvenAgency } from './agency-directory.js';

/** As many as a few pages have. */
const ARRIVED_MAX = 100;

@ApiTags('callbacks')
@UseGuards(AgencyGuard)
@Controller(`${AGENCIES_PATH}/:agencyId`)
export class AgencyEventsController {
  constructor(private readonly events: AgencyEvents) {}

  @Get('events')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'For agencies that cannot be called: what we tell of cases, in order; with `after` also what has arrived.' })
  list(@FromAgency() agency: ProvenAgency, @Query('after') after?: string): Promise<EventPage> {
    return this.events.list(agency, after ?? null);
  }

  @Post('events/arrived')
  @HttpCode(200)
  @ApiOperation({ summary: 'The agency has these events: `{"webhookIds":["msg_…"]}`.' })
  async arrived(@FromAgency() agency: ProvenAgency, @Req() { body }: { readonly body: unknown }): Promise<{ readonly arrived: number }> {
    return { arrived: await this.events.arrived(agency, idsIn(bytesOf(body))) };
  }

  @Get('cases/:caseId/dossier')
  @Header('cache-control', 'no-store')
  @Header('content-type', 'application/json; charset=utf-8')
  @ApiOperation({ summary: 'The dossier of a case as it was sealed; with `version` one before the last.' })
  dossier(
    @FromAgency() agency: ProvenAgency,
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Query('version', new ParseIntPipe({ optional: true })) version?: number,
  ): Promise<string> {
    return this.events.dossier(agency, caseId, version ?? null);
  }
}

function idsIn(bytes: Uint8Array): string[] {
  try {
    const { webhookIds } = JSON.parse(new TextDecoder().decode(bytes)) as { webhookIds?: unknown };
    const isList = Array.isArray(webhookIds) && webhookIds.length <= ARRIVED_MAX && webhookIds.every((id) => typeof id === 'string');
    if (isList) return [...new Set(webhookIds as string[])];
  } catch {
    // Told below: whatever is no such list.
  }
  throw new BadRequestException({ code: 'invalid-request', message: `webhookIds: a list of at most ${ARRIVED_MAX} texts` });
}
