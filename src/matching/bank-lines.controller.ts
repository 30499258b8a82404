import {
  BadRequestException,
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  NotFoundException,
  Param,
  Post,
  Query,
  UseGuards,
} from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Clock, today } from '../kernel/clock.js';
import { ApiKeyGuard, CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { CLOCK } from '../platform/platform.module.js';
import { BankLineDesk, type BulkConfirmation } from './bank-line-desk.service.js';
import type { AllocationHistory, BankLineView } from './bank-line-view.js';
import { BankLinesQuery, BulkConfirmDto, ConfirmDto, CorrectDto, DismissDto, SplitDto, UndoDto } from './bank-lines.dto.js';
import { BankLines } from './bank-lines.service.js';
import { type MatchFigures, MatchingService } from './matching.service.js';
import { orProblem } from './problems.js';

@ApiTags('bank lines')
@ApiBearerAuth()
@UseGuards(ApiKeyGuard)
@Controller('api/v1/administrations/:administrationId/bank-lines')
export class BankLinesController {
  constructor(
    private readonly lines: BankLines,
    private readonly desk: BankLineDesk,
    private readonly matching: MatchingService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'The last 500 bank lines, what they were matched to and why; with outcome=proposed the queue that waits for people.',
  })
  list(@Param('administrationId') administrationId: string, @Query() { outcome }: BankLinesQuery): Promise<BankLineView[]> {
    return this.lines.latest(administrationId, outcome ?? null);
  }

  @Get(':lineId')
  @ApiOperation({ summary: 'One bank line with the history of its allocations.' })
  async one(
    @Param('administrationId') administrationId: string,
    @Param('lineId') lineId: string,
  ): Promise<BankLineView & { readonly history: readonly AllocationHistory[] }> {
    const line = await this.lines.one(administrationId, lineId);
    if (!line) throw new NotFoundException({ code: 'unknown-line', message: `There is no bank line ${lineId}.` });
    return line;
  }

  @Post('match')
  @HttpCode(200)
  @ApiOperation({ summary: 'Matches what is not matched yet, as the day does.' })
  match(@Param('administrationId') administrationId: string): Promise<MatchFigures> {
    return this.matching.match(administrationId, today(this.clock));
  }

  @Post('confirm')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Confirms proposals in bulk, by their ids or by how sure they are; one that is refused does not hold up the others.',
  })
  confirmMany(
    @Param('administrationId') administrationId: string,
    @Body() { ids, minConfidence }: BulkConfirmDto,
    @CalledBy() { keyId }: Caller,
  ): Promise<BulkConfirmation> {
    if (ids !== undefined && minConfidence !== undefined) {
      throw new BadRequestException({ code: 'invalid-request', message: 'give either ids or minConfidence' });
    }
    return ids === undefined
      ? this.desk.confirmAbove(administrationId, minConfidence as number, keyId)
      : this.desk.confirmAll(administrationId, ids, keyId);
  }

  @Post(':lineId/confirm')
  @HttpCode(200)
  @ApiOperation({ summary: 'Books the proposal, or one of its alternatives.' })
  async confirm(
    @Param('administrationId') administrationId: string,
    @Param('lineId') lineId: string,
    @Body() { alternative }: ConfirmDto,
    @CalledBy() { keyId }: Caller,
  ): Promise<BankLineView> {
    return orProblem(await this.desk.confirm(administrationId, lineId, keyId, alternative ?? null));
  }

  @Post(':lineId/correct')
  @HttpCode(200)
  @ApiOperation({ summary: 'Gives the line to these invoices instead; what is left stays with the debtor.' })
  async correct(
    @Param('administrationId') administrationId: string,
    @Param('lineId') lineId: string,
    @Body() { allocations, why }: CorrectDto,
    @CalledBy() { keyId }: Caller,
  ): Promise<BankLineView> {
    return orProblem(await this.desk.correct(administrationId, lineId, keyId, allocations, why ?? null));
  }

  @Post(':lineId/split')
  @HttpCode(200)
  @ApiOperation({ summary: 'Divides the line to the cent: parts for invoices, and a rest left visibly unallocated with a debtor.' })
  async split(
    @Param('administrationId') administrationId: string,
    @Param('lineId') lineId: string,
    @Body() { parts, rest, why }: SplitDto,
    @CalledBy() { keyId }: Caller,
  ): Promise<BankLineView> {
    return orProblem(await this.desk.split(administrationId, lineId, keyId, { parts, rest: rest ?? null }, why ?? null));
  }

  @Post(':lineId/dismiss')
  @HttpCode(200)
  @ApiOperation({ summary: 'Takes the line out of the queue: no receivable, or unknown.' })
  async dismiss(
    @Param('administrationId') administrationId: string,
    @Param('lineId') lineId: string,
    @Body() { reason, why }: DismissDto,
    @CalledBy() { keyId }: Caller,
  ): Promise<BankLineView> {
    const dismissal = reason === 'unknown' ? { reason, why: why ?? null } : { reason, why: why as string };
    return orProblem(await this.desk.dismiss(administrationId, lineId, keyId, dismissal));
  }

  @Post(':lineId/undo')
  @HttpCode(200)
  @ApiOperation({ summary: 'Takes back what was decided: what is open is as before, and the same is not proposed again.' })
  async undo(
    @Param('administrationId') administrationId: string,
    @Param('lineId') lineId: string,
    @Body() { why }: UndoDto,
    @CalledBy() { keyId }: Caller,
  ): Promise<BankLineView> {
    return orProblem(await this.desk.undo(administrationId, lineId, keyId, why));
  }
}
