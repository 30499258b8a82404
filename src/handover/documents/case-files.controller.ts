import { Readable } from 'node:stream';
import { Controller, Get, Param, ParseUUIDPipe, Post, Res, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { AgencyGuard, FromAgency } from '../agency.guard.js';
import type { ProvenAgency } from '../callbacks/agency-directory.js';
import { CaseArchive } from './case-archive.service.js';
import { CaseFiles } from './case-files.service.js';
import { type DocumentLink, DocumentLinks } from './document-links.service.js';
import { fileHeaders, sendFile } from './send-file.js';

/** What an agency fetches of its cases, with requests it signs with its callback secret. */
@ApiTags('for agencies')
@UseGuards(AgencyGuard)
@Controller('agencies/:agencyId/dossiers/:caseId')
export class CaseFilesController {
  constructor(
    private readonly files: CaseFiles,
    private readonly links: DocumentLinks,
    private readonly archive: CaseArchive,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The dossier as it was sent last, to the byte.' })
  async dossier(
    @FromAgency() agency: ProvenAgency,
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { version, document, sha256 } = await this.files.dossier(agency, caseId);
    const file = { fileName: `dossier-${caseId}-${version}.json`, mediaType: 'application/json', sha256 };
    sendFile(reply, { ...file, content: Buffer.from(document) });
  }

  @Get('documents/:documentId')
  @ApiOperation({ summary: 'A document the dossier names. Compare its SHA-256 with what the dossier says.' })
  async document(
    @FromAgency() agency: ProvenAgency,
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Param('documentId', ParseUUIDPipe) documentId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendFile(reply, await this.files.document(agency, caseId, documentId));
  }

  @Post('documents/:documentId/link')
  @ApiOperation({ summary: 'A link that gives a document once, within a day, to whoever has it. The one before it is over.' })
  link(
    @FromAgency() agency: ProvenAgency,
    @Param('caseId', ParseUUIDPipe) caseId: string,
    @Param('documentId', ParseUUIDPipe) documentId: string,
  ): Promise<DocumentLink> {
    return this.links.make(agency, caseId, documentId);
  }

  @Get('archive')
  @ApiOperation({ summary: 'Everything of a case as one zip: cover, dossier, CSV, annexes, and a list with hashes.' })
  async zip(@FromAgency() agency: ProvenAgency, @Param('caseId', ParseUUIDPipe) caseId: string, @Res() reply: FastifyReply): Promise<void> {
    const dossier = await this.files.dossier(agency, caseId);
    void reply
      .headers(fileHeaders(this.archive.fileName(dossier), 'application/zip'))
      .send(Readable.from(this.archive.of(dossier), { objectMode: false }));
  }
}
