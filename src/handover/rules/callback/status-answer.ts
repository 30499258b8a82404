/** What came of asking. */
type Outcome =
  { readonly kind: 'answer'; readonly status: number; readonly body: string } | { readonly kind: 'no-answer'; readonly reason: string };

/** What an agency answered when it was asked for news; `trouble` says why there are none, or not all. */
export interface EventsAnswer {
  readonly trouble: string | null;
  readonly events: readonly { readonly id: string | null; readonly content: unknown }[];
}

/** More in one answer than a day brings. */
const EVENTS_MAX = 200;
const ID = /^[A-Za-z0-9_-]{1,128}$/;

/** Reads `{"events":[{"id","type","timestamp","data"}]}`. Nothing of what was answered is in `trouble`. */
export function readEvents(outcome: Outcome): EventsAnswer {
  const none = (trouble: string): EventsAnswer => ({ trouble, events: [] });
  if (outcome.kind === 'no-answer') return none(outcome.reason);
  if (outcome.status !== 200) return none(`answered with ${outcome.status}`);
  const { events } = (parsed(outcome.body) ?? {}) as { events?: unknown };
  if (!Array.isArray(events)) return none('the answer is no list of events');
  const read = events.slice(0, EVENTS_MAX).map((event: unknown) => {
    const { id, ...content } = (typeof event === 'object' && event !== null ? event : {}) as { id?: unknown };
    return { id: typeof id === 'string' && ID.test(id) ? id : null, content };
  });
  return { trouble: events.length > EVENTS_MAX ? `more than ${EVENTS_MAX} events in one answer` : null, events: read };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
