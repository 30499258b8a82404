import type { MailServer } from './mailer.js';

/**
 * The mail server of a URL: `smtps://user:password@host` (TLS from the start, port 465), `smtp://user:password@host` (STARTTLS
 * required, port 587), or plain `smtp://` to this machine, where nothing can listen in between. Throws on anything else.
 */
export function mailServerFrom(smtpUrl: string): MailServer {
  const url = new URL(smtpUrl);
  const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  const login = url.username === '' ? null : { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
  if (url.protocol === 'smtps:') return { host: url.hostname, port: Number(url.port || 465), tls: 'implicit', login };
  if (url.protocol !== 'smtp:') throw new Error(`not an SMTP address: ${url.protocol}//${url.hostname}`);
  return {
    host: url.hostname,
    port: Number(url.port || 587),
    tls: loopback || url.searchParams.get('tls') === 'none' ? 'none' : 'starttls',
    login,
  };
}
