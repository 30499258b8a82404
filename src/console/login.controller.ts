import { Body, Controller, Get, Headers, HttpCode, Inject, Post, Query, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { KEY_COOKIE } from '../platform/auth/api-key.guard.js';
import { ApiKeys } from '../platform/auth/api-keys.js';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/platform.module.js';
import { OwnOriginGuard } from './own-origin.guard.js';
import { PageFilter } from './page.filter.js';
import { Pages } from './pages.js';
import { COOKIE_PATH, HOME_PATH, LOGIN_PATH } from './paths.js';

class LoginForm {
  @IsOptional() @IsString() key?: string;
}

/** In and out. The key itself is kept in the browser, in a cookie no script can read and no other site can make it send. */
@ApiExcludeController()
@UseGuards(OwnOriginGuard)
@UseFilters(PageFilter)
@Controller('console')
export class LoginController {
  constructor(
    private readonly keys: ApiKeys,
    private readonly pages: Pages,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  /** The form; with `?key=` (the demo's link) it logs in at once, and the key leaves the address bar. */
  @Get('login')
  async show(@Query('key') key: unknown, @Headers('sec-fetch-site') from: string | undefined, @Res() reply: FastifyReply): Promise<void> {
    if (typeof key !== 'string') return this.form(reply, null);
    // Otherwise another site could have somebody work in its own administration without noticing.
    if (from === 'cross-site') return this.form(reply, this.pages.texts.login.fromElsewhere, 403);
    await this.enter(key, reply);
  }

  @Post('login')
  async logIn(@Body() { key }: LoginForm, @Res() reply: FastifyReply): Promise<void> {
    await this.enter(key ?? '', reply);
  }

  @Post('logout')
  @HttpCode(303)
  logOut(@Res() reply: FastifyReply): void {
    void reply.clearCookie(KEY_COOKIE, { path: COOKIE_PATH });
    this.pages.redirect(reply, LOGIN_PATH);
  }

  private async enter(key: string, reply: FastifyReply): Promise<void> {
    const given = key.trim();
    if ((await this.keys.check(given)) === null) return this.form(reply, this.pages.texts.login.wrong, 401);
    void reply.setCookie(KEY_COOKIE, given, {
      path: COOKIE_PATH,
      httpOnly: true,
      sameSite: 'strict',
      secure: this.settings.publicUrl.startsWith('https:'),
    });
    this.pages.redirect(reply, HOME_PATH);
  }

  private form(reply: FastifyReply, trouble: string | null, status = 200): void {
    this.pages.send(reply, 'login', { title: this.pages.texts.login.title, user: null }, { trouble }, status);
  }
}
