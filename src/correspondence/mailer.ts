import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import SmtpConnection from 'nodemailer/lib/smtp-connection';
import { type Clock, systemClock } from '../kernel/clock.js';
import { MailError } from './mail-error.js';
import { type MailStage, mailFailureKind } from './rules/mail-failure.js';
import { singleLine } from './rules/single-line.js';
import type { LetterPaper } from './letter-paper.js';
import type { Attachment } from './letter-renderer.js';

export interface MailServer {
  readonly host: string;
  readonly port: number;
  /**
   * `implicit`: TLS from the first byte (465). `starttls`: upgrade or fail, never in the clear (587).
   * `none`: in the clear, for a mailbox on the same machine.
   */
  readonly tls: 'implicit' | 'starttls' | 'none';
  readonly login: { readonly user: string; readonly password: string } | null;
  /** Patience in milliseconds; what is left out has the value of {@link DEFAULT_TIMEOUTS}. */
  readonly timeouts?: Partial<MailTimeouts>;
}

export interface MailTimeouts {
  /** Name lookup, connection and TLS. */
  readonly connectMs: number;
  /** Until the server's greeting. */
  readonly greetingMs: number;
  /** Silence in the middle of the conversation. */
  readonly silenceMs: number;
  /** The whole of one mail, whatever the server does; keep the lease of the caller longer than this. */
  readonly totalMs: number;
}

const DEFAULT_TIMEOUTS: MailTimeouts = { connectMs: 10_000, greetingMs: 10_000, silenceMs: 30_000, totalMs: 60_000 };

interface MailAddress {
  readonly name: string | null;
  readonly address: string;
}

export interface Mail {
  /** From `messageIdOf`: the same effect always has the same one. */
  readonly messageId: string;
  /** Travels as `X-Tegoed-Effect`, so that a mail in any mailbox leads back to its decision. */
  readonly effectId: string;
  readonly from: MailAddress;
  readonly replyTo: MailAddress | null;
  readonly to: readonly MailAddress[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly Attachment[];
  /** Does not go along: it is kept with the mail, so that the letter can be set on paper as it was sent. */
  readonly paper?: LetterPaper;
}

/** What the server said when it took the mail. */
export interface Accepted {
  readonly response: string;
  /** Recipients it took, at least one. */
  readonly accepted: readonly string[];
  /** Recipients it refused while taking others: nothing went to these. */
  readonly rejected: readonly string[];
}

/** Hands mails to one SMTP server, one connection each. */
export class Mailer {
  private readonly timeouts: MailTimeouts;

  constructor(
    private readonly server: MailServer,
    private readonly clock: Clock = systemClock,
  ) {
    this.timeouts = { ...DEFAULT_TIMEOUTS, ...server.timeouts };
  }

  /**
   * Sends one mail and resolves once the server has taken it. Rejects with {@link MailError} and nothing else:
   * kind `refused` or `try-later` when nothing went out, `uncertain` when it may have. An uncertain mail must not be sent again unseen.
   */
  async send(mail: Mail): Promise<Accepted> {
    const message = compose(mail, this.clock);
    const conversation = new Conversation(this.server, this.timeouts);
    const content = await message.build();
    return conversation.deliver({ ...message.getEnvelope(), size: content.length }, content);
  }
}

function compose(mail: Mail, clock: Clock): ReturnType<MailComposer['compile']> {
  return new MailComposer({
    messageId: mail.messageId,
    date: clock.now(),
    from: header(mail.from),
    replyTo: mail.replyTo ? header(mail.replyTo) : undefined,
    to: mail.to.map(header),
    subject: singleLine(mail.subject, 200),
    text: mail.text,
    html: mail.html,
    attachments: mail.attachments.map(({ cid, filename, contentType, content }) => ({
      filename,
      contentType,
      content,
      cid: cid ?? undefined,
    })),
    headers: { 'X-Tegoed-Effect': mail.effectId, 'Auto-Submitted': 'auto-generated' },
    // Content comes from memory only; a path or an address that slips in is an error.
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
}

const header = ({ name, address }: MailAddress): { name: string; address: string } => ({
  name: singleLine(name ?? ''),
  address: singleLine(address, 320),
});

type Envelope = Parameters<SmtpConnection['send']>[0];

/**
 * One SMTP conversation for one mail. nodemailer reports a lost connection the same way (`ECONNECTION`, `ESOCKET` or `ETIMEDOUT`,
 * command `CONN`) wherever it was lost, so the stage is kept here: above all whether the text has been asked for, which nodemailer
 * does only after the server's go-ahead to DATA (seen in 10.6.0, `SMTPConnection.send`).
 */
class Conversation {
  private stage: MailStage = 'connect';
  private over = false;
  private readonly connection: SmtpConnection;

  constructor(
    private readonly server: MailServer,
    private readonly timeouts: MailTimeouts,
  ) {
    this.connection = new SmtpConnection({
      host: server.host,
      port: server.port,
      secure: server.tls === 'implicit',
      requireTLS: server.tls === 'starttls',
      ignoreTLS: server.tls === 'none',
      connectionTimeout: timeouts.connectMs,
      dnsTimeout: timeouts.connectMs,
      greetingTimeout: timeouts.greetingMs,
      socketTimeout: timeouts.silenceMs,
    });
  }

  deliver(envelope: Envelope, message: Buffer): Promise<Accepted> {
    return new Promise((resolve, reject) => {
      const deadline = setTimeout(() => fail(new Error(`no answer within ${this.timeouts.totalMs} ms`)), this.timeouts.totalMs);
      const finish = (): boolean => {
        const first = !this.over;
        this.over = true;
        clearTimeout(deadline);
        return first;
      };
      const fail = (error: SmtpTrouble): void => {
        if (!finish()) return;
        this.connection.close();
        reject(this.errorOf(error));
      };
      // Stays on after the end: a connection that breaks on its way out is nobody's concern any more, but would end the process.
      this.connection.on('error', fail);
      this.connection.connect((connectError?: Error) => {
        if (connectError) return fail(connectError);
        this.login((loginError) => {
          if (loginError) return fail(loginError);
          this.stage = 'envelope';
          this.connection.send(envelope, this.textOf(message), (sendError, info) => {
            if (sendError) return fail(sendError);
            if (!finish()) return;
            this.connection.quit();
            resolve({ response: info.response, accepted: info.accepted, rejected: info.rejected });
          });
        });
      });
    });
  }

  private login(next: (error: Error | null) => void): void {
    const { login } = this.server;
    if (login === null) return next(null);
    this.stage = 'login';
    this.connection.login({ user: login.user, pass: login.password }, next);
  }

  /** The text, which moves the conversation to its last stage when it is first asked for. After the end it gives nothing. */
  private textOf(message: Buffer): Readable {
    const text = new Readable({
      read: () => {
        if (this.over) return void text.destroy();
        this.stage = 'message';
        text.push(message);
        text.push(null);
      },
    });
    return text;
  }

  private errorOf(error: SmtpTrouble): MailError {
    const responseCode = typeof error.responseCode === 'number' ? error.responseCode : null;
    const notOffered = this.stage === 'envelope' && responseCode === null && (error.code === 'EENVELOPE' || error.code === 'EMESSAGE');
    const kind = mailFailureKind({ stage: this.stage, responseCode, notOffered });
    return new MailError(kind, this.stage, responseCode, `mail ${kind} (${this.stage}): ${singleLine(error.message, 300)}`, error);
  }
}

/** What nodemailer puts on its errors. */
interface SmtpTrouble extends Error {
  readonly code?: string;
  readonly responseCode?: number | false;
}
