import { Body, Controller, Get, Param, Put, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';
import { ApiKeyGuard } from '../platform/auth/api-key.guard.js';
import { StatementSetting, type StatementSettingView } from './statement-setting.service.js';

class StatementSettingDto {
  @ApiProperty({ description: 'Whether bank statements go to the package. Leave it off where the package has a bank feed of its own.' })
  @IsBoolean()
  send: boolean;
}

@ApiTags('connections')
@ApiBearerAuth()
@UseGuards(ApiKeyGuard)
@Controller('api/v1/administrations/:administrationId/connection/statements')
export class StatementSettingController {
  constructor(private readonly setting: StatementSetting) {}

  @Get()
  @ApiOperation({ summary: 'Whether bank statements go to the bookkeeping package, and what became of the latest.' })
  get(@Param('administrationId') administrationId: string): Promise<StatementSettingView> {
    return this.setting.of(administrationId);
  }

  @Put()
  @ApiOperation({ summary: 'Sends bank statements imported from now on to the package, or no longer. Off by default.' })
  set(@Param('administrationId') administrationId: string, @Body() { send }: StatementSettingDto): Promise<StatementSettingView> {
    return this.setting.set(administrationId, send);
  }
}
