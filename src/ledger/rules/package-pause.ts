import type { DebtorOverrides } from './debtor-overrides.js';

/** An effect of ours that stops the package's own reminders of an invoice, or of its debtor, as far as it came. */
export interface OurStop {
  /** Of the outbox. */
  readonly state: string;
  /** How often it was tried; tries that certainly wrote nothing are left out. */
  readonly tries: number;
  /** Whether the package stood so before any of its tries stopped anything. Null: it did not say. */
  readonly stoodSo: boolean | null;
  /** When it was planned. */
  readonly at: Date;
  /** The reminders were given back since. */
  readonly isGivenBack: boolean;
}

/** Tried once and not over yet: it may be applied, and nobody wrote that down. */
const UNDER_WAY: readonly string[] = ['planned', 'claimed', 'sending', 'uncertain'];

/**
 * Whether an effect of ours may be what stopped the reminders. Not one that found them stopped, at whichever try: each try that failed told
 * how far it had come, and one whose worker vanished over it counts as having stopped them (`stoodSo` is false then). One that failed at its
 * first try was refused, and wrote nothing unless it said so.
 */
export function mayHaveStopped({ state, tries, stoodSo, isGivenBack }: OurStop): boolean {
  if (isGivenBack || tries < 1 || stoodSo === true) return false;
  return stoodSo === false || tries > 1 || state === 'done' || UNDER_WAY.includes(state);
}

/**
 * Whether a person stopped the reminders in the package: it says they are stopped since then, and nothing we began by then may have done it.
 * What a person stops after we did cannot be told from our own.
 */
export const isPausedByPerson = (pausedSince: Date, stops: readonly OurStop[]): boolean =>
  !stops.some((stop) => stop.at <= pausedSince && mayHaveStopped(stop));

/** Whether a person decided here that an invoice is reminded of although somebody stopped that in the package. */
export const isOverruled = ({ remindThoughPaused }: DebtorOverrides, invoiceId: string): boolean =>
  remindThoughPaused === true || (remindThoughPaused?.includes(invoiceId) ?? false);
