/** One HTTP request to somebody else's service. */
export interface OutgoingRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** A text, or bytes that are none (a form with a file). */
  readonly body?: string | Uint8Array;
  /** The answer is no text: its body comes one character for a byte (Latin-1). */
  readonly binary?: boolean;
}

/** What came of a request. Nothing here throws: what to make of a status is the caller's business. */
export type Outcome = Answer | NoAnswer;

export interface Answer {
  readonly kind: 'answer';
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface NoAnswer {
  readonly kind: 'no-answer';
  /** `no`: proven, there was no connection. `maybe`: the other side may have received it and acted on it. */
  readonly reached: 'no' | 'maybe';
  /** For people; carries nothing of the request, so no token either. */
  readonly reason: string;
}
