import type { Role } from './authority.js';

/** What takes more than a clerk, by the route a request writes to (API and console alike); the first that fits counts. */
const RIGHTS: readonly { readonly path: RegExp; readonly role: Role }[] = [
  // Whoever connects a package, goes live, changes what rules follow or whom dossiers go to, answers for it all.
  { path: /^\/(api\/v1|console)\/(connections|consents?)(\/|$)/, role: 'owner' },
  { path: /^\/api\/v1\/administrations\/[^/]+$/, role: 'owner' },
  {
    path: /\/(mode|respects-pauses|connection(\/statements)?|statements\/to-package|match-settings|credit\/settings|handover-settings)$/,
    role: 'owner',
  },
  { path: /\/agencies(\/(?!.*\/(redeliver|arrived)$).*)?$/, role: 'owner' },
  // What lets something go out, be delivered on credit, or be handed over.
  { path: /\/approve$/, role: 'controller' },
  // Whether a message that may have gone out did: if not, it goes again.
  { path: /\/(acts|mails)\/[^/]+\/settle$/, role: 'controller' },
  // And whether one that went out came back: its step is free to be taken again just so.
  { path: /\/(acts|contacts)\/[^/]+\/returned$/, role: 'controller' },
  { path: /\/(holds\/[^/]+\/end|pauses\/remind)$/, role: 'controller' },
  { path: /\/handovers\/[^/]+\/(withdraw|release)$/, role: 'controller' },
  { path: /\/credit\/debtors\/[^/]+\/release$/, role: 'controller' },
];

const READS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * The least role for a request. `path` is that of the route (`…/acts/:actId/approve`): the same one can be written in several ways. Whatever
 * writes takes a clerk at least.
 */
export const roleNeeded = (method: string, path: string): Role =>
  READS.includes(method) ? 'reader' : (RIGHTS.find((right) => right.path.test(path))?.role ?? 'clerk');
