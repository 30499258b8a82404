import { BadRequestException, Body, Get, NotFoundException, Param, Post, Query, Res } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsOptional, IsString, IsUUID, Length } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { InputError } from '../kernel/errors.js';
import type { Result } from '../kernel/result.js';
import { BULK_MAX, BankLineDesk } from '../matching/bank-line-desk.service.js';
import { BankLines } from '../matching/bank-lines.service.js';
import { CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { AdministrationPages } from './administration-pages.service.js';
import { AdministrationController } from './console-controller.js';
import { chosenAlternative, outcomeChoices, outcomeOf, showBankLines } from './rules/bank-lines-view.js';
import { known } from './known-id.js';
import { knownWord } from './rules/words.js';

class LineForm {
  /** The outcome the page was filtered by, to go back to. */
  @IsOptional() @IsString() shown?: string;
}

class ConfirmForm extends LineForm {
  @IsString() choice: string;
}

class BulkForm extends LineForm {
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? [value] : value))
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(BULK_MAX)
  @IsUUID('all', { each: true })
  ids: string[];
}

class DismissForm extends LineForm {
  @IsIn(['not-a-receivable', 'unknown']) reason: 'not-a-receivable' | 'unknown';
  @IsOptional() @IsString() @Length(0, 500) why?: string;
}

class UndoForm extends LineForm {
  @IsString() @Length(1, 500) why: string;
}

/** The bank lines and what they were matched to; what waits for a person is booked, put aside or taken back here. */
@AdministrationController()
export class BankLinePagesController {
  constructor(
    private readonly pages: AdministrationPages,
    private readonly lines: BankLines,
    private readonly desk: BankLineDesk,
  ) {}

  @Get('bank-lines')
  async list(
    @Param('administrationId') administrationId: string,
    @Query('outcome') outcome: unknown,
    @Query('done') done: unknown,
    @CalledBy() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { texts, format } = this.pages;
    const chosen = outcomeOf(outcome);
    const lines = showBankLines(await this.lines.latest(administrationId, chosen), texts, format);
    await this.pages.send(
      { administrationId, caller, reply },
      {
        view: 'bank-lines',
        tab: 'lines',
        notice: knownWord(texts.lines.notices, done),
        content: {
          lines,
          wait: lines.some(({ choices }) => choices.length > 0),
          outcome: chosen ?? '',
          choices: outcomeChoices(chosen, texts),
          shown: format.counted(lines.length, texts.shown),
        },
      },
    );
  }

  /** Books the ticked proposals; one that is refused does not hold up the others. */
  @Post('bank-lines/confirm')
  async confirmTicked(
    @Param('administrationId') administrationId: string,
    @Body() { ids, shown }: BulkForm,
    @CalledBy() { keyId }: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { refused } = await this.desk.confirmAll(administrationId, ids, keyId);
    this.back(reply, administrationId, shown, refused.length === 0 ? 'booked' : 'booked-some');
  }

  @Post('bank-lines/:lineId/confirm')
  async confirm(
    @Param('administrationId') administrationId: string,
    @Param('lineId') lineId: string,
    @Body() { choice, shown }: ConfirmForm,
    @CalledBy() { keyId }: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const alternative = chosenAlternative(choice);
    if (alternative === undefined) throw new BadRequestException();
    orRefuse(await this.desk.confirm(administrationId, known(lineId), keyId, alternative));
    this.back(reply, administrationId, shown, 'booked');
  }

  @Post('bank-lines/:lineId/dismiss')
  async dismiss(
    @Param('administrationId') administrationId: string,
    @Param('lineId') lineId: string,
    @Body() { reason, why, shown }: DismissForm,
    @CalledBy() { keyId }: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (reason === 'not-a-receivable' && !why) throw new InputError('no-reason', this.pages.texts.lines.whyMissing);
    const dismissal = reason === 'unknown' ? { reason, why: why || null } : { reason, why: why as string };
    orRefuse(await this.desk.dismiss(administrationId, known(lineId), keyId, dismissal));
    this.back(reply, administrationId, shown, 'put-aside');
  }

  @Post('bank-lines/:lineId/undo')
  async undo(
    @Param('administrationId') administrationId: string,
    @Param('lineId') lineId: string,
    @Body() { why, shown }: UndoForm,
    @CalledBy() { keyId }: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    orRefuse(await this.desk.undo(administrationId, known(lineId), keyId, why));
    this.back(reply, administrationId, shown, 'taken-back');
  }

  private back(reply: FastifyReply, administrationId: string, outcome: string | undefined, what: string): void {
    const query = new URLSearchParams({ ...(outcome && { outcome }), done: what });
    this.pages.redirect(reply, administrationId, `/bank-lines?${query}`);
  }
}

/** What the desk refuses, in words on a page. */
function orRefuse(result: Result<unknown>): void {
  if (result.ok) return;
  if (result.error.code === 'unknown-line') throw new NotFoundException();
  throw new InputError(result.error.code, result.error.message);
}
