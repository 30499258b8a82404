import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { plainDate } from '../../src/kernel/plain-date.js';
import { unwrap } from '../../src/kernel/result.js';
import { LetterRenderer } from '../../src/correspondence/letter-renderer.js';
import { sampleLetter } from '../../src/correspondence/letter-samples.js';
import { Mailer } from '../../src/correspondence/mailer.js';
import { readMailFolder } from '../../src/sandbox/mailbox/mail-folder.js';
import { Mailbox } from '../../src/sandbox/mailbox/mailbox.js';
import { mailOf } from './support.js';

let mailbox: Mailbox;
let mailer: Mailer;
let folder: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tegoed-mailbox-'));
  mailbox = new Mailbox({ folder, keep: 3 });
  mailer = new Mailer({ host: '127.0.0.1', port: await mailbox.start(), tls: 'none', login: null });
});

afterEach(async () => {
  await mailbox.stop();
  rmSync(folder, { recursive: true });
});

describe('Mailbox', () => {
  it('shows a rendered letter as its reader gets it', async () => {
    const letter = { ...sampleLetter('reminder', 'fr'), date: plainDate('2026-12-01') };
    const rendered = unwrap(await new LetterRenderer().render(letter));
    await mailer.send(mailOf('effect-1', rendered));
    const [mail] = mailbox.mails;
    expect(mail).toMatchObject({ messageId: '<tegoed.effect-1@example.com>', from: 'sender@example.com', to: ['debtor@example.com'] });
    expect(mail?.subject).toBe(rendered.subject);
    expect(mail?.text.trim()).toBe(rendered.text.trim());
    expect(mail?.html.trim()).toBe(rendered.html.trim());
    expect(mail?.text).toContain('1er décembre 2026');
    expect(mail?.attachments.map(({ cid }) => cid)).toEqual(['payment-qr@tegoed']);
    expect(Buffer.from(mail?.attachments[0]?.content ?? [])).toEqual(rendered.attachments[0]?.content);
  });

  it('counts a mail that is delivered twice, twice', async () => {
    await mailer.send(mailOf('effect-1'));
    await mailer.send(mailOf('effect-1'));
    await mailer.send(mailOf('effect-2'));
    expect(mailbox.deliveriesOf('<tegoed.effect-1@example.com>')).toBe(2);
    expect(mailbox.deliveriesOf('<tegoed.effect-2@example.com>')).toBe(1);
    expect(mailbox.deliveriesOf('<tegoed.effect-3@example.com>')).toBe(0);
  });

  it('keeps the latest mails in memory and all of them in its folder', async () => {
    for (let at = 1; at <= 5; at++) await mailer.send(mailOf(`effect-${at}`));
    expect(mailbox.mails.map(({ messageId }) => messageId)).toEqual([
      '<tegoed.effect-3@example.com>',
      '<tegoed.effect-4@example.com>',
      '<tegoed.effect-5@example.com>',
    ]);
    const onDisk = await readMailFolder(folder);
    expect(onDisk.map(({ messageId }) => messageId)).toEqual([1, 2, 3, 4, 5].map((at) => `<tegoed.effect-${at}@example.com>`));
    expect(onDisk[0]).toMatchObject({ from: 'sender@example.com', to: ['debtor@example.com'] });
    expect(readdirSync(folder)).toEqual([1, 2, 3, 4, 5].map((at) => `0000000${at}.eml`));
  });

  it('goes on numbering where an earlier mailbox on the folder ended', async () => {
    await mailer.send(mailOf('effect-1'));
    await mailbox.stop();
    const next = new Mailbox({ folder });
    const port = await next.start();
    await new Mailer({ host: '127.0.0.1', port, tls: 'none', login: null }).send(mailOf('effect-1'));
    await next.stop();
    expect((await readMailFolder(folder)).map(({ messageId }) => messageId)).toEqual(Array(2).fill('<tegoed.effect-1@example.com>'));
  });

  it('has an empty folder where there is none', async () => {
    expect(await readMailFolder(join(folder, 'nowhere'))).toEqual([]);
  });

  it.each([
    ['reject', 'refused', 0],
    ['tempfail', 'try-later', 0],
    ['drop', 'uncertain', 1],
  ] as const)('with the fault %s the sender is told %s, and %d arrived', async (fault, kind, arrived) => {
    mailbox.fault = fault;
    await expect(mailer.send(mailOf('effect-1'))).rejects.toMatchObject({ name: 'MailError', kind });
    expect(mailbox.deliveriesOf('<tegoed.effect-1@example.com>')).toBe(arrived);
    mailbox.fault = null;
    await mailer.send(mailOf('effect-2'));
    expect(mailbox.deliveriesOf('<tegoed.effect-2@example.com>')).toBe(1);
  });

  it('says so when its port is taken', async () => {
    const first = new Mailbox();
    const port = await first.start();
    await expect(new Mailbox().start(port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await first.stop();
  });
});
