import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deliversExactly, readSignature, webhookPlan } from './rules/webhook.js';
import { verifiedEvent } from './webhook.js';

/** The vector of the fact sheet (§5), invented there; its hash is that of another body when a byte differs. */
const SECRET = '6f1d0c52a9e84b7793d15e0a4c8b2f60';
const BODY =
  '{"administration_id":"402118850017216543","webhook_id":"498220114470912033","webhook_token":"Zx3kQv8dTn5LhR2yWc7BpJ9m","entity_type":"SalesInvoice","entity_id":"497001240817632145","state":"late","action":"sales_invoice_state_changed_to_late","entity":null}';
const SIGNATURE = 't=1790000000,v1=5fa98e542509f3b8664558e0960a22cb7655af8ff2e150d40ac1ba1d9511835c';
const THEN = 1_790_000_000;

const verify = (body: string, signature = SIGNATURE, secret = SECRET, seconds = THEN) =>
  verifiedEvent({ body: Buffer.from(body), signature }, secret, new Date(seconds * 1_000));

describe('verifiedEvent', () => {
  it('knows a delivery by its signature', () => {
    expect(verify(BODY)).toEqual({
      administrationRef: '402118850017216543',
      webhookId: '498220114470912033',
      entityType: 'SalesInvoice',
      entityId: '497001240817632145',
      action: 'sales_invoice_state_changed_to_late',
    });
  });

  it('takes any of several hashes, while the secret changes, and passes by other versions', () => {
    const [at = '', hash = ''] = SIGNATURE.split(',');
    expect(verify(BODY, `${at}, v0=${'0'.repeat(64)}, v1=${'0'.repeat(64)}, ${hash}`)).not.toBeNull();
    expect(verify(BODY, `${at},${hash.replace('v1=', 'v2=')}`)).toBeNull();
  });

  it('takes nothing that was changed, signed with another secret, or is not of now', () => {
    expect(verify(BODY.replace('late', 'paid'))).toBeNull();
    expect(verify(`${BODY}\n`)).toBeNull();
    expect(verify(BODY, SIGNATURE, 'another')).toBeNull();
    expect(verify(BODY, SIGNATURE.replace('t=1790000000', 't=1790000001'))).toBeNull();
    expect([300, -300].map((late) => verify(BODY, SIGNATURE, SECRET, THEN + late) !== null)).toEqual([true, true]);
    expect([301, -301].map((late) => verify(BODY, SIGNATURE, SECRET, THEN + late))).toEqual([null, null]);
  });

  it('takes the unsigned try of a new address for nothing', () => {
    expect(verify('', '')).toBeNull();
  });

  it('survives whatever is sent to it', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (body, signature) => expect(verify(body, signature)).toBeNull()));
    fc.assert(
      fc.property(fc.jsonValue(), (content) => {
        const body = JSON.stringify(content);
        const hash = createHmac('sha256', SECRET).update(`${THEN}.${body}`).digest('hex');
        expect(verify(body, `t=${THEN},v1=${hash}`)).toBeNull();
      }),
    );
  });
});

describe('readSignature', () => {
  it.each([[''], ['t=1'], [`v1=${'a'.repeat(64)}`], [`t=x,v1=${'a'.repeat(64)}`], ['t=1,v1=abc'], [`t=1,v1=${'g'.repeat(64)}`]])(
    'reads nothing from %j',
    (header) => {
      expect(readSignature(header)).toBeNull();
    },
  );
});

describe('webhookPlan', () => {
  const url = 'https://tegoed.example/hooks/1';
  const events = ['payment_registered', 'workflow'];
  const webhook = (id: string, more: object = {}) => ({ id, url, enabled_events: events, deactivated_at: null, ...more });
  const plan = (known: object[], secretOf: string | null = '1') => webhookPlan(known as never, { url, events, secretOf });

  it('keeps the one whose secret is known, whatever the order of its events', () => {
    expect(plan([webhook('1', { enabled_events: [...events].reverse() })])).toEqual({ keep: '1', activate: null, remove: [] });
  });

  it('switches it on again', () => {
    expect(plan([webhook('1', { deactivated_at: '2026-11-19T01:00:00.000Z' })])).toEqual({ keep: '1', activate: '1', remove: [] });
  });

  it.each([
    ['a secret nobody knows', webhook('2')],
    ['other events', webhook('1', { enabled_events: ['payment_registered'] })],
    ['no events, which is all of them', webhook('1', { enabled_events: [] })],
  ])('replaces one with %s', (_what, known) => {
    expect(plan([known])).toEqual({ keep: null, activate: null, remove: [known.id] });
  });

  it("leaves other people's alone", () => {
    expect(plan([webhook('3', { url: 'https://webshop.example' })])).toEqual({ keep: null, activate: null, remove: [] });
  });

  it('trusts the echo only when it is whole', () => {
    expect(deliversExactly({}, events)).toBe(false);
    expect(deliversExactly({ enabled_events: ['payment_registered', 'payment_registered'] }, events)).toBe(false);
  });
});
