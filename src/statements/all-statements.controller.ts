import { Body, Controller, Delete, Get, HttpCode, NotFoundException, Param, Post, Req, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { ApiKeyGuard, CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { type ImportedFile, StatementImport } from './statement-import.service.js';
import { type UnassignedView, UnassignedStatements } from './unassigned.service.js';
import { type FileResult, importUploads } from './uploads.js';

class AssignDto {
  @ApiProperty({ description: 'The administration whose account it is from now on.' }) @IsUUID() administrationId: string;
}

/** Statements of all administrations of a caller. */
@ApiTags('statements')
@ApiBearerAuth()
@UseGuards(ApiKeyGuard)
@Controller('api/v1/statements')
export class AllStatementsController {
  constructor(
    private readonly statements: StatementImport,
    private readonly unassigned: UnassignedStatements,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Imports bank statements over all administrations of this key, by account; each file is taken whole or not at all.',
    description: 'Files with statements of accounts that no administration of this key owns are kept aside, to be assigned or discarded.',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: { type: 'object', properties: { file: { type: 'array', items: { type: 'string', format: 'binary' } } } } })
  upload(@CalledBy() { administrationIds }: Caller, @Req() request: FastifyRequest): Promise<{ files: FileResult[] }> {
    return importUploads(request, (file, bytes) => this.statements.importFor(administrationIds, file, bytes));
  }

  @Get('unassigned')
  @ApiOperation({ summary: 'Accounts that no administration owns, with the files that were kept aside because of them.' })
  list(@CalledBy() { administrationIds }: Caller): Promise<UnassignedView[]> {
    return this.unassigned.list(administrationIds);
  }

  @Post('unassigned/:account/assign')
  @ApiOperation({ summary: 'Makes the account one of an administration, and imports what was kept aside of it.' })
  async assign(
    @CalledBy() { administrationIds }: Caller,
    @Param('account') account: string,
    @Body() { administrationId }: AssignDto,
  ): Promise<{ files: ImportedFile[] }> {
    if (!administrationIds.includes(administrationId)) {
      throw new NotFoundException({ code: 'unknown-administration', message: `No administration ${administrationId} for this key.` });
    }
    const files = await this.statements.assign(administrationIds, account, administrationId);
    if (files === null) throw notKept(account);
    return { files };
  }

  @Delete('unassigned/:account')
  @HttpCode(204)
  @ApiOperation({ summary: 'Discards what was kept aside of an account.' })
  async discard(@CalledBy() { administrationIds }: Caller, @Param('account') account: string): Promise<void> {
    if (!(await this.statements.discard(administrationIds, account))) throw notKept(account);
  }
}

const notKept = (account: string): NotFoundException =>
  new NotFoundException({ code: 'unknown-account', message: `No statements of an account ${account} are kept aside.` });
