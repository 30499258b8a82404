import { Body, Get, Inject, NotFoundException, Param, Post, Query, Res } from '@nestjs/common';
import { IsIn, IsOptional } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { BecauseDto, ReleaseDto, SetLimitDto } from '../credit/credit.dto.js';
import { CreditLimits } from '../credit/credit-limits.service.js';
import { CreditStandings } from '../credit/credit-standings.service.js';
import { SET_LIMIT_KINDS, type SetLimitKind } from '../credit/rules/limit-request.js';
import { CreditReleases } from '../dunning/credit-releases.service.js';
import { type Clock, today } from '../kernel/clock.js';
import { formatAmount } from '../kernel/money.js';
import { addDays } from '../kernel/plain-date.js';
import { CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { CLOCK } from '../platform/platform.module.js';
import { AdministrationPages, type PageRequest } from './administration-pages.service.js';
import { AdministrationController } from './console-controller.js';
import { type Refused, Typed, submit } from './credit-forms.js';
import { creditPathOf, holdOf, limitFields, limitRights, showHappened, showLimits, showStanding } from './rules/credit-view.js';
import { showCreditPages } from './rules/credit-nav.js';
import { EMPTY_FORM, fieldOf } from './rules/form.js';
import { fill, knownWord } from './rules/words.js';

class LimitForm {
  @IsIn(SET_LIMIT_KINDS) kind: SetLimitKind;
  @Typed() amount?: string;
  @Typed() from?: string;
  @Typed() until?: string;
  @IsOptional() @IsIn(['yes']) insuredOnly?: 'yes';
  @Typed() reason?: string;
}

class ReleaseForm {
  @Typed() until?: string;
  @Typed() reason?: string;
}

class EndForm {
  @Typed() reason?: string;
}

/** What was refused of the forms of a page. */
interface Forms {
  readonly limit?: Refused;
  readonly release?: Refused;
  readonly end?: Refused;
}

/** A new hold is proposed after so many days, unless another day is given. */
const RELEASED_DAYS = 14;

/** The limits of one customer, what happened about them, and the hold they led to: set, ended, released here. */
@AdministrationController()
export class CreditDebtorPagesController {
  constructor(
    private readonly pages: AdministrationPages,
    private readonly standings: CreditStandings,
    private readonly limits: CreditLimits,
    private readonly releases: CreditReleases,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('credit/debtors/:debtorId')
  one(
    @Param('administrationId') administrationId: string,
    @Param('debtorId') debtorId: string,
    @Query('done') done: unknown,
    @CalledBy() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.show({ administrationId, caller, reply }, debtorId, {}, knownWord(this.pages.texts.credit.notices, done));
  }

  @Post('credit/debtors/:debtorId/limits')
  async set(
    @Param('administrationId') administrationId: string,
    @Param('debtorId') debtorId: string,
    @Body() { kind, amount, from, until, insuredOnly, reason }: LimitForm,
    @CalledBy() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const shape = (read: Record<string, string>): object => ({ ...read, kind: undefined, insuredOnly: read['insuredOnly'] === 'yes' });
    const values = { kind, amount, from, until, insuredOnly, reason };
    const limit = await submit(SetLimitDto, values, { amounts: ['amount'], shape }, this.pages.texts, (given) =>
      this.limits.set(
        administrationId,
        debtorId,
        kind,
        { ...given, from: given.from ?? null, until: given.until ?? null, insuredOnly: given.insuredOnly ?? false },
        caller,
      ),
    );
    await this.after({ administrationId, caller, reply }, debtorId, limit && { limit }, 'set');
  }

  @Post('credit/debtors/:debtorId/limits/:kind/end')
  async end(
    @Param('administrationId') administrationId: string,
    @Param('debtorId') debtorId: string,
    @Param('kind') asked: string,
    @Body() { reason }: EndForm,
    @CalledBy() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const kind = SET_LIMIT_KINDS.find((one) => one === asked);
    if (kind === undefined) throw new NotFoundException();
    const end = await submit(BecauseDto, { reason }, {}, this.pages.texts, (given) =>
      this.limits.remove(administrationId, debtorId, kind, given.reason, caller),
    );
    await this.after({ administrationId, caller, reply }, debtorId, end && { end }, 'ended');
  }

  @Post('credit/debtors/:debtorId/release')
  async release(
    @Param('administrationId') administrationId: string,
    @Param('debtorId') debtorId: string,
    @Body() { until, reason }: ReleaseForm,
    @CalledBy() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const release = await submit(ReleaseDto, { until, reason }, {}, this.pages.texts, (given) =>
      this.releases.release(administrationId, debtorId, given.until, given.reason, caller),
    );
    await this.after({ administrationId, caller, reply }, debtorId, release && { release }, 'released');
  }

  /** On to the debtor's page, or back to the form that was refused. */
  private async after(
    { administrationId, caller, reply }: PageRequest,
    debtorId: string,
    refused: Forms | null,
    done: string,
  ): Promise<void> {
    if (refused) return this.show({ administrationId, caller, reply }, debtorId, refused, null);
    this.pages.redirect(reply, administrationId, `${creditPathOf(debtorId)}?done=${done}`);
  }

  private async show(
    { administrationId, caller, reply }: PageRequest,
    debtorId: string,
    forms: Forms,
    notice: string | null,
  ): Promise<void> {
    const { texts, format } = this.pages;
    const { credit: words } = texts;
    const standing = await this.standings.one(administrationId, debtorId);
    if (!standing) throw new NotFoundException();
    const { currency } = standing;
    const hold = holdOf(await this.releases.holds(administrationId), debtorId);
    const { over, allowed } = await this.releases.entitlement(administrationId, debtorId, caller);
    const [limit, release] = [forms.limit ?? EMPTY_FORM, forms.release ?? EMPTY_FORM];
    const until = addDays(today(this.clock), RELEASED_DAYS);
    const content = {
      nav: showCreditPages('limits', texts),
      one: showStanding(standing, hold, texts, format),
      debtorName: standing.name,
      documents: `/debtors/${encodeURIComponent(debtorId)}/documents`,
      checks: `/credit/checks?debtor=${encodeURIComponent(debtorId)}`,
      limits: showLimits(await this.limits.of(administrationId, debtorId), texts, format),
      rights: limitRights(caller, currency, texts, format, (minor) => formatAmount(minor, currency)),
      kinds: SET_LIMIT_KINDS.map((code) => ({
        code,
        words: words.sourceWord[code],
        chosen: code === (limit.values['kind'] ?? 'temporary'),
      })),
      set: {
        fields: limitFields(limit, currency, texts),
        insuredOnly: limit.values['insuredOnly'] === 'yes',
        insuredProblem: limit.problems['insuredOnly'] ?? null,
        problem: limit.problems['form'] ?? null,
      },
      endProblem: forms.end ? Object.values(forms.end.problems).join(' ') : null,
      release:
        hold === 'free'
          ? null
          : {
              words: hold === 'held' ? words.one.releaseHeld : words.one.releaseProposed,
              beyond:
                over > 0 ? fill(words.one.beyond, { amount: format.amount(formatAmount(over, currency), currency) }) : words.one.within,
              refused: allowed.ok ? null : fill(words.one.cannotRelease, { because: allowed.error.message }),
              fields: [
                fieldOf('release', 'until', words.field.releaseUntil, release, { type: 'date', required: true, given: until }),
                fieldOf('release', 'reason', words.field.reason, release, { required: true }),
              ],
            },
      releaseProblem: release.problems['form'] ?? null,
      happened: showHappened(await this.standings.happened(administrationId, debtorId), texts, format),
    };
    const status = (forms.limit ?? forms.release ?? forms.end)?.status ?? 200;
    const title = `${standing.name} · ${texts.tabs.credit}`;
    await this.pages.send({ administrationId, caller, reply }, { view: 'credit-debtor', tab: 'credit', title, notice, content, status });
  }
}
