import { Controller, Get, HttpCode, NotFoundException, Param, ParseUUIDPipe, Post, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ApiKeyGuard } from '../platform/auth/api-key.guard.js';
import { StatementImport } from './statement-import.service.js';
import { StatementsOverview, type StatementsView } from './statements-overview.service.js';
import { type FileResult, importUploads } from './uploads.js';

@ApiTags('statements')
@ApiBearerAuth()
@UseGuards(ApiKeyGuard)
@Controller('api/v1/administrations/:administrationId/statements')
export class StatementsController {
  constructor(
    private readonly statements: StatementImport,
    private readonly overview: StatementsOverview,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Imports bank statements (CAMT.053, 052, 054, MT940, zip, gzip), one or more files; each is taken whole or not at all.',
    description: 'Files with statements of accounts that are not of this administration are kept aside, to be assigned or discarded.',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', properties: { file: { type: 'array', items: { type: 'string', format: 'binary' } } } } })
  upload(@Param('administrationId') administrationId: string, @Req() request: FastifyRequest): Promise<{ files: FileResult[] }> {
    return importUploads(request, (file, bytes) => this.statements.importInto(administrationId, file, bytes));
  }

  @Get()
  @ApiOperation({ summary: 'The statements that came, what is missing between them, and what the bank announced.' })
  list(@Param('administrationId') administrationId: string): Promise<StatementsView> {
    return this.overview.of(administrationId);
  }

  @Post('findings/:findingId/accept')
  @HttpCode(204)
  @ApiOperation({ summary: 'Says that what was found is as it should be: it holds the day no longer.' })
  async accept(@Param('administrationId') administrationId: string, @Param('findingId', ParseUUIDPipe) findingId: string): Promise<void> {
    if (await this.overview.accept(administrationId, findingId)) return;
    throw new NotFoundException({ code: 'unknown-finding', message: `No finding ${findingId} that waits to be accepted.` });
  }
}
