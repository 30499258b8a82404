import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { ApiKeyGuard, CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { MAIL_OUTCOMES, type MailOutcome } from './rules/mail-outcome.js';
import { UncertainList, type UncertainMail } from './uncertain-list.service.js';
import { UncertainMails } from './uncertain-mails.service.js';

class SettleDto {
  @ApiProperty({
    enum: MAIL_OUTCOMES,
    description:
      'went-out: it counts as sent on the day it was tried. did-not-go-out: it is decided anew the next day; a confirmation or a notice goes again at once.',
  })
  @IsIn(MAIL_OUTCOMES)
  outcome: MailOutcome;
  @ApiPropertyOptional({ description: 'How that is known; kept in the dossier.' }) @IsOptional() @IsString() @Length(1, 500) note?: string;
}

/** Messages of which nobody knows whether they went out. */
@ApiTags('mails')
@ApiBearerAuth()
@UseGuards(ApiKeyGuard)
@Controller('api/v1/administrations/:administrationId')
export class UncertainMailsController {
  constructor(
    private readonly uncertain: UncertainMails,
    private readonly uncertainList: UncertainList,
  ) {}

  @Get('mails/uncertain')
  @ApiOperation({
    summary: 'Mails of which nobody knows whether they went out; nothing more goes to their debtors until a person says so.',
  })
  list(@Param('administrationId') administrationId: string): Promise<UncertainMail[]> {
    return this.uncertainList.list(administrationId);
  }

  @Post('mails/:mailId/settle')
  @HttpCode(204)
  @ApiOperation({ summary: 'Says whether an uncertain mail, confirmation or notice went out. Said again, nothing happens.' })
  settleMail(
    @Param('administrationId') administrationId: string,
    @Param('mailId', ParseUUIDPipe) mailId: string,
    @Body() { outcome, note }: SettleDto,
    @CalledBy() { name }: Caller,
  ): Promise<void> {
    return this.uncertain.settle(administrationId, { mailId }, outcome, name, note ?? null);
  }

  @Post('acts/:actId/settle')
  @HttpCode(204)
  @ApiOperation({ summary: 'Says whether the mail of an uncertain act went out. Said again, nothing happens.' })
  settleAct(
    @Param('administrationId') administrationId: string,
    @Param('actId', ParseUUIDPipe) actId: string,
    @Body() { outcome, note }: SettleDto,
    @CalledBy() { name }: Caller,
  ): Promise<void> {
    return this.uncertain.settle(administrationId, { actId }, outcome, name, note ?? null);
  }
}
