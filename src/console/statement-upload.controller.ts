import { Param, Post, Req, Res } from '@nestjs/common';
import type {} from '@fastify/multipart';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InputError } from '../kernel/errors.js';
import { CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { StatementImport } from '../statements/statement-import.service.js';
import { AdministrationPages } from './administration-pages.service.js';
import { AdministrationController } from './console-controller.js';
import { type UploadFacts, showUploads } from './rules/statements-view.js';

@AdministrationController()
export class StatementUploadController {
  constructor(
    private readonly pages: AdministrationPages,
    private readonly statements: StatementImport,
  ) {}

  /** Imports the chosen files, each whole or not at all, and says what became of each. */
  @Post('statements')
  async upload(
    @Param('administrationId') administrationId: string,
    @CalledBy() caller: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { texts, format } = this.pages;
    const uploads = request.isMultipart() ? await this.importAll(administrationId, request) : [];
    if (uploads.length === 0) throw new InputError('no-file', texts.statements.noFile);
    const status = uploads.some((upload) => 'refused' in upload) ? 422 : 200;
    await this.pages.send(
      { administrationId, caller, reply },
      {
        view: 'statements',
        tab: 'today',
        title: texts.statements.resultTitle,
        content: { uploads: showUploads(uploads, texts, format) },
        status,
      },
    );
  }

  private async importAll(administrationId: string, request: FastifyRequest): Promise<UploadFacts[]> {
    const uploads: UploadFacts[] = [];
    for await (const { filename, file } of request.files()) {
      // A form sent with no file chosen carries one without a name.
      if (!filename) {
        file.resume();
        continue;
      }
      try {
        uploads.push({ file: filename, statements: await this.statements.import(administrationId, filename, file) });
      } catch (cause) {
        file.resume();
        if (!(cause instanceof InputError)) throw cause;
        uploads.push({ file: filename, refused: { message: cause.message, line: cause.place.line } });
      }
    }
    return uploads;
  }
}
