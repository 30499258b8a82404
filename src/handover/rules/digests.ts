/**
 * The two digests the rules of this folder need. They are handed in, so that rules stay plain functions; `handover/digests.ts` has
 * Node's.
 */
export interface Digests {
  /** SHA-256 as 64 lower-case hexadecimal digits; a text is hashed as its UTF-8 bytes. */
  readonly sha256: (content: string | Uint8Array) => string;
  /** HMAC with SHA-256, 32 bytes. */
  readonly hmacSha256: (key: Uint8Array, content: Uint8Array) => Uint8Array;
}
