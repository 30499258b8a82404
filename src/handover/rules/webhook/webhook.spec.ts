import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { unwrap } from '../../../kernel/result.js';
import { digests } from '../../digests.js';
import { formatSecret, parseSecret } from './secret.js';
import { HEADERS, type WebhookMessage, signedHeaders } from './signature.js';
import { type ReceivedWebhook, verifyWebhook } from './verify.js';

/** The vectors of agency-handover.md §7.5, typed over: the first is the published one of Standard Webhooks. */
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const key = (secret: string): Uint8Array => unwrap(parseSecret(secret));

const OFFICIAL: WebhookMessage = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330, body: bytes('{"test": 2432232314}') };
const OFFICIAL_KEY = key('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');

const NEW = key('whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=');
const OLD = key('whsec_//79/Pv6+fj39vX08/Lx8O/u7ezr6uno5+bl5OPi4eA=');
const BODY =
  '{"type":"collection.case.submitted","timestamp":"2026-11-23T08:15:30.000Z","data":{"caseId":"8b1f6c1e-4d0a-4f5e-9a57-2f8f4f0c1a11","principal":"1250.00","currency":"EUR","debtorName":"Café Zuiderzee B.V."}}';
const OWN: WebhookMessage = { id: 'msg_3Bq7fYw2kQ9xTn5LrVhE8s', timestamp: 1795421730, body: bytes(BODY) };
const BY_NEW = 'v1,TDuwlx7Wi3ek0aSZmraZ0LPoSeFU1AlM5Q6khPRhOpA=';
const BY_OLD = 'v1,OHBCUTN2qynzb7ZdjqK0aZoiDTrkITkWfImP2tv1TIg=';

const headers = (message: WebhookMessage, keys: readonly Uint8Array[]) => unwrap(signedHeaders(message, keys, digests));
const received = (message: WebhookMessage, signature: string | null): ReceivedWebhook => ({
  id: message.id,
  timestamp: String(message.timestamp),
  signature,
  body: message.body,
});
const verify = (webhook: ReceivedWebhook, keys = [NEW], offset = 0) =>
  verifyWebhook(webhook, keys, digests, { nowSeconds: OWN.timestamp + offset });

describe('signing', () => {
  it('gives the published signature', () => {
    expect(headers(OFFICIAL, [OFFICIAL_KEY])).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('signs the UTF-8 bytes, with each key of a rotation', () => {
    expect(OWN.body).toHaveLength(207);
    expect(digests.sha256(OWN.body)).toBe('4763849034613a0cfe53a3b0a208499262e5fb4bf775f8e4300ce0c94999e9d2');
    expect(headers(OWN, [NEW])[HEADERS.signature]).toBe(BY_NEW);
    expect(headers(OWN, [OLD])[HEADERS.signature]).toBe(BY_OLD);
    expect(headers(OWN, [NEW, OLD])[HEADERS.signature]).toBe(`${BY_NEW} ${BY_OLD}`);
  });

  it.each([
    ['another amount', { ...OWN, body: bytes(BODY.replace('1250.00', '9250.00')) }, 'v1,5mor0wLNAQMojuFW7xRTZwv/x/M6VWH8ZANus+QyxPU='],
    ['another time', { ...OWN, timestamp: 1795422031 }, 'v1,+MNAROUneZucxPEp6/2cX5Zh/LJXPIIbBAO+MF47CiY='],
  ])('gives another signature for %s', (_what, message, signature) => {
    expect(headers(message, [NEW])[HEADERS.signature]).toBe(signature);
  });

  it.each([
    ['no key', OWN, [], 'no-key'],
    ['a dot in the id', { ...OWN, id: 'msg_1.2' }, [NEW], 'invalid-id'],
    ['a line end in the id', { ...OWN, id: 'msg_1\r\nx: y' }, [NEW], 'invalid-id'],
    ['no id', { ...OWN, id: '' }, [NEW], 'invalid-id'],
    ['a fraction of a second', { ...OWN, timestamp: 1.5 }, [NEW], 'invalid-timestamp'],
    ['milliseconds', { ...OWN, timestamp: 1795421730000 }, [NEW], 'invalid-timestamp'],
  ])('refuses %s', (_what, message, keys, code) => {
    expect(signedHeaders(message, keys, digests)).toMatchObject({ ok: false, error: { code } });
  });
});

describe('secrets', () => {
  it('are 24 to 64 bytes, and are written as they are read', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 24, maxLength: 64 }), (secret) => {
        expect(parseSecret(formatSecret(secret))).toEqual({ ok: true, value: secret });
      }),
    );
  });

  it.each([
    ['whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==', 'asymmetric-key'],
    ['whpk_5JXKnoUjEWG/hQdlcYUqQWGTOZEmX3zaFJlWIYSPfm0=', 'asymmetric-key'],
    ['AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=', 'not-a-secret'],
    ['whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8', 'not-a-secret'],
    ['whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9=', 'not-a-secret'],
    ['whsec_', 'not-a-secret'],
    [formatSecret(new Uint8Array(23)), 'secret-length'],
    [formatSecret(new Uint8Array(65)), 'secret-length'],
  ])('are refused otherwise, and not told on: %s', (text, code) => {
    const refused = parseSecret(text);
    expect(refused).toMatchObject({ ok: false, error: { code } });
    if (!refused.ok && text.length > 10) expect(refused.error.message).not.toContain(text.slice(6, 14));
  });
});

describe('verifying', () => {
  it('accepts one matching entry among others and those of unknown versions', () => {
    expect(verify(received(OWN, BY_NEW))).toEqual({ valid: true, key: 0 });
    expect(verify(received(OWN, `v1a,aaaa v2,${BY_NEW.slice(3)} ${BY_OLD} ${BY_NEW}`))).toEqual({ valid: true, key: 0 });
    expect(verify(received(OWN, BY_OLD), [NEW, OLD])).toEqual({ valid: true, key: 1 });
  });

  it.each([
    ['another body', received({ ...OWN, body: bytes(BODY.replace('1250.00', '9250.00')) }, BY_NEW)],
    ['another id', received({ ...OWN, id: 'msg_3Bq7fYw2kQ9xTn5LrVhE8t' }, BY_NEW)],
    ['a signature made later', received(OWN, 'v1,+MNAROUneZucxPEp6/2cX5Zh/LJXPIIbBAO+MF47CiY=')],
    ['the secret taken as text', received(OWN, 'v1,yqTo/LNqXhp+80xsXY6JusPUukj6FW0eRQsDtdpstiA=')],
    ['a retired key', received(OWN, BY_OLD)],
    ['another version only', received(OWN, `v2,${BY_NEW.slice(3)}`)],
    ['no version', received(OWN, BY_NEW.slice(3))],
    ['a part of a signature', received(OWN, BY_NEW.slice(0, -2))],
    ['a trailing newline', received({ ...OWN, body: bytes(`${BODY}\n`) }, BY_NEW)],
  ])('refuses %s', (_what, webhook) => {
    expect(verify(webhook)).toEqual({ valid: false, reason: 'wrong-signature' });
  });

  it('has the receiver who takes the secret as text in its vectors', () => {
    const asText = createHmac('sha256', 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=').update(`${OWN.id}.${OWN.timestamp}.${BODY}`);
    expect(asText.digest('base64')).toBe('yqTo/LNqXhp+80xsXY6JusPUukj6FW0eRQsDtdpstiA=');
  });

  it.each([
    [299, true],
    [300, true],
    [301, 'too-old'],
    [-299, true],
    [-300, true],
    [-301, 'too-new'],
  ])('%d seconds after it was sent: %s', (offset, expected) => {
    const found = verify(received(OWN, BY_NEW), [NEW], offset);
    expect(found.valid || found.reason).toBe(expected);
  });

  it.each([
    ['id', { ...received(OWN, BY_NEW), id: null }, 'missing-header'],
    ['timestamp', { ...received(OWN, BY_NEW), timestamp: '' }, 'missing-header'],
    ['signature', received(OWN, null), 'missing-header'],
    ['whole timestamp', { ...received(OWN, BY_NEW), timestamp: '1795421730.5' }, 'invalid-timestamp'],
    ['decimal timestamp', { ...received(OWN, BY_NEW), timestamp: '0x6b03e1a2' }, 'invalid-timestamp'],
  ])('refuses what has no %s', (_what, webhook, reason) => {
    expect(verify(webhook)).toEqual({ valid: false, reason });
  });

  it('accepts what we sign, whatever the body, and no other body, id, time or key', () => {
    const someKey = fc.uint8Array({ minLength: 24, maxLength: 64 });
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.stringMatching(/^[A-Za-z0-9_-]{1,40}$/),
        fc.array(someKey, { minLength: 1, maxLength: 3 }),
        fc.nat(1000),
        (body, id, keys, at) => {
          const message = { id, timestamp: OWN.timestamp, body };
          const sent = { ...received(message, headers(message, keys)[HEADERS.signature]) };
          for (const each of keys) expect(verify(sent, [each]).valid).toBe(true);
          const changed = body.slice();
          if (body.length > 0) changed[at % body.length] = (changed[at % body.length] as number) ^ 1;
          else return;
          expect(verify({ ...sent, body: changed }, keys).valid).toBe(false);
          expect(verify({ ...sent, id: `${id}x` }, keys).valid).toBe(false);
          expect(verify({ ...sent, timestamp: String(OWN.timestamp + 1) }, keys).valid).toBe(false);
          expect(verify(sent, [keys[0]?.map((byte) => byte ^ 1) as Uint8Array]).valid).toBe(false);
        },
      ),
    );
  });
});
