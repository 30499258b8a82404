import { TWINFIELD } from '../vendor.js';

/** For whom an access token is good, and where (§1.1). */
export interface Claims {
  /** Without a slash at the end. The base of every call. */
  readonly cluster: string;
  readonly organisationId: string;
  /** What people log in with; part of the refs of its offices. */
  readonly organisationCode: string;
  readonly scopes: readonly string[];
  /** Who gave the consent, as audit trails name him; null: it does not say. */
  readonly userCode: string | null;
}

/**
 * Reads the answer of the token validation. A scope that was not given leaves its claim out, and clients that mind nothing then call
 * an address without a host (§1.1): so what is missing is named.
 */
export function claimsIn(body: unknown): Claims | { readonly missing: string } {
  const claims = typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>) : {};
  const text = (name: string): string | null => (typeof claims[name] === 'string' && claims[name] !== '' ? claims[name] : null);
  const cluster = text('twf.clusterUrl');
  const organisationId = text('twf.organisationId');
  if (cluster === null || organisationId === null) return { missing: 'twf.organisation' };
  const scopes = scopesIn(claims['scope']);
  const needed = TWINFIELD.scopes.find((scope) => scopes.length > 0 && !scopes.includes(scope));
  if (needed !== undefined) return { missing: needed };
  return {
    cluster: cluster.replace(/\/+$/, ''),
    organisationId,
    organisationCode: text('twf.organisationCode') ?? organisationId,
    scopes,
    userCode: text('twf.organisationUserCode'),
  };
}

/** A list, or one text when there is but one. */
const scopesIn = (value: unknown): string[] =>
  (Array.isArray(value) ? value : typeof value === 'string' ? value.split(/[\s,]+/) : []).filter((scope) => typeof scope === 'string');

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const isLoopback = ({ protocol, hostname }: URL): boolean => protocol === 'http:' && LOOPBACK.includes(hostname);

/** Whether the token may go there: the vendor's own domain over https, or this machine when people log in on it too. */
export function isTrusted(cluster: string, loginOrigin: string): boolean {
  if (!URL.canParse(cluster)) return false;
  const url = new URL(cluster);
  if (isLoopback(new URL(loginOrigin))) return isLoopback(url);
  return url.protocol === 'https:' && url.hostname.endsWith(TWINFIELD.clusterDomain);
}
