import { type LogEntry, withheld } from './hash-chain.js';

/**
 * Kinds of dossier entries an agency sees whole: facts without anybody's free words, bank data or names of people in the house. Of the
 * others it sees that there was one, when, and the hash; so that the chain closes (agency-handover.md §12).
 */
const SHARED: readonly string[] = ['mail-sent', 'letter-sent', 'promise-judged', 'arrangement-judged', 'handed-over'];

/** A log as an agency gets it. */
export const forAgency = (log: readonly LogEntry[]): LogEntry[] =>
  log.map((entry) => (SHARED.includes(entry.kind) ? entry : withheld(entry)));
