import { Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { normalizeIban } from '../kernel/identifiers/iban.js';
import { ApiKeyGuard, CalledBy } from '../platform/auth/api-key.guard.js';
import { ApiKeys, type Caller } from '../platform/auth/api-keys.js';
import type { PackageAdministration } from './accounting-package.port.js';
import { ConnectService, type Connected } from './connect.service.js';
import { ConnectDto, LookDto } from './connections.dto.js';

@ApiTags('connections')
@ApiBearerAuth()
@UseGuards(ApiKeyGuard)
@Controller('api/v1/connections')
export class ConnectionsController {
  constructor(
    private readonly connections: ConnectService,
    private readonly keys: ApiKeys,
  ) {}

  @Post('look')
  @HttpCode(200)
  @ApiOperation({ summary: 'The administrations a token can see. Stores nothing.' })
  look(@Body() { package: name, token }: LookDto): Promise<readonly PackageAdministration[]> {
    return this.connections.visible(name, { token });
  }

  @Post()
  @ApiOperation({ summary: 'Connects an administration, in shadow mode, and opens it to the key that asks.' })
  async connect(@Body() request: ConnectDto, @CalledBy() caller: Caller): Promise<Connected> {
    const { sender, registry } = request;
    const connected = await this.connections.connect({
      package: request.package,
      credentials: { token: request.token },
      packageRef: request.administration,
      ibans: request.ibans.map((iban) => normalizeIban(iban) ?? iban),
      sender: {
        name: sender.name,
        address: sender.address,
        email: sender.email,
        replyTo: sender.replyTo ?? null,
        phone: sender.phone ?? null,
        vatId: sender.vatId ?? null,
        iban: normalizeIban(sender.iban) ?? sender.iban,
        bic: sender.bic ?? null,
      },
      policy: request.policy ?? 'default',
      vatDeductible: request.vatDeductible ?? true,
      registry: registry ? { scheme: registry.scheme, id: registry.id } : null,
    });
    await this.keys.admit(caller.keyId, connected.administrationId);
    return connected;
  }
}
