import { type Result, err, ok } from '../../kernel/result.js';
import { type Answer, BLANK, invalid } from './answers.js';
import { type Act, type Books, touch } from './books.js';
import type { AttachmentRecord, EventRecord, NoteParent, NoteRecord, Stamped } from './records.js';

/** Anything notes can hang on. */
export interface Notable extends Stamped {
  readonly notes: NoteRecord[];
  readonly events: EventRecord[];
}

export interface NoteInput {
  readonly note?: unknown;
  readonly todo?: unknown;
  readonly assignee_id?: unknown;
}

/** Adds a note, or a to-do when `todo` or an assignee says so. Refusals (422): blank, an assignee who is no user. */
export function addNote(books: Books, parent: Notable, type: NoteParent, input: NoteInput, act: Act): Result<NoteRecord, Answer> {
  const text = typeof input.note === 'string' ? input.note : '';
  if (text.trim() === '') return err(invalid({ note: [BLANK], todo_type: [BLANK] }));
  const assigneeId = input.assignee_id === undefined || input.assignee_id === null ? null : String(input.assignee_id);
  if (assigneeId !== null && !books.users.some((user) => user.id === assigneeId && user.userType !== 'api_user')) {
    return err(invalid({ assignee: [{ message: 'is invalid', error: 'invalid' }] }));
  }
  const note: NoteRecord = {
    ...books.stamp(act.at),
    parentId: parent.id,
    parentType: type,
    userId: act.userId,
    note: text,
    todo: input.todo === true || input.todo === 'true' || assigneeId !== null,
    assigneeId,
    todoType: null,
  };
  parent.notes.push(note);
  recordAside(books, parent, note.todo ? 'todo_created' : 'note_created', act);
  return ok(note);
}

/** True when the note was there. */
export function removeNote(books: Books, parent: Notable, id: string, act: Act): boolean {
  const at = parent.notes.findIndex((note) => note.id === id);
  if (at < 0) return false;
  parent.notes.splice(at, 1);
  recordAside(books, parent, 'note_destroyed', act);
  return true;
}

export interface Upload {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Uint8Array;
}

export interface Attachable extends Stamped {
  readonly attachments: AttachmentRecord[];
  readonly events: EventRecord[];
}

export function addAttachment(books: Books, parent: Attachable, upload: Upload, act: Act): AttachmentRecord {
  const attachment: AttachmentRecord = { ...books.stamp(act.at), ...upload };
  parent.attachments.push(attachment);
  if (books.switches.notesTouchParent) touch(parent, act.at);
  return attachment;
}

/** True when the attachment was there. */
export function removeAttachment(books: Books, parent: Attachable, id: string, act: Act): boolean {
  const at = parent.attachments.findIndex((attachment) => attachment.id === id);
  if (at < 0) return false;
  parent.attachments.splice(at, 1);
  if (books.switches.notesTouchParent) touch(parent, act.at);
  return true;
}

/** An event that moves the parent's version only when the administration is set to do so. */
function recordAside(books: Books, parent: Notable, action: string, act: Act): void {
  parent.events.push({ action, userId: act.userId, at: act.at, data: {}, link: null });
  if (books.switches.notesTouchParent) touch(parent, act.at);
}
