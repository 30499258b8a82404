import { All, Get, NotFoundException, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Consents } from '../adapters/consent/consents.service.js';
import { Administrations } from '../ledger/administrations.service.js';
import { CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { ConsoleController } from './console-controller.js';
import { Pages } from './pages.js';
import { HOME_PATH } from './paths.js';
import { type AdministrationShown, showAdministration } from './rules/administration-view.js';
import { showConsents, showOffers } from './rules/consent-view.js';
import { Standings } from './standing.service.js';

/** The administrations of a key, and the page for addresses there is nothing at. */
@ConsoleController('console')
export class OverviewController {
  constructor(
    private readonly administrations: Administrations,
    private readonly standings: Standings,
    private readonly consents: Consents,
    private readonly pages: Pages,
  ) {}

  @Get()
  async show(@CalledBy() caller: Caller, @Res() reply: FastifyReply): Promise<void> {
    const { texts, format } = this.pages;
    const shown: AdministrationShown[] = [];
    // One after the other: a thousand clients of an accountant must not take every connection at once.
    for (const { id } of await this.administrations.list(caller.administrationIds)) {
      shown.push(showAdministration(await this.standings.of(id), texts, format));
    }
    this.pages.send(
      reply,
      'overview',
      { title: texts.overview.title, user: caller.name },
      {
        administrations: shown,
        offers: showOffers(this.consents.offered(), texts),
        consents: showConsents(await this.consents.list(caller), texts),
      },
    );
  }

  @Get('administrations')
  moved(@Res() reply: FastifyReply): void {
    this.pages.redirect(reply, HOME_PATH);
  }

  @All('*')
  nothing(): never {
    throw new NotFoundException();
  }
}
