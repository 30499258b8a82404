import { BadRequestException, Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Put, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsEmail, IsIn, IsOptional, Matches } from 'class-validator';
import { ApiKeyGuard } from '../../platform/auth/api-key.guard.js';
import { CHANNELS, type Channel } from '../rules/channel/channels.js';
import { AgencyChannels, type ChannelView } from './agency-channels.service.js';

class ChannelDto {
  @ApiProperty({ enum: CHANNELS }) @IsIn(CHANNELS) channel: Channel;
  @ApiPropertyOptional({ description: 'Where mail goes.' }) @IsOptional() @IsEmail() to?: string;
  @ApiPropertyOptional({ enum: [',', '.'], description: 'How its portal reads amounts. Default: a comma.' })
  @IsOptional()
  @IsIn([',', '.'])
  decimal?: ',' | '.';
}

class CodeDto {
  @ApiProperty({ description: 'The eight digits that were mailed.' }) @Matches(/^\d{8}$/) code: string;
}

@ApiTags('agencies')
@ApiBearerAuth()
@UseGuards(ApiKeyGuard)
@Controller('api/v1/administrations/:administrationId/agencies/:agencyId/channel')
export class AgencyChannelsController {
  constructor(private readonly channels: AgencyChannels) {}

  @Get()
  @ApiOperation({ summary: 'How news reaches the agency, and what of a dossier that way does not carry.' })
  show(@Param('administrationId') administrationId: string, @Param('agencyId', ParseUUIDPipe) agencyId: string): Promise<ChannelView> {
    return this.channels.show(administrationId, agencyId);
  }

  @Put()
  @ApiOperation({ summary: 'Another way for news to the agency. It has to prove itself: by a test event, or by the code of a test mail.' })
  set(
    @Param('administrationId') administrationId: string,
    @Param('agencyId', ParseUUIDPipe) agencyId: string,
    @Body() { channel, to, decimal = ',' }: ChannelDto,
  ): Promise<ChannelView> {
    if (channel === 'mail' && to === undefined)
      throw new BadRequestException({ code: 'invalid-request', message: 'to: the address mail goes to is missing' });
    return this.channels.set(administrationId, agencyId, channel, to === undefined ? null : { to, decimal });
  }

  @Post('test')
  @HttpCode(202)
  @ApiOperation({ summary: 'Mails a code to the address of the agency.' })
  test(@Param('administrationId') administrationId: string, @Param('agencyId', ParseUUIDPipe) agencyId: string): Promise<void> {
    return this.channels.test(administrationId, agencyId);
  }

  @Post('confirm')
  @HttpCode(200)
  @ApiOperation({ summary: 'The code the agency read. Then its address is proven, and what waits may go.' })
  async confirm(
    @Param('administrationId') administrationId: string,
    @Param('agencyId', ParseUUIDPipe) agencyId: string,
    @Body() { code }: CodeDto,
  ): Promise<{ readonly proven: boolean }> {
    return { proven: await this.channels.confirm(administrationId, agencyId, code) };
  }
}
