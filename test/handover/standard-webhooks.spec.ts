import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { digests } from '../../src/handover/digests.js';
import { KEY_BYTES, formatSecret } from '../../src/handover/rules/webhook/secret.js';
import { signedHeaders } from '../../src/handover/rules/webhook/signature.js';
import { verifyWebhook } from '../../src/handover/rules/webhook/verify.js';

/** The library judges by the clock of the machine, so the messages are of this moment. */
const now = (): Date => new Date(Math.floor(Date.now() / 1000) * 1000);

const key = fc.uint8Array({ minLength: KEY_BYTES.min, maxLength: KEY_BYTES.max });
const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/);
/** JSON, because the library parses what it has verified. */
const body = fc.record({ text: fc.string({ unit: 'grapheme', maxLength: 200 }) }).map((each) => JSON.stringify(each));

const signed = (keys: readonly Uint8Array[], msgId: string, at: Date, text: string): Record<string, string> => {
  const made = signedHeaders({ id: msgId, timestamp: at.getTime() / 1000, body: Buffer.from(text) }, keys, digests);
  if (!made.ok) throw new Error(made.error.message);
  return { ...made.value };
};

describe('the library of Standard Webhooks, which others use', () => {
  it('accepts what we sign, also with the new or the old key while keys rotate', () => {
    fc.assert(
      fc.property(key, key, id, body, (one, other, msgId, text) => {
        const headers = signed([one, other], msgId, now(), text);
        for (const each of [one, other]) expect(new Webhook(formatSecret(each)).verify(text, headers)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('refuses it once a byte is another one', () => {
    fc.assert(
      fc.property(key, id, body, (one, msgId, text) => {
        const headers = signed([one], msgId, now(), text);
        expect(() => new Webhook(formatSecret(one)).verify(`${text}x`, headers)).toThrow(/signature/i);
      }),
    );
  });

  it('signs what we accept', () => {
    fc.assert(
      fc.property(key, id, body, (one, msgId, text) => {
        const at = now();
        const nowSeconds = at.getTime() / 1000;
        const signature = new Webhook(formatSecret(one)).sign(msgId, at, text);
        const received = { id: msgId, timestamp: String(nowSeconds), signature, body: Buffer.from(text) };
        expect(verifyWebhook(received, [one], digests, { nowSeconds })).toEqual({ valid: true, key: 0 });
      }),
    );
  });
});
