import { Body, Get, Param, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CreditSettingsDto } from '../credit/credit.dto.js';
import { CreditSettingsService, settingsIn } from '../credit/credit-settings.service.js';
import { Policies } from '../dunning/policy-files.js';
import type { Policy } from '../dunning/rules/policy.js';
import { InputError } from '../kernel/errors.js';
import { Administrations } from '../ledger/administrations.service.js';
import { CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { isAtLeast } from '../platform/auth/rules/authority.js';
import { AdministrationPages, type PageRequest } from './administration-pages.service.js';
import { AdministrationController } from './console-controller.js';
import { Typed, submit } from './credit-forms.js';
import { showCreditPages } from './rules/credit-nav.js';
import { recipientsIn, settingsFields, showWatch } from './rules/credit-settings-view.js';
import { EMPTY_FORM, type Filled } from './rules/form.js';
import { fill, knownWord } from './rules/words.js';

class SettingsForm {
  @Typed() lookupsPerNight?: string;
  @Typed() monthlyBudget?: string;
  @Typed() limit?: string;
  @Typed() behaviour?: string;
  @Typed() 'key-account'?: string;
  @Typed() insurance?: string;
  @Typed() insolvency?: string;
  @Typed() customer?: string;
}

/** What is asked of registers and who is told of what; and, to look at, how the policy watches credit. */
@AdministrationController()
export class CreditSettingsPagesController {
  constructor(
    private readonly pages: AdministrationPages,
    private readonly settings: CreditSettingsService,
    private readonly administrations: Administrations,
    private readonly policies: Policies,
  ) {}

  @Get('credit/settings')
  read(
    @Param('administrationId') administrationId: string,
    @Query('done') done: unknown,
    @CalledBy() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.show({ administrationId, caller, reply }, EMPTY_FORM, knownWord(this.pages.texts.credit.notices, done), 200);
  }

  @Post('credit/settings')
  async write(
    @Param('administrationId') administrationId: string,
    @Body() form: SettingsForm,
    @CalledBy() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const shape = ({ lookupsPerNight, monthlyBudget, ...rest }: Record<string, string>): object => ({
      lookupsPerNight: Number(lookupsPerNight),
      monthlyBudget,
      recipients: recipientsIn(rest),
    });
    const refused = await submit(CreditSettingsDto, { ...form }, { amounts: ['monthlyBudget'], shape }, this.pages.texts, (given) =>
      this.settings.write(administrationId, settingsIn(given)),
    );
    if (refused) return this.show({ administrationId, caller, reply }, refused, null, refused.status);
    this.pages.redirect(reply, administrationId, '/credit/settings?done=saved');
  }

  private async show(
    { administrationId, caller, reply }: PageRequest,
    filled: Filled,
    notice: string | null,
    status: number,
  ): Promise<void> {
    const { texts, format } = this.pages;
    const { settings: words } = texts.credit;
    const { policy, currency } = await this.administrations.one(administrationId);
    const content = {
      nav: showCreditPages('settings', texts),
      fields: settingsFields(await this.settings.read(administrationId), filled, texts),
      problem: filled.problems['form'] ?? null,
      mayNot: isAtLeast(caller.role, 'owner') ? null : fill(words.ownerOnly, { role: caller.role }),
      policyWords: fill(words.policyWords, { policy }),
      tracks: showWatch(this.policyNamed(policy), currency, texts, format),
    };
    const title = texts.credit.pages.settings;
    await this.pages.send({ administrationId, caller, reply }, { view: 'credit-settings', tab: 'credit', title, notice, content, status });
  }

  /** One that cannot be used watches nobody; every page of the administration says what is wrong with it. */
  private policyNamed(name: string): Pick<Policy, 'tracks'> {
    try {
      return this.policies.get(name);
    } catch (cause) {
      if (!(cause instanceof InputError)) throw cause;
      return { tracks: [] };
    }
  }
}
