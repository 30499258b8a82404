import { type Minor, formatAmount } from '../../../kernel/money.js';
import { type Failure, type Result, err, ok } from '../../../kernel/result.js';

/** What a key may do, least first: each may do what those before it may. */
export const ROLES = ['reader', 'clerk', 'controller', 'owner'] as const;
/**
 * - `reader`: look
 * - `clerk`: the day's work: calls, promises, disputes, statements, bank lines, saying no to a message
 * - `controller`: approve, release a hold, raise a limit
 * - `owner`: all of it: connect, go live, settings
 */
export type Role = (typeof ROLES)[number];

export interface Authority {
  readonly role: Role;
  /** The most this key may release above a limit, or raise one by, in minor units of the administration's currency; null: no maximum of its own. */
  readonly releaseUpTo: Minor | null;
}

/** Whether a role may do what takes another one. */
export const isAtLeast = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);

/** A role of a policy's list and how far it reaches (`credit.releases`), lowest first; null: without a maximum. */
export interface Reach {
  readonly role: string;
  readonly upTo: Minor | null;
}

/**
 * Whether a key may let credit go `over` beyond the limit. The key's own maximum counts always; the policy's list where it has one: then the
 * key reaches as far as the furthest entry of its own role or of one below it; a title that is none of our roles is the owner's. Refuses
 * with `role-too-low` or `amount-too-high`.
 */
export function mayRelease({ role, releaseUpTo }: Authority, over: Minor, reaches: readonly Reach[], currency: string): Result<null> {
  if (!isAtLeast(role, 'controller')) return err(tooLow(role, 'controller'));
  const amount = `${currency} ${formatAmount(over, currency)}`;
  if (releaseUpTo !== null && over > releaseUpTo)
    return tooHigh(`${amount} is more than this key may release (${formatAmount(releaseUpTo, currency)})`);
  const own = reaches.filter((reach) => isAtLeast(role, isRole(reach.role) ? reach.role : 'owner'));
  if (reaches.length > 0 && !own.some(({ upTo }) => upTo === null || over <= upTo))
    return tooHigh(`${amount} above the limit is not for a ${role} to release, says the policy`);
  return ok(null);
}

/**
 * Whether a key may bring a limit from one amount to another; null: there is none. Setting one where there was none, and lowering one, is
 * anybody's work; raising one, or taking it away, is letting more be delivered: it takes a controller, and his maximum.
 */
export function mayRaise({ role, releaseUpTo }: Authority, before: Minor | null, after: Minor | null, currency: string): Result<null> {
  const raise = before === null ? 0 : after === null ? Infinity : after - before;
  if (raise <= 0) return ok(null);
  if (!isAtLeast(role, 'controller')) return err(tooLow(role, 'controller'));
  if (releaseUpTo === null || raise <= releaseUpTo) return ok(null);
  const how = after === null ? 'no limit at all' : `${currency} ${formatAmount(raise, currency)} more`;
  return tooHigh(`${how} is more than this key may raise a limit by (${formatAmount(releaseUpTo, currency)})`);
}

/** Whether a key may do what takes a role. Refuses with `role-too-low`. */
export const needs = ({ role }: Pick<Authority, 'role'>, needed: Role): Result<null> =>
  isAtLeast(role, needed) ? ok(null) : err(tooLow(role, needed));

const isRole = (text: string): text is Role => (ROLES as readonly string[]).includes(text);

export const tooLow = (role: Role, needed: Role): Failure => ({
  code: 'role-too-low',
  message: `this is for a ${needed}; the key is a ${role}'s`,
});
const tooHigh = (message: string): Result<never> => err({ code: 'amount-too-high', message });
