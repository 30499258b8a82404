import { Get, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Documents } from '../handover/documents/documents.service.js';
import { sendFile } from '../handover/documents/send-file.js';
import { oneUpload } from '../handover/documents/upload.js';
import { ATTACHMENT_KINDS } from '../handover/rules/document/case-file.js';
import { InputError } from '../kernel/errors.js';
import { CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { AdministrationPages, type PageRequest } from './administration-pages.service.js';
import { AdministrationController } from './console-controller.js';
import { showDocuments } from './rules/documents-view.js';
import { knownWord } from './rules/words.js';

/** The evidence about a debtor: what goes along when claims on him are handed over. */
@AdministrationController()
export class DocumentPagesController {
  constructor(
    private readonly pages: AdministrationPages,
    private readonly documents: Documents,
  ) {}

  @Get('debtors/:debtorId/documents')
  show(
    @Param('administrationId') administrationId: string,
    @Param('debtorId') debtorId: string,
    @Query('done') done: unknown,
    @CalledBy() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const notice = knownWord(this.pages.texts.documents.done, done);
    return this.send({ administrationId, caller, reply }, debtorId, { notice, problem: null });
  }

  @Post('debtors/:debtorId/documents')
  async add(
    @Param('administrationId') administrationId: string,
    @Param('debtorId') debtorId: string,
    @CalledBy() caller: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    try {
      const { fields, ...file } = await oneUpload(request);
      await this.documents.keep(administrationId, { debtorId, invoiceId: null, kind: fields['kind'] ?? '', ...file });
    } catch (cause) {
      if (!(cause instanceof InputError)) throw cause;
      return this.send({ administrationId, caller, reply }, debtorId, { notice: null, problem: cause.message });
    }
    this.pages.redirect(reply, administrationId, `/debtors/${encodeURIComponent(debtorId)}/documents?done=added`);
  }

  @Get('debtors/:debtorId/documents/:documentId')
  async read(
    @Param('administrationId') administrationId: string,
    @Param('debtorId') debtorId: string,
    @Param('documentId', ParseUUIDPipe) documentId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    sendFile(reply, await this.documents.read(administrationId, debtorId, documentId));
  }

  @Post('debtors/:debtorId/documents/:documentId/remove')
  async remove(
    @Param('administrationId') administrationId: string,
    @Param('debtorId') debtorId: string,
    @Param('documentId', ParseUUIDPipe) documentId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.documents.remove(administrationId, debtorId, documentId);
    this.pages.redirect(reply, administrationId, `/debtors/${encodeURIComponent(debtorId)}/documents?done=removed`);
  }

  private async send(
    request: PageRequest,
    debtorId: string,
    { notice, problem }: { readonly notice: string | null; readonly problem: string | null },
  ): Promise<void> {
    const { texts, format } = this.pages;
    const documents = showDocuments(await this.documents.list(request.administrationId, debtorId), texts, format);
    const here = `/console/administrations/${request.administrationId}/debtors/${encodeURIComponent(debtorId)}/documents`;
    const kinds = ATTACHMENT_KINDS.map((code) => ({ code, words: texts.documents.kindWord[code] }));
    const status = problem === null ? 200 : 422;
    await this.pages.send(request, { view: 'documents', tab: 'handovers', notice, status, content: { documents, problem, here, kinds } });
  }
}
