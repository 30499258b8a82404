import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';

/** What becomes of a piece of data on its way to the server. */
export type Passage = 'pass' | 'lose';

/**
 * Stands between a client and a server on this machine and is asked about every piece of data the client sends. What passes arrives
 * even when the client is gone by then, as it would on a network.
 */
export class Tap {
  /** Asked before a piece goes on. */
  onData: (piece: Buffer) => Passage = () => 'pass';
  private server: Server | null = null;
  private readonly sockets = new Set<Socket>();

  constructor(private readonly port: number) {}

  async start(): Promise<number> {
    const server = createServer((client) => {
      const upstream = connect(this.port, '127.0.0.1');
      for (const socket of [client, upstream]) {
        this.sockets.add(socket);
        // Either side may break off at any time; that is what it is for.
        socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
      }
      upstream.pipe(client);
      client.on('data', (piece: Buffer) => {
        if (this.onData(piece) === 'pass') upstream.write(piece);
      });
      client.on('close', () => upstream.end());
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => (this.server ? this.server.close(() => resolve()) : resolve()));
  }
}
