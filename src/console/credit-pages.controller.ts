import { Get, Param, Query, Res } from '@nestjs/common';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { Type } from 'class-transformer';
import type { FastifyReply } from 'fastify';
import { CreditStandings } from '../credit/credit-standings.service.js';
import { CreditReleases } from '../dunning/credit-releases.service.js';
import { CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { AdministrationPages } from './administration-pages.service.js';
import { AdministrationController } from './console-controller.js';
import { holdOf, showPaging, showStanding } from './rules/credit-view.js';
import { showCreditPages } from './rules/credit-nav.js';
import { fill, knownWord } from './rules/words.js';

class ListQuery {
  @IsOptional() @IsString() @MaxLength(200) search?: string;
  @IsOptional() @Type(() => Number) @IsInt() @Min(1) @Max(100_000) page?: number;
  @IsOptional() @IsString() done?: string;
}

/** Customers by how much of their limit is used. */
@AdministrationController()
export class CreditPagesController {
  constructor(
    private readonly pages: AdministrationPages,
    private readonly standings: CreditStandings,
    private readonly releases: CreditReleases,
  ) {}

  @Get('credit')
  async list(
    @Param('administrationId') administrationId: string,
    @Query() { search: asked, page = 1, done }: ListQuery,
    @CalledBy() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { texts, format } = this.pages;
    const search = asked?.trim() || null;
    const holds = await this.releases.holds(administrationId);
    const first = [...new Set([...holds.held, ...holds.proposed])];
    const { rows, size, total } = await this.standings.list(administrationId, { page, search, first });
    const content = {
      nav: showCreditPages('limits', texts),
      rows: rows.map((row) => showStanding(row, holdOf(holds, row.debtorId), texts, format)),
      search: search ?? '',
      emptyWords: search === null ? texts.credit.empty : fill(texts.credit.emptySearch, { search }),
      paging: showPaging(page, size, total, texts, format),
    };
    const notice = knownWord(texts.credit.notices, done);
    await this.pages.send({ administrationId, caller, reply }, { view: 'credit', tab: 'credit', notice, content });
  }
}
