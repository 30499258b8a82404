import { mkdir, readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';

/** A mail as it came in. */
export interface CaughtMail {
  /** Angle brackets included; null when the sender gave none. */
  readonly messageId: string | null;
  readonly from: string;
  /** The recipients of the envelope, whatever the headers say. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** By name in lower case; of a name that occurs twice, the last. */
  readonly headers: ReadonlyMap<string, string>;
  readonly attachments: readonly {
    readonly cid: string | null;
    readonly filename: string | null;
    readonly contentType: string;
    readonly content: Uint8Array;
  }[];
  readonly raw: Uint8Array;
}

/** The envelope a mail travelled in; on disk it stands in the two headers a receiving server adds (RFC 5321 §4.4, X-Envelope-To). */
export interface MailEnvelope {
  readonly from: string;
  readonly to: readonly string[];
}

/** Reads a message as it came over the wire. */
export async function parseMail(raw: Uint8Array, envelope: MailEnvelope): Promise<CaughtMail> {
  const email = await PostalMime.parse(raw);
  return {
    messageId: email.messageId ?? null,
    ...envelope,
    subject: email.subject ?? '',
    text: email.text ?? '',
    html: email.html ?? '',
    headers: new Map(email.headers.map(({ key, value }) => [key, value])),
    attachments: email.attachments.map(({ contentId, filename, mimeType, content }) => ({
      cid: contentId?.replace(/^<|>$/g, '') ?? null,
      filename,
      contentType: mimeType,
      content: typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content),
    })),
    raw,
  };
}

const FILE = /^(\d{8})\.eml$/;

/** A folder of mails, one `.eml` each, numbered in order of arrival. Several runs of a mailbox may follow one another on it. */
export class MailFolder {
  private constructor(
    private readonly path: string,
    private count: number,
  ) {}

  static async open(path: string): Promise<MailFolder> {
    await mkdir(path, { recursive: true });
    return new MailFolder(path, Math.max(0, ...(await fileNames(path)).map((name) => Number(name.slice(0, 8)))));
  }

  /** Writes a mail; when this resolves it is there as a whole, and a reader never sees half of it. */
  async append(raw: Uint8Array, envelope: MailEnvelope): Promise<void> {
    const file = join(this.path, `${String(++this.count).padStart(8, '0')}.eml`);
    await writeFile(`${file}.part`, Buffer.concat([Buffer.from(envelopeHeaders(envelope)), raw]));
    await rename(`${file}.part`, file);
  }
}

/** All mails of a folder in order of arrival: what a mailbox in another process has caught. An absent folder is an empty one. */
export async function readMailFolder(path: string): Promise<CaughtMail[]> {
  const mails: CaughtMail[] = [];
  for (const name of await fileNames(path)) {
    const raw = await readFile(join(path, name));
    mails.push(await parseMail(raw, envelopeOf(await PostalMime.parse(raw))));
  }
  return mails;
}

async function fileNames(path: string): Promise<string[]> {
  const names = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.filter((name) => FILE.test(name)).sort();
}

const envelopeHeaders = ({ from, to }: MailEnvelope): string => `Return-Path: <${from}>\r\nX-Envelope-To: ${to.join(', ')}\r\n`;

function envelopeOf(email: Email): MailEnvelope {
  const to = email.headers.find(({ key }) => key === 'x-envelope-to')?.value ?? '';
  return { from: email.returnPath ?? '', to: to.split(', ').filter((address) => address !== '') };
}
