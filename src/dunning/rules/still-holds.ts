/**
 * The parts of a decision that must not have changed when it is carried out. Not among them: `payBy`, for a message that waited for approval
 * gives the term anew; and interest with the total it is in, which grow by the day: what goes out is reckoned for that day.
 */
const BINDING = ['kind', 'step', 'channel', 'invoiceIds', 'amount', 'costs'] as const;

type Decision = Readonly<Record<string, unknown>>;

/**
 * Whether an act, decided before, would be decided just so on today's facts. Both are acts as `tegoed plan` prints them; `fresh` is
 * undefined when nothing would be done today. Gives null when it still holds, else in words what changed.
 */
export function stillHolds(decided: object, fresh: Decision | undefined): string | null {
  if (!fresh) return 'nothing would be asked of this debtor today';
  const before = decided as Decision;
  const changed = BINDING.filter((part) => JSON.stringify(before[part] ?? null) !== JSON.stringify(fresh[part] ?? null));
  if (changed.length === 0) return null;
  return changed.map((part) => `${part} was ${JSON.stringify(before[part])}, now ${JSON.stringify(fresh[part])}`).join('; ');
}
