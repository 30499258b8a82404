import { type Channel, DROPPED_FIELDS } from '../channel/channels.js';

/** The parts of a dossier (dossier.ts) that an agency does not get by its channel in a form machines read, so that whoever approves knows. */
export const droppedBy = (channel: Channel): readonly string[] => DROPPED_FIELDS[channel].map(({ field }) => field);
