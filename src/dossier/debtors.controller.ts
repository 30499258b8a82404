import { Body, Controller, Get, Param, Patch, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard, CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { DebtorsPage, DossierView } from './debtor.views.js';
import { Debtors } from './debtors.service.js';
import { ChangeDebtorDto, DebtorsQuery } from './dossier.dto.js';
import type { Confirmed } from './dossier-desk.js';

@ApiTags('debtors')
@ApiBearerAuth()
@UseGuards(ApiKeyGuard)
@Controller('api/v1/administrations/:administrationId/debtors')
export class DebtorsController {
  constructor(private readonly debtors: Debtors) {}

  @Get()
  @ApiOperation({ summary: 'Debtors by name with what is open, a page at a time.' })
  @ApiOkResponse({ type: DebtorsPage })
  list(@Param('administrationId') administrationId: string, @Query() { page, size, search }: DebtorsQuery): Promise<DebtorsPage> {
    return this.debtors.list(administrationId, page ?? 1, size ?? 50, search ?? null);
  }

  @Get(':debtorId')
  @ApiOperation({ summary: 'A debtor with items, contacts, agreements, disputes, holds and the dossier.' })
  @ApiOkResponse({ type: DossierView })
  one(@Param('administrationId') administrationId: string, @Param('debtorId') debtorId: string): Promise<DossierView> {
    return this.debtors.one(administrationId, debtorId);
  }

  @Patch(':debtorId')
  @ApiOperation({ summary: 'Sets what a person knows better than the package; it outlives the next pull.' })
  change(
    @Param('administrationId') administrationId: string,
    @Param('debtorId') debtorId: string,
    @Body() change: ChangeDebtorDto,
    @CalledBy() caller: Caller,
  ): Promise<{ confirmation: Confirmed | null }> {
    return this.debtors.change(administrationId, debtorId, change, caller);
  }
}
