import type { IncomingMessage } from 'node:http';

const LARGEST_BODY = 25 * 1024 * 1024;

/** Everything a client sent; throws when it is more than the simulator takes or the client went away. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) throw new Error(`body of more than ${LARGEST_BODY} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The body as a JSON object: empty for none, null when it is no JSON object. */
export function jsonObject(body: Buffer, contentType: string): Readonly<Record<string, unknown>> | null {
  if (body.length === 0 || contentType.startsWith('multipart/')) return {};
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
