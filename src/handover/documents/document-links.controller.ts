import { Controller, Get, Head, HttpCode, Param, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DocumentLinks, LINKS_PATH } from './document-links.service.js';
import { sendFile } from './send-file.js';

/** What one-time links lead to. Whoever has a link is let in: it is its own key. */
@ApiTags('for agencies')
@Controller(LINKS_PATH)
export class DocumentLinksController {
  constructor(private readonly links: DocumentLinks) {}

  /** Looking whether there is something uses nothing up, and tells nothing. */
  @Head(':token')
  @HttpCode(204)
  @ApiOperation({ summary: 'Tells nothing.' })
  head(): void {}

  @Get(':token')
  @ApiOperation({ summary: 'The document of a one-time link.' })
  async use(@Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    sendFile(reply, await this.links.use(token));
  }
}
