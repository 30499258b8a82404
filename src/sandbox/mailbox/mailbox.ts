import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { type CaughtMail, MailFolder, type MailEnvelope, parseMail } from './mail-folder.js';

/**
 * What the mailbox does wrong on purpose:
 * `reject`: 550 to every recipient. `tempfail`: 451 to every recipient. `drop`: takes the text, keeps it, and closes the connection
 * without an answer, so that the sender cannot know.
 */
export type MailboxFault = 'reject' | 'tempfail' | 'drop';

export interface MailboxOptions {
  /** Every delivery is also written here as `.eml`, before it is acknowledged. */
  readonly folder?: string;
  /** Mails kept in memory, the latest; deliveries are counted without limit. Default 1 000. */
  readonly keep?: number;
}

const MESSAGE_BYTES_MAX = 10 * 1024 * 1024;

/**
 * A mail server on loopback that delivers to nobody. It records every delivery and never drops a double: with it a test proves that
 * no mail went out twice.
 */
export class Mailbox {
  /** Works from the next command on, until it is taken away. */
  fault: MailboxFault | null = null;
  private readonly caught: CaughtMail[] = [];
  private readonly counts = new Map<string, number>();
  private readonly sockets = new Map<number, Socket>();
  private server: SMTPServer | null = null;
  private folder: MailFolder | null = null;

  constructor(private readonly options: MailboxOptions = {}) {}

  /** The mails kept, in order of arrival. */
  get mails(): readonly CaughtMail[] {
    return this.caught;
  }

  /** Deliveries of a Message-ID since this object was made, those no longer kept included. */
  deliveriesOf(messageId: string): number {
    return this.counts.get(messageId) ?? 0;
  }

  /** Listens on 127.0.0.1 and returns the port; 0 takes a free one. */
  async start(port = 0): Promise<number> {
    if (this.options.folder !== undefined) this.folder = await MailFolder.open(this.options.folder);
    const server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      size: MESSAGE_BYTES_MAX,
      closeTimeout: 100,
      onRcptTo: (_address, _session, callback) => callback(this.refusal()),
      onData: (stream, session, callback) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          if (stream.sizeExceeded) return callback(reply(552, 'Message too large'));
          this.take(Buffer.concat(chunks), session).then(
            (answer) => answer && callback(null),
            (error: Error) => callback(reply(451, `Not stored: ${error.message}`)),
          );
        });
      },
    });
    // A sender that breaks off is its own affair; without a listener it would end this process.
    server.on('error', () => undefined);
    server.server.on('connection', (socket: Socket) => {
      const remotePort = socket.remotePort ?? 0;
      this.sockets.set(remotePort, socket);
      socket.on('close', () => this.sockets.delete(remotePort));
    });
    await new Promise<void>((resolve, reject) => {
      server.server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    this.server = server;
    return (server.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const { server } = this;
    this.server = null;
    if (server) await new Promise<void>((resolve) => server.close(resolve));
  }

  private refusal(): Error | null {
    if (this.fault === 'reject') return reply(550, 'No such mailbox');
    return this.fault === 'tempfail' ? reply(451, 'Try again later') : null;
  }

  /** Records a delivery; true when it is to be acknowledged. */
  private async take(raw: Buffer, session: SMTPServerSession): Promise<boolean> {
    const { mailFrom, rcptTo } = session.envelope;
    const envelope: MailEnvelope = { from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) };
    const mail = await parseMail(raw, envelope);
    await this.folder?.append(raw, envelope);
    this.caught.push(mail);
    if (this.caught.length > (this.options.keep ?? 1_000)) this.caught.shift();
    const key = mail.messageId ?? '';
    this.counts.set(key, this.deliveriesOf(key) + 1);
    if (this.fault !== 'drop') return true;
    this.sockets.get(session.remotePort)?.destroy();
    return false;
  }
}

const reply = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode });
