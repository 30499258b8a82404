import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

/** One webhook as the agency got it. */
export interface GotWebhook {
  readonly id: string;
  readonly type: string;
  /** The signature fits one of the agency's secrets and the time is about now. */
  readonly genuine: boolean;
  /** The same id was taken in before: nothing was done with it again. */
  readonly repeated: boolean;
  /** It was taken in now. */
  readonly taken: boolean;
  readonly body: string;
}

/** How the agency answers the next webhooks. `drop`: takes it in and breaks the connection before it says so. */
export type Mood = { readonly status: number; readonly headers?: Readonly<Record<string, string>> } | 'drop' | 'silent';

interface Event {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const BODY_BYTES_MAX = 512 * 1024;
const TOLERANCE_SECONDS = 300;

/**
 * A collection agency on the loopback that takes webhooks in, believes what the library of Standard Webhooks would have signed (nothing here
 * is shared with what sends them) and remembers each once.
 */
export class AgencySandbox {
  /** Everything that came, in order, repetitions too. */
  readonly got: GotWebhook[] = [];
  /** Secrets it verifies with, as it was told them. */
  secrets: string[] = [];
  /** What it does with the next webhooks, one after the other; afterwards it takes them in. */
  readonly moods: Mood[] = [];
  /** Whether it answers a test event with its token; one that takes whatever comes does not. */
  answersTests = true;
  /** What it does with an event it took in, once each. */
  onTaken: (type: string, data: Readonly<Record<string, unknown>>) => void = () => undefined;
  /** Called for whatever comes, before it is answered. */
  onArrival: () => void = () => undefined;
  private readonly taken = new Set<string>();
  private readonly server: Server;

  /** `now`: Unix seconds by the agency's clock. */
  constructor(private readonly now: () => number) {
    this.server = createServer((request, response) => {
      this.handle(request, response).catch(() => response.destroy());
    });
  }

  /** What it took in about cases, each once, in order. */
  get cases(): readonly GotWebhook[] {
    return this.got.filter(({ taken, type }) => taken && type !== 'endpoint.test');
  }

  async start(port = 0): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request);
    const header = (name: string): string => String(request.headers[name] ?? '');
    const id = header('webhook-id');
    const genuine = this.isGenuine(id, header('webhook-timestamp'), header('webhook-signature'), body);
    const text = body.toString('utf8');
    const { type, data } = genuine ? (JSON.parse(text) as Event) : { type: '', data: {} };
    const mood = type === 'endpoint.test' ? undefined : this.moods.shift();
    const takes = genuine && (mood === undefined || mood === 'drop' || mood === 'silent');
    const repeated = this.taken.has(id);
    this.got.push({ id, type, genuine, repeated, taken: takes && !repeated, body: text });
    if (takes) this.taken.add(id);
    if (takes && !repeated && type !== 'endpoint.test') this.onTaken(type, data);
    this.onArrival();
    if (mood === 'drop') return void request.socket.destroy();
    if (mood === 'silent') return;
    if (!genuine) return void response.writeHead(401).end();
    if (mood !== undefined) return void response.writeHead(mood.status, mood.headers).end();
    response
      .writeHead(202, { 'content-type': 'application/json' })
      .end(JSON.stringify({ status: 'received', challenge: this.answersTests ? data['challenge'] : undefined }));
  }

  /** The library verifies against the machine's clock; days pass faster here, so it is asked what it would have signed at that moment. */
  private isGenuine(id: string, timestamp: string, signatures: string, body: Buffer): boolean {
    const seconds = Number(timestamp);
    if (!Number.isInteger(seconds) || Math.abs(this.now() - seconds) > TOLERANCE_SECONDS) return false;
    const given = signatures.split(' ');
    return this.secrets.some((secret) => given.includes(new Webhook(secret).sign(id, new Date(seconds * 1000), body)));
  }
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > BODY_BYTES_MAX) throw new Error('the body is too large');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
