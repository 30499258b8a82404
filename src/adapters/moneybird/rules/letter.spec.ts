import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../../kernel/plain-date.js';
import type { PushEntry } from '../../accounting-package.port.js';
import { lettersOf } from './letter.js';
import { isReminderRecorded, reminderGroup } from './reminder-record.js';

const ON = plainDate('2026-11-20');
const entry = (fileName: string): PushEntry => ({
  ...{ kind: 'reminder-sent', marker: '7F3K2AB9QX', on: ON, about: { item: 'sales_invoices:5' }, text: 'x' },
  attachments: [{ fileName, base64: 'JVBERg==' }],
});

describe('a letter', () => {
  it.each([
    ['herinnering-26700123.pdf', 'herinnering-26700123-7F3K2AB9QX.pdf'],
    ['brief', 'brief-7F3K2AB9QX'],
    ['relevé n° 3.final.pdf', 'relevé n_ 3.final-7F3K2AB9QX.pdf'],
    ['a"\r\nx-evil: 1.pdf', 'a___x-evil_ 1-7F3K2AB9QX.pdf'],
    ['../../etc/passwd', '.._.._etc_passwd-7F3K2AB9QX'],
  ])('%j is found again by its name %j', (fileName, expected) => {
    expect(lettersOf(entry(fileName))).toEqual([{ fileName: expected, content: Buffer.from('%PDF') }]);
  });

  it('is in no entry without one', () => {
    expect(lettersOf({ kind: 'note', marker: '7F3K2AB9QX', on: ON, about: { debtor: '6' }, text: 'x' })).toEqual([]);
  });
});

describe('a reminder sent by hand', () => {
  const invoice = { id: '5', contact_id: '6', workflow_id: '7', document_style_id: '8', identity_id: '9', state: 'late' };

  it('is recorded with the invoice its own workflow, style and identity, and never in a way that mails', () => {
    expect(reminderGroup(invoice)).toEqual({
      contact_id: '6',
      workflow_id: '7',
      document_style_id: '8',
      identity_id: '9',
      sales_invoice_ids: ['5'],
      delivery_method: 'Manual',
    });
  });

  it.each([['open'], ['paid'], ['uncollectible'], ['draft'], ['pending_payment'], ['novel']])('is not recorded in state %s', (state) => {
    expect(reminderGroup({ ...invoice, state })).toBeNull();
  });

  it('is not recorded where one of them is unknown', () => {
    expect(reminderGroup({ ...invoice, workflow_id: null })).toBeNull();
  });

  it('is there when one of that day or later is, by the calendar of the Netherlands', () => {
    const recorded = (created_at: string, action = 'sales_invoice_send_reminder_manually') =>
      isReminderRecorded({ events: [{ action, created_at }] }, ON);
    // Half past midnight in Amsterdam is 23:30 of the day before in UTC.
    expect(recorded('2026-11-19T23:30:00.000Z')).toBe(true);
    expect(recorded('2026-11-19T22:30:00.000Z')).toBe(false);
    expect(recorded('2026-11-25T10:00:00.000Z')).toBe(true);
    expect(recorded('2026-11-25T10:00:00.000Z', 'sales_invoice_send_reminder_email')).toBe(false);
    expect(isReminderRecorded({}, ON)).toBe(false);
  });
});
