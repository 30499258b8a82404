import { Controller, Get, ServiceUnavailableException } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { countTroubles } from '../adapters/consent/consent-trouble.js';
import { Tenancy } from '../platform/database/tenancy.js';

interface Health {
  readonly status: 'ok';
  readonly database: 'ok';
  /** Connections and consents that a person has to give again; the service itself is well. */
  readonly needConsent: number;
}

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(private readonly tenancy: Tenancy) {}

  @Get()
  @ApiOperation({ summary: '200 while the service can reach its database; how many connections to packages need consent again.' })
  async health(): Promise<Health> {
    try {
      return { status: 'ok', database: 'ok', needConsent: await this.tenancy.directory(countTroubles) };
    } catch {
      throw new ServiceUnavailableException({ code: 'database', message: 'The database does not answer.' });
    }
  }
}
