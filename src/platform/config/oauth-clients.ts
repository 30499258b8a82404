/** Our app as the operator registered it with a package, at one of its sites. */
export interface OAuthClientSetting {
  /** As administrations are connected under: `exact-online`. */
  readonly package: string;
  /** `nl`, or `main` for a package with one site. */
  readonly site: string;
  readonly id: string;
  readonly secret: string;
  /** What the package signs its webhooks with, as the app registration shows it; absent: webhooks are not taken. */
  readonly webhookSecret?: string;
}

const NAME = /^(MONEYBIRD|TWINFIELD|EXACT_ONLINE)(?:_([A-Z]{2,3}))?_(CLIENT_ID|CLIENT_SECRET|WEBHOOK_SECRET)$/;

type Part = 'CLIENT_ID' | 'CLIENT_SECRET' | 'WEBHOOK_SECRET';

/**
 * Reads `MONEYBIRD_CLIENT_ID`, `EXACT_ONLINE_NL_CLIENT_SECRET` and their like: an id and a secret for each app, and where it has webhooks
 * `EXACT_ONLINE_NL_WEBHOOK_SECRET`. Gives the mistakes too: an id without a secret, or the other way round.
 */
export function readOAuthClients(environment: NodeJS.ProcessEnv): { clients: OAuthClientSetting[]; mistakes: string[] } {
  const apps = new Map<string, Pick<OAuthClientSetting, 'package' | 'site'> & { readonly [part in Part]?: string }>();
  for (const [name, value] of Object.entries(environment)) {
    const [, packageName = '', site, part] = NAME.exec(name) ?? [];
    if (!value || part === undefined) continue;
    const app = name.slice(0, -`_${part}`.length);
    const known = apps.get(app) ?? { package: packageName.toLowerCase().replace('_', '-'), site: site?.toLowerCase() ?? 'main' };
    apps.set(app, { ...known, [part]: value });
  }
  const clients: OAuthClientSetting[] = [];
  const mistakes: string[] = [];
  for (const [name, { CLIENT_ID: id, CLIENT_SECRET: secret, WEBHOOK_SECRET: webhookSecret, ...place }] of apps) {
    const webhooks = webhookSecret === undefined ? {} : { webhookSecret };
    if (id !== undefined && secret !== undefined) clients.push({ ...place, id, secret, ...webhooks });
    else mistakes.push(`${name}_CLIENT_ID and ${name}_CLIENT_SECRET belong together: one of them is missing`);
  }
  return { clients, mistakes };
}
