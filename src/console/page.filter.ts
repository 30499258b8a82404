import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  ForbiddenException,
  HttpException,
  Inject,
  Injectable,
  NotFoundException,
  UnauthorizedException,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InputError } from '../kernel/errors.js';
import { KEY_COOKIE } from '../platform/auth/api-key.guard.js';
import type { Caller } from '../platform/auth/api-keys.js';
import type { Logger } from '../platform/observability/logger.js';
import { LOGGER } from '../platform/platform.module.js';
import { COOKIE_PATH, LOGIN_PATH } from './paths.js';
import { Pages } from './pages.js';

interface Trouble {
  readonly status: number;
  readonly title: string;
  readonly words: string;
}

/** Failures of the console leave as pages: to the login when nobody is logged in, else what is wrong in words. */
@Catch()
@Injectable()
export class PageFilter implements ExceptionFilter {
  constructor(
    private readonly pages: Pages,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const request = host.switchToHttp().getRequest<FastifyRequest & { caller?: Caller }>();
    if (exception instanceof UnauthorizedException) {
      void reply.clearCookie(KEY_COOKIE, { path: COOKIE_PATH });
      this.pages.redirect(reply, LOGIN_PATH);
      return;
    }
    const trouble = this.troubleOf(exception);
    if (trouble.status >= 500) {
      const error = exception instanceof Error ? exception.stack : String(exception);
      this.logger.error({ url: request.url.split('?')[0], error }, 'page failed');
    }
    this.pages.send(reply, 'problem', { title: trouble.title, user: request.caller?.name ?? null }, trouble, trouble.status);
  }

  private troubleOf(exception: unknown): Trouble {
    const { unknown, refused, input, fault } = this.pages.texts.problem;
    if (exception instanceof NotFoundException) return { status: 404, ...unknown };
    // A key that may not do this is told so; a request from elsewhere is told nothing but that.
    if (exception instanceof ForbiddenException)
      return { status: 403, ...refused, ...(hasCode(exception) && { words: exception.message }) };
    if (exception instanceof InputError) return { status: 422, ...input, words: exception.message };
    const status = exception instanceof HttpException ? exception.getStatus() : (exception as { statusCode?: unknown }).statusCode;
    // What Fastify and its plugins refuse (a body that is too large, say) carries a status and a message for people.
    if (typeof status === 'number' && status >= 400 && status < 500) return { status, ...input, words: (exception as Error).message };
    return { status: 500, ...fault };
  }
}

const hasCode = (exception: ForbiddenException): boolean => 'code' in (exception.getResponse() as object);
