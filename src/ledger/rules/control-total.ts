import type { Minor } from '../../kernel/money.js';

/** The package's own figure of what is outstanding beside ours, both in minor units of `currency`. */
export interface ControlTotal {
  readonly currency: string;
  readonly theirs: Minor;
  readonly ours: Minor;
}

/** Figures that differ by a cent are as wrong as any: somebody may have paid what we count as open, so nobody may be asked for money. */
export const controlDiffers = ({ theirs, ours }: ControlTotal): boolean => theirs !== ours;
