import { Controller, HttpCode, Param, Post, Req, UnauthorizedException } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { WEBHOOKS_PATH, bytesOf } from '../../platform/http/raw-body.js';
import { OAuthApps } from '../consent/oauth-apps.js';
import { PackageEvents } from '../package-events.service.js';
import { EXACT_ONLINE } from './vendor.js';
import { verifiedEvent } from './webhook.js';

const PATH = `${WEBHOOKS_PATH}/${EXACT_ONLINE.name}`;

/** Where Exact Online is to tell us of changes, below the public address; each site has an app, and a secret, of its own. */
export const webhookPath = (site: string): string => `/${PATH}/${site}`;

@ApiTags('webhooks')
@Controller(PATH)
export class ExactOnlineWebhooksController {
  constructor(
    private readonly apps: OAuthApps,
    private readonly events: PackageEvents,
  ) {}

  @Post(':site')
  @HttpCode(200)
  @ApiOperation({ summary: 'For Exact Online: something changed in a division. Signed with the webhook secret of our app; no API key.' })
  async receive(@Param('site') site: string, @Req() { body }: { readonly body: unknown }): Promise<void> {
    const bytes = bytesOf(body);
    // The test Exact makes of an address when it is subscribed (fact sheet §6).
    if (bytes.length === 0) return;
    const client = this.apps.all().find((app) => app.vendor.package === EXACT_ONLINE.name && app.site.code === site)?.client;
    const event = client?.webhookSecret === undefined ? null : verifiedEvent(bytes, client.webhookSecret);
    // Whoever cannot sign is not told what was wrong with it.
    if (event === null || event.clientId !== client?.id.toLowerCase())
      throw new UnauthorizedException({ code: 'webhook-refused', message: 'refused' });
    await this.events.changed({ package: EXACT_ONLINE.name, site, packageRef: event.division });
  }
}
