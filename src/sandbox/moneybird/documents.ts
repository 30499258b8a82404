import { type Result, err, ok } from '../../kernel/result.js';
import { type Answer, BLANK, invalid, notFound } from './answers.js';
import { type Act, type Books, happened } from './books.js';
import { readDate } from './invoicing.js';
import type { GeneralDocumentRecord } from './records.js';

/** An internal paper with a date and a contact. A `reminder` becomes a to-do on it. Refusals: no reference or date (422), unknown contact (404). */
export function createGeneralDocument(
  books: Books,
  input: Readonly<Record<string, unknown>>,
  act: Act,
): Result<GeneralDocumentRecord, Answer> {
  const reference = typeof input['reference'] === 'string' && input['reference'] !== '' ? input['reference'] : null;
  const date = readDate(input['date']);
  if (reference === null || date === null) {
    return err(invalid({ ...(reference === null && { reference: [BLANK] }), ...(date === null && { date: [BLANK] }) }));
  }
  const contactId = input['contact_id'] === undefined || input['contact_id'] === null ? null : String(input['contact_id']);
  if (contactId !== null && !books.contacts.has(contactId)) return err(notFound('contact_id'));
  const document: GeneralDocumentRecord = {
    ...books.stamp(act.at),
    contactId,
    reference,
    date,
    dueDate: readDate(input['due_date']),
    entryNumber: books.count('entry'),
    notes: [],
    attachments: [],
    events: [],
  };
  const reminder = input['reminder'] as { message?: unknown } | undefined;
  if (reminder) {
    document.notes.push({
      ...books.stamp(act.at),
      parentId: document.id,
      parentType: 'Document',
      userId: act.userId,
      note: typeof reminder.message === 'string' ? reminder.message : '',
      todo: true,
      assigneeId: act.userId,
      todoType: 'general_document_reminder',
    });
  }
  books.generalDocuments.set(document.id, document);
  happened(document, 'document_saved', act);
  return ok(document);
}
