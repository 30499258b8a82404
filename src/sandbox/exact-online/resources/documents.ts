import { isBlank } from '../rules/edm.js';
import { type Result, err, ok } from '../../../kernel/result.js';
import type { Answer } from '../../wire/answer.js';
import { refusal } from '../answers.js';
import type { DivisionBooks } from '../books.js';
import type { AttachmentRow, FieldRow } from '../records.js';
import { padAccountCode } from '../rules/codes.js';
import { dayToWall, toWall } from '../rules/wall-clock.js';
import { say, sayRequired } from '../texts.js';
import { tracked } from './common.js';
import {
  type AnyResource,
  type Input,
  type Resource,
  binary,
  bool,
  dateTime,
  double,
  empty,
  erased,
  fieldResource,
  fieldsInOrder,
  guid,
  int32,
  keyedBy,
  stored,
  syncFields,
  text,
} from './resource.js';

interface DocumentType {
  readonly id: number;
  readonly description: string;
  readonly creatable: boolean;
}

/** Of the many, those this product meets. */
export const DOCUMENT_TYPES: readonly DocumentType[] = [
  { id: 10, description: 'Sales invoice', creatable: true },
  { id: 20, description: 'Purchase invoice', creatable: true },
  { id: 31, description: 'Sales order', creatable: false },
  { id: 55, description: 'Miscellaneous', creatable: true },
];

/** Documents with attachments (fact sheet §5.1). `site` is the address of the simulator, for links. */
export function documentResources(books: DivisionBooks, site: () => string): AnyResource[] {
  return [...documents(books, site).map(erased), erased(attachments(books, site)), erased(types(books)), erased(categories(books))];
}

function documents(books: DivisionBooks, site: () => string): Resource<FieldRow>[] {
  const of = (row: FieldRow, table: 'accounts' | 'contacts' | 'documentCategories', field: string): FieldRow | undefined =>
    books[table].get(String(row.fields[field]));
  const own = {
    ...tracked<FieldRow>(books),
    ...stored(
      `g: Account Category Contact DocumentFolder FinancialTransactionEntryID, s: Body Currency Language Subject,
       t: DocumentDate ExpiryDate, i: HID SalesInvoiceNumber SalesOrderNumber Type, d: AmountFC`,
    ),
    AccountCode: text<FieldRow>((row) => {
      const code = of(row, 'accounts', 'Account')?.fields['Code'];
      return code === undefined ? null : padAccountCode(String(code));
    }),
    AccountName: text<FieldRow>((row) => of(row, 'accounts', 'Account')?.fields['Name'] ?? null),
    CategoryDescription: text<FieldRow>((row) => of(row, 'documentCategories', 'Category')?.fields['Description'] ?? null),
    ContactFullName: text<FieldRow>((row) => of(row, 'contacts', 'Contact')?.fields['LastName'] ?? null),
    DocumentViewUrl: text<FieldRow>(({ id }) => `${site()}/docs/DocViewContent.aspx?ID=${id}&_Division_=${books.code}&Stamp=NL001`),
    HasEmptyBody: bool<FieldRow>(({ fields }) => isBlank(fields['Body'])),
    TypeDescription: text<FieldRow>(({ fields }) => DOCUMENT_TYPES.find(({ id }) => id === fields['Type'])?.description ?? null),
    ...empty<FieldRow>('Guid', 'Opportunity Project'),
    ...empty<FieldRow>('String', 'DocumentFolderCode DocumentFolderDescription ProjectCode ProjectDescription'),
    ...empty<FieldRow>('Int32', 'SendMethod ShopOrderNumber'),
    InheritShare: bool<FieldRow>(() => false),
  };
  const writable = [
    'Account', 'AmountFC', 'Body', 'Category', 'Contact', 'Currency', 'DocumentDate', 'DocumentFolder', 'ExpiryDate',
    'FinancialTransactionEntryID', 'Language', 'SalesInvoiceNumber', 'SalesOrderNumber', 'Subject', 'Type',
  ]; // prettier-ignore
  const filterable = ['ID', 'Account', 'Contact', 'Subject', 'Type', 'HID', 'DocumentDate', 'SalesInvoiceNumber', 'Category', 'Created', 'Modified', 'FinancialTransactionEntryID']; // prettier-ignore
  const shared = { type: 'Document', scope: 'organization.documents', own, table: 'documents' } as const;
  return [
    fieldResource(books, {
      ...shared,
      path: 'documents/Documents',
      methods: ['GET', 'POST', 'PUT', 'DELETE'],
      filterable,
      mandatoryFilter: filterable,
      select: 'unless-top-1',
      write: {
        table: 'documents',
        create: writable,
        update: writable,
        required: ['Subject', 'Type'],
        references: {
          Account: 'accounts',
          Contact: 'contacts',
          Category: 'documentCategories',
          FinancialTransactionEntryID: 'entries',
        },
        defaults: (_, at) => ({
          HID: books.count('document'),
          Body: null,
          Category: books.find('documentCategories', 'Description', 'Customers')?.id ?? null,
          DocumentDate: dayToWall(books.day(at)),
        }),
        refuse: ({ fields, language }) =>
          DOCUMENT_TYPES.some(({ id, creatable }) => id === fields['Type'] && creatable) ? null : say(language, 'unknown', 'Type'),
        topic: 'Documents',
        deletedAs: 'Documents',
      },
    }),
    syncFields(books, { ...shared, path: 'sync/Documents/Documents', type: 'Sync.Documents.Document' }),
  ];
}

function attachments(books: DivisionBooks, site: () => string): Resource<AttachmentRow> {
  return {
    path: 'documents/DocumentAttachments',
    type: 'DocumentAttachment',
    scope: 'organization.documents',
    methods: ['GET', 'POST', 'DELETE'],
    pageSize: 60,
    key: 'ID',
    fields: fieldsInOrder<AttachmentRow>('ID', {
      ID: guid(({ id }) => id),
      // The content is behind `Url`, with the token of the API.
      Attachment: binary(() => null),
      Document: guid(({ documentId }) => documentId),
      FileName: text(({ fileName }) => fileName),
      FileSize: double(({ content }) => content.length),
      Url: text(({ id }) => `${site()}/docs/SysAttachment.aspx?ID=${id}&_Division_=${books.code}&Stamp=NL001`),
    }),
    ...keyedBy(books.attachments),
    createBy: (input, at) => attach(books, input, at),
    removeBy: (row, at) => {
      books.remove(books.attachments, row.id, at, 'Attachments');
      return null;
    },
  };
}

function attach(books: DivisionBooks, { fields, language }: Input, at: Date): Result<AttachmentRow, Answer> {
  const document = books.documents.get(String(fields['Document']));
  const missing = ['Attachment', 'FileName'].filter((name) => isBlank(fields[name]));
  if (!document) missing.push('Document');
  if (!document || missing.length > 0) return err(refusal(500, sayRequired(language, missing)));
  const content = new Uint8Array(Buffer.from(String(fields['Attachment']), 'base64'));
  const row = books.add(books.attachments, { ...books.stamp(at), documentId: document.id, fileName: String(fields['FileName']), content });
  books.changed('DocumentAttachments', 'Create', 'documents/DocumentAttachments', row.id);
  return ok(row);
}

function types(books: DivisionBooks): Resource<DocumentType> {
  return {
    path: 'documents/DocumentTypes',
    type: 'DocumentType',
    scope: 'organization.documents',
    methods: ['GET'],
    pageSize: 60,
    key: 'ID',
    fields: fieldsInOrder<DocumentType>('ID', {
      ID: int32(({ id }) => id),
      Created: dateTime(() => toWall(books.createdAt)),
      Description: text(({ description }) => description),
      DocumentIsCreatable: bool(({ creatable }) => creatable),
      DocumentIsDeletable: bool(({ creatable }) => creatable),
      DocumentIsUpdatable: bool(({ creatable }) => creatable),
      DocumentIsViewable: bool(() => true),
      Modified: dateTime(() => toWall(books.createdAt)),
      TypeCategory: int32(() => 1),
    }),
    rows: () => DOCUMENT_TYPES,
  };
}

function categories(books: DivisionBooks): Resource<FieldRow> {
  const { Created, Modified } = tracked<FieldRow>(books);
  return fieldResource(books, {
    path: 'documents/DocumentCategories',
    type: 'DocumentCategory',
    scope: 'organization.documents',
    methods: ['GET'],
    own: { ...(Created && { Created }), ...(Modified && { Modified }), ...stored('s: Description') },
    table: 'documentCategories',
  });
}
