import {
  type CanActivate,
  type ExecutionContext,
  ForbiddenException,
  Injectable,
  NotFoundException,
  UnauthorizedException,
  createParamDecorator,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { isUuid } from '../database/ids.js';
import { ApiKeys, type Caller } from './api-keys.js';
import { isAtLeast, tooLow } from './rules/authority.js';
import { roleNeeded } from './rules/rights.js';

type CalledRequest = FastifyRequest & { caller?: Caller };

/** Cookie the console keeps its key in. */
export const KEY_COOKIE = 'tegoed_key';

/**
 * Lets a request in that carries a key: `Authorization: Bearer tgd_…`, or the console's cookie. A path that names an administration
 * the key was not given answers like one that does not exist: whoever asks learns nothing about other administrations. What the key's
 * role is not enough for (rules/rights.ts) is refused with 403 `role-too-low`.
 */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(private readonly keys: ApiKeys) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<CalledRequest>();
    const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const key = bearer ?? (request as { cookies?: Record<string, string | undefined> }).cookies?.[KEY_COOKIE];
    if (key === undefined) {
      throw new UnauthorizedException({ code: 'no-key', message: 'Send your API key as "Authorization: Bearer tgd_…".' });
    }
    const caller = await this.keys.check(key);
    if (!caller) throw new UnauthorizedException({ code: 'wrong-key', message: 'This API key is unknown or was revoked.' });

    const administration = (request.params as { administrationId?: string } | undefined)?.administrationId;
    if (administration !== undefined && !(isUuid(administration) && caller.administrationIds.includes(administration))) {
      throw new NotFoundException({ code: 'unknown-administration', message: `No administration ${administration} for this key.` });
    }
    request.caller = caller;
    // By the route, not by how its path was written; and after the administration: a key that was not given it learns nothing.
    const needed = roleNeeded(request.method, request.routeOptions.url ?? request.url);
    if (!isAtLeast(caller.role, needed)) throw new ForbiddenException(tooLow(caller.role, needed));
    return true;
  }
}

/** The caller the guard let in. */
export const CalledBy = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<CalledRequest>();
  if (!caller) throw new Error('a route without the key guard asked for its caller');
  return caller;
});
