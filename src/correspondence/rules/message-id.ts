/**
 * The Message-ID of the mail that carries out an effect: the same effect always gives the same one, so a mail that went out twice
 * can be recognised by it. Angle brackets included (RFC 5322 §3.6.4).
 * Throws (a bug) when the id or the domain could not stand in a header: both are our own.
 */
export function messageIdOf(effectId: string, domain: string): string {
  if (!/^[A-Za-z0-9-]{1,100}$/.test(effectId)) throw new Error(`not an effect id: ${JSON.stringify(effectId)}`);
  if (!/^[A-Za-z0-9]([A-Za-z0-9.-]{0,200}[A-Za-z0-9])?$/.test(domain)) throw new Error(`not a domain: ${JSON.stringify(domain)}`);
  return `<tegoed.${effectId}@${domain}>`;
}
