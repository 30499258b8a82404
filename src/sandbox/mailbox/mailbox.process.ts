import { Mailbox } from './mailbox.js';

/**
 * The mailbox as a process of its own, so that it outlives the service it catches mail for: `node mailbox.process.js FOLDER [PORT]`.
 * Writes `{"port":…}` on a line of stdout once it listens. Ends on SIGTERM, and when forked also with its parent.
 */
const [folder, port = '0'] = process.argv.slice(2);
if (folder === undefined || !/^\d{1,5}$/.test(port)) {
  process.stderr.write('usage: mailbox.process FOLDER [PORT]\n');
  process.exitCode = 64;
} else {
  const mailbox = new Mailbox({ folder });
  process.once('SIGTERM', () => void mailbox.stop());
  process.once('disconnect', () => void mailbox.stop());
  process.stdout.write(`${JSON.stringify({ port: await mailbox.start(Number(port)) })}\n`);
}
