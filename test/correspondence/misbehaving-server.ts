import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';

/** What the server does when a moment comes: answer with this line, close the connection, break it off, or say nothing at all. */
export type Reaction = string | 'close' | 'reset' | 'silence';

/** The moments of an SMTP conversation: the greeting, the verbs, and the dot that ends the text. */
export type Moment = 'greeting' | 'EHLO' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'first-bytes' | 'dot' | 'QUIT';

const WELL_BEHAVED: Record<Moment, Reaction | null> = {
  greeting: '220 ready',
  EHLO: '250-server\r\n250 AUTH PLAIN',
  AUTH: '235 welcome',
  MAIL: '250 ok',
  RCPT: '250 ok',
  DATA: '354 go on',
  'first-bytes': null,
  dot: '250 taken',
  QUIT: '221 bye',
};

/** A mail server in plain sockets that follows a script, so that it can break off where no real one would on request. */
export class MisbehavingServer {
  /** Texts that were received up to the dot. */
  received = 0;
  private readonly sockets = new Set<Socket>();
  private constructor(
    private readonly server: Server,
    private readonly script: Record<Moment, Reaction | null>,
  ) {}

  static async start(script: Partial<Record<Moment, Reaction>>): Promise<MisbehavingServer> {
    const server = createServer();
    const misbehaving = new MisbehavingServer(server, { ...WELL_BEHAVED, ...script });
    server.on('connection', (socket) => misbehaving.converse(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return misbehaving;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private converse(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
    let inText = false;
    let pending = '';
    const at = (moment: Moment): void => this.react(socket, moment);
    socket.on('data', (chunk) => {
      pending += chunk.toString('latin1');
      if (inText) {
        at('first-bytes');
        const end = pending.indexOf('\r\n.\r\n');
        if (end < 0) return;
        pending = pending.slice(end + 5);
        inText = false;
        this.received++;
        at('dot');
      }
      for (let end = pending.indexOf('\r\n'); end >= 0 && !inText; end = pending.indexOf('\r\n')) {
        const verb = pending.slice(0, 4).toUpperCase() as Moment;
        pending = pending.slice(end + 2);
        inText = verb === 'DATA' && /^[23]/.test(this.script.DATA ?? '');
        at(verb);
      }
    });
    at('greeting');
  }

  private react(socket: Socket, moment: Moment): void {
    const reaction = this.script[moment];
    if (reaction === null || reaction === 'silence') return;
    if (reaction === 'close') socket.end();
    else if (reaction === 'reset') socket.resetAndDestroy();
    else if (socket.writable) socket.write(`${reaction}\r\n`);
  }
}
