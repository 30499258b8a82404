import { Controller, Headers, HttpCode, HttpException, Inject, Param, Post, Req, UnauthorizedException } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Clock } from '../../kernel/clock.js';
import { isUuid } from '../../platform/database/ids.js';
import { WEBHOOKS_PATH, bytesOf } from '../../platform/http/raw-body.js';
import { CLOCK } from '../../platform/platform.module.js';
import { PackageEvents } from '../package-events.service.js';
import { WebhookStore } from '../webhook-store.js';
import { MONEYBIRD } from './vendor.js';
import { verifiedEvent } from './webhook.js';

const PATH = `${WEBHOOKS_PATH}/moneybird`;

/** Where Moneybird is to tell us of changes in an administration, below the public address; each has a webhook, and a secret, of its own. */
export const webhookPath = (administrationId: string): string => `/${PATH}/${administrationId}`;

@ApiTags('webhooks')
@Controller(PATH)
export class MoneybirdWebhooksController {
  /** Of whoever they come: each costs a look into the database before it is known. */
  private readonly rate = new RateLimiterMemory(MONEYBIRD.webhooksTaken);

  constructor(
    private readonly store: WebhookStore,
    private readonly events: PackageEvents,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post(':administrationId')
  @HttpCode(200)
  @ApiOperation({ summary: 'For Moneybird: something changed in an administration. Signed with the secret of its webhook; no API key.' })
  async receive(
    @Param('administrationId') administrationId: string,
    @Headers('moneybird-signature') signature: string | undefined,
    @Headers('idempotency-key') key: string | undefined,
    @Req() { body }: { readonly body: unknown },
  ): Promise<void> {
    // The try of a new address, before its secret is told (fact sheet §3.8).
    if (signature === undefined) return;
    const isWithin = await this.rate.consume('all').then(
      () => true,
      () => false,
    );
    if (!isWithin) throw new HttpException({ code: 'too-many-requests', message: 'too many requests' }, 429);
    const made = isUuid(administrationId) ? await this.store.of(administrationId).load() : null;
    const event = made === null ? null : verifiedEvent({ body: bytesOf(body), signature }, made.secret, this.clock.now());
    // Whoever cannot sign is not told what was wrong with it.
    if (event === null || event.webhookId !== made?.id) throw new UnauthorizedException({ code: 'webhook-refused', message: 'refused' });
    // The key is the vendor's own for a delivery and its repetitions, and not signed: so the signature is held against what came, too.
    if (!(await this.store.isFirst(administrationId, [`signature ${signature}`, ...(key === undefined ? [] : [`key ${key}`])]))) return;
    await this.events.changedIn(administrationId, event.administrationRef);
  }
}
