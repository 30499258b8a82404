import { type Result, err, ok } from '../../../kernel/result.js';

/** Where webhooks may go besides the public internet: set by whoever runs the installation, never by a tenant. */
export interface EndpointPolicy {
  /** Origins such as `http://127.0.0.1:4020`, for the sandbox and for agencies inside the same network. */
  readonly allowedOrigins: readonly string[];
}

const LENGTH_MAX = 2_000;
const PORTS = ['', '8443'];
/** Names that lead nowhere public, with everything under them (RFC 6761, RFC 8375; `internal` of ICANN). */
const PRIVATE_NAMES = ['localhost', 'local', 'internal', 'home.arpa'];

/** An address of an agency that may be called as far as its text tells; what its name resolves to is looked at when it is called. */
export interface Endpoint {
  /** As it is called: normalized, without a fragment. */
  readonly url: string;
  readonly host: string;
  /** The operator allows it by name: its addresses are not looked at. */
  readonly allowed: boolean;
}

/**
 * Reads the address of an endpoint, the way every client does it (WHATWG), and judges the result: so no other way of writing an
 * address (decimal, octal, hexadecimal, fewer parts, full-width digits) gets past. Refuses `not-a-url`, `too-long`, `credentials-in-url`,
 * `not-https`, `port-not-allowed`, `address-not-allowed` (an IP address) and `name-not-public`.
 */
export function parseEndpoint(text: string, { allowedOrigins }: EndpointPolicy): Result<Endpoint> {
  if (text.length > LENGTH_MAX) return err({ code: 'too-long', message: `an address has at most ${LENGTH_MAX} characters` });
  if (!URL.canParse(text)) return err({ code: 'not-a-url', message: 'the address is no URL' });
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    return err({ code: 'credentials-in-url', message: 'the address must not carry a name or a password' });
  }
  url.hash = '';
  const host = url.hostname;
  if (allowedOrigins.includes(url.origin)) return ok({ url: url.href, host, allowed: true });
  if (url.protocol !== 'https:') return err({ code: 'not-https', message: 'the address must begin with https://' });
  if (!PORTS.includes(url.port)) return err({ code: 'port-not-allowed', message: `port ${url.port} is not allowed; 443 and 8443 are` });
  if (host.startsWith('[') || /^[\d.]+$/.test(host)) {
    return err({ code: 'address-not-allowed', message: 'the host must be a name, not an IP address' });
  }
  const name = host.replace(/\.$/, '');
  const isPrivate = PRIVATE_NAMES.some((each) => name === each || name.endsWith(`.${each}`));
  if (isPrivate || !name.includes('.') || name === '') {
    return err({ code: 'name-not-public', message: `"${name}" is no name of the public internet` });
  }
  return ok({ url: url.href, host, allowed: false });
}
