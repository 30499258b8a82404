import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard } from '../platform/auth/api-key.guard.js';
import { Calls, type NotedCall } from './calls.service.js';
import { NoteCallDto, SentLetterDto } from './dossier.dto.js';
import { SentLetters } from './letters.service.js';

/** What people did themselves: calls and letters by post. */
@ApiTags('contacts')
@ApiBearerAuth()
@UseGuards(ApiKeyGuard)
@Controller('api/v1/administrations/:administrationId')
export class ContactsController {
  constructor(
    private readonly calls: Calls,
    private readonly letters: SentLetters,
  ) {}

  @Post('calls')
  @ApiOperation({ summary: 'Notes what came of a call; a promise or dispute made in it is stored with it, all or nothing.' })
  noteCall(@Param('administrationId') administrationId: string, @Body() request: NoteCallDto): Promise<NotedCall> {
    const { debtorId, actId, outcome, invoiceIds, promise, dispute, note } = request;
    return this.calls.note(administrationId, {
      debtorId,
      actId: actId ?? null,
      outcome,
      invoiceIds: invoiceIds ?? null,
      promise: promise ? { amount: promise.amount ?? null, dueDate: promise.dueDate, madeBy: promise.madeBy ?? null } : null,
      dispute: dispute ? { code: dispute.code, amount: dispute.amount ?? null } : null,
      note: note ?? null,
    });
  }

  @Post('acts/:actId/sent')
  @HttpCode(204)
  @ApiOperation({ summary: 'Notes that a letter of the plan was posted by hand.' })
  noteLetter(
    @Param('administrationId') administrationId: string,
    @Param('actId', ParseUUIDPipe) actId: string,
    @Body() { sentOn, receivedOn }: SentLetterDto,
  ): Promise<void> {
    return this.letters.note(administrationId, actId, sentOn, receivedOn ?? null);
  }
}
