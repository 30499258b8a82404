/** The parts of a dossier (dossier.ts) that an agency does not get by its channel, so that whoever approves knows. */
const DROPPED: Readonly<Record<string, readonly string[]>> = {
  webhook: [],
  // A row per invoice and the files; what has no column is in the cover document, for people.
  mail: ['instructions', 'log', 'seal'],
  sftp: ['instructions', 'log', 'seal'],
};

export const droppedBy = (channel: string): readonly string[] => DROPPED[channel] ?? [];
