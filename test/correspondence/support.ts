import type { RenderedLetter } from '../../src/correspondence/letter-renderer.js';
import type { Mail } from '../../src/correspondence/mailer.js';
import { messageIdOf } from '../../src/correspondence/rules/message-id.js';

const LETTER: RenderedLetter = { subject: 'Reminder', text: 'Please pay.\n', html: '<p>Please pay.</p>', attachments: [] };

/** A mail from an invented creditor to an invented debtor, carrying out the effect. */
export const mailOf = (effectId: string, letter: RenderedLetter = LETTER): Mail => ({
  messageId: messageIdOf(effectId, 'example.com'),
  effectId,
  from: { name: 'Voorbeeld BV', address: 'sender@example.com' },
  replyTo: { name: null, address: 'answers@example.com' },
  to: [{ name: 'J. Voorbeeld', address: 'debtor@example.com' }],
  ...letter,
});
