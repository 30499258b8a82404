import { Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Days } from '../cycle/days.service.js';
import { CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { AdministrationPages } from './administration-pages.service.js';
import { AdministrationController } from './console-controller.js';
import { showDay } from './rules/day-view.js';

@AdministrationController()
export class DayPagesController {
  constructor(
    private readonly pages: AdministrationPages,
    private readonly days: Days,
  ) {}

  @Get('days')
  async list(@Param('administrationId') administrationId: string, @CalledBy() caller: Caller, @Res() reply: FastifyReply): Promise<void> {
    const { texts, format } = this.pages;
    const days = (await this.days.list(administrationId)).map((day) => showDay(day, texts, format));
    await this.pages.send(
      { administrationId, caller, reply },
      { view: 'days', tab: 'days', content: { days, shown: format.counted(days.length, texts.shown) } },
    );
  }
}
