import { isNone } from '../rules/edm.js';
import type { DivisionBooks } from '../books.js';
import type { FieldRow } from '../records.js';
import { dayToWall } from '../rules/wall-clock.js';
import { USER_NAME, tracked } from './common.js';
import { type Field, type Resource, empty, fieldResource, int32, stored, text } from './resource.js';

const COMPLAINT_STATUS: Readonly<Record<number, string>> = {
  0: 'Void',
  5: 'Rejected',
  10: 'Draft',
  20: 'Open',
  30: 'Approved',
  40: 'Realized',
  50: 'Processed',
};

/** Notes, tasks and complaints: they can be made and read, and neither changed nor closed from outside (fact sheet §5.1). */
export function activityResources(books: DivisionBooks): Resource<FieldRow>[] {
  const shared = { scope: 'organization.workflow', methods: ['GET', 'POST'] } as const;
  const references = { Account: 'accounts', Contact: 'contacts', Document: 'documents' } as const;
  const common = (): Record<string, Field<FieldRow>> => ({
    ...tracked<FieldRow>(books),
    ...stored('g: Account Contact Document, s: Notes, i: HID'),
    AccountName: text((row) => books.accounts.get(String(row.fields['Account']))?.fields['Name'] ?? null),
    ContactFullName: text((row) => books.contacts.get(String(row.fields['Contact']))?.fields['LastName'] ?? null),
    DocumentSubject: text((row) => books.documents.get(String(row.fields['Document']))?.fields['Subject'] ?? null),
  });
  const today = (at: Date) => dayToWall(books.day(at));
  return [
    fieldResource(books, {
      ...shared,
      path: 'activities/CommunicationNotes',
      type: 'CommunicationNote',
      table: 'communicationNotes',
      own: {
        ...common(),
        ...stored('s: Subject, t: Date, g: User'),
        Status: int32<FieldRow>(() => 50),
        StatusDescription: text<FieldRow>(() => 'Processed'),
        UserFullName: text<FieldRow>(() => USER_NAME),
        ...empty<FieldRow>('Guid', 'Campaign Opportunity'),
        ...empty<FieldRow>('String', 'CampaignDescription OpportunityName'),
      },
      write: {
        table: 'communicationNotes',
        create: ['Account', 'Contact', 'Date', 'Document', 'Notes', 'Subject', 'User'],
        update: [],
        required: ['Subject'],
        references,
        defaults: (_, at) => ({ HID: books.count('activity'), Date: today(at), User: books.userId }),
      },
    }),
    fieldResource(books, {
      ...shared,
      path: 'activities/Tasks',
      type: 'Task',
      table: 'tasks',
      own: {
        ...common(),
        ...stored('s: Description, t: ActionDate, g: User, i: Status'),
        StatusDescription: text<FieldRow>(({ fields }) => (fields['Status'] === 50 ? 'Processed' : 'Open')),
        // It can be written and not read.
        TaskType: int32<FieldRow>(() => null),
        TaskTypeDescription: text<FieldRow>(() => null),
        UserFullName: text<FieldRow>(() => USER_NAME),
        ...empty<FieldRow>('Guid', 'CustomTaskType Opportunity Project'),
        ...empty<FieldRow>('String', 'OpportunityName ProjectDescription'),
      },
      write: {
        table: 'tasks',
        create: ['Account', 'ActionDate', 'Contact', 'Description', 'Document', 'Notes', 'TaskType', 'User'],
        update: [],
        required: ['Description'],
        references,
        defaults: (_, at) => ({ HID: books.count('activity'), ActionDate: today(at), Status: 20, TaskType: 0, User: books.userId }),
      },
    }),
    fieldResource(books, {
      ...shared,
      path: 'activities/Complaints',
      type: 'Complaint',
      table: 'complaints',
      own: {
        ...common(),
        ...stored('s: Complaint, t: NextAction ReceiptDate, g: AssignedTo, i: Status'),
        AssignedToFullName: text<FieldRow>(({ fields }) => (isNone(fields['AssignedTo']) ? null : USER_NAME)),
        StatusDescription: text<FieldRow>(({ fields }) => COMPLAINT_STATUS[Number(fields['Status'])] ?? null),
      },
      write: {
        table: 'complaints',
        create: ['Account', 'AssignedTo', 'Complaint', 'Contact', 'Document', 'NextAction', 'Notes', 'ReceiptDate'],
        update: [],
        required: ['Account', 'Complaint'],
        references,
        defaults: (_, at) => ({ HID: books.count('activity'), ReceiptDate: today(at), Status: 20 }),
      },
    }),
  ];
}

/** Somebody moves a complaint on in the package: 50 is done with. */
export function setComplaintStatus(books: DivisionBooks, complaint: FieldRow, status: number, at: Date): void {
  complaint.fields['Status'] = status;
  books.touch(books.complaints, complaint, at);
}
