import { Controller, Delete, Get, HttpCode, Param, ParseUUIDPipe, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiKeyGuard } from '../../platform/auth/api-key.guard.js';
import { ATTACHMENT_KINDS } from '../rules/document/case-file.js';
import { type DocumentView, Documents } from './documents.service.js';
import { sendFile } from './send-file.js';
import { oneUpload } from './upload.js';

@ApiTags('documents')
@ApiBearerAuth()
@UseGuards(ApiKeyGuard)
@Controller('api/v1/administrations/:administrationId/debtors/:debtorId/documents')
export class DocumentsController {
  constructor(private readonly documents: Documents) {}

  @Get()
  @ApiOperation({ summary: 'The evidence that goes along when claims on this debtor are handed over.' })
  list(@Param('administrationId') administrationId: string, @Param('debtorId') debtorId: string): Promise<DocumentView[]> {
    return this.documents.list(administrationId, debtorId);
  }

  @Post()
  @ApiOperation({ summary: 'Keeps a document: PDF, JPEG, PNG, GIF, CSV, text or e-mail, at most 25 MB. The same content is kept once.' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['kind', 'file'],
      properties: {
        kind: { type: 'string', enum: [...ATTACHMENT_KINDS] },
        invoiceId: { type: 'string', description: 'Left out: it is about the debtor as a whole.' },
        file: { type: 'string', format: 'binary' },
      },
    },
  })
  async keep(
    @Param('administrationId') administrationId: string,
    @Param('debtorId') debtorId: string,
    @Req() request: FastifyRequest,
  ): Promise<DocumentView> {
    const { fields, ...file } = await oneUpload(request);
    return this.documents.keep(administrationId, { debtorId, invoiceId: fields['invoiceId'] || null, kind: fields['kind'] ?? '', ...file });
  }

  @Get(':documentId')
  @ApiOperation({ summary: 'The document itself.' })
  async read(
    @Param('administrationId') administrationId: string,
    @Param('debtorId') debtorId: string,
    @Param('documentId', ParseUUIDPipe) documentId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendFile(reply, await this.documents.read(administrationId, debtorId, documentId));
  }

  @Delete(':documentId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Takes a document out of what goes along from now on. Cases it went out with keep it.' })
  remove(
    @Param('administrationId') administrationId: string,
    @Param('debtorId') debtorId: string,
    @Param('documentId', ParseUUIDPipe) documentId: string,
  ): Promise<void> {
    return this.documents.remove(administrationId, debtorId, documentId);
  }
}
