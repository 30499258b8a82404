import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InputError } from '../../kernel/errors.js';
import type { Logger } from '../observability/logger.js';

/** RFC 9457 problem details, with our stable `code` and, for input, the place of the trouble. */
interface Problem {
  readonly type: 'about:blank';
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** Every failure of the API leaves as application/problem+json; nothing of the inside shows in an unexpected one. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const problem = toProblem(exception);
    if (problem.status >= 500) {
      this.logger.error(
        { url: request.url.split('?')[0], error: exception instanceof Error ? exception.stack : String(exception) },
        'request failed',
      );
    }
    void reply.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }
}

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not found', 405: 'Method not allowed', 409: 'Conflict',
  413: 'Too large', 415: 'Unsupported media type', 422: 'Unusable input', 429: 'Too many requests', 503: 'Unavailable',
}; // prettier-ignore

function toProblem(exception: unknown): Problem {
  if (exception instanceof InputError) {
    const { code, message, place } = exception;
    return { ...titled(422), code, detail: message, ...place };
  }
  if (exception instanceof HttpException) {
    const body = exception.getResponse() as { message?: string | string[]; code?: string; errors?: Problem['errors'] } | string;
    const detail = typeof body === 'string' ? body : [body.message ?? exception.message].flat().join('; ');
    return {
      ...titled(exception.getStatus()),
      code: (typeof body === 'object' && body.code) || 'http',
      detail,
      ...(typeof body === 'object' && body.errors && { errors: body.errors }),
    };
  }
  const status = (exception as { statusCode?: unknown }).statusCode;
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return { ...titled(status), code: 'http', detail: (exception as Error).message };
  }
  return { ...titled(500), code: 'fault', detail: 'Something went wrong on our side. It has been logged.' };
}

const titled = (status: number): Pick<Problem, 'type' | 'title' | 'status'> => ({
  type: 'about:blank',
  title: TITLES[status] ?? 'Fault',
  status,
});
