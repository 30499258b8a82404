import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { RawServerDefault } from 'fastify';

/** Below this the body of a request is handed on as the bytes it came in, because what is signed is those and no others. */
export const WEBHOOKS_PATH = 'api/v1/webhooks';
/** Where agencies tell us of cases, and where they fetch what is theirs. */
export const CALLBACKS_PATH = 'callbacks/agencies';
export const AGENCIES_PATH = 'agencies';
const SIGNED = [WEBHOOKS_PATH, CALLBACKS_PATH, AGENCIES_PATH];

/** Keeps the bytes of webhooks; every other JSON body is read as ever. An empty body is no mistake of a webhook. */
export function keepWebhookBytes(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  const read = fastify.getDefaultJsonParser('error', 'error');
  const { bodyLimit } = fastify.initialConfig;
  app.useBodyParser<RawServerDefault>('application/json', { ...(bodyLimit !== undefined && { bodyLimit }) }, (request, body, done) => {
    if (SIGNED.some((path) => request.url.startsWith(`/${path}/`))) done(null, body);
    else read(request, body.toString('utf8'), done);
  });
}

/** The bytes of a webhook, whatever it was said to be; empty when it has none. */
export function bytesOf(body: unknown): Uint8Array {
  if (Buffer.isBuffer(body)) return body;
  return typeof body === 'string' ? Buffer.from(body, 'utf8') : new Uint8Array();
}
