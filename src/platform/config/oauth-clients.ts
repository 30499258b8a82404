/** Our app as the operator registered it with a package, at one of its sites. */
export interface OAuthClientSetting {
  /** As administrations are connected under: `exact-online`. */
  readonly package: string;
  /** `nl`, or `main` for a package with one site. */
  readonly site: string;
  readonly id: string;
  readonly secret: string;
}

const NAME = /^(MONEYBIRD|TWINFIELD|EXACT_ONLINE)(?:_([A-Z]{2,3}))?_CLIENT_(ID|SECRET)$/;

/**
 * Reads `MONEYBIRD_CLIENT_ID`, `EXACT_ONLINE_NL_CLIENT_SECRET` and their like: an id and a secret for each app. Gives the mistakes too: an
 * id without a secret, or the other way round.
 */
export function readOAuthClients(environment: NodeJS.ProcessEnv): { clients: OAuthClientSetting[]; mistakes: string[] } {
  const apps = new Map<string, { package: string; site: string; ID?: string; SECRET?: string }>();
  for (const [name, value] of Object.entries(environment)) {
    const [, packageName = '', site, part] = NAME.exec(name) ?? [];
    if (!value || (part !== 'ID' && part !== 'SECRET')) continue;
    const app = name.slice(0, -`_${part}`.length);
    const known = apps.get(app) ?? { package: packageName.toLowerCase().replace('_', '-'), site: site?.toLowerCase() ?? 'main' };
    apps.set(app, { ...known, [part]: value });
  }
  const clients: OAuthClientSetting[] = [];
  const mistakes: string[] = [];
  for (const [name, { ID: id, SECRET: secret, ...place }] of apps) {
    if (id !== undefined && secret !== undefined) clients.push({ ...place, id, secret });
    else mistakes.push(`${name}_ID and ${name}_SECRET belong together: one of them is missing`);
  }
  return { clients, mistakes };
}
