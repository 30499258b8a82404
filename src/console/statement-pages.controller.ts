import { Body, Get, NotFoundException, Param, ParseUUIDPipe, Post, Query, Req, Res } from '@nestjs/common';
import { IsIn, IsString, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InputError } from '../kernel/errors.js';
import { CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { StatementSetting } from '../writeback/statement-setting.service.js';
import { StatementImport } from '../statements/statement-import.service.js';
import { StatementsOverview } from '../statements/statements-overview.service.js';
import { UnassignedStatements } from '../statements/unassigned.service.js';
import { eachUpload } from '../statements/uploads.js';
import { AdministrationPages, type PageRequest } from './administration-pages.service.js';
import { AdministrationController } from './console-controller.js';
import { type UploadShown, showStatements, showUnassigned, showUploads } from './rules/statements-view.js';
import { showToPackage } from './rules/statements-to-package-view.js';
import { wordFor } from './rules/words.js';

class UnassignedForm {
  @IsString() @MaxLength(100) account: string;
  @IsIn(['assign', 'discard']) decision: 'assign' | 'discard';
}

class ToPackageForm {
  @IsIn(['on', 'off']) send: 'on' | 'off';
}

/**
 * The statements of an administration: what came, what is missing between them, what waits for an owner; importing them; and whether they go
 * on to the package.
 */
@AdministrationController()
export class StatementPagesController {
  constructor(
    private readonly pages: AdministrationPages,
    private readonly statements: StatementImport,
    private readonly overview: StatementsOverview,
    private readonly unassigned: UnassignedStatements,
    private readonly toPackage: StatementSetting,
  ) {}

  @Get('statements')
  show(
    @Param('administrationId') administrationId: string,
    @Query('done') done: unknown,
    @CalledBy() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const notice = typeof done === 'string' ? wordFor(this.pages.texts.statements.done, done) : null;
    return this.send({ administrationId, caller, reply }, { uploads: [], notice, status: 200 });
  }

  /** Imports the chosen files, each whole or not at all, and says what became of each. */
  @Post('statements')
  async upload(
    @Param('administrationId') administrationId: string,
    @CalledBy() caller: Caller,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { texts, format } = this.pages;
    const results = request.isMultipart()
      ? await eachUpload(request, (file, bytes) => this.statements.importInto(administrationId, file, bytes))
      : [];
    if (results.length === 0) throw new InputError('no-file', texts.statements.noFile);
    const status = results.some((result) => 'error' in result || result.statements.length === 0) ? 422 : 200;
    await this.send({ administrationId, caller, reply }, { uploads: showUploads(results, texts, format), notice: null, status });
  }

  /** A person says that what was found is as it should be. */
  @Post('statements/findings/:findingId/accept')
  async accept(
    @Param('administrationId') administrationId: string,
    @Param('findingId', ParseUUIDPipe) findingId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (!(await this.overview.accept(administrationId, findingId))) throw new NotFoundException();
    this.pages.redirect(reply, administrationId, '/statements?done=accepted');
  }

  /** Makes an account that was kept aside this administration's, and imports its files; or drops them. */
  @Post('statements/unassigned')
  async decide(
    @Param('administrationId') administrationId: string,
    @Body() { account, decision }: UnassignedForm,
    @CalledBy() { administrationIds }: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const decided =
      decision === 'assign'
        ? (await this.statements.assign(administrationIds, account, administrationId)) !== null
        : await this.statements.discard(administrationIds, account);
    if (!decided) throw new NotFoundException();
    this.pages.redirect(reply, administrationId, `/statements?done=${decision === 'assign' ? 'assigned' : 'discarded'}`);
  }

  /** Whether statements imported from now on go to the package. */
  @Post('statements/to-package')
  async sendOn(
    @Param('administrationId') administrationId: string,
    @Body() { send }: ToPackageForm,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.toPackage.set(administrationId, send === 'on');
    this.pages.redirect(reply, administrationId, `/statements?done=${send === 'on' ? 'to-package' : 'not-to-package'}`);
  }

  private async send(
    request: PageRequest,
    { uploads, notice, status }: { readonly uploads: readonly UploadShown[]; readonly notice: string | null; readonly status: number },
  ): Promise<void> {
    const { texts, format } = this.pages;
    const shown = showStatements(await this.overview.of(request.administrationId), texts, format);
    const unassigned = showUnassigned(await this.unassigned.list(request.caller.administrationIds), texts, format);
    const toPackage = showToPackage(await this.toPackage.of(request.administrationId), request.caller.role, texts, format);
    const content = { uploads, ...shown, unassigned, toPackage };
    await this.pages.send(request, { view: 'statements', tab: 'statements', notice, content, status });
  }
}
