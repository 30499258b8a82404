import { describe, expect, it } from '@jest/globals';
import { plainDate } from '../../../kernel/plain-date.js';
import { HANDOVER_CLASSIFICATIONS } from '../vendor.js';
import { classificationNamed, missingOf } from './classification.js';
import { idWithSign, signOfMarker, subject } from './marker.js';
import { type Target, documentOf, droppedReferences, hasDocument, lastOf, taskOf } from './push-plan.js';

const ACCOUNT = '3f0d2c4e-8a61-4d0b-9b7e-51c2a9e4d001';
const DOCUMENT = 'd4000000-0000-4000-8000-000000000401';
const target: Target = { account: ACCOUNT, number: '26700123', invoiceNumber: 26700123, document: null };
const base = {
  marker: '7F3K2AB9QX',
  on: plainDate('2026-10-14'),
  about: { item: 'x' },
  text: 'Herinnering 2 per e-mail, openstaand EUR 710,00\nmeer',
};

describe('what is written for an entry (§5.2)', () => {
  it('a note: a communication note with the sign in front, linked to the document of the invoice when there is one', () => {
    expect(lastOf({ ...base, kind: 'note' }, target, null)).toEqual({
      resource: 'activities/CommunicationNotes',
      field: 'Subject',
      sign: '[tg:7F3K2AB9QX]',
      body: {
        Account: ACCOUNT,
        Subject: '[tg:7F3K2AB9QX] 26700123 Herinnering 2 per e-mail, openstaand EUR 710,00',
        Notes: base.text,
        Date: '2026-10-14T00:00:00',
      },
    });
    expect(lastOf({ ...base, kind: 'note' }, { ...target, document: DOCUMENT }, null).body).toMatchObject({ Document: DOCUMENT });
  });

  it('a reminder and a handover: a document with a sign of its own, and a note that points to it', () => {
    for (const kind of ['reminder-sent', 'handover'] as const) {
      const entry = { ...base, kind };
      expect(hasDocument(entry)).toBe(true);
      expect(documentOf(entry, target).body).toMatchObject({
        Type: 55,
        Account: ACCOUNT,
        SalesInvoiceNumber: 26700123,
        DocumentDate: '2026-10-14T00:00:00',
      });
      expect(documentOf(entry, target).sign).toBe('[tg:7F3K2AB9QX/document]');
      expect(lastOf(entry, target, DOCUMENT).body).toMatchObject({ Document: DOCUMENT });
    }
    expect(hasDocument({ ...base, kind: 'dispute' })).toBe(false);
  });

  it('a dispute: a complaint, to be looked at again on its day', () => {
    const { resource, field, body } = lastOf({ ...base, kind: 'dispute', dueOn: plainDate('2026-10-28') }, target, null);
    expect([resource, field]).toEqual(['activities/Complaints', 'Complaint']);
    expect(body).toMatchObject({ Account: ACCOUNT, ReceiptDate: '2026-10-14T00:00:00', NextAction: '2026-10-28T00:00:00' });
    expect(lastOf({ ...base, kind: 'dispute' }, target, null).body).not.toHaveProperty('NextAction');
  });

  it('a promise: a task on the promised day', () => {
    const promise = { ...base, kind: 'promise' as const };
    expect(taskOf({ ...promise, dueOn: plainDate('2026-11-01') }, target)).toMatchObject({
      resource: 'activities/Tasks',
      field: 'Description',
      sign: '[tg:7F3K2AB9QX/task]',
      body: { Account: ACCOUNT, ActionDate: '2026-11-01T00:00:00', TaskType: 1 },
    });
    expect(taskOf(promise, target).body).toMatchObject({ ActionDate: '2026-10-14T00:00:00' });
  });
});

describe('the sign', () => {
  it('is refused (a bug) when the marker is none', () => expect(() => signOfMarker("x' or true")).toThrow());

  it('stays when the text does not fit', () => {
    const line = subject(signOfMarker('7F3K2AB9QX'), 'x'.repeat(300));
    expect(line).toHaveLength(100);
    expect(line.startsWith('[tg:7F3K2AB9QX] ')).toBe(true);
  });

  it('is found in its field, and one of a step is not taken for the last', () => {
    const records = [{ ID: DOCUMENT, Subject: '[tg:7F3K2AB9QX/document] x' }];
    expect(idWithSign(records, 'Subject', '[tg:7F3K2AB9QX]')).toBeNull();
    expect(idWithSign(records, 'Subject', '[tg:7F3K2AB9QX/document]')).toBe(DOCUMENT);
    expect(idWithSign([{ Subject: 'x [tg:7F3K2AB9QX]' }], 'Subject', '[tg:7F3K2AB9QX]')).toBe('');
  });
});

it('references that were dropped without a word are seen', () => {
  const sent = { Account: ACCOUNT, Document: DOCUMENT, Subject: 'x' };
  expect(droppedReferences(sent, { ...sent, Account: ACCOUNT.toUpperCase() })).toEqual([]);
  expect(droppedReferences(sent, { Account: ACCOUNT, Document: null })).toEqual(['Document']);
  expect(droppedReferences(sent, {})).toEqual(['Account', 'Document']);
});

describe('the classification of a handover', () => {
  const GROUP = 'e0000000-0000-4000-8000-000000000001';
  const VALUE = 'e0000000-0000-4000-8000-000000000002';
  const classifications = [
    { ID: DOCUMENT, AccountClassificationName: DOCUMENT, Description: 'Groothandel' },
    { ID: VALUE, AccountClassificationName: GROUP, Description: 'Ter Incasso' },
  ];

  it('goes into the field its group has', () => {
    const found = classificationNamed(HANDOVER_CLASSIFICATIONS, classifications);
    expect(found?.fieldAmong([{ ID: GROUP, SequenceNumber: 3 }])).toEqual({ Classification3: VALUE });
    expect(found?.fieldAmong([{ ID: DOCUMENT, SequenceNumber: 3 }])).toEqual({});
    expect(found?.fieldAmong([{ ID: GROUP, SequenceNumber: 9 }])).toEqual({});
  });

  it('is none where nobody made one', () => expect(classificationNamed(HANDOVER_CLASSIFICATIONS, classifications.slice(0, 1))).toBeNull());

  it('is set where it is not set yet', () => {
    const mark = { Classification3: VALUE, Blocked: true };
    expect(missingOf(mark, { Classification3: VALUE.toUpperCase(), Blocked: false })).toEqual({ Blocked: true });
    expect(missingOf(mark, { Classification3: VALUE, Blocked: true })).toEqual({});
  });
});
