/**
 * What an agency signs when it fetches something, in place of a webhook's body: the method and the address with its query as it is
 * called, on the next line the body when there is one. No JSON begins like this, so a signed request can never pass for a callback, nor
 * a callback for a request.
 */
export function signedRequest(method: string, url: string, body: Uint8Array): Uint8Array {
  const line = new TextEncoder().encode(`${method.toUpperCase()} ${url}${body.length > 0 ? '\n' : ''}`);
  const content = new Uint8Array(line.length + body.length);
  content.set(line);
  content.set(body, line.length);
  return content;
}
