import { Controller, Get, NotFoundException, Param, ParseUUIDPipe, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard } from '../platform/auth/api-key.guard.js';
import { Mails, type MailView, type SentMail } from './mails.service.js';

@ApiTags('mails')
@ApiBearerAuth()
@UseGuards(ApiKeyGuard)
@Controller('api/v1/administrations/:administrationId/mails')
export class MailsController {
  constructor(private readonly mails: Mails) {}

  @Get()
  @ApiOperation({ summary: 'The newest 500 mails and what became of them.' })
  list(@Param('administrationId') administrationId: string): Promise<MailView[]> {
    return this.mails.list(administrationId);
  }

  @Get(':mailId')
  @ApiOperation({ summary: 'A mail as it was sent.' })
  async one(@Param('administrationId') administrationId: string, @Param('mailId', ParseUUIDPipe) mailId: string): Promise<SentMail> {
    const mail = await this.mails.one(administrationId, mailId);
    if (!mail) throw new NotFoundException({ code: 'unknown-mail', message: `There is no mail ${mailId}.` });
    return mail;
  }
}
