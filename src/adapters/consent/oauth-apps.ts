import { InputError } from '../../kernel/errors.js';
import type { OAuthClient, OAuthSite, OAuthVendor } from './oauth-vendor.js';

/** A vendor at one of its sites, with our app there. */
export interface OAuthApp {
  readonly vendor: OAuthVendor;
  readonly site: OAuthSite;
  readonly client: OAuthClient;
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** The vendors people can give consent at: those the operator registered an app with (settings). */
export class OAuthApps {
  private readonly apps: readonly OAuthApp[];

  /** `clientOf`: our app by package and site, null when none is registered. Throws when secrets would travel in the clear. */
  constructor(vendors: readonly OAuthVendor[], clientOf: (packageName: string, site: string) => OAuthClient | null) {
    this.apps = vendors.flatMap((vendor) =>
      vendor.sites.flatMap((site) => {
        const client = clientOf(vendor.package, site.code);
        if (client === null) return [];
        assertSafe(site);
        return [{ vendor, site, client }];
      }),
    );
  }

  /** All that can be chosen from. */
  all(): readonly OAuthApp[] {
    return this.apps;
  }

  /** Throws {@link InputError} `no-app` when none is registered there. */
  find(packageName: string, site: string): OAuthApp {
    const found = this.apps.find((app) => app.vendor.package === packageName && app.site.code === site);
    if (found) return found;
    const choices = this.apps.map((app) => `${app.vendor.package}/${app.site.code}`).join(', ') || 'none';
    throw new InputError('no-app', `no app of ours is registered with ${packageName}/${site}; registered are: ${choices}`);
  }
}

function assertSafe({ origin }: OAuthSite): void {
  const url = new URL(origin);
  if (url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.includes(url.hostname))) return;
  throw new Error(`consent is asked over https, or http on this machine: ${origin}`);
}
