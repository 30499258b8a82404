import {
  BadRequestException,
  ConflictException,
  Controller,
  HttpException,
  HttpStatus,
  Inject,
  NotFoundException,
  Param,
  PayloadTooLargeException,
  Post,
  Req,
  Res,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CALLBACKS_PATH, bytesOf } from '../../platform/http/raw-body.js';
import type { Logger } from '../../platform/observability/logger.js';
import { LOGGER } from '../../platform/platform.module.js';
import { refusedSignature } from '../agency.guard.js';
import { HEADERS } from '../rules/webhook/signature.js';
import { AgencyAlarms } from './agency-alarms.service.js';
import { AgencyDirectory, type ProvenAgency } from './agency-directory.js';
import { CallbackRates } from './callback-rates.js';
import { Callbacks, type Taken } from './callbacks.service.js';

/** agency-handover.md §10.2. */
const BODY_BYTES_MAX = 256 * 1024;

interface Answer {
  readonly status: 'accepted' | 'duplicate';
  /** What came of it: `applied`, `late`, `unmapped` (a person looks at it) or `kept`. */
  readonly outcome?: string;
}

@ApiTags('callbacks')
@Controller(CALLBACKS_PATH)
export class CallbacksController {
  private readonly rates = new CallbackRates();

  constructor(
    private readonly directory: AgencyDirectory,
    private readonly callbacks: Callbacks,
    private readonly alarms: AgencyAlarms,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @Post(':agencyId')
  @ApiOperation({
    summary: 'For agencies: what happened with a case. Signed with the callback secret (Standard Webhooks); no API key.',
  })
  async receive(
    @Param('agencyId') agencyId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    const bytes = bytesOf(request.body);
    if (bytes.length > BODY_BYTES_MAX) {
      throw new PayloadTooLargeException({ code: 'too-large', message: `A callback has at most ${BODY_BYTES_MAX} bytes.` });
    }
    if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
      throw new UnsupportedMediaTypeException({ code: 'not-json', message: 'A callback is application/json.' });
    }
    const agency = await this.directory.prove(agencyId, request.headers, bytes);
    if (agency === null) throw await this.refusal(agencyId);
    if (!(await this.rates.allows(agency.id))) throw tooMany();
    const taken = await this.callbacks.take(agency, String(request.headers[HEADERS.id]), bytes);
    return this.answer(taken, agency, reply);
  }

  private async refusal(agencyId: string): Promise<HttpException> {
    const failed = await this.rates.failed(agencyId);
    if (failed === 'refused') return refusedSignature();
    if (failed === 'burst') {
      this.logger.warn({ agencyId }, 'many callbacks with a wrong signature');
      await this.alarms.wrongSignatures(agencyId);
    }
    return tooMany();
  }

  private answer(taken: Taken, agency: ProvenAgency, reply: FastifyReply): Answer {
    switch (taken.kind) {
      case 'accepted':
        void reply.status(HttpStatus.ACCEPTED);
        return { status: 'accepted', outcome: taken.outcome };
      case 'duplicate':
        void reply.status(HttpStatus.OK);
        return { status: 'duplicate' };
      case 'conflict':
        throw new ConflictException({ code: 'id-used', message: 'Another message came under this webhook-id.' });
      case 'invalid': {
        const message = taken.mistakes.map((mistake) => mistake.message).join('; ');
        throw new BadRequestException({ code: 'invalid-callback', message, errors: taken.mistakes });
      }
      case 'unknown-case':
        throw new NotFoundException({ code: 'unknown-case', message: 'This agency has no such case.' });
      case 'impossible':
        this.logger.warn({ agencyId: agency.id, because: taken.because }, 'a callback says what cannot be');
        throw new ConflictException({ code: 'impossible', message: taken.because });
    }
  }
}

const tooMany = (): HttpException =>
  new HttpException({ code: 'too-many', message: 'Too many requests; try again in a minute.' }, HttpStatus.TOO_MANY_REQUESTS);
