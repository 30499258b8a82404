import {
  Body,
  ConflictException,
  Controller,
  Get,
  HttpCode,
  Inject,
  NotFoundException,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  UseGuards,
} from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Clock, today } from '../kernel/clock.js';
import { ApiKeyGuard, CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { CLOCK } from '../platform/platform.module.js';
import { ApproveKindDto, DayQuery, RejectDto } from './acts.dto.js';
import { Acts, type ActView } from './acts.service.js';
import { CreditReleases } from './credit-releases.service.js';
import { DecisionService } from './decision.service.js';
import { type ActExplanation, Explanations } from './explain.service.js';
import { planToJson } from './rules/plan.js';

@ApiTags('dunning')
@ApiBearerAuth()
@UseGuards(ApiKeyGuard)
@Controller('api/v1/administrations/:administrationId')
export class ActsController {
  constructor(
    private readonly acts: Acts,
    private readonly decisions: DecisionService,
    private readonly explanations: Explanations,
    private readonly releases: CreditReleases,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('acts')
  @ApiOperation({ summary: 'Acts of a day, or the newest 500, with their reasons.' })
  list(@Param('administrationId') administrationId: string, @Query() { day }: DayQuery): Promise<ActView[]> {
    return this.acts.list(administrationId, day ?? null);
  }

  @Get('plan')
  @ApiOperation({ summary: 'What would be done on a day (default: today). Stores nothing.' })
  async plan(@Param('administrationId') administrationId: string, @Query() { day }: DayQuery): Promise<Record<string, unknown>> {
    return planToJson(await this.decisions.plan(administrationId, day ?? today(this.clock)));
  }

  @Get('acts/:actId/explain')
  @ApiOperation({ summary: 'Decides an act again from the facts stored with it, and says whether it comes out the same.' })
  async explain(
    @Param('administrationId') administrationId: string,
    @Param('actId', ParseUUIDPipe) actId: string,
  ): Promise<ActExplanation> {
    const explanation = await this.explanations.explain(administrationId, actId);
    if (!explanation) throw new NotFoundException({ code: 'unknown-act', message: `There is no act ${actId}.` });
    return explanation;
  }

  @Post('acts/approve')
  @HttpCode(200)
  @ApiOperation({ summary: 'Lets all acts of a kind go on that wait for approval on a day.' })
  async approveKind(
    @Param('administrationId') administrationId: string,
    @Body() { day, kind, expected }: ApproveKindDto,
  ): Promise<{ approved: number }> {
    const approved = await this.decisions.approveAll(administrationId, day, kind, expected ?? null);
    if (approved === null)
      throw new ConflictException({
        code: 'not-as-many',
        message: `Not ${expected} acts of this kind wait; look again. None was approved.`,
      });
    return { approved };
  }

  @Post('acts/:actId/reject')
  @HttpCode(204)
  @ApiOperation({ summary: 'Says no to an act that waits; its step is not proposed again for a week, or until the day given.' })
  async reject(
    @Param('administrationId') administrationId: string,
    @Param('actId', ParseUUIDPipe) actId: string,
    @Body() { reason, notBefore }: RejectDto,
    @CalledBy() caller: Caller,
  ): Promise<void> {
    await this.releases.checkRejection(administrationId, actId, caller);
    if (!(await this.decisions.reject(administrationId, actId, reason, today(this.clock), notBefore ?? null))) {
      throw new ConflictException({ code: 'not-waiting', message: `Act ${actId} does not wait for anything a person could stop.` });
    }
  }

  @Post('acts/:actId/approve')
  @HttpCode(204)
  @ApiOperation({ summary: 'Lets an act that waits for approval go on.' })
  async approve(@Param('administrationId') administrationId: string, @Param('actId', ParseUUIDPipe) actId: string): Promise<void> {
    if (!(await this.decisions.approve(administrationId, actId))) {
      throw new ConflictException({ code: 'not-waiting', message: `Act ${actId} does not wait for approval.` });
    }
  }
}
