/**
 * Whether a request that changes something was sent by a page of our own. Browsers name the page's origin with every POST (Fetch standard,
 * §3.2 "Origin header"), so one without it is refused too. Ours is the host that was asked, whatever stands before it for TLS, and the
 * address people were given.
 */
export function isOwnOrigin(origin: string | undefined, host: string | undefined, publicUrl: string): boolean {
  if (origin === undefined || !URL.canParse(origin)) return false;
  const sent = new URL(origin);
  return sent.origin === new URL(publicUrl).origin || (sent.host !== '' && sent.host === host?.toLowerCase());
}
