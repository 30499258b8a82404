/** What a simulator sends back. `body` undefined: none; a text body is sent as it is when `contentType` says it is no JSON. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}
