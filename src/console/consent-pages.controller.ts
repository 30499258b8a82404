import { Body, Controller, Get, Param, ParseUUIDPipe, Post, Query, Res, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { IsEmail, IsIn, IsOptional, IsString, Length, MaxLength } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { ConnectService } from '../adapters/connect.service.js';
import { Consents, type VisibleAdministration } from '../adapters/consent/consents.service.js';
import { InputError } from '../kernel/errors.js';
import { REMINDED_BY, type RemindedBy } from '../ledger/rules/reminded-by.js';
import { CalledBy } from '../platform/auth/api-key.guard.js';
import { ApiKeys, type Caller } from '../platform/auth/api-keys.js';
import { ConsoleController } from './console-controller.js';
import { PageFilter } from './page.filter.js';
import { Pages } from './pages.js';
import { type ConnectFields, connectionFrom } from './rules/connect-form.js';
import { showChoices, showVisible } from './rules/consent-view.js';
import { fill, knownWord, wordFor } from './rules/words.js';

class BeginForm {
  @IsString() @Length(1, 40) package: string;
  @IsString() @Length(1, 20) site: string;
}

class ConnectForm implements ConnectFields {
  @IsString() @Length(1, 64) administration: string;
  @IsString() @Length(1, 120) name: string;
  @IsString() @Length(1, 600) address: string;
  @IsEmail() email: string;
  @IsOptional() @IsString() @MaxLength(40) phone?: string;
  @IsString() @Length(1, 40) iban: string;
  @IsOptional() @IsString() @MaxLength(1_000) moreIbans?: string;
  @IsOptional() @IsIn(['', ...REMINDED_BY]) remindedBy?: '' | RemindedBy;
}

const PATH = 'console/consents';

/**
 * Where a package sends the browser back to. Browsers keep the key's cookie to themselves when another site sends them (SameSite=Strict), so
 * nothing is done here: the page goes on by itself to {@link ConsentPagesController.finish}, and that request is our own.
 */
@ApiExcludeController()
@UseFilters(PageFilter)
@Controller(PATH)
export class ConsentCallbackController {
  constructor(private readonly pages: Pages) {}

  @Get('callback')
  back(@Query() query: Record<string, unknown>, @Res() reply: FastifyReply): void {
    const handed = ['state', 'code', 'error', 'error_description'].flatMap((name) =>
      typeof query[name] === 'string' ? [[name, query[name]] as const] : [],
    );
    const url = `/${PATH}/finish?${new URLSearchParams(Object.fromEntries(handed))}`;
    this.goOn(reply, url);
  }

  private goOn(reply: FastifyReply, url: string): void {
    const { title, backWords: words, goOn } = this.pages.texts.consent;
    this.pages.send(reply, 'consent-on', { title, user: null, refreshSeconds: 0, refreshTo: url }, { title, words, url, goOn });
  }
}

/** Consent: asked for at the package, taken in, and what it sees connected. */
@ConsoleController(PATH)
export class ConsentPagesController {
  constructor(
    private readonly consents: Consents,
    private readonly connections: ConnectService,
    private readonly keys: ApiKeys,
    private readonly pages: Pages,
  ) {}

  /** A page in between: our forms may send nobody to another site (Content-Security-Policy), a link may. */
  @Post()
  async begin(@Body() { package: name, site }: BeginForm, @CalledBy() caller: Caller, @Res() reply: FastifyReply): Promise<void> {
    const { url } = await this.consents.begin(caller, name, site);
    const { texts } = this.pages;
    const packageName = wordFor(texts.package, name);
    const title = fill(texts.consent.goTitle, { package: packageName });
    const goOn = fill(texts.consent.go, { package: packageName });
    this.pages.send(reply, 'consent-on', { title, user: caller.name }, { title, words: texts.consent.goWords, url, goOn });
  }

  @Get('finish')
  async finish(
    @Query('state') state: unknown,
    @Query('code') code: unknown,
    @Query('error') error: unknown,
    @Query('error_description') errorDescription: unknown,
    @CalledBy() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const answer = { state: text(state) ?? '', code: text(code), error: text(error), errorDescription: text(errorDescription) };
    const { consentId, restored } = await this.consents.finish(caller, answer);
    this.pages.redirect(reply, `/${PATH}/${consentId}?done=${restored.length > 0 ? 'restored' : 'given'}`);
  }

  @Get(':consentId')
  async choose(
    @Param('consentId', ParseUUIDPipe) consentId: string,
    @Query('done') done: unknown,
    @CalledBy() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { texts } = this.pages;
    const visible = await this.consents.administrations(caller, consentId);
    const title = texts.consent.chooseTitle;
    this.pages.send(
      reply,
      'consent',
      { title, user: caller.name },
      { notice: knownWord(texts.consent.notices, done), administrations: showVisible(visible, `/${PATH}/${consentId}`, texts) },
    );
  }

  @Get(':consentId/connect')
  async form(
    @Param('consentId', ParseUUIDPipe) consentId: string,
    @Query('administration') ref: unknown,
    @CalledBy() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const chosen = await this.visible(caller, consentId, text(ref) ?? '');
    const title = fill(this.pages.texts.consent.connectTitle, { name: chosen.name });
    this.pages.send(
      reply,
      'consent-connect',
      { title, user: caller.name },
      { title, path: `/${PATH}/${consentId}`, ref: chosen.ref, name: chosen.name, reminders: showChoices(this.pages.texts) },
    );
  }

  @Post(':consentId/connect')
  async connect(
    @Param('consentId', ParseUUIDPipe) consentId: string,
    @Body() form: ConnectForm,
    @CalledBy() caller: Caller,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const given = connectionFrom(form);
    if (!given.ok) throw new InputError(given.error.code, given.error.message);
    const entrance = await this.consents.entrance(caller, consentId);
    const connected = await this.connections.connect({ ...given.value, entrance, packageRef: form.administration });
    await this.keys.admit(caller.keyId, connected.administrationId);
    this.pages.redirect(reply, `/${PATH}/${consentId}?done=connected`);
  }

  private async visible(caller: Caller, consentId: string, ref: string): Promise<VisibleAdministration> {
    const found = (await this.consents.administrations(caller, consentId)).find((one) => one.ref === ref && !one.connected);
    if (!found)
      throw new InputError(
        'unknown-administration',
        `this consent sees no administration ${ref.slice(0, 64)} that is still to be connected`,
      );
    return found;
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
