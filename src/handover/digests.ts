import { createHash, createHmac } from 'node:crypto';
import type { Digests } from './rules/digests.js';

/** The digests of the rules, by Node. */
export const digests: Digests = {
  sha256: (content) => createHash('sha256').update(content).digest('hex'),
  hmacSha256: (key, content) => createHmac('sha256', key).update(content).digest(),
};
