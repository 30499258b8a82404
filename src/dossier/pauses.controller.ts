import { Body, Controller, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiConflictResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard, CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { PauseDto } from './dossier.dto.js';
import { PackagePauses } from './pauses.service.js';

/** Reminders that a person stopped in the bookkeeping package; noted in the dossier with who decided and why. */
@ApiTags('agreements')
@ApiBearerAuth()
@ApiConflictResponse({ description: 'It is so already. Nothing was stored.' })
@UseGuards(ApiKeyGuard)
@Controller('api/v1/administrations/:administrationId/pauses')
export class PausesController {
  constructor(private readonly pauses: PackagePauses) {}

  @Post('remind')
  @HttpCode(204)
  @ApiOperation({ summary: 'Reminds of invoices all the same whose reminders a person stopped in the package.' })
  remind(@Param('administrationId') administrationId: string, @Body() dto: PauseDto, @CalledBy() caller: Caller): Promise<void> {
    return this.pauses.remind(administrationId, { ...dto, wholeDebtor: dto.wholeDebtor ?? false, by: caller.name });
  }

  @Post('respect')
  @HttpCode(204)
  @ApiOperation({ summary: 'Takes that back: what was stopped in the package is left alone again.' })
  respect(@Param('administrationId') administrationId: string, @Body() dto: PauseDto, @CalledBy() caller: Caller): Promise<void> {
    return this.pauses.respect(administrationId, { ...dto, wholeDebtor: dto.wholeDebtor ?? false, by: caller.name });
  }
}
