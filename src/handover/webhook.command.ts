import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import type { Clock } from '../kernel/clock.js';
import { InputError } from '../kernel/errors.js';
import type { Result } from '../kernel/result.js';
import { print, wholeNumber } from '../platform/cli/command.js';
import { digests } from './digests.js';
import { type WebhookKey, parseSecret } from './rules/webhook/secret.js';
import { signedHeaders } from './rules/webhook/signature.js';
import { type InvalidReason, TOLERANCE_SECONDS, verifyWebhook } from './rules/webhook/verify.js';

const SECONDS_MAX = 32_503_679_999;

/** Why a webhook is not to be believed, for people. */
const WORDS: Readonly<Record<InvalidReason, string>> = {
  'missing-header': 'a header is missing or empty',
  'invalid-timestamp': 'the timestamp is no whole number of Unix seconds',
  'too-old': 'the timestamp is too far in the past',
  'too-new': 'the timestamp is too far in the future',
  'wrong-signature': 'no signature of version v1 fits the secret, the id, the timestamp and the bytes of the body',
};

/**
 * `tegoed webhook sign|verify`: Standard Webhooks over a file, for whoever builds the receiving end. Secrets also from
 * TEGOED_WEBHOOK_SECRET (several parted by spaces), which keeps them out of the list of processes; they are never printed.
 */
export function registerWebhook(program: Command, clock: Clock): void {
  const webhook = program.command('webhook').description('Sign and verify webhooks (Standard Webhooks 1.0.0).');
  registerSign(webhook, clock);
  registerVerify(webhook, clock);
}

const secretOption = (): Option =>
  new Option('--secret <whsec>', 'shared secret; repeat it while keys rotate, the new one first')
    .env('TEGOED_WEBHOOK_SECRET')
    .argParser((text: string, before: string[] | undefined) => [...(before ?? []), ...text.split(/\s+/).filter((each) => each !== '')])
    .makeOptionMandatory();
const payloadOption = (): Option => new Option('--payload <file>', 'the body, byte for byte; - is standard input').makeOptionMandatory();

interface SignOptions {
  secret: string[];
  id?: string;
  timestamp?: number;
  payload: string;
  json?: boolean;
}

function registerSign(webhook: Command, clock: Clock): void {
  webhook
    .command('sign')
    .description('The three headers that go with a body.')
    .addOption(secretOption())
    .option('--id <id>', 'id of the event, the same on every retry (default: a new one)')
    .option('--timestamp <seconds>', 'Unix seconds of the attempt (default: now)', wholeNumber(0, SECONDS_MAX))
    .addOption(payloadOption())
    .option('--json', 'print JSON')
    .action((options: SignOptions) => {
      const { id = `msg_${randomBytes(18).toString('base64url')}`, timestamp = secondsOf(clock) } = options;
      const headers = usable(signedHeaders({ id, timestamp, body: bytesOf(options.payload) }, keysOf(options.secret), digests));
      print({ headers }, options, () =>
        Object.entries(headers)
          .map(([name, value]) => `${name}: ${value}`)
          .join('\n'),
      );
    });
}

interface VerifyOptions {
  secret: string[];
  id: string;
  timestamp: string;
  signature: string;
  payload: string;
  tolerance: number;
  now?: number;
  json?: boolean;
}

function registerVerify(webhook: Command, clock: Clock): void {
  webhook
    .command('verify')
    .description('Whether a webhook was signed with one of the secrets, just now. Exits with 2 when not.')
    .addOption(secretOption())
    .requiredOption('--id <id>', 'header webhook-id')
    .requiredOption('--timestamp <seconds>', 'header webhook-timestamp')
    .requiredOption('--signature <list>', 'header webhook-signature')
    .addOption(payloadOption())
    .option('--tolerance <seconds>', 'how far the clocks may differ, either way', wholeNumber(0, SECONDS_MAX), TOLERANCE_SECONDS)
    .option('--now <seconds>', 'verify as of this moment (default: now)', wholeNumber(0, SECONDS_MAX))
    .option('--json', 'print JSON')
    .action((options: VerifyOptions) => {
      const { id, timestamp, signature, tolerance: toleranceSeconds, now: nowSeconds = secondsOf(clock) } = options;
      const received = { id, timestamp, signature, body: bytesOf(options.payload) };
      const found = verifyWebhook(received, keysOf(options.secret), digests, { nowSeconds, toleranceSeconds });
      const reason = found.valid ? null : found.reason;
      print({ valid: found.valid, reason }, options, () => (reason === null ? 'valid' : `not valid: ${WORDS[reason]}`));
      if (reason !== null) throw new InputError(reason, WORDS[reason]);
    });
}

const secondsOf = (clock: Clock): number => Math.floor(clock.now().getTime() / 1000);

const keysOf = (secrets: readonly string[]): WebhookKey[] =>
  secrets.map((secret, at) => usable(parseSecret(secret), secrets.length > 1 ? `secret ${at + 1}` : 'the secret'));

function bytesOf(payload: string): Uint8Array {
  try {
    return readFileSync(payload === '-' ? 0 : payload);
  } catch (cause) {
    throw new InputError('missing-file', `cannot read ${payload}: ${(cause as Error).message}`, { file: payload });
  }
}

/** The value, or the failure as input that cannot be used. */
function usable<T>(result: Result<T>, what = ''): T {
  if (result.ok) return result.value;
  throw new InputError(result.error.code, what === '' ? result.error.message : `${what}: ${result.error.message}`);
}
