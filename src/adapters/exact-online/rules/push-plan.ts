import type { PushEntry } from '../../accounting-package.port.js';
import { wireDate } from './dates.js';
import { type Step, notes, signOfMarker, subject } from './marker.js';
import type { VendorRecord } from './record.js';
import { EXACT_ONLINE } from '../vendor.js';

/** What an entry is about, as it is in the package. */
export interface Target {
  readonly account: string;
  /** For people: the number of the invoice; null when it is about the debtor. */
  readonly number: string | null;
  /** The same as the package has it, for the field of a document. */
  readonly invoiceNumber: number | null;
  /** The document that belongs to the invoice in the package. */
  readonly document: string | null;
}

/** One record to be made. */
export interface Write {
  readonly resource: 'activities/CommunicationNotes' | 'activities/Complaints' | 'activities/Tasks' | 'documents/Documents';
  /** The field that carries our sign, which is how the record is found again. */
  readonly field: 'Subject' | 'Complaint' | 'Description';
  readonly sign: string;
  readonly body: VendorRecord;
}

type Noted = Exclude<PushEntry, { readonly kind: 'hold' | 'payment-match' }>;

/** Entries that leave a document of their own, with the letter or the dossier attached. */
export const hasDocument = (entry: Noted): boolean => entry.kind === 'reminder-sent' || entry.kind === 'handover';

/** The document of an entry (§5.2 ii, iv). */
export function documentOf(entry: Noted, target: Target): Write {
  const sign = signOfMarker(entry.marker, 'document');
  const body = {
    Type: EXACT_ONLINE.documentType,
    Subject: subject(sign, target.number, firstLine(entry.text)),
    Account: target.account,
    DocumentDate: wireDate(entry.on),
    Body: notes(entry.text),
    ...(target.invoiceNumber !== null && { SalesInvoiceNumber: target.invoiceNumber }),
  };
  return { resource: 'documents/Documents', field: 'Subject', sign, body };
}

/** The task of a promise (§5.2 v): it cannot be closed, so it is worded to do no harm when it is old. */
export function taskOf(entry: Noted & { readonly kind: 'promise' }, target: Target): Write {
  const sign = signOfMarker(entry.marker, 'task' satisfies Step);
  const body = {
    Account: target.account,
    Description: subject(sign, target.number, firstLine(entry.text)),
    Notes: notes(entry.text),
    ActionDate: wireDate(entry.dueOn ?? entry.on),
    TaskType: EXACT_ONLINE.taskType,
  };
  return { resource: 'activities/Tasks', field: 'Description', sign, body };
}

/** The record that is written last and carries the marker: a complaint for a dispute (§5.2 iii), a note for everything else (§5.2 i). */
export function lastOf(entry: Noted, target: Target, document: string | null): Write {
  const sign = signOfMarker(entry.marker);
  const line = subject(sign, target.number, firstLine(entry.text));
  if (entry.kind === 'dispute') {
    const body = {
      Account: target.account,
      Complaint: line,
      Notes: notes(entry.text),
      ReceiptDate: wireDate(entry.on),
      ...(entry.dueOn !== undefined && { NextAction: wireDate(entry.dueOn) }),
    };
    return { resource: 'activities/Complaints', field: 'Complaint', sign, body };
  }
  const linked = document ?? target.document;
  const body = {
    Account: target.account,
    Subject: line,
    Notes: notes(entry.text),
    Date: wireDate(entry.on),
    ...(linked !== null && { Document: linked }),
  };
  return { resource: 'activities/CommunicationNotes', field: 'Subject', sign, body };
}

/** The references that were sent and are not in what was stored: the vendor drops what it does not know without a word (§2). */
export function droppedReferences(sent: VendorRecord, stored: VendorRecord): string[] {
  return ['Account', 'Contact', 'Document'].filter((field) => {
    const wanted = sent[field];
    return typeof wanted === 'string' && String(stored[field] ?? '').toLowerCase() !== wanted.toLowerCase();
  });
}

const firstLine = (text: string): string => text.trim().split('\n')[0] ?? '';
