import { type Result, err } from '../../../kernel/result.js';
import { canonicalJson } from '../log/canonical.js';

/** What agencies are told (agency-handover.md §7.6). */
export const EVENT_TYPES = [
  'collection.case.submitted', 'collection.case.updated', 'collection.case.document_added', 'collection.case.payment_received',
  'collection.case.credit_note_issued', 'collection.case.direct_payment', 'collection.case.dispute_received',
  'collection.case.hold_requested', 'collection.case.withdrawn', 'collection.case.question_answered', 'endpoint.test',
] as const; // prettier-ignore
export type EventType = (typeof EVENT_TYPES)[number];

/** A body may have this much (§7.6); what is larger goes behind a link. */
const BODY_BYTES_MAX = 256 * 1024;

/** The body of an event, as it is signed and sent. Refuses `not-canonical` and `too-large`. */
export function eventBody(type: EventType, occurredAt: Date, data: object): Result<string> {
  const body = canonicalJson({ type, timestamp: occurredAt.toISOString(), data });
  if (body.ok && new TextEncoder().encode(body.value).length > BODY_BYTES_MAX) {
    return err({ code: 'too-large', message: `the event has more than ${BODY_BYTES_MAX} bytes` });
  }
  return body;
}
