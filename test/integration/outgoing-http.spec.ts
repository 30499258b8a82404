import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import { httpSender } from '../../src/platform/outgoing/http.js';
import type { OutgoingRequest } from '../../src/platform/outgoing/outcome.js';

const SECRET = 'Bearer do-not-tell';
const servers: Server[] = [];

async function serve(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(handle);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const send = httpSender({ timeoutMs: 30_000, maxAnswerBytes: 10_000 });
const impatient = httpSender({ timeoutMs: 300, maxAnswerBytes: 10_000 });
const get = (url: string): OutgoingRequest => ({ method: 'GET', url, headers: { authorization: SECRET } });

describe('httpSender', () => {
  it('gives status, headers and body as they came, whatever the status', async () => {
    const url = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () =>
        response.writeHead(422, { 'X-Seen': `${request.method} ${request.headers['content-type']}` }).end(`"${body}"`),
      );
    });
    const request: OutgoingRequest = { method: 'POST', url, headers: { 'content-type': 'application/json' }, body: '{"a":"0.10"}' };
    expect(await send(request)).toMatchObject({
      kind: 'answer',
      status: 422,
      headers: { 'x-seen': 'POST application/json' },
      body: '"{"a":"0.10"}"',
    });
  });

  it('does not follow a redirect: the token stays with the host it was meant for', async () => {
    const strangers: unknown[] = [];
    const elsewhere = await serve((request, response) => {
      strangers.push(request.headers);
      response.end('hello');
    });
    const url = await serve((_request, response) => response.writeHead(302, { location: elsewhere }).end());
    expect(await send(get(url))).toMatchObject({ kind: 'answer', status: 302, headers: { location: elsewhere } });
    expect(strangers).toEqual([]);
  });

  it('waits for nothing without end', async () => {
    const silent = await serve(() => {});
    expect(await impatient(get(silent))).toMatchObject({ kind: 'no-answer', reached: 'maybe', reason: 'no answer within 300 ms' });
    const trickling = await serve((_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('.'), 50);
      response.on('close', () => clearInterval(drip));
    });
    expect(await impatient(get(trickling))).toMatchObject({ kind: 'no-answer', reached: 'maybe' });
  });

  it('takes no answer larger than it may be', async () => {
    const url = await serve((_request, response) => response.end('x'.repeat(20_000)));
    const outcome = await send(get(url));
    expect(outcome).toMatchObject({ kind: 'no-answer', reached: 'maybe' });
    expect(inspect(outcome)).toContain('maxContentLength');
  });

  it('knows whether there was a connection at all', async () => {
    const dropping = await serve((request) => request.socket.destroy());
    expect(await send(get(dropping))).toMatchObject({ kind: 'no-answer', reached: 'maybe' });
    const closed = await serve(() => {});
    await new Promise((resolve) => servers.pop()?.close(resolve));
    expect(await send(get(closed))).toMatchObject({ kind: 'no-answer', reached: 'no' });
  });

  it('can be called off', async () => {
    const url = await serve(() => {});
    const abort = new AbortController();
    const sending = send(get(url), abort.signal);
    abort.abort();
    expect(await sending).toMatchObject({ kind: 'no-answer', reached: 'maybe' });
  });

  it('tells nothing of the request when it fails', async () => {
    const dropping = await serve((request) => request.socket.destroy());
    expect(inspect(await send(get(dropping)), { depth: 20 })).not.toContain('do-not-tell');
  });
});
