import { describe, expect, it } from '@jest/globals';
import { messageIdOf } from './message-id.js';

describe('messageIdOf', () => {
  it('is the same for the same effect', () => {
    expect(messageIdOf('0198c7a2-1f00-7000-8000-000000000001', 'mail.example.com')).toBe(
      '<tegoed.0198c7a2-1f00-7000-8000-000000000001@mail.example.com>',
    );
  });

  it.each(['', 'a b', 'a>\r\nBcc: x', 'é'])('refuses the effect id %j', (effectId) => {
    expect(() => messageIdOf(effectId, 'example.com')).toThrow('not an effect id');
  });

  it.each(['', 'exa mple.com', 'example.com>', '.example.com'])('refuses the domain %j', (domain) => {
    expect(() => messageIdOf('1', domain)).toThrow('not a domain');
  });
});
