import { type CanActivate, type ExecutionContext, ForbiddenException, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Settings } from '../platform/config/settings.js';
import { SETTINGS } from '../platform/platform.module.js';
import { isOwnOrigin } from './rules/own-origin.js';

const SAFE_METHODS: readonly string[] = ['GET', 'HEAD'];

/** Refuses what changes something unless a page of our own sent it. The second lock beside the cookie's SameSite=Strict. */
@Injectable()
export class OwnOriginGuard implements CanActivate {
  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  canActivate(context: ExecutionContext): boolean {
    const { method, headers } = context.switchToHttp().getRequest<FastifyRequest>();
    if (SAFE_METHODS.includes(method) || isOwnOrigin(headers.origin, headers.host, this.settings.publicUrl)) return true;
    throw new ForbiddenException();
  }
}
