import { afterEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../src/kernel/clock.js';
import { MailError } from '../../src/correspondence/mail-error.js';
import { type Accepted, type Mail, type MailServer, Mailer } from '../../src/correspondence/mailer.js';
import { Mailbox } from '../../src/sandbox/mailbox/mailbox.js';
import { MisbehavingServer, type Moment, type Reaction } from './misbehaving-server.js';
import { mailOf } from './support.js';

/** Short, so that a silent server costs a test a second; not shorter, for a busy machine may hold a server up for a moment. */
const TIMEOUTS = { connectMs: 5_000, greetingMs: 1_000, silenceMs: 1_000, totalMs: 20_000 };

const mailerTo = (port: number, change: Partial<MailServer> = {}): Mailer =>
  new Mailer({ host: '127.0.0.1', port, tls: 'none', login: null, timeouts: TIMEOUTS, ...change });

describe('Mailer and a well-behaved server', () => {
  const mailbox = new Mailbox();
  afterEach(() => mailbox.stop());
  const deliver = async (mail: Mail): Promise<Accepted> => {
    const clock = new ManualClock(new Date('2026-11-21T08:30:00Z'));
    return new Mailer({ host: '127.0.0.1', port: await mailbox.start(), tls: 'none', login: null }, clock).send(mail);
  };

  it('hands a mail over with the headers that lead back to its decision', async () => {
    const accepted = await deliver(mailOf('effect-1'));
    expect(accepted).toMatchObject({ accepted: ['debtor@example.com'], rejected: [], response: expect.stringMatching(/^250/) });
    const headers = mailbox.mails.at(-1)?.headers;
    expect(headers?.get('message-id')).toBe('<tegoed.effect-1@example.com>');
    expect(headers?.get('x-tegoed-effect')).toBe('effect-1');
    expect(headers?.get('auto-submitted')).toBe('auto-generated');
    expect(headers?.get('reply-to')).toBe('answers@example.com');
    expect(headers?.get('date')).toBe('Sat, 21 Nov 2026 08:30:00 +0000');
    expect([...(headers?.keys() ?? [])].filter((name) => name.startsWith('list-'))).toEqual([]);
  });

  it('lets no name, subject or address start a header or a recipient of its own', async () => {
    const evil = 'x\r\nBcc: victim@example.com\r\n\r\nbody';
    await deliver({
      ...mailOf('effect-2'),
      subject: evil,
      from: { name: evil, address: 'sender@example.com' },
      to: [{ name: `${evil}, "victim@example.com" <victim@example.com>`, address: 'debtor@example.com' }],
    });
    const mail = mailbox.mails.at(-1);
    expect(mail?.to).toEqual(['debtor@example.com']);
    expect(mail?.headers.has('bcc')).toBe(false);
    expect(mail?.text.trim()).toBe('Please pay.');
    expect(mail?.subject).toBe('x Bcc: victim@example.com body');
  });

  it('never opens a file or an address that content names', async () => {
    const attachment = { cid: null, filename: 'a.txt', contentType: 'text/plain', content: Buffer.from('harmless') };
    await deliver({ ...mailOf('effect-3'), text: 'file:///etc/passwd', attachments: [{ ...attachment, ...{ path: '/etc/passwd' } }] });
    expect(new TextDecoder().decode(mailbox.mails.at(-1)?.attachments[0]?.content)).toBe('harmless');
  });
});

describe('Mailer and a server that misbehaves', () => {
  let server: MisbehavingServer;
  afterEach(() => server.stop());

  const failure = async (script: Partial<Record<Moment, Reaction>>, change: Partial<MailServer> = {}): Promise<MailError> => {
    server = await MisbehavingServer.start(script);
    const error = await mailerTo(server.port, change)
      .send(mailOf('effect-1'))
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(MailError);
    return error as MailError;
  };

  it.each<[Moment, Reaction, string, string, number | null]>([
    ['greeting', 'close', 'try-later', 'connect', null],
    ['greeting', 'silence', 'try-later', 'connect', null],
    ['greeting', '554 not you', 'try-later', 'connect', 554],
    ['EHLO', 'reset', 'try-later', 'connect', null],
    ['MAIL', '550 sender unknown', 'refused', 'envelope', 550],
    ['MAIL', '451 later', 'try-later', 'envelope', 451],
    ['MAIL', 'close', 'try-later', 'envelope', null],
    ['RCPT', '550 no such user', 'refused', 'envelope', 550],
    ['RCPT', '450 greylisted', 'try-later', 'envelope', 450],
    ['RCPT', 'silence', 'try-later', 'envelope', null],
    ['DATA', '554 no', 'refused', 'envelope', 554],
    ['DATA', '421 closing', 'try-later', 'envelope', 421],
    ['DATA', 'close', 'try-later', 'envelope', null],
    ['DATA', 'reset', 'try-later', 'envelope', null],
    ['first-bytes', 'reset', 'uncertain', 'message', null],
    ['dot', 'close', 'uncertain', 'message', null],
    ['dot', 'reset', 'uncertain', 'message', null],
    ['dot', 'silence', 'uncertain', 'message', null],
    ['dot', 'what?', 'uncertain', 'message', null],
    ['dot', '451 disk full', 'try-later', 'message', 451],
    ['dot', '554 spam', 'refused', 'message', 554],
  ])('%s answered with %s: %s', async (moment, reaction, kind, stage, responseCode) => {
    expect(await failure({ [moment]: reaction })).toMatchObject({ kind, stage, responseCode });
    if (stage !== 'message') expect(server.received).toBe(0);
  });

  it('does not blame the mail for a wrong password', async () => {
    const login = { user: 'tegoed', password: 'not-it' };
    const error = await failure({ AUTH: '535 wrong password' }, { login });
    expect(error).toMatchObject({ kind: 'try-later', stage: 'login', responseCode: 535 });
    expect(error.message).not.toContain('not-it');
  });

  it('sends nothing in the clear where TLS is asked for', async () => {
    expect(await failure({}, { tls: 'starttls' })).toMatchObject({ kind: 'try-later', stage: 'connect' });
    expect(server.received).toBe(0);
  });

  it('gives up at its deadline on a server that keeps talking without an answer', async () => {
    server = await MisbehavingServer.start({ EHLO: '250-wait' });
    const mailer = mailerTo(server.port, { timeouts: { ...TIMEOUTS, silenceMs: 60_000, totalMs: 200 } });
    await expect(mailer.send(mailOf('effect-1'))).rejects.toMatchObject({ kind: 'try-later', stage: 'connect' });
  });

  it('is uncertain when its deadline passes after the text', async () => {
    const timeouts = { ...TIMEOUTS, silenceMs: 60_000, totalMs: 1_500 };
    expect(await failure({ dot: 'silence' }, { timeouts })).toMatchObject({ kind: 'uncertain', stage: 'message' });
    expect(server.received).toBe(1);
  });

  it('has sent the mail when the server hangs up right after taking it', async () => {
    server = await MisbehavingServer.start({ QUIT: 'reset' });
    await expect(mailerTo(server.port).send(mailOf('effect-1'))).resolves.toMatchObject({ response: '250 taken' });
  });

  it('refuses to offer a mail without a recipient', async () => {
    server = await MisbehavingServer.start({});
    await expect(mailerTo(server.port).send({ ...mailOf('effect-1'), to: [] })).rejects.toMatchObject({ kind: 'refused' });
    expect(server.received).toBe(0);
  });

  it('refuses to offer a mail larger than the server takes', async () => {
    expect(await failure({ EHLO: '250-server\r\n250 SIZE 100' })).toMatchObject({ kind: 'refused' });
    expect(server.received).toBe(0);
  });

  it('finds nobody there', async () => {
    server = await MisbehavingServer.start({});
    const { port } = server;
    await server.stop();
    await expect(mailerTo(port).send(mailOf('effect-1'))).rejects.toMatchObject({
      kind: 'try-later',
      stage: 'connect',
      responseCode: null,
    });
    server = await MisbehavingServer.start({});
  });
});
