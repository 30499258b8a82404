import { type IncomingMessage, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { endpointConnections } from '../../src/handover/endpoint-connections.js';
import { EndpointClient } from '../../src/handover/endpoint.client.js';
import { httpSender } from '../../src/platform/outgoing/http.js';

/** Deliveries over real sockets on the loopback; names are resolved by the test. */

interface Received {
  readonly host: string | undefined;
  readonly body: string;
}
const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function serve(status = 204, headers: Record<string, string> = {}) {
  const received: Received[] = [];
  let connections = 0;
  const server = createServer((request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ host: request.headers.host, body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(status, headers).end();
    });
  }).on('connection', () => connections++);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, received, connections: () => connections };
}

/** A resolver that gives one answer after the other, the last for ever, and counts. */
function names(...answers: string[][]) {
  const asked: string[] = [];
  const resolve = async (name: string): Promise<string[]> => answers[Math.min(asked.push(name), answers.length) - 1] ?? [];
  return { asked, resolve };
}
const delivery = (url: string) => ({ url, headers: { 'content-type': 'application/json' }, body: '{"é":1}\n' });

describe('a delivery', () => {
  it('goes to the address its name was resolved to, with the name in the request, and the bytes as they are', async () => {
    const { port, received } = await serve();
    const { asked, resolve } = names(['127.0.0.1'], ['127.0.0.2']);
    const client = new EndpointClient({ allowedOrigins: [`http://agency.proef.example:${port}`] }, resolve);
    expect(await client.post(delivery(`http://agency.proef.example:${port}/hooks`))).toMatchObject({
      kind: 'sent',
      outcome: { kind: 'answer', status: 204 },
      address: '127.0.0.1',
    });
    expect(received).toEqual([{ host: `agency.proef.example:${port}`, body: '{"é":1}\n' }]);
    // Looked up once: there is no second answer that could be another.
    expect(asked).toEqual(['agency.proef.example']);
  });

  it('follows no redirect, wherever it leads', async () => {
    const inside = await serve();
    const { port } = await serve(302, { location: `http://127.0.0.1:${inside.port}/admin` });
    const client = new EndpointClient({ allowedOrigins: [`http://127.0.0.1:${port}`] });
    expect(await client.post(delivery(`http://127.0.0.1:${port}/`))).toMatchObject({ outcome: { kind: 'answer', status: 302 } });
    expect(inside.connections()).toBe(0);
  });

  it('is refused for what the address says, before anything is looked up', async () => {
    const { asked, resolve } = names(['127.0.0.1']);
    const client = new EndpointClient({ allowedOrigins: [] }, resolve);
    for (const url of ['http://agency.example/', 'https://127.0.0.1/', 'https://user@agency.example/', 'https://agency.example:22/']) {
      expect(await client.post(delivery(url))).toMatchObject({ kind: 'refused' });
    }
    expect(asked).toEqual([]);
  });

  it('is refused when the name, that was public when it was registered, leads inside now', async () => {
    const { resolve } = names(['127.0.0.1']);
    const sent = await new EndpointClient({ allowedOrigins: [] }, resolve).post(delivery('https://agency.example:8443/hooks'));
    expect(sent).toMatchObject({ kind: 'sent', outcome: { kind: 'no-answer', reached: 'no' }, address: null });
  });
});

describe('connections', () => {
  /** Past the judgement of the URL: what is left when that would be wrong. */
  const call = async (url: string, resolve: (name: string) => Promise<readonly string[]>) => {
    const { httpAgent, httpsAgent, address } = endpointConnections({ url, host: 'agency.example', allowed: false }, resolve);
    const outcome = await httpSender(
      { timeoutMs: 2_000, maxAnswerBytes: 1_000 },
      { httpAgent, httpsAgent },
    )({ method: 'POST', ...delivery(url) });
    return { outcome, address: address() };
  };

  it.each([
    ['one address of the house', ['127.0.0.1']],
    ['a public one and one of the house', ['198.41.0.4', '10.0.0.1']],
    ['one of the house in IPv6', ['::1']],
    ['one of the house in IPv6 only, mapped', ['::ffff:127.0.0.1']],
    ['the metadata of a cloud', ['169.254.169.254']],
    ['none', []],
    ['what is no address', ['0x7f.1']],
  ])('are not made to %s', async (_what, addresses) => {
    const { port, connections } = await serve();
    const { outcome } = await call(`http://agency.example:${port}/`, names(addresses).resolve);
    expect(outcome).toMatchObject({ kind: 'no-answer', reached: 'no' });
    for (const each of addresses) expect(JSON.stringify(outcome)).not.toContain(each);
    expect(connections()).toBe(0);
  });

  it('that need no name are closed before anything is said', async () => {
    const { port, received } = await serve();
    const { outcome } = await call(`http://127.0.0.1:${port}/`, names([]).resolve);
    expect(outcome).toMatchObject({ kind: 'no-answer', reached: 'no' });
    expect(received).toEqual([]);
  });
});
