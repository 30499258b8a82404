/** What is kept of a push with it, try after try; absent: nothing yet. */
export interface KeptOfTries {
  /** Tries that certainly wrote nothing: they tell nothing of what was found there later (ledger/rules/package-pause.ts). */
  readonly idle?: number;
  /** Tries that came to an end which was written down. */
  readonly told?: number;
  /** Whether reminders stood as wanted before any try. */
  readonly stoodSo?: boolean;
}

/** What a try that failed says of the reminders it was to stop (`StoppedSoFar` of the port); null: nothing. */
type CameTo = 'by-us' | 'found-so' | 'not' | null;

/** What is kept after a try that failed. `isLater`: its package was not ready for it, and it wrote nothing. */
export function afterFailure(kept: KeptOfTries, attempts: number, cameTo: CameTo, isLater: boolean): KeptOfTries {
  const idle = (kept.idle ?? 0) + (isLater || cameTo === 'not' ? 1 : 0);
  return { idle, ...told(kept), ...stood(kept, attempts, cameTo === 'by-us' ? false : cameTo === 'found-so' ? true : null) };
}

/** What is kept after a try that was put back before it began. */
export const afterPutBack = (kept: KeptOfTries): KeptOfTries => ({ ...kept, idle: (kept.idle ?? 0) + 1, ...told(kept) });

/** What is kept after the try that went through, which found reminders so (null: it does not say). */
export const afterSuccess = (kept: KeptOfTries, attempts: number, foundSo: boolean | null): KeptOfTries => ({
  ...(kept.idle !== undefined && kept.idle > 0 && { idle: kept.idle }),
  ...stood(kept, attempts, foundSo),
});

const told = (kept: KeptOfTries): KeptOfTries => ({ told: (kept.told ?? 0) + 1 });

/**
 * Whether reminders stood as wanted before any try: what one of them stopped did not, whatever the next one found. A try whose worker vanished
 * over it told nothing, and counts as the one that stopped them: likelier than that a person did so in that very moment. `attempts`: with this one.
 */
function stood(kept: KeptOfTries, attempts: number, now: boolean | null): KeptOfTries {
  const isVanished = attempts - 1 > (kept.told ?? 0);
  const before = now === false ? false : (kept.stoodSo ?? (now === true && isVanished ? false : now));
  return before === null ? {} : { stoodSo: before };
}
