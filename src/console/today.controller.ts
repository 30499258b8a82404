import { Body, Get, Param, Post, Query, Res } from '@nestjs/common';
import { IsIn, IsOptional } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { UncertainList } from '../correspondence/uncertain-list.service.js';
import { Days } from '../cycle/days.service.js';
import { Agreements } from '../dossier/agreements.service.js';
import { BadAddresses } from '../dossier/bad-addresses.service.js';
import { Acts } from '../dunning/acts.service.js';
import type { Mode } from '../ledger/administration.entity.js';
import { REMINDED_BY, type RemindedBy } from '../ledger/rules/reminded-by.js';
import { Administrations } from '../ledger/administrations.service.js';
import { CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { AdministrationPages } from './administration-pages.service.js';
import { AdministrationController } from './console-controller.js';
import { DayStarter } from './day-starter.service.js';
import { showBadAddress } from './rules/bad-addresses-view.js';
import { countActs } from './rules/acts-view.js';
import { followDay } from './rules/follow-day.js';
import { showUncertain } from './rules/uncertain-view.js';
import { showRearranged } from './rules/rearranged-view.js';
import { fill } from './rules/words.js';

class ModeForm {
  @IsIn(['off', 'shadow', 'live']) mode: Mode;
  @IsOptional() @IsIn(['yes']) confirmed?: 'yes';
  @IsOptional() @IsIn(REMINDED_BY) remindedBy?: RemindedBy;
}

class RemindersForm {
  @IsIn(REMINDED_BY) remindedBy: RemindedBy;
}

class PausesForm {
  @IsIn(['yes', 'no']) respectsPauses: 'yes' | 'no';
}

/** A page that follows a day being run looks again after this long. */
const FOLLOW_SECONDS = 5;

/** How an administration stands today, and what can be done about it: run the day, change the mode, import statements. */
@AdministrationController()
export class TodayController {
  constructor(
    private readonly pages: AdministrationPages,
    private readonly administrations: Administrations,
    private readonly acts: Acts,
    private readonly starter: DayStarter,
    private readonly uncertain: UncertainList,
    private readonly badAddresses: BadAddresses,
    private readonly agreements: Agreements,
    private readonly days: Days,
  ) {}

  @Get()
  async show(
    @Param('administrationId') administrationId: string,
    @Query('done') done: unknown,
    @CalledBy() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { texts, format } = this.pages;
    const administration = await this.pages.show(administrationId);
    const { lastDay } = administration;
    const acts = lastDay === null ? [] : await this.acts.list(administrationId, lastDay.date);
    const uncertain = (await this.uncertain.list(administrationId)).map((mail) => showUncertain(mail, texts, format));
    const badAddresses = (await this.badAddresses.list(administrationId)).map((bad) => showBadAddress(bad, texts, format));
    const rearranged = showRearranged(await this.agreements.openHolds(administrationId), texts, format);
    const inOtherCurrency = await this.days.inOtherCurrency(administrationId);
    const { notice, follows } = followDay(done, lastDay, texts);
    this.pages.sendFor(
      administration,
      { caller, reply },
      {
        view: 'today',
        tab: 'today',
        notice,
        content: { kinds: countActs(acts, texts, format), uncertain, badAddresses, rearranged, inOtherCurrency },
        refreshSeconds: follows ? FOLLOW_SECONDS : null,
      },
    );
  }

  @Post('day')
  async run(@Param('administrationId') administrationId: string, @Res() reply: FastifyReply): Promise<void> {
    this.pages.redirect(reply, administrationId, `?done=${await this.starter.start(administrationId)}`);
  }

  /** Going live is asked once more, on a page that says what it means. */
  @Post('mode')
  async changeMode(
    @Param('administrationId') administrationId: string,
    @Body() { mode, confirmed, remindedBy }: ModeForm,
    @CalledBy() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    if (mode === 'live' && confirmed !== 'yes') {
      const { texts } = this.pages;
      const administration = await this.pages.show(administrationId);
      const { name, package: books } = administration;
      const words = texts.modeForm.confirmWords.map((sentence) => fill(sentence, { name, package: books }));
      const title = texts.modeForm.confirmTitle;
      this.pages.sendFor(administration, { caller, reply }, { view: 'go-live', tab: 'today', title, content: { words } });
      return;
    }
    await this.administrations.change(administrationId, { mode, remindedBy });
    this.pages.redirect(reply, administrationId, '?done=mode-changed');
  }

  @Post('reminders')
  async changeReminders(
    @Param('administrationId') administrationId: string,
    @Body() { remindedBy }: RemindersForm,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.administrations.change(administrationId, { remindedBy });
    this.pages.redirect(reply, administrationId, '?done=reminders-changed');
  }

  @Post('respects-pauses')
  async changePauses(
    @Param('administrationId') administrationId: string,
    @Body() { respectsPauses }: PausesForm,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.administrations.change(administrationId, { respectsPauses: respectsPauses === 'yes' });
    this.pages.redirect(reply, administrationId, '?done=pauses-changed');
  }
}
