import type { MailFailureKind, MailStage } from './rules/mail-failure.js';

/** A mail that did not certainly go out. `kind` says what may be done next (rules/mail-failure.ts). */
export class MailError extends Error {
  override readonly name = 'MailError';

  constructor(
    readonly kind: MailFailureKind,
    /** How far the conversation was when it failed. */
    readonly stage: MailStage,
    /** The server's reply code, null when none came. */
    readonly responseCode: number | null,
    message: string,
    cause: unknown,
  ) {
    super(message, { cause });
  }
}
