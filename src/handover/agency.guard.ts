import { type CanActivate, type ExecutionContext, Injectable, UnauthorizedException, createParamDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { bytesOf } from '../platform/http/raw-body.js';
import { AgencyDirectory, type ProvenAgency } from './callbacks/agency-directory.js';
import { signedRequest } from './rules/callback/signed-request.js';

type SignedRequest = FastifyRequest & { agency?: ProvenAgency };

/** The answer to whoever cannot prove to be an agency, whatever was wrong. */
export const refusedSignature = (): UnauthorizedException =>
  new UnauthorizedException({ code: 'signature-refused', message: 'The signature is not one of this agency.' });

/**
 * Lets an agency in that signs its request with its callback secret (Standard Webhooks headers over {@link signedRequest}). For routes below
 * `/agencies/:agencyId/`. What it may reach is up to the route: look cases up with `CaseRepository.ofAgency`, within {@link FromAgency}'s
 * administration.
 */
@Injectable()
export class AgencyGuard implements CanActivate {
  constructor(private readonly directory: AgencyDirectory) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<SignedRequest>();
    const { agencyId = '' } = request.params as { agencyId?: string };
    const content = signedRequest(request.method, request.url, bytesOf(request.body));
    const agency = await this.directory.prove(agencyId, request.headers, content);
    if (agency === null) throw refusedSignature();
    request.agency = agency;
    return true;
  }
}

/** The agency the guard let in, with the administration it works for. */
export const FromAgency = createParamDecorator((_: unknown, context: ExecutionContext): ProvenAgency => {
  const { agency } = context.switchToHttp().getRequest<SignedRequest>();
  if (!agency) throw new Error('a route without the agency guard asked for its agency');
  return agency;
});
