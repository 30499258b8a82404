import type { EntityManager } from 'typeorm';
import type { Mail } from '../../correspondence/mailer.js';
import { letterLanguage } from '../../correspondence/rules/localized.js';
import type { Attachment } from '../../correspondence/letter-renderer.js';
import type { AdministrationEntity } from '../../ledger/administration.entity.js';
import { CaseRepository } from '../case.repository.js';
import { documentOf } from '../documents/case-files.service.js';
import { coverPdf } from '../documents/cover-pdf.js';
import { annexNames } from '../rules/attachments/annexes.js';
import { MAIL_BYTES_MAX, type MailSettings } from '../rules/channel/channels.js';
import { eventCsv } from '../rules/channel/event-csv.js';
import { agencyMailWords } from '../rules/channel/mail-words.js';
import type { DossierDocument } from '../rules/document/dossier.js';
import { portalCsv } from '../rules/document/portal-csv.js';
import type { EventType } from '../rules/webhook/event.js';
import type { WebhookPayload } from '../webhook-outbox.js';

/** An event as it stands in the body of a webhook. */
interface EventBody {
  readonly type: EventType;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What an event says in a mail: to whom, in which words, with which files. */
export type AgencyMail = Pick<Mail, 'from' | 'replyTo' | 'to' | 'subject' | 'text' | 'html' | 'attachments'>;

/** Events that bring a dossier; all others only say what happened since, so that no figure of yesterday goes along. */
const WITH_DOSSIER: readonly EventType[] = ['collection.case.submitted', 'collection.case.updated'];

/** Writes an event for an agency by mail: a dossier with its cover, CSV and documents, anything else as CSV and JSON. Inside a unit of work. */
export async function writeAgencyMail(
  manager: EntityManager,
  administration: AdministrationEntity,
  settings: MailSettings,
  payload: WebhookPayload,
): Promise<AgencyMail> {
  const event = JSON.parse(payload.body) as EventBody;
  const { type, timestamp, data } = event;
  const caseId = String(data['caseId'] ?? '');
  const version = typeof data['version'] === 'number' ? data['version'] : null;
  const { files, leftOut } =
    WITH_DOSSIER.includes(type) && version !== null
      ? await dossierFiles(manager, administration.id, { caseId, version }, settings)
      : {
          files: [file('event.csv', 'text/csv', eventCsv(type, timestamp, data)), file('event.json', 'application/json', payload.body)],
          leftOut: [],
        };
  const { sender, language } = administration;
  return {
    ...agencyMailWords({ creditor: sender.name, caseId, type, version, leftOut }, letterLanguage(language, 'nl')),
    from: { name: sender.name, address: sender.email },
    replyTo: sender.replyTo === null ? null : { name: sender.name, address: sender.replyTo },
    to: [{ name: null, address: settings.to }],
    attachments: files,
  };
}

async function dossierFiles(
  manager: EntityManager,
  administrationId: string,
  { caseId, version }: { readonly caseId: string; readonly version: number },
  { decimal }: MailSettings,
): Promise<{ readonly files: Attachment[]; readonly leftOut: string[] }> {
  const kept = await new CaseRepository(manager, administrationId).dossier(caseId, version);
  if (!kept) throw new Error(`case ${caseId} has no dossier of version ${version}`);
  const dossier = JSON.parse(kept.document) as DossierDocument;
  const files = [
    file('cover.pdf', 'application/pdf', await coverPdf(dossier)),
    file('portal.csv', 'text/csv', portalCsv(dossier, { decimal })),
    file('dossier.json', 'application/json', kept.document),
  ];
  const leftOut: string[] = [];
  let room = MAIL_BYTES_MAX;
  for (const { id, name, mediaType, bytes } of annexNames(dossier.attachments)) {
    if (bytes > room) {
      leftOut.push(name);
      continue;
    }
    room -= bytes;
    files.push(file(name, mediaType, (await documentOf(manager, administrationId, caseId, id)).content));
  }
  return { files, leftOut };
}

const file = (filename: string, contentType: string, content: string | Buffer): Attachment => ({
  ...{ cid: null, filename, contentType },
  content: Buffer.from(content),
});
