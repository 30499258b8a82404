import type { DossierDocument } from '../document/dossier.js';

/** The ways news can reach an agency. */
export const CHANNELS = ['webhook', 'mail', 'sftp'] as const;
export type Channel = (typeof CHANNELS)[number];

/** Documents that go along with one mail, together: mail servers take about twice as much, and it grows by a third on its way. */
export const MAIL_BYTES_MAX = 10 * 1024 ** 2;

/** Where mail to an agency goes, and how its portal reads amounts. */
export interface MailSettings {
  readonly to: string;
  readonly decimal: ',' | '.';
}

/** Something of a dossier that a channel does not carry in a form machines read. */
export interface Dropped {
  readonly field: keyof DossierDocument | 'attachments[].content';
  readonly because: 'only-in-dossier-and-cover' | 'when-too-large';
}

/** Blocks that have no column in the CSV portals read (agency-handover.md §4). */
const NOT_IN_CSV = [
  'service', 'approval', 'creditor', 'payments', 'interest', 'costs', 'totals', 'contacts', 'disputes', 'promises', 'arrangements',
  'attachments', 'instructions', 'privacy', 'log', 'seal',
] as const satisfies readonly (keyof DossierDocument)[]; // prettier-ignore

const LISTS: readonly Dropped[] = NOT_IN_CSV.map((field) => ({ field, because: 'only-in-dossier-and-cover' }));

/** What a channel drops; shown before somebody approves a handover over it. Nothing goes out that the other end cannot ask for. */
export const DROPPED_FIELDS: Readonly<Record<Channel, readonly Dropped[]>> = {
  webhook: [],
  mail: [...LISTS, { field: 'attachments[].content', because: 'when-too-large' }],
  sftp: LISTS,
};

/** Channels nothing can be sent over by this installation. */
export const NOT_AVAILABLE: readonly Channel[] = ['sftp'];
