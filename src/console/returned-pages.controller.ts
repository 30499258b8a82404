import { Body, Param, Post, Res } from '@nestjs/common';
import { IsIn, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { ReturnedPost } from '../dossier/returned-post.service.js';
import { CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { AdministrationPages } from './administration-pages.service.js';
import { AdministrationController } from './console-controller.js';
import { known } from './known-id.js';
import { dayOf } from './rules/day-of.js';

class ReturnedForm {
  /** Empty: today. */
  @IsOptional() @IsString() on?: string;
  @IsOptional() @IsString() @MaxLength(500) note?: string;
  /** The day the page of acts was filtered by, to go back to. */
  @IsOptional() @IsString() day?: string;
}

class AddressRightForm {
  @IsString() @Length(1, 200) debtorId: string;
  @IsIn(['email', 'letter']) channel: 'email' | 'letter';
}

/** Where a person notes that post came back, and that an address is right after all. */
@AdministrationController()
export class ReturnedPagesController {
  constructor(
    private readonly pages: AdministrationPages,
    private readonly returned: ReturnedPost,
  ) {}

  @Post('acts/:actId/returned')
  async note(
    @Param('administrationId') administrationId: string,
    @Param('actId') actId: string,
    @Body() { on, note, day }: ReturnedForm,
    @CalledBy() { name: by }: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.returned.note(administrationId, known(actId), { on: dayOf(on), address: null, note: note || null, by });
    const query = new URLSearchParams({ ...(day && { day }), done: 'returned' });
    this.pages.redirect(reply, administrationId, `/acts?${query}#act-${actId}`);
  }

  @Post('address-right')
  async addressIsRight(
    @Param('administrationId') administrationId: string,
    @Body() { debtorId, channel }: AddressRightForm,
    @CalledBy() { name }: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.returned.addressIsRight(administrationId, debtorId, channel, name, null);
    this.pages.redirect(reply, administrationId, '?done=address-right');
  }
}
