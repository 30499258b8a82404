import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { signedText, subscriptionPlan } from './rules/webhook.js';
import { verifiedEvent } from './webhook.js';

/** The vector of the fact sheet (§7.9). */
const SECRET = 'example-webhook-secret';
const CONTENT =
  '{"Topic":"Accounts","ClientId":"6b1f3a52-0d7e-4c1b-9a55-2f8f0a1c7d10","Division":1234567,"Action":"Update","Key":"3f0d2c4e-8a61-4d0b-9b7e-51c2a9e4d001","ExactOnlineEndpoint":"https://start.exactonline.nl/api/v1/1234567/crm/Accounts(guid\'3f0d2c4e-8a61-4d0b-9b7e-51c2a9e4d001\')","EventCreatedOn":"2026-10-14T16:21:07.213"}';
const HASH = '4BA5CAC67CEE29EA8180D939CB5E82E0E5824324ABAF7C58322C00FB0ADF1031';
const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const body = (content: string, hash: string): Uint8Array => bytes(`{"Content":${content},"HashCode":"${hash}"}`);

describe('verifiedEvent', () => {
  it('takes the webhook of the sheet, with its own signature', () => {
    expect(verifiedEvent(body(CONTENT, HASH), SECRET)).toEqual({
      topic: 'Accounts',
      clientId: '6b1f3a52-0d7e-4c1b-9a55-2f8f0a1c7d10',
      division: '1234567',
      action: 'update',
      key: '3f0d2c4e-8a61-4d0b-9b7e-51c2a9e4d001',
      identity: 'Accounts/3f0d2c4e-8a61-4d0b-9b7e-51c2a9e4d001/update/2026-10-14T16:21:07.213',
    });
  });

  it('takes nothing that was changed, and nothing that is signed with another secret', () => {
    expect(verifiedEvent(body(CONTENT.replace('Update', 'Delete'), HASH), SECRET)).toBeNull();
    expect(verifiedEvent(body(CONTENT, HASH), 'another-secret')).toBeNull();
    expect(verifiedEvent(body(CONTENT, `${HASH.slice(0, -1)}2`), SECRET)).toBeNull();
  });

  it('takes no empty body, which is how Exact tests an address', () => {
    expect(verifiedEvent(new Uint8Array(), SECRET)).toBeNull();
  });

  it('never throws, and takes nothing unsigned, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 400 }),
          fc.string().map((text) => body(text, HASH)),
        ),
        (anything) => {
          expect(verifiedEvent(anything, SECRET)).toBeNull();
        },
      ),
    );
  });

  it('takes the signed part as it came, also with the middle of a body inside it', () => {
    const inside = '{"Topic":"x,\\"HashCode\\":\\"","a":",\\"HashCode\\":\\"y"}';
    expect(signedText(`{"Content":${inside},"HashCode":"${HASH}"}`)?.signed).toBe(inside);
  });

  it('takes no signed text that is no event', () => {
    const sign = (content: string): Uint8Array => body(content, createHmac('sha256', SECRET).update(content).digest('hex').toUpperCase());
    for (const content of ['{}', '[]', 'null', '{"Topic":"Accounts"', CONTENT.replace('1234567', '"all"')]) {
      expect(verifiedEvent(sign(content), SECRET)).toBeNull();
    }
  });
});

describe('subscriptionPlan', () => {
  const here = 'https://tegoed.example/hook';
  const known = (id: string, topic: string, callbackUrl = here) => ({ id, topic, callbackUrl });

  it('makes what is missing, replaces what goes elsewhere, takes away what is double, and leaves the rest', () => {
    const subscriptions = [
      known('1', 'Accounts'),
      known('2', 'Accounts'),
      known('3', 'Contacts', 'https://old.example'),
      known('4', 'StockPositions', 'https://somebody-else.example'),
    ];
    expect(subscriptionPlan(['Accounts', 'Contacts', 'BankEntries'], here, subscriptions)).toEqual({
      make: ['Contacts', 'BankEntries'],
      remove: ['2', '3'],
    });
  });

  it('does nothing when all is there', () => {
    expect(subscriptionPlan(['Accounts'], here, [known('1', 'Accounts')])).toEqual({ make: [], remove: [] });
  });
});
