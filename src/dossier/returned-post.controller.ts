import { Body, Controller, Get, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard, CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { BadAddresses } from './bad-addresses.service.js';
import type { BadAddress } from './rules/bad-addresses.js';
import { AddressRightDto, ReturnedPostDto } from './dossier.dto.js';
import { ReturnedPost } from './returned-post.service.js';

/** Mails that bounced and letters that came back. */
@ApiTags('contacts')
@ApiBearerAuth()
@UseGuards(ApiKeyGuard)
@Controller('api/v1/administrations/:administrationId')
export class ReturnedPostController {
  constructor(
    private readonly returned: ReturnedPost,
    private readonly addresses: BadAddresses,
  ) {}

  @Post('contacts/:contactId/returned')
  @HttpCode(204)
  @ApiOperation({ summary: 'Notes that a message came back: its step counts as not taken, and nothing is sent to that address again.' })
  note(
    @Param('administrationId') administrationId: string,
    @Param('contactId') contactId: string,
    @Body() { on, address, note }: ReturnedPostDto,
    @CalledBy() { name: by }: Caller,
  ): Promise<void> {
    return this.returned.note(administrationId, contactId, { on: on ?? null, address: address ?? null, note: note ?? null, by });
  }

  @Get('bad-addresses')
  @ApiOperation({ summary: 'Addresses that post came back from: somebody has to find better ones.' })
  list(@Param('administrationId') administrationId: string): Promise<BadAddress[]> {
    return this.addresses.list(administrationId);
  }

  @Post('debtors/:debtorId/address-right')
  @HttpCode(204)
  @ApiOperation({ summary: 'Says that an address something came back from is right after all, or was put right.' })
  addressIsRight(
    @Param('administrationId') administrationId: string,
    @Param('debtorId') debtorId: string,
    @Body() { channel, note }: AddressRightDto,
    @CalledBy() { name }: Caller,
  ): Promise<void> {
    return this.returned.addressIsRight(administrationId, debtorId, channel, name, note ?? null);
  }
}
