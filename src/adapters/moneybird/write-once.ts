import { writingOnce } from '../write-once.js';
import { idOf, isRecord } from './rules/record.js';

/** There are no idempotency keys (§2.6), and not every answer to a write is about a record. */
export const writeOnce = writingOnce((body) => (isRecord(body) ? idOf(body['id']) : null) ?? '');
