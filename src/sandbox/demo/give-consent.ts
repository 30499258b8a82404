import type { VisibleAdministration } from '../../adapters/consent/consents.service.js';
import type { OAuthClientSetting } from '../../platform/config/oauth-clients.js';
import type { ApiClient } from './api-client.js';

/** What a person does in a browser: goes where the service sends them, agrees at the package, and comes back with its answer. Gives the consent's id. */
export async function giveConsent(api: ApiClient, { package: name, site }: OAuthClientSetting): Promise<string> {
  const { url } = await api.post<{ url: string }>('/api/v1/consents', { package: name, site });
  const page = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(30_000) });
  const back = page.headers.get('location');
  if (back === null) throw new Error(`the consent page answered ${page.status}: ${await page.text()}`);
  const { consentId } = await api.post<{ consentId: string }>('/api/v1/consents/finish', Object.fromEntries(new URL(back).searchParams));
  return consentId;
}

/** Connects one of the administrations a consent sees. Gives the id it has at Tegoed. */
export async function connectSeen(api: ApiClient, consent: string, ref: string, rest: object): Promise<string> {
  const visible = await api.get<VisibleAdministration[]>(`/api/v1/consents/${consent}/administrations`);
  if (!visible.some((each) => each.ref === ref)) throw new Error(`the consent does not see ${ref}`);
  const { administrationId } = await api.post<{ administrationId: string }>('/api/v1/connections', {
    consent,
    administration: ref,
    ...rest,
  });
  return administrationId;
}
