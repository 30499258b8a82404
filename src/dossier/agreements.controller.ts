import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiConflictResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard } from '../platform/auth/api-key.guard.js';
import { Agreements } from './agreements.service.js';
import { Arrangements, type NotedArrangement } from './arrangements.service.js';
import { Disputes, type NotedDispute } from './disputes.service.js';
import {
  BecauseDto,
  MakeArrangementDto,
  MakePromiseDto,
  OpenDisputeDto,
  ResolveDisputeDto,
  ResolveDisputeOfDto,
  SetHoldDto,
} from './dossier.dto.js';
import type { Confirmed } from './dossier-desk.js';
import { Holds, type NotedHold } from './holds.service.js';
import { type NotedPromise, Promises } from './promises.service.js';
import type { OpenAgreements } from './rules/open-agreements.js';

/** What stops dunning, and what lets it go on: each noted in the dossier, and confirmed to the debtor in writing. */
@ApiTags('agreements')
@ApiBearerAuth()
@ApiConflictResponse({ description: 'It cannot be so now; the detail says why. Nothing was stored.' })
@UseGuards(ApiKeyGuard)
@Controller('api/v1/administrations/:administrationId')
export class AgreementsController {
  constructor(
    private readonly agreements: Agreements,
    private readonly disputes: Disputes,
    private readonly promises: Promises,
    private readonly arrangements: Arrangements,
    private readonly holds: Holds,
  ) {}

  @Get('agreements')
  @ApiOperation({ summary: 'What stops dunning now: disputes, promises, arrangements, holds; at most 200 of each.' })
  openAgreements(@Param('administrationId') administrationId: string): Promise<OpenAgreements> {
    return this.agreements.open(administrationId);
  }

  @Post('disputes')
  @ApiOperation({ summary: 'Notes an objection to an invoice: reminders for what is disputed stop.' })
  openDispute(
    @Param('administrationId') administrationId: string,
    @Body() { invoiceId, code, amount, note }: OpenDisputeDto,
  ): Promise<NotedDispute & { confirmation: Confirmed }> {
    return this.disputes.open(administrationId, { invoiceId, code, amount: amount ?? null, note: note ?? null });
  }

  @Post('disputes/:disputeId/resolve')
  @HttpCode(200)
  @ApiOperation({ summary: 'Ends a dispute.' })
  resolveDispute(
    @Param('administrationId') administrationId: string,
    @Param('disputeId', ParseUUIDPipe) id: string,
    @Body() { outcome, note }: ResolveDisputeDto,
  ): Promise<{ confirmation: Confirmed }> {
    return this.disputes.resolve(administrationId, id, outcome, note ?? null);
  }

  @Post('disputes/resolve')
  @HttpCode(200)
  @ApiOperation({ summary: 'Ends the dispute of an invoice, also one that only the book or the package knows of.' })
  resolveDisputeOf(
    @Param('administrationId') administrationId: string,
    @Body() { invoiceId, outcome, note }: ResolveDisputeOfDto,
  ): Promise<{ confirmation: Confirmed }> {
    return this.disputes.resolveOf(administrationId, invoiceId, outcome, note ?? null);
  }

  @Post('promises')
  @ApiOperation({ summary: 'Notes a promise to pay: reminders for its invoices pause until its day.' })
  makePromise(@Param('administrationId') administrationId: string, @Body() request: MakePromiseDto): Promise<NotedPromise> {
    const { invoiceIds, amount, dueDate, madeBy, channel, note } = request;
    return this.promises.make(administrationId, {
      invoiceIds,
      amount: amount ?? null,
      dueDate,
      madeBy: madeBy ?? null,
      channel: channel ?? null,
      note: note ?? null,
    });
  }

  @Post('promises/:promiseId/withdraw')
  @HttpCode(204)
  @ApiOperation({ summary: 'Takes back a promise that was noted by mistake or replaced.' })
  withdrawPromise(
    @Param('administrationId') administrationId: string,
    @Param('promiseId') id: string,
    @Body() { reason }: BecauseDto,
  ): Promise<void> {
    return this.promises.withdraw(administrationId, id, reason);
  }

  @Post('arrangements')
  @ApiOperation({ summary: 'Makes an arrangement in instalments: dunning of its invoices stops while it is kept.' })
  makeArrangement(
    @Param('administrationId') administrationId: string,
    @Body() { invoiceIds, instalments, note }: MakeArrangementDto,
  ): Promise<NotedArrangement> {
    return this.arrangements.make(administrationId, { invoiceIds, instalments, note: note ?? null });
  }

  @Post('arrangements/:arrangementId/withdraw')
  @HttpCode(204)
  @ApiOperation({ summary: 'Takes back an arrangement: dunning resumes where it was.' })
  withdrawArrangement(
    @Param('administrationId') administrationId: string,
    @Param('arrangementId') id: string,
    @Body() { reason }: BecauseDto,
  ): Promise<void> {
    return this.arrangements.withdraw(administrationId, id, reason);
  }

  @Post('holds')
  @ApiOperation({ summary: 'Stops everything for a debtor: on request until a day, or for insolvency, guardianship, death.' })
  setHold(@Param('administrationId') administrationId: string, @Body() request: SetHoldDto): Promise<NotedHold> {
    const { debtorId, reason, from, until, note, confirm } = request;
    return this.holds.set(administrationId, {
      debtorId,
      reason,
      from: from ?? null,
      until: until ?? null,
      note: note ?? null,
      confirm: confirm ?? true,
    });
  }

  @Post('holds/:holdId/end')
  @HttpCode(204)
  @ApiOperation({ summary: 'Ends a hold as of today: dunning resumes where it was.' })
  endHold(
    @Param('administrationId') administrationId: string,
    @Param('holdId', ParseUUIDPipe) id: string,
    @Body() { reason }: BecauseDto,
  ): Promise<void> {
    return this.holds.end(administrationId, id, reason);
  }
}
