import { Controller, Get, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Pages } from './pages.js';
import { HOME_PATH } from './paths.js';

/** Who types only the host's name wants the console. */
@ApiExcludeController()
@Controller()
export class RootController {
  constructor(private readonly pages: Pages) {}

  @Get()
  home(@Res() reply: FastifyReply): void {
    this.pages.redirect(reply, HOME_PATH);
  }
}
