import { Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { OneDebtorQuery, soughtIn } from '../credit/one-debtor.controller.js';
import { OneDebtor } from '../credit/one-debtor.service.js';
import { CalledBy } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import { ConsoleController } from './console-controller.js';
import { Pages } from './pages.js';
import { showOneDebtor, soughtFields } from './rules/one-debtor-view.js';

/** One debtor over all administrations of whoever is logged in. */
@ConsoleController('console/one-debtor')
export class OneDebtorPagesController {
  constructor(
    private readonly debtors: OneDebtor,
    private readonly pages: Pages,
  ) {}

  @Get()
  async find(@Query() query: OneDebtorQuery, @CalledBy() caller: Caller, @Res() reply: FastifyReply): Promise<void> {
    const { texts, format } = this.pages;
    const { registry = '', vat = '', iban = '', country = 'NL' } = query;
    const content = showOneDebtor(await this.debtors.find(caller, soughtIn(query)), texts, format);
    this.pages.send(
      reply,
      'one-debtor',
      { title: texts.oneDebtor.title, user: caller.name },
      { ...content, fields: soughtFields({ registry, vat, iban, country }, texts) },
    );
  }
}
