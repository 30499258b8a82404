import { Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { BankLines } from '../matching/bank-lines.service.js';
import { CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { AdministrationPages } from './administration-pages.service.js';
import { AdministrationController } from './console-controller.js';
import { outcomeChoices, outcomeOf, showBankLines } from './rules/bank-lines-view.js';

@AdministrationController()
export class BankLinePagesController {
  constructor(
    private readonly pages: AdministrationPages,
    private readonly lines: BankLines,
  ) {}

  @Get('bank-lines')
  async list(
    @Param('administrationId') administrationId: string,
    @Query('outcome') outcome: unknown,
    @CalledBy() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { texts, format } = this.pages;
    const chosen = outcomeOf(outcome);
    const lines = await this.lines.latest(administrationId, chosen);
    await this.pages.send(
      { administrationId, caller, reply },
      {
        view: 'bank-lines',
        tab: 'lines',
        content: {
          lines: showBankLines(lines, texts, format),
          choices: outcomeChoices(chosen, texts),
          shown: format.counted(lines.length, texts.shown),
        },
      },
    );
  }
}
