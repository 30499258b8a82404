import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InputError } from '../../kernel/errors.js';
import type { Answer } from './answer.js';

/** A server on 127.0.0.1 and nowhere else. */
export class LoopbackServer {
  private server: Server | null = null;

  constructor(private readonly serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>) {}

  /** Port 0 takes a free one. Throws InputError when the port is taken. */
  async start(port = 0): Promise<{ readonly url: string }> {
    const server = createServer((request, response) => void this.serve(request, response));
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', (cause: NodeJS.ErrnoException) =>
        reject(cause.code === 'EADDRINUSE' ? new InputError('port-taken', `port ${port} of 127.0.0.1 is in use`) : cause),
      );
      server.listen(port, '127.0.0.1', resolve);
    });
    return { url: this.url };
  }

  /** Stops at once, also in the middle of hanging requests. */
  async stop(): Promise<void> {
    const { server } = this;
    if (!server) return;
    this.server = null;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get port(): number {
    if (!this.server) throw new Error('the sandbox is not running');
    return (this.server.address() as AddressInfo).port;
  }
}

export function send(response: ServerResponse, { status, body, contentType, headers }: Answer): void {
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
  if (body === undefined) {
    response.writeHead(status).end();
    return;
  }
  const type = contentType ?? 'application/json';
  response.setHeader('Content-Type', type.startsWith('text/') || type === 'application/json' ? `${type}; charset=utf-8` : type);
  response.writeHead(status).end(body instanceof Uint8Array ? body : contentType === undefined ? JSON.stringify(body) : String(body));
}
