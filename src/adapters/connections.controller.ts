import { Body, Controller, HttpCode, Param, Post, Put, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { InputError } from '../kernel/errors.js';
import { normalizeIban } from '../kernel/identifiers/iban.js';
import { ApiKeyGuard, CalledBy } from '../platform/auth/api-key.guard.js';
import { ApiKeys, type Caller } from '../platform/auth/api-keys.js';
import type { PackageAdministration } from './accounting-package.port.js';
import { ConnectService, type Connected } from './connect.service.js';
import { ConnectDto, LookDto, TokenDto } from './connections.dto.js';
import { Consents } from './consent/consents.service.js';
import type { Entrance } from './packages.js';

@ApiTags('connections')
@ApiBearerAuth()
@UseGuards(ApiKeyGuard)
@Controller('api/v1/connections')
export class ConnectionsController {
  constructor(
    private readonly connections: ConnectService,
    private readonly consents: Consents,
    private readonly keys: ApiKeys,
  ) {}

  @Post('look')
  @HttpCode(200)
  @ApiOperation({ summary: 'The administrations a token can see. Stores nothing.' })
  look(@Body() { package: name, token }: LookDto): Promise<readonly PackageAdministration[]> {
    return this.connections.visible({ package: name, token });
  }

  @Post()
  @ApiOperation({ summary: 'Connects an administration, in shadow mode, and opens it to the key that asks.' })
  async connect(@Body() request: ConnectDto, @CalledBy() caller: Caller): Promise<Connected> {
    const { sender, registry } = request;
    const connected = await this.connections.connect({
      entrance: await this.entranceOf(request, caller),
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
      remindedBy: request.remindedBy ?? null,
      vatDeductible: request.vatDeductible ?? true,
      registry: registry ? { scheme: registry.scheme, id: registry.id } : null,
    });
    await this.keys.admit(caller.keyId, connected.administrationId);
    return connected;
  }

  private async entranceOf({ package: name, token, consent }: ConnectDto, caller: Caller): Promise<Entrance> {
    if (consent !== undefined) return this.consents.entrance(caller, consent);
    if (name !== undefined && token !== undefined) return { package: name, token };
    throw new InputError('no-entrance', 'send either "consent", or "package" and "token"');
  }
}

@ApiTags('connections')
@ApiBearerAuth()
@UseGuards(ApiKeyGuard)
@Controller('api/v1/administrations/:administrationId/connection')
export class ConnectionController {
  constructor(private readonly connections: ConnectService) {}

  @Put()
  @HttpCode(204)
  @ApiOperation({ summary: 'Another token for an administration that is connected, when the old one was withdrawn.' })
  replace(@Param('administrationId') administrationId: string, @Body() { token }: TokenDto): Promise<void> {
    return this.connections.replaceToken(administrationId, token);
  }
}
