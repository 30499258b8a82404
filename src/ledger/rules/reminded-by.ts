import { type Result, err, ok } from '../../kernel/result.js';

/** Who reminds the customers of an administration. Never both: the same customer would be written to twice. */
export const REMINDED_BY = ['tegoed', 'package'] as const;
export type RemindedBy = (typeof REMINDED_BY)[number];

/** Who reminds when an administration is connected: what was chosen, else Tegoed where the package does not, else nobody has chosen yet. */
export const remindedByAtFirst = (chosen: RemindedBy | null, nativeReminders: readonly string[]): RemindedBy | null =>
  chosen ?? (nativeReminders.length === 0 ? 'tegoed' : null);

export interface Reminding {
  readonly mode: 'off' | 'shadow' | 'live';
  readonly package: string;
  readonly remindedBy: RemindedBy | null;
  readonly nativeReminders: readonly string[];
}

/** Whether an administration may become like this. Fails with `reminders-undecided`: live, and nobody has said who reminds. */
export function mayBecome({ mode, package: name, remindedBy, nativeReminders }: Reminding): Result<null> {
  if (mode !== 'live' || remindedBy !== null) return ok(null);
  const found = nativeReminders.length > 0 ? `${name} reminds by itself (${nativeReminders.join(', ')})` : `${name} may remind by itself`;
  return err({
    code: 'reminders-undecided',
    message: `${found}: choose first who reminds, "remindedBy" "tegoed" (its own reminders are stopped) or "package" (Tegoed only shows what it would send)`,
  });
}

/**
 * The mode in which acts are decided: while the package reminds, they are shown and nothing of them leaves. Payments, notes and what was
 * agreed are still told to the package.
 */
export const actingMode = (mode: 'off' | 'shadow' | 'live', remindedBy: RemindedBy | null): 'shadow' | 'live' =>
  mode === 'live' && remindedBy === 'tegoed' ? 'live' : 'shadow';
